"""Calls that leave parameters to their defaults."""


def f(a, b=2, c=3, *, d=4):
    return a


def run(n):
    for i in range(n):
        f(1)
        f(1, 5)
        f(1, 5, 6)
        f(1, d=5)


run(1_750_000)
