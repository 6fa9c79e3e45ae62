"""list ==, <, in, index, count."""


def run(n):
    a, b = list(range(50)), list(range(50))
    words = [f"w{i}" for i in range(40)]
    for i in range(n):
        a == b
        a < b
        35 in a
        "w30" in words
        a.index(20)
        a.count(7)


run(360_000)
