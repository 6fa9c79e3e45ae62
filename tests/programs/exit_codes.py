"""sys.exit in its forms, seen as SystemExit; the last one ends the process with status 7."""
import sys


def attempt(*args):
    try:
        sys.exit(*args)
    except SystemExit as error:
        return error.code, error.args


for args in ((), (0,), (3,), (None,), ("text",), ((1, 2),), (True,), (-1,), (1.5,)):
    print(args, attempt(*args))
try:
    sys.exit(1, 2)
except TypeError as error:
    print(error)
try:
    raise SystemExit
except BaseException as error:
    print(repr(error), isinstance(error, Exception), error.code)
try:
    exit_code = 5
    try:
        sys.exit(exit_code)
    finally:
        print("finally runs")
except SystemExit as error:
    print("caught", error.code)


def generator():
    try:
        yield 1
    finally:
        print("generator closed at exit")


g = generator()
next(g)


class Last:
    def __del__(self):
        print("deleted at exit")


last = Last()
print("leaving", flush=True)
sys.exit(7)
