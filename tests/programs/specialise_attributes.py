"""Hot attribute accesses whose classes and instances change under them: caches must notice."""


def hot(f, *args, n=60):
    """Calls f often enough for any specialisation, and gives the last result."""
    for _ in range(n):
        result = f(*args)
    return result


def read(o): return o.x
def write(o, v): o.x = v
def call(o): return o.m()
def delete(o): del o.x


class A:
    x = "class A"
    def m(self): return "A.m"


a = A()
print(hot(read, a), hot(call, a))
A.x = "class changed"
A.m = lambda self: "m replaced"
print(read(a), call(a))
a.x = "instance"
a.m = lambda: "instance m"
print(hot(read, a), hot(call, a))
A.x = property(lambda self: "data descriptor wins", lambda self, v: log.append(v))
log = []
print(read(a), write(a, 5), log)
print(hot(read, a), hot(write, a, 6), len(log))
del A.x
print(read(a), write(a, "plain again"), a.x)
del a.x, a.m
print(call(a))
try:
    read(a)
except AttributeError as error:
    print(error)
A.__getattr__ = lambda self, name: f"getattr {name}"
print(hot(read, a))
A.__getattribute__ = lambda self, name: f"getattribute {name}" if name == "x" else object.__getattribute__(self, name)
print(hot(read, a))
del A.__getattribute__, A.__getattr__
A.x = "back"
print(hot(read, a), hot(call, a))


class B(A): pass
class C(B): pass


c = C()
print(hot(read, c))
B.x = "B between"
print(read(c))
del B.x
A.x = "A again"
print(read(c))
C.__bases__ = (A,)
B.x = "no longer a base"
print(read(c))
A.__setattr__ = lambda self, name, value: object.__setattr__(self, name, f"set {value}")
print(hot(write, a, 1), a.x)
del A.__setattr__
print(write(a, 2), a.x)


class Shape1:
    def __init__(self): self.x, self.y = 1, 2
class Shape2:
    def __init__(self): self.y, self.x = 20, 10
class Slot:
    __slots__ = ("x",)
    def __init__(self, x): self.x = x
class Prop:
    @property
    def x(self): return "prop"
class Meta(type):
    x = property(lambda cls: f"meta of {cls.__name__}")
class WithMeta(metaclass=Meta): pass


objects = [Shape1(), Shape2(), Slot("slot"), Prop(), A, WithMeta, a, c]
print([hot(read, o) for o in objects], [read(o) for o in objects * 2])
mixed = [Shape1() for _ in range(30)] + [Shape2() for _ in range(30)] + [Slot(i) for i in range(30)]
print(sum(read(o) for o in mixed), sum(read(o) for o in mixed[::-7]))
s = Slot(1)
hot(read, s)
del s.x
for f in (read, delete):
    try:
        f(s)
    except AttributeError as error:
        print(error)
write(s, 9)
print(read(s))
o = Shape1()
hot(read, o)
o.__dict__ = {"x": "other dict"}
print(read(o))
o.__dict__["x"] = "through the dict"
print(read(o))
o.__class__ = Prop
print(read(o))
o.__class__ = Shape2
hot(write, o, "new")
print(o.__dict__)
many = [Shape1() for _ in range(5)]
for i, o in enumerate(many):
    for j in range(i * 20):
        setattr(o, f"attribute_{j}", j)
    o.x = i
print([read(o) for o in many], [len(vars(o)) for o in many])
for o in many:
    hot(write, o, 7)
    delete(o)
print([list(vars(o))[:2] for o in many], [hasattr(o, "x") for o in many])
for o in many:
    write(o, 8)
print([list(vars(o))[-1] for o in many])
import lib_imports.plain as module
def read_module(): return module.value
print(hot(read_module))
module.value = "module changed"
print(read_module())
del module.value
try:
    read_module()
except AttributeError as error:
    print(error)
module.__getattr__ = lambda name: f"module getattr {name}"
print(read_module())
class D:
    count = 0
    @classmethod
    def make(cls): cls.count += 1; return cls.count
    @staticmethod
    def static(): return "static"
def call_class(): return D.make(), D.static(), D.count
print(hot(call_class))
D.static = staticmethod(lambda: "replaced")
D.count = 1000
print(call_class())
class Super(A):
    def m(self): return "Super+" + super().m()
s = Super()
print(hot(call, s))
A.m = lambda self: "A.m newer"
print(call(s))
Super.__bases__ = (Base2 := type("Base2", (), {"m": lambda self: "Base2.m"}),)
print(call(s), Base2.__name__)
