"""Nested loops over ranges with a condition."""


def run(n):
    count = 0
    for i in range(n):
        for j in range(i):
            if (i + j) & 3 == 0:
                count += 1
    return count


run(6_000)
