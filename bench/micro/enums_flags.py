"""Members of an Enum: access, identity, comparison."""
from enum import Enum


class Colour(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3


def run(n):
    count = 0
    for i in range(n):
        c = Colour.GREEN
        if c is Colour.RED or c == Colour.BLUE:
            count += 1
        c.value
    return count


run(1_400_000)
