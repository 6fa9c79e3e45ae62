"""Class attributes got from the class and from instances; module attributes."""
import math


class C:
    limit = 10
    names = ("a", "b")


class D(C):
    pass


def run(n):
    d = D()
    total = 0
    for i in range(n):
        total += d.limit + C.limit + D.limit
        d.names
        math.pi
    return total


run(4_500_000)
