"""Protocols without abc: abstract methods checked at class creation, virtual subclasses, mixins, interfaces."""


class AbstractError(TypeError):
    pass


def abstract(f):
    f.is_abstract = True
    return f


class Interface(type):
    def __new__(mcls, name, bases, ns, **kw):
        cls = super().__new__(mcls, name, bases, ns, **kw)
        missing = {k for b in bases for k in getattr(b, "missing", ()) if getattr(getattr(cls, k, None), "is_abstract", False)}
        cls.missing = frozenset(missing | {k for k, v in ns.items() if getattr(v, "is_abstract", False)})
        cls.virtual = set()
        return cls
    def __call__(cls, *args, **kw):
        if cls.missing:
            raise AbstractError(f"{cls.__name__} lacks {', '.join(sorted(cls.missing))}")
        return super().__call__(*args, **kw)
    def register(cls, sub):
        cls.virtual.add(sub)
        return sub
    def __subclasscheck__(cls, sub):
        return super().__subclasscheck__(sub) or any(issubclass(sub, v) for v in cls.virtual) or bool(cls.missing) and cls is not sub and all(any(k in c.__dict__ for c in sub.__mro__) for k in cls.missing)
    def __instancecheck__(cls, obj): return cls.__subclasscheck__(type(obj))


class Shape(metaclass=Interface):
    @abstract
    def area(self): ...
    @abstract
    def name(self): return "shape"
    def describe(self): return f"{self.name()} of area {self.area()}"


class Named(Shape):
    def name(self): return "named " + super().name()


class Square(Named):
    def __init__(self, side): self.side = side
    def area(self): return self.side ** 2


class Duck:
    def area(self): return 7
    def name(self): return "duck"


@Shape.register
class Registered: pass


print(Square(3).describe(), sorted(Shape.missing), sorted(Named.missing), sorted(Square.missing))
for cls in (Shape, Named):
    try:
        cls()
    except AbstractError as error:
        print(error)
print(isinstance(Square(1), Shape), isinstance(Duck(), Shape), isinstance(Registered(), Shape), isinstance(5, Shape), issubclass(Duck, Shape), issubclass(int, Shape), issubclass(Shape, Shape), issubclass(Named, Shape))
match Duck():
    case Shape(): print("the class pattern asks isinstance")


class SequenceMixin:
    """All of a sequence from __len__ and __getitem__."""
    def __iter__(self):
        for i in range(len(self)): yield self[i]
    def __contains__(self, x): return any(x == y for y in self)
    def __reversed__(self):
        for i in range(len(self) - 1, -1, -1): yield self[i]
    def index(self, x):
        for i, y in enumerate(self):
            if x == y: return i
        raise ValueError(f"{x!r} is not here")
    def count(self, x): return sum(x == y for y in self)
    def __eq__(self, other): return len(self) == len(other) and all(a == b for a, b in zip(self, other)) if isinstance(other, SequenceMixin) else NotImplemented


class MappingMixin:
    def __contains__(self, k):
        try: self[k]
        except KeyError: return False
        return True
    def get(self, k, default=None):
        try: return self[k]
        except KeyError: return default
    def keys(self): return list(self)
    def values(self): return [self[k] for k in self]
    def items(self): return [(k, self[k]) for k in self]
    def __eq__(self, other): return dict(self.items()) == dict(other.items())
    def pop(self, k, *default):
        try: v = self[k]
        except KeyError:
            if default: return default[0]
            raise
        del self[k]
        return v
    def setdefault(self, k, v):
        if k not in self: self[k] = v
        return self[k]
    def update(self, other=(), **kw):
        for k, v in [*(other.items() if hasattr(other, "keys") else other), *kw.items()]: self[k] = v


class Squares(SequenceMixin):
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i):
        if not -self.n <= i < self.n: raise IndexError(i)
        return (i % self.n) ** 2


class Lower(MappingMixin):
    def __init__(self, *a, **k): self.d = {}; self.update(*a, **k)
    def __getitem__(self, k): return self.d[k.lower()]
    def __setitem__(self, k, v): self.d[k.lower()] = v
    def __delitem__(self, k): del self.d[k.lower()]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)


s = Squares(5)
print(list(s), 9 in s, 8 in s, list(reversed(s)), s.index(16), s.count(4), s == Squares(5), s != Squares(4), s[-1], [*s], max(s), sorted(s, reverse=True))
l = Lower({"A": 1}, B=2)
l["C"] = 3
print(l["a"], "b" in l, "Z" in l, l.get("Q", 0), l.items(), {**l}, dict(l), l.pop("B"), l.pop("B", None), l.setdefault("D", 4), l.keys(), len(l), l == Lower(a=1, c=3, d=4))
for bad in (lambda: s.index(7), lambda: s[5], lambda: l["zz"], lambda: l.pop("zz"), lambda: hash(s), lambda: s < s):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
