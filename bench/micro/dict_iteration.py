"""Loops over keys, values and items; dict comprehensions."""


def run(n):
    d = {f"k{i}": i for i in range(1000)}
    total = 0
    for _ in range(n):
        for k in d:
            total += 1
        for v in d.values():
            total += v
        for k, v in d.items():
            total -= v
        {k: v for k, v in d.items()}
    return total


run(3_750)
