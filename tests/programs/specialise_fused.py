"""Code that runs often meets other types, unbound locals and odd results: everything stays as it was the first time."""
import sys


def warm(f, *calls):
    """Runs f on each tuple of arguments, the first one often enough for every specialisation."""
    for _ in range(60):
        try:
            f(*calls[0])
        except Exception:
            pass
    out = []
    for arguments in calls:
        try:
            out.append(f(*arguments))
        except Exception as error:
            out.append(f"{type(error).__name__}: {error}")
    print(f.__name__, out)


# -- operators on locals and constants --

def add(a, b): return a + b
def subtract(a, b): return a - b
def multiply(a, b): return a * b
def plus_one(a): return a + 1
def minus_one(a): return a - 1
def bits(a): return (a & 12, a | 1, a ^ 5, a << 2, a >> 1, a % 7, a // 3)
def divide(a, b): return a / b
def modulo(a, b): return a % b
def floor(a, b): return a // b
def shift(a, b): return a << b
def shift_right(a, b): return a >> b


big = 2**30 - 1
numbers = [(1, 2), (big, big), (-big, -big), (-5, 3), (2**60, 2**60), (10**30, 1), (1.5, 2.5), (1, 2.5), (2.5, 1), ("a", "b"), (True, 2), (1, None), ([1], [2])]
for operation in add, subtract, multiply:
    warm(operation, *numbers)
    warm(operation, *reversed(numbers))
for operation in plus_one, minus_one, bits:
    warm(operation, (1,), (-7,), (big,), (-big,), (256,), (257,), (-6,), (2**31,), (2**70,), (1.5,), ("x",), (True,))
for operation in divide, modulo, floor:
    warm(operation, (7, 2), (-7, 2), (7, -2), (7, 0), (7.0, 2), (7, 2.5), (-7.5, 2), (7.0, 0.0), (2**80, 3), (0, -5), (True, True), ("%s", 1))
for operation in shift, shift_right:
    warm(operation, (1, 2), (1, 40), (-1, 29), (3, -1), (2**29, 31), (0, 1000), (-5, 1), (5, 64))


def counting(start, n):
    i = start
    seen = []
    while n > 0:
        seen.append(i)
        i = i + 1
        j = i - 1
        n -= 1
    return seen, i, j
warm(counting, (254, 5), (big - 2, 5), (-8, 6), (2**60 - 2, 4), (0.5, 3), (True, 3))


def kept_values(n):
    kept = []
    x = 1000
    for i in range(n, n + 4):
        x = x + i
        kept.append(x)
        kept.append(i)
    return kept
warm(kept_values, (1000,), (big,), (-1002,))


def unbound(flag):
    if flag:
        x = 1000
    return x + 1
warm(unbound, (True,), (False,))


def unbound_second(flag, y):
    if flag:
        x = 2000
    return y + x
warm(unbound_second, (True, 3), (False, 3))


def unbound_attribute(flag):
    if flag:
        o = Point(1, 2)
    return o.x


# -- comparisons that jump --

def order(a, b):
    if a < b: return "less"
    if a == b: return "equal"
    if a > b: return "greater"
    return "neither"
warm(order, (1, 2), (2, 1), (2, 2), (2**70, 2**71), (2**71, 2**70), (2**70, 2**70), (1.5, 2.5), (float("nan"), 1.0), (1, 1.5), ("a", "b"), (True, False), (1, "x"), ((1,), (2,)))
def near(a):
    if a < 10: return "small"
    if a == 10: return "ten"
    if a != 11: return "large"
    return "eleven"
warm(near, (1,), (10,), (11,), (12,), (10.0,), (2**64,), ("x",))
def named(a):
    if a == "yes": return 1
    if a != "no": return 2
    return 3
warm(named, ("yes",), ("no",), ("other",), (None,), ("".join(["y", "es"]),), (1,))
def truths(a):
    if a: x = 1
    else: x = 2
    if not a: x += 10
    return x
warm(truths, (True,), (False,), (None,), (0,), (5,), ("",), ("x",), ([],), ({},), ((1,),), (0.0,))


# -- subscripts and slices --

def item(c, i): return c[i]
warm(item, ([1, 2, 3], 1), ([1], 5), ([1], -1), ([1], True), ((1, 2), 0), ("abc", 2), ("é日", 1), ("abc", 9), ({1: 2}, 1), ({}, 1), (b"ab", 0), ([1], "x"), (7, 0))
def first(c): return c[0]
warm(first, ([1, 2],), ([],), ((3,),), ("x",), ({0: 4},), (None,))
def put(c, i, v):
    c[i] = v
    return c
warm(put, ([1, 2, 3], 1, 9), ([1], 4, 0), ([1], -1, 7), ({}, 1, 2), ((1,), 0, 1))
def part(c, a, b): return c[a:b]
warm(part, ([1, 2, 3, 4], 1, 3), ((1, 2, 3), 0, 2), ("abcdef", 2, 4), ("é日本", 1, 3), ([1, 2], None, None), ([1, 2, 3], -2, None), ([1], "x", 2), (range(9), 2, 5), (b"abc", 1, 2), ([1, 2, 3], 2, 1), (5, 1, 2))
def stepped(c, a, b, s): return c[a:b:s]
warm(stepped, ([1, 2, 3, 4], None, None, -1), ([1, 2, 3, 4], 0, 4, 2), ([1], None, None, 0), ("abcd", None, None, -1), ((1, 2, 3), 2, None, -1), ([1, 2, 3], 3, 0, -2))
def replace_part(c, a, b, v):
    c[a:b] = v
    return c
warm(replace_part, ([1, 2, 3], 0, 2, [7]), ([1], 5, 9, "ab"), ([1, 2, 3], 1, 1, (8, 9)), ([1], 0, 1, 5), ("abc", 0, 1, "x"))
def replace_stepped(c, v):
    c[::2] = v
    return c
warm(replace_stepped, ([1, 2, 3], [7, 8]), ([1, 2, 3, 4], [5]), ([1, 2], "ab"))


# -- attributes --

class Point:
    limit = 10
    def __init__(self, x, y): self.x, self.y = x, y
    @property
    def total(self): return self.x + self.y
    def moved(self, d): return Point(self.x + d, self.y)
    def __repr__(self): return f"Point({self.x}, {self.y})"


class Slotted:
    __slots__ = "x", "y"
    def __init__(self, x): self.x = x


class Dynamic:
    def __getattr__(self, name): return name.upper()


def get_x(o): return o.x
def get_y(o): return o.y
def get_total(o): return o.total
def get_limit(o): return o.limit
def get_class(o): return o.__class__.__name__
def set_x(o, v):
    o.x = v
    return o.x
def move(o): return o.moved(1)
def make(c): return c.__dict__ and Point
warm(unbound_attribute, (True,), (False,))
shadowed = Point(1, 2)
shadowed.limit = "own"
shadowed.__dict__["total"] = "hidden"
emptied = Point(1, 2)
del emptied.x
for f in get_x, get_y, get_total, get_limit, get_class, move:
    warm(f, (Point(1, 2),), (shadowed,), (emptied,), (Slotted(3),), (Dynamic(),), (Slotted if f is get_total else Point,), (7,))
    warm(f, (Slotted(3),), (Point(4, 5),), (shadowed,))
warm(set_x, (Point(1, 2), 3), (emptied, 4), (Slotted(1), 5), (Point, 6), (7, 8))
Point.limit = 11
print(get_limit(Point(0, 0)), get_limit(shadowed))
Point.total = 12
print(get_total(Point(1, 2)), get_total(shadowed))
Point.limit = property(lambda self: "computed")
print(get_limit(shadowed))


# -- operators written in Python --

class Number:
    def __init__(self, n): self.n = n
    def __add__(self, o):
        if isinstance(o, Number): return Number(self.n + o.n)
        return NotImplemented
    def __radd__(self, o): return f"radd {o}"
    def __eq__(self, o): return NotImplemented if isinstance(o, str) else self.n == getattr(o, "n", None)
    def __lt__(self, o): return NotImplemented
    def __gt__(self, o): return "greater"
    def __sub__(self, o): raise ValueError("no subtraction")
    def __repr__(self): return f"N{self.n}"


class Sub(Number):
    def __radd__(self, o): return "sub first"


class Counted:
    def __iadd__(self, o): return "in place"
    def __add__(self, o): return "plain"


warm(add, (Number(1), Number(2)), (Number(1), 2), (2, Number(1)), (Number(1), Sub(2)), (Sub(1), Number(2)), (Number(1), "x"), (Number(1), None), (Counted(), 1))
warm(subtract, (3, 1), (Number(1), Number(2)))
def compare_all(a, b): return [a == b, a != b, a < b]
warm(compare_all, (Number(1), Number(1)), (Number(1), Number(2)), (Number(1), "x"), (Number(1), 5), (5, Number(5)))
def grow(a, b):
    a += b
    return a
warm(grow, (Number(1), Number(2)), (Counted(), 2), (1, 2), ("a", "b"), ([1], (2,)))
def equal_jump(a, b):
    if a == b: return "same"
    return "different"
warm(equal_jump, (Number(1), Number(1)), (Number(1), Number(2)), (Number(1), "x"), (1, 1))


# -- calls of classes, super, with --

class Base:
    def __init__(self, a): self.a = a
    def name(self): return "base"
    @classmethod
    def kind(cls): return cls.__name__


class Middle(Base):
    def __init__(self, a, b):
        super().__init__(a)
        self.b = b
    def name(self): return super().name() + " middle"


class Last(Middle):
    def name(self): return super().name() + " last"
    @classmethod
    def kind(cls): return "last " + super().kind()


class Bad:
    def __init__(self, a): return a


def instance(c, *args): return c(*args)
def one(c, a): return vars(c(a))
def two(c, a, b): return sorted(vars(c(a, b)))
warm(one, (Base, 1), (Middle, 1), (Bad, None), (Bad, 5), (int, 3), (Slotted, 4))
warm(two, (Middle, 1, 2), (Last, 3, 4), (Base, 1, 2))
def name_of(o): return o.name(), o.kind()
warm(name_of, (Last(1, 2),), (Middle(1, 2),), (Base(1),))
old = Base.__init__
def other_init(self, a, b="default"): self.a, self.b = a, b
Base.__init__ = other_init
print(one(Base, 1))
Base.__init__.__code__ = old.__code__
print(one(Base, 2))
Base.name = lambda self: "new base"
print(name_of(Last(1, 2)))


class Manager:
    def __init__(self, swallow): self.swallow = swallow
    def __enter__(self): return self
    def __exit__(self, kind, value, traceback): return self.swallow


class NoExit:
    def __enter__(self): return self


def managed(m, error):
    with m as entered:
        if error: raise error
        return entered is m
    return "swallowed"
warm(managed, (Manager(False), None), (Manager(True), ValueError("x")), (Manager(False), KeyError("y")), (NoExit(), None), (5, None))


# -- loops --

def total_of(items):
    t = 0
    for x in items:
        t += x
    return t
def numbers_of(n):
    for i in range(n):
        yield i
warm(total_of, ([1, 2, 3],), (range(5),), ((1, 2),), (numbers_of(4),), ({1: 2},), (5,), ([1, "x"],), (iter([1, 2]),), (range(2**40, 2**40 + 3),), (range(2**80, 2**80 + 2),))
def pairs_of(items): return [(a, b) for a, b in items]
warm(pairs_of, ([(1, 2)],), (zip("ab", "cd"),), (enumerate("xy"),), ({1: 2}.items(),), ([[1, 2], (3, 4)],), ([(1, 2, 3)],), ([5],))
def changing(items):
    for x in items:
        if len(items) < 6: items.append(x)
    return items
warm(changing, ([1, 2],), ([],))
iterator = iter([1, 2, 3])
def drain(it):
    for x in it: pass
    return list(it)
warm(drain, (iterator,), (iter((1, 2)),))


# -- tracing and frames --

def traced(a, b):
    c = a + b
    c = c + 1
    for i in range(2):
        c = c - i
    if c < 100:
        return c
    return a


for _ in range(60): traced(1, 2)
events = []
def tracer(frame, event, argument):
    if frame.f_code.co_name in ("traced", "__add__"):
        events.append((event, frame.f_lineno - traced.__code__.co_firstlineno, argument if event == "return" else None))
        return tracer
sys.settrace(tracer)
traced(1000, 2)
sys.settrace(None)
print(events)


def frame_with_locals(a):
    b = a + 1
    frame = sys._getframe()
    return b, frame
value, frame = frame_with_locals(1000)
print(value, sorted(set(frame.f_locals)))


class Finalized:
    def __init__(self, log): self.log = log
    def __del__(self): self.log.append(sys._getframe(1).f_lineno - overwriting.__code__.co_firstlineno)


def overwriting(log):
    o = Finalized(log)
    o = 1
    items = [Finalized(log)]
    i = 0
    items[i] = 2
    p = Point(Finalized(log), 1)
    p.x = 3
    for x in [Finalized(log)]:
        pass
    x = 5
    return log
print(overwriting([]), overwriting([]))
