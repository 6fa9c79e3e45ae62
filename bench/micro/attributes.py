"""Reading and writing instance, class and slot attributes."""


class Plain:
    shared = 1
    def __init__(self): self.x = self.y = 0


class Slotted:
    __slots__ = ("x", "y")
    def __init__(self): self.x = self.y = 0


def run(n):
    p, s = Plain(), Slotted()
    for i in range(n):
        p.x = i
        p.y = p.x + p.shared
        s.x = i
        s.y = s.x + p.y


run(6_000_000)
