"""Bound methods kept in variables, and functools.partial."""
from functools import partial


class C:
    def method(self, x):
        return x


def add(a, b):
    return a + b


def run(n):
    method = C().method
    plus_one = partial(add, 1)
    append = [].append
    for i in range(n):
        method(i)
        plus_one(i)
        append(i)


run(3_000_000)
