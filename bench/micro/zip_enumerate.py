"""Loops over zip, enumerate, reversed and dict items."""


def run(n):
    a, b = list(range(1000)), list(range(1000))
    d = dict(zip(a, b))
    total = 0
    for _ in range(n):
        for x, y in zip(a, b):
            total += x
        for i, x in enumerate(a):
            total -= i
        for x in reversed(b):
            total += x
        for k, v in d.items():
            total -= v
    return total


run(4_000)
