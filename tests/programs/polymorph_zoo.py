"""One loop over objects of many classes: virtual methods, visitors, double dispatch, mixins, operators by type."""
import math


class Shape:
    count = 0
    def __init__(self, *sizes): self.sizes = sizes; Shape.count += 1; type(self).made = type(self).__dict__.get("made", 0) + 1
    area = property(lambda self: self.compute())
    def compute(self): raise NotImplementedError(f"{type(self).__name__}.compute")
    def __repr__(self): return f"{type(self).__name__}{self.sizes}"
    def __lt__(self, o): return self.area < o.area
    def accept(self, visitor): return getattr(visitor, "visit_" + type(self).__name__.lower(), visitor.default)(self)


class Circle(Shape):
    def compute(self): return math.pi * self.sizes[0] ** 2
class Rect(Shape):
    def compute(self): return self.sizes[0] * self.sizes[1]
class Square(Rect):
    def __init__(self, a): super().__init__(a, a)
    def compute(self): return super().compute()
class Tri(Shape):
    def compute(self):
        a, b, c = self.sizes
        s = (a + b + c) / 2
        return math.sqrt(s * (s - a) * (s - b) * (s - c))
class Scaled(Shape):
    def __init__(self, shape, k): super().__init__(k); self.shape = shape
    def compute(self): return self.shape.area * self.sizes[0] ** 2
    def __getattr__(self, name): return getattr(self.__dict__["shape"] if "shape" in self.__dict__ else None, name)
class Union(Shape):
    def __init__(self, *shapes): super().__init__(len(shapes)); self.shapes = shapes
    def compute(self): return sum(s.area for s in self.shapes)
    def __iter__(self): return iter(self.shapes)
class Lazy(Shape): pass


class Describe:
    def default(self, shape): return f"some {type(shape).__name__}"
    def visit_circle(self, c): return f"circle r={c.sizes[0]}"
    def visit_square(self, s): return f"square {s.sizes[0]}"
    def visit_union(self, u): return f"union of ({', '.join(s.accept(self) for s in u)})"
    def visit_scaled(self, s): return f"{s.shape.accept(self)} x{s.sizes[0]}"
class Count(Describe):
    def __init__(self): self.seen = {}
    def default(self, s):
        self.seen[type(s).__name__] = self.seen.get(type(s).__name__, 0) + 1
        for inner in getattr(s, "shapes", [s.shape] if isinstance(s, Scaled) else []): inner.accept(self)
        return self.seen
    visit_circle = visit_square = visit_union = visit_scaled = lambda self, s: Describe.default(self, s) and self.default(s)


shapes = [Circle(1), Rect(2, 3), Square(2), Tri(3, 4, 5), Scaled(Circle(2), 0.5), Union(Square(1), Tri(6, 8, 10), Scaled(Rect(1, 1), 3))]
total = 0
for _ in range(30):
    for s in shapes: total += s.area
print(round(total, 6), sorted(shapes), max(shapes), [round(s.area, 3) for s in shapes])
print([s.accept(Describe()) for s in shapes], shapes[-1].accept(Count()))
try: Lazy().area
except NotImplementedError as error: print(error)
print(Shape.count, {c.__name__: c.__dict__.get("made") for c in (Shape, Circle, Rect, Square, Tri, Scaled, Union, Lazy)})
Rect.compute = lambda self: 1000
print([s.area for s in shapes[1:3]], round(shapes[-1].area, 3))
del Tri.compute
try: print(shapes[3].area)
except NotImplementedError as error: print(error)
Shape.compute = lambda self: -1
print(shapes[3].area, round(shapes[-1].area, 3))


class Thing:
    rules = {}
    def __init_subclass__(cls, beats=(), **kw):
        super().__init_subclass__(**kw)
        for b in beats: Thing.rules[cls.__name__, b] = True
    def __gt__(self, o): return Thing.rules.get((type(self).__name__, type(o).__name__), False)
    def __eq__(self, o): return type(self) is type(o)
    __hash__ = None
class Rock(Thing, beats=["Scissors", "Lizard"]): pass
class Paper(Thing, beats=["Rock", "Spock"]): pass
class Scissors(Thing, beats=["Paper", "Lizard"]): pass
class Lizard(Thing, beats=["Spock", "Paper"]): pass
class Spock(Thing, beats=["Scissors", "Rock"]): pass


hands = [c() for c in Thing.__subclasses__()]
for a in hands: print(type(a).__name__.ljust(9), "".join("=" if a == b else ">" if a > b else "<" if a < b else "?" for b in hands))


class Loud:
    def speak(self): return super().speak().upper()
class Twice:
    def speak(self): return " ".join([super().speak()] * 2)
class Polite:
    def speak(self): return super().speak() + ", please"
class Animal:
    def __init__(self, sound): self.sound = sound
    def speak(self): return self.sound
combos = [(Loud,), (Twice,), (Polite,), (Loud, Twice), (Twice, Loud, Polite), (Polite, Twice), (Polite, Loud)]
for combo in combos: print(type("+".join(c.__name__ for c in combo), (*combo, Animal), {})("moo").speak())


class Number:
    def __init__(self, v): self.v = v
    def op(name, sign):
        def forward(self, o): return Number(getattr(self.v, name)(o.v if isinstance(o, Number) else o)) if getattr(self.v, name)(o.v if isinstance(o, Number) else o) is not NotImplemented else NotImplemented
        forward.__name__ = name
        return forward
    for n in "add sub mul floordiv mod pow and or xor lshift rshift".split():
        locals()[f"__{n}__"] = op(f"__{n}__", n)
        locals()[f"__r{n}__"] = op(f"__r{n}__", n)
    del op, n
    def __repr__(self): return f"N{self.v}"
x = Number(12)
print(x + 3, 3 + x, x - Number(5), 100 - x, x * 2, 2 ** Number(5), x // 5, 50 % x, x & 6, 1 << Number(4), x ^ 5, 7 | x)
for text in ("x + 'a'", "'a' + x", "x @ 1", "x + 1.5", "1.5 + x", "x < 1", "-x"):
    try: print(text, eval(text))
    except TypeError as error: print(text, error)
