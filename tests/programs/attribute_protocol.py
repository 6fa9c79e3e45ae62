"""A proxy, a recorder and a namespace built on the attribute hooks."""


class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "_target", target)

    def __getattribute__(self, name):
        target = object.__getattribute__(self, "_target")
        if name == "_log":
            return object.__getattribute__(self, "__dict__").setdefault("log", [])
        self._log.append(f"get {name}")
        return getattr(target, name)

    def __setattr__(self, name, value):
        self._log.append(f"set {name}")
        setattr(object.__getattribute__(self, "_target"), name, value)

    def __delattr__(self, name):
        self._log.append(f"del {name}")
        delattr(object.__getattribute__(self, "_target"), name)


class Point:
    kind = "point"

    def __init__(self, x, y): self.x, self.y = x, y
    def move(self, dx): self.x += dx; return self
    def __len__(self): return 2


p = Proxy(Point(1, 2))
print(p.x, p.move(5).x, p.kind)
p.z = 9
del p.z
print(p._log, p.__class__.__name__, isinstance(p, Point), type(p).__name__)
try:
    len(p)
except TypeError as error:
    print(error)
try:
    p.missing
except AttributeError as error:
    print(error, error.name, type(error.obj).__name__)


class Namespace:
    def __init__(self, **kw): self.__dict__.update(kw)
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = self.__dict__[name] = Namespace()
        return value
    def __repr__(self): return f"N({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"
    def __eq__(self, other): return self.__dict__ == other.__dict__


n = Namespace(a=1)
n.b.c.d = 5
print(n, n.b == Namespace(c=Namespace(d=5)), hasattr(n, "anything"), n)


class Recorder:
    def __init__(self, path="r"): self.path = path
    def __getattr__(self, name): return Recorder(f"{self.path}.{name}")
    def __getitem__(self, key): return Recorder(f"{self.path}[{key!r}]")
    def __call__(self, *a, **k): return Recorder(f"{self.path}({', '.join([*map(repr, a), *(f'{x}={y!r}' for x, y in k.items())])})")
    def __add__(self, other): return Recorder(f"({self.path} + {other!r})")
    def __radd__(self, other): return Recorder(f"({other!r} + {self.path})")
    def __repr__(self): return self.path


r = Recorder()
print(r.a.b[1]["k", 2:3](5, x=r.c) + 1, 2 + r[::2], r[...](r)[1:])


class ReadOnly:
    __slots__ = ("_value",)
    def __init__(self, value): object.__setattr__(self, "_value", value)
    def __setattr__(self, name, value): raise AttributeError(f"{type(self).__name__} is read-only")
    def __delattr__(self, name): raise AttributeError(f"cannot delete {name}")
    value = property(lambda self: self._value)


for action in ("ro.value", "ro.value = 5", "ro.other = 5", "del ro.value", "ro._value"):
    ro = ReadOnly(3)
    try:
        exec(f"print({action})" if "=" not in action and "del" not in action else action)
    except AttributeError as error:
        print(action, "->", error)


class Fallback:
    calls = []

    def __getattribute__(self, name):
        if name not in ("calls", "__class__"):
            Fallback.calls.append(("getattribute", name))
        return super().__getattribute__(name)

    def __getattr__(self, name):
        Fallback.calls.append(("getattr", name))
        if name == "bad":
            raise ValueError("not an AttributeError")
        if name == "none":
            raise AttributeError("custom text")
        return name.upper()

    @property
    def prop(self): raise AttributeError("inside property")

    @property
    def prop2(self): return self.missing_inside


f = Fallback()
print(f.thing, f.prop, f.prop2, hasattr(f, "none"), getattr(f, "none", 0), f.calls)
for name in ("bad", "none"):
    try:
        getattr(f, name)
    except Exception as error:
        print(type(error).__name__, error)
try:
    getattr(f, "bad", "default")
except ValueError as error:
    print("getattr lets it through:", error)
print([hasattr(5, n) for n in ("real", "nope", "__add__")], getattr([], "append").__name__, getattr(Point, "kind"), getattr(Point(1, 2), "x"))


class Instance:
    def __init__(self):
        self.__len__ = lambda: 5
        self.__getattr__ = lambda name: "no"
        self.method = lambda: "unbound function in the instance"

    def __eq__(self, other): return NotImplemented


i = Instance()
print(i.method(), i == i, i == Instance(), i.__len__())
for action in (lambda: len(i), lambda: i.nothing):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
Instance.__getattr__ = lambda self, name: f"now {name}"
print(i.nothing)
del Instance.__getattr__
print(hasattr(i, "nothing"))
