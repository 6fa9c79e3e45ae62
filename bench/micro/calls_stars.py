"""Calls with *args and **kwargs on both sides."""


def positional(*args):
    return args


def named(**kwargs):
    return kwargs


def both(a, *args, **kwargs):
    return a


def run(n):
    pair, names = (1, 2), {"x": 1, "y": 2}
    for i in range(n):
        positional(1, 2)
        positional(*pair)
        named(x=1)
        named(**names)
        both(*pair, **names)


run(700_000)
