"""Calling Python functions with positional arguments."""


def none(): return 0
def one(a): return a
def three(a, b, c): return b


def run(n):
    for i in range(n):
        none()
        one(i)
        three(i, i, i)
        none()
        one(i)
        three(i, i, i)


run(3_000_000)
