"""Making objects: plain, with __init__, slots, inheritance, tuples."""


class Empty: pass


class Point:
    def __init__(self, x, y): self.x, self.y = x, y


class Point3(Point):
    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


class Slotted:
    __slots__ = ("x",)
    def __init__(self, x): self.x = x


def run(n):
    for i in range(n):
        Empty()
        Point(i, i)
        Point3(i, i, i)
        Slotted(i)


run(1_200_000)
