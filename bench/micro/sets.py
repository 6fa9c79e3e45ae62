"""Sets: add, in, union, intersection, discard."""


def run(n):
    s = set()
    for i in range(n):
        s.add(i & 1023)
        if i & 511 in s:
            s.discard(i & 255)
    a, b = set(range(0, 2000, 2)), set(range(0, 2000, 3))
    for _ in range(n // 4000):
        a | b
        a & b
        a - b
    return len(s)


run(2_500_000)
