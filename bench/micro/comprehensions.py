"""Comprehensions of all kinds."""


def run(n):
    for _ in range(n):
        [x * x for x in range(100)]
        [x for x in range(100) if x & 1]
        {x: x for x in range(50)}
        {x & 7 for x in range(50)}
        sum(x for x in range(100))


run(50_000)
