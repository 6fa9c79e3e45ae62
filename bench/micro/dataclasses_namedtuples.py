"""Making and comparing dataclass instances and named tuples."""
from collections import namedtuple
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int = 0


Pair = namedtuple("Pair", "a b")


def run(n):
    for i in range(n):
        p = Point(i, 1)
        p == Point(i, 1)
        q = Pair(i, 2)
        q.a + q.b


run(700_000)
