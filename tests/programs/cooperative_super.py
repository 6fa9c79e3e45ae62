"""Cooperative classes: every method calls super, keyword arguments travel down the order."""


class Root:
    def __init__(self, **kwargs):
        assert not kwargs, f"left over: {kwargs}"
        self.trace = ["Root"]

    def draw(self):
        assert not hasattr(super(), "draw")
        return []

    def __str__(self):
        return f"<{'>'.join(c.__name__ for c in type(self).__mro__[:-1])}>"


class Shape(Root):
    def __init__(self, *, name="shape", **kwargs):
        super().__init__(**kwargs)
        self.name = name
        self.trace.append("Shape")

    def draw(self):
        return [f"shape {self.name}", *super().draw()]


class Coloured(Root):
    def __init__(self, *, colour="black", **kwargs):
        super().__init__(**kwargs)
        self.colour = colour
        self.trace.append("Coloured")

    def draw(self):
        return [f"in {self.colour}", *super().draw()]


class Sized(Root):
    size = 1

    def __init__(self, *, size, **kwargs):
        super().__init__(**kwargs)
        self.size = size
        self.trace.append("Sized")

    def draw(self):
        return super().draw() + [f"size {self.size}"]


class Box(Shape, Coloured):
    pass


class BigBox(Sized, Box):
    def draw(self):
        lines = super().draw()
        lines.insert(0, "big:")
        return lines


class LoggedDict(dict):
    log = []

    def __setitem__(self, key, value):
        self.log.append((key, value))
        super().__setitem__(key, value)

    def update(self, *args, **kwargs):
        for key, value in dict(*args, **kwargs).items():
            self[key] = value


class Ordered(LoggedDict):
    def __setitem__(self, key, value):
        self.pop(key, None)
        super().__setitem__(key, value)


for obj in (Box(name="b"), BigBox(size=9, colour="red"), BigBox(size=2, name="n", colour="blue")):
    print(obj, obj.trace, obj.draw())
for kwargs in ({}, {"size": 1, "weight": 3}):
    try:
        BigBox(**kwargs)
    except (TypeError, AssertionError) as error:
        print(type(error).__name__, error)
od = Ordered(a=1)
od.update(b=2, a=3)
od["b"] = 4
print(od, od.log)


class A:
    def f(self): return "A"
    @classmethod
    def c(cls): return f"A.c({cls.__name__})"
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p"


class B(A):
    def f(self): return "B" + super().f()
    @classmethod
    def c(cls): return "B" + super().c()
    @staticmethod
    def s(): return "B" + super(B, B).s()
    @property
    def p(self): return "B" + super().p


class C(A):
    def f(self): return "C" + super().f()
    @classmethod
    def c(cls): return "C" + super().c()
    @property
    def p(self): return "C" + super().p


class D(B, C):
    def f(self):
        parents = [super(k, self).f for k in (D, B, C)]
        return "D" + "/".join(p() for p in parents)


d = D()
print(d.f(), D.c(), d.c(), D.s(), d.p)
print([c.__name__ for c in D.__mro__], D.__bases__, super(B, d).f(), super(D, D).c())
for make in (lambda: type("X", (A, B), {}), lambda: type("Y", (B, C, A, object), {}).__mro__, lambda: super(C, A()).f(), lambda: super(B, d).nope):
    try:
        print(make())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, str(error).replace("\n", " / "))
B.__bases__ = (C,)
print([c.__name__ for c in D.__mro__], d.f())
