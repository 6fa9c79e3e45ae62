"""__slots__, instance dictionaries, __class__ assignment and layouts."""


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class A: __slots__ = ("a", "b")
class B: __slots__ = ("a", "b")
class C: __slots__ = ("a", "c")
class D: pass
class E: pass
class F(D): pass
class G(int): pass
class H(int): pass
class I(A): __slots__ = ()
class J(A): __slots__ = ("j",)
class K(A): pass


def assign(make, cls):
    obj = make()
    obj.__class__ = cls
    return type(obj).__name__


for make, cls in ((A, B), (A, C), (A, D), (D, E), (E, F), (F, D), (G, H), (G, D), (D, G), (A, I), (I, A), (A, J), (J, K), (D, int), (D, 5), (object, D), (lambda: 5, G), (lambda: len, D), (D, object), (D, type)):
    print(make.__name__, getattr(cls, "__name__", cls), attempt(lambda: assign(make, cls)))
d = D()
d.x = 1
d.__class__ = E
print(d.x, isinstance(d, E), attempt(lambda: delattr(d, "__class__")))
a = A()
a.a = 1
print(attempt(lambda: a.b), attempt(lambda: setattr(a, "c", 1)), attempt(lambda: a.__dict__), attempt(lambda: vars(a)), attempt(lambda: a.__weakref__))
j = J()
j.a, j.j = 1, 2
print(j.a, j.j, J.__slots__, J.a is A.a, attempt(lambda: delattr(j, "b")))
k = K()
k.anything = k.a = 5
print(vars(k), k.a, K.__dict__.get("__slots__"))


class Shadow(A):
    __slots__ = ("a",)


s = Shadow()
s.a = 1
print(attempt(lambda: A.a.__get__(s)), Shadow.a is A.a)
for base in (int, tuple, str, bytes, list, dict, set, float, type, BaseException, type(len)):
    print(base.__name__, attempt(lambda: type("X", (base,), {"__slots__": ("q",)}).__name__), attempt(lambda: type("X", (base,), {"__slots__": ()}).__name__))
for slots in (("1x",), ("",), ("class",), (b"x",), ["a", "a"], ("__weakref__", "__dict__"), "ab", iter("xy"), {"k": "doc"}, 5, ("__class__",), ("__module__",), ("a", "__slots__")):
    print(slots if not hasattr(slots, "__next__") else "iter", attempt(lambda: type("X", (), {"__slots__": slots})().__class__.__slots__ != 0))
print(attempt(lambda: type("X", (A, C), {})), attempt(lambda: type("X", (A, D), {}).__name__), attempt(lambda: type("X", (int, str), {})), attempt(lambda: type("X", (D, E), {"__slots__": ("x",)}).__name__))


class WithDict:
    def __init__(self): self.a = 1


w = WithDict()
w.__dict__["b"] = 2
print(w.b, attempt(lambda: setattr(w, "__dict__", 5)), attempt(lambda: delattr(w, "a")), vars(w))
shared = {"x": 10}
w.__dict__ = shared
v = WithDict()
v.__dict__ = shared
w.y = 5
print(v.y, shared, w.__dict__ is v.__dict__)
del w.__dict__
print(attempt(lambda: w.x), w.__dict__, v.x)
objs = [WithDict() for _ in range(3)]
for i, o in enumerate(objs):
    setattr(o, f"only_{i}", i)
    o.common = i
print([vars(o) for o in objs])
o = objs[0]
for i in range(60):
    setattr(o, f"n{i}", i)
for i in range(0, 60, 2):
    delattr(o, f"n{i}")
print(len(vars(o)), list(vars(o))[:6], o.n59, attempt(lambda: o.n0))
o.__dict__.clear()
o.z = 1
print(vars(o))


class Counter:
    instances = 0
    def __new__(cls, *args):
        cls.instances += 1
        self = object.__new__(cls)
        self.number = cls.instances
        return self


class SubCounter(Counter): pass


print(Counter().number, Counter().number, SubCounter().number, Counter().number, Counter.instances, SubCounter.instances)
print(attempt(lambda: object.__new__(Counter, 1).number), attempt(lambda: object().__init__(5)), attempt(lambda: D(1)), attempt(lambda: Counter(1, 2).number))
