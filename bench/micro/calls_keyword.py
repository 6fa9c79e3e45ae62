"""Keyword arguments, defaults, star arguments."""


def defaults(a, b=2, c=3): return a
def keywords(a, *, b=1, c=2): return b
def star(*args, **kwargs): return args


def run(n):
    pair, names = (1, 2), {"b": 1}
    for i in range(n):
        defaults(i)
        defaults(i, c=5)
        keywords(i, b=2, c=3)
        star(1, 2, 3)
        star(*pair)
        keywords(1, **names)


run(1_500_000)
