"""Closures: free variables read and rebound, lambdas, functions made in a loop."""


def counter():
    n = 0

    def bump():
        nonlocal n
        n += 1
        return n
    return bump


def run(n):
    bump = counter()
    for i in range(n):
        bump()
        f = lambda x: x + i
        f(1)
        bump()


run(2_000_000)
