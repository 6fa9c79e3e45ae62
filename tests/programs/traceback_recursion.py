"""Repeated frames are folded in tracebacks; RecursionError in several shapes."""
import sys


def loop(n):
    return loop(n + 1)


def ping(n):
    return pong(n - 1)


def pong(n):
    return 1 / n if n <= 0 else ping(n - 1)


for function, argument in ((ping, 8), (ping, 1)):
    try:
        function(argument)
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def same(n):
    if n == 0:
        raise ValueError("bottom")
    same(n - 1)


for depth in (2, 3, 4, 10):
    try:
        same(depth)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


class Property:
    @property
    def value(self):
        return self.value


try:
    Property().value
except RecursionError as error:
    print(type(error).__name__, error)
sys.setrecursionlimit(100)
loop(0)
