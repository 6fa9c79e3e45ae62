"""Nested loops with tests, breaks and continues."""


def run(n):
    hits = 0
    for i in range(n):
        for j in range(10):
            if j == 7:
                break
            if i & 1:
                continue
            hits += 1
    k = 0
    while k < n * 5:
        k += 1
    return hits


run(1_400_000)
