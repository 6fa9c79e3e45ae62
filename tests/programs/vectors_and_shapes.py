"""Vectors and shapes: abstract classes, generics, operators, sorting, formatting tables."""
from __future__ import annotations

import abc
import itertools
import math
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Generic, Iterable, Self, TypeVar

N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True)
class Vec(Generic[N]):
    x: N
    y: N

    def __add__(self, o: Vec[N]) -> Vec[N]:
        return Vec(self.x + o.x, self.y + o.y)

    def __sub__(self, o): return self + -o
    def __neg__(self): return Vec(-self.x, -self.y)
    def __mul__(self, k): return Vec(self.x * k, self.y * k) if isinstance(k, (int, float)) else NotImplemented
    __rmul__ = __mul__
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __abs__(self): return math.hypot(self.x, self.y)
    def __bool__(self): return bool(self.x or self.y)
    def __iter__(self): return iter((self.x, self.y))
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __round__(self, n=0): return Vec(round(self.x, n), round(self.y, n))
    def __complex__(self): return complex(self.x, self.y)

    def turned(self, degrees: float) -> Self:
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return type(self)(self.x * c - self.y * s, self.x * s + self.y * c)


class Shape(abc.ABC):
    registry: dict[str, type[Shape]] = {}

    def __init_subclass__(cls, /, label: str = "", **kw):
        super().__init_subclass__(**kw)
        cls.label = label or cls.__name__
        Shape.registry[cls.label] = cls

    @abc.abstractmethod
    def points(self) -> Iterable[Vec]: ...

    @cached_property
    def area(self) -> float:
        ps = list(self.points())
        return abs(sum(a.x * b.y - b.x * a.y for a, b in zip(ps, ps[1:] + ps[:1]))) / 2

    @property
    def perimeter(self) -> float:
        ps = list(self.points())
        return sum(abs(b - a) for a, b in itertools.pairwise(ps + ps[:1]))


class Polygon(Shape, label="ngon"):
    def __init__(self, n, radius=1.0):
        self.n, self.radius = n, radius

    def points(self):
        return (Vec(self.radius, 0.0).turned(360 * i / self.n) for i in range(self.n))


class Rectangle(Shape):
    def __init__(self, w, h):
        self.w, self.h = w, h

    def points(self):
        yield from itertools.starmap(Vec, [(0, 0), (self.w, 0), (self.w, self.h), (0, self.h)])


v, w = Vec(3, 4), Vec(-1, 2.5)
print(v + w, v - w, 2 * v, v * 0.5, v @ w, abs(v), bool(Vec(0, 0)), list(v), v[1], round(v.turned(90), 6), complex(v), hash(v) == hash(Vec(3, 4)), *v)
for s in [Polygon(3), Polygon(6, 2), Rectangle(2, 3), Polygon(1000)]:
    print(f"{s.label:<10}|{s.area:>10.4f}|{s.perimeter:^12.3f}|", "area" in vars(s))
print(sorted(Shape.registry), reduce(Vec.__add__, [v] * 3), Vec.__slots__, Vec[int], Vec.turned.__annotations__)
for broken in (lambda: Shape(), lambda: v * "a", lambda: v + 5, lambda: setattr(v, "x", 1), lambda: v[2], lambda: Vec(1), lambda: "a" * v, lambda: v < w):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
