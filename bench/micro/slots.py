"""Reading and writing attributes in __slots__."""


class P:
    __slots__ = ("x", "y")


def run(n):
    p = P()
    p.x = p.y = 0
    for i in range(n):
        p.x = i
        p.y = p.x
        p.x, p.y = p.y, p.x
    return p.x


run(10_000_000)
