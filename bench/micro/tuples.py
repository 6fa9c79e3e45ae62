"""Making, indexing, comparing and hashing tuples."""


def run(n):
    seen = {}
    for i in range(n):
        t = (i & 7, i & 15, "x")
        seen[t] = i
        t[0] < t[1]
        t == (1, 2, "x")
    return len(seen)


run(3_000_000)
