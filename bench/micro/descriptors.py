"""A descriptor written in Python."""


class Doubled:
    def __get__(self, o, owner): return o.half * 2
    def __set__(self, o, value): o.half = value // 2


class C:
    whole = Doubled()


def run(n):
    c = C()
    for i in range(n):
        c.whole = i
        c.whole


run(2_800_000)
