"""match statements: literals, classes, sequences, mappings. (PyPy for 3.9 cannot run this one.)"""


class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y


def classify(value):
    match value:
        case 0 | 1: return 1
        case str(): return 2
        case [a, b]: return a
        case Point(0, y): return y
        case Point(x=x): return x
        case {"key": v}: return v
    return 0


def run(n):
    items = 1, "a", [1, 2], Point(0, 1), Point(1, 2), {"key": 5}, None, 2.5
    for i in range(n):
        classify(items[i & 7])


run(1_500_000)
