"""Named tuples, data classes and enumerations made with metaclasses, exec and type()."""


def namedtuple(name, fields, defaults=()):
    fields = tuple(fields.replace(",", " ").split() if isinstance(fields, str) else fields)
    for field in fields:
        if not field.isidentifier() or field.startswith("_") or fields.count(field) > 1:
            raise ValueError(f"bad field {field!r}")
    space = {"_tuple_new": tuple.__new__}
    exec(f"def __new__(_cls, {', '.join(fields)}): return _tuple_new(_cls, ({', '.join(fields)}{',' * bool(fields)}))", space)
    new = space["__new__"]
    new.__defaults__ = tuple(defaults) or None
    new.__qualname__ = f"{name}.__new__"

    def _replace(self, **kw):
        result = type(self)(*(kw.pop(f, v) for f, v in zip(fields, self)))
        if kw: raise ValueError(f"unexpected {list(kw)}")
        return result
    class Getter:
        def __init__(self, i): self.i = i
        def __get__(self, obj, cls): return self if obj is None else tuple.__getitem__(obj, self.i)
    body = {"__slots__": (), "__new__": new, "_fields": fields, "_replace": _replace, "__match_args__": fields, "_asdict": lambda self: dict(zip(fields, self)), "__repr__": lambda self: f"{type(self).__name__}({', '.join(f'{f}={v!r}' for f, v in zip(fields, self))})", "_make": classmethod(lambda cls, items: cls(*items))}
    return type(name, (tuple,), body | {f: Getter(i) for i, f in enumerate(fields)})


Point = namedtuple("Point", "x y z", defaults=(0,))
p = Point(1, 2)
print(p, p.x, p[1], p == (1, 2, 0), hash(p) == hash((1, 2, 0)), p._replace(y=5), p._asdict(), Point._make("abc"), [*p], p + (1,), Point._fields, sorted([Point(2, 1), Point(1, 9)]), isinstance(p, tuple), Point(z=1, x=2, y=3))
x, *rest = p
match p:
    case Point(1, y, z=0): print("matched", y, rest)
for bad in (lambda: Point(), lambda: Point(1, 2, 3, 4), lambda: Point(1, w=2), lambda: setattr(p, "x", 5), lambda: setattr(p, "new", 5), lambda: p._replace(q=1), lambda: p.w, lambda: namedtuple("B", "a a"), lambda: namedtuple("B", "1a"), lambda: p[9]):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)


MISSING = object()


def record(cls=None, *, frozen=False, order=False, slots=False):
    if cls is None: return lambda c: record(c, frozen=frozen, order=order, slots=slots)
    fields = {}
    for base in reversed(cls.__mro__[1:]):
        fields |= getattr(base, "__fields__", {})
    for name, kind in cls.__dict__.get("__annotations__", {}).items():
        fields[name] = cls.__dict__.get(name, MISSING)
    setter = "object.__setattr__(self, {0!r}, {0})" if frozen else "self.{0} = {0}"
    parameters = ", ".join(n if d is MISSING else f"{n}=_default_{n}" for n, d in fields.items())
    lines = [setter.format(n) if not isinstance(d, list) else setter.format(n).replace(f", {n})", f", list({n}))").replace(f"= {n}", f"= list({n})") for n, d in fields.items()] or ["pass"]
    space = {f"_default_{n}": d for n, d in fields.items()} | {"object": object, "list": list}
    exec(f"def __init__(self, {parameters}):\n    " + "\n    ".join(lines + ["if hasattr(self, '__post_init__'): self.__post_init__()"]), space | {"hasattr": hasattr}, space)
    body = {"__init__": space["__init__"], "__fields__": fields, "__match_args__": tuple(fields), "__repr__": lambda self: f"{type(self).__qualname__}({', '.join(f'{n}={getattr(self, n)!r}' for n in fields)})",
            "__eq__": lambda self, o: [getattr(self, n) for n in fields] == [getattr(o, n) for n in fields] if type(o) is type(self) else NotImplemented}
    if frozen:
        def refuse(self, name, *value): raise AttributeError(f"{name} is frozen")
        body |= {"__setattr__": refuse, "__delattr__": refuse, "__hash__": lambda self: hash(tuple(getattr(self, n) for n in fields))}
    else:
        body["__hash__"] = None
    if order: body["__lt__"] = lambda self, o: [getattr(self, n) for n in fields] < [getattr(o, n) for n in fields]
    if slots:
        keep = {k: v for k, v in vars(cls).items() if k not in ("__dict__", "__weakref__", *fields)}
        return type(cls)(cls.__name__, cls.__bases__, keep | body | {"__slots__": tuple(n for n in fields if not hasattr(cls.__base__, n) or cls.__base__ is object)})
    for name, value in body.items(): setattr(cls, name, value)
    return cls


@record
class Animal:
    name: str
    legs: int = 4
    tags: list = []


@record(order=True)
class Dog(Animal):
    breed: str = "mutt"
    def __post_init__(self): self.loud = self.name.isupper()


@record(frozen=True)
class Key:
    a: int
    b: int = 2


@record(slots=True)
class Packed:
    u: int
    v: int = 5


a, d = Animal("cat"), Dog("REX", breed="lab")
a.tags.append("x")
print(a, d, d.loud, Animal("b").tags, a == Animal("cat", tags=["x"]), a == d, a != 5, sorted([Dog("b"), Dog("a")]), Dog.__match_args__, Key(1), {Key(1): "k"}[Key(1, 2)], Packed(1), Packed.__slots__)
for bad in (lambda: Animal(), lambda: Animal("a", 1, [], 4), lambda: hash(a), lambda: setattr(Key(1), "a", 2), lambda: delattr(Key(1), "a"), lambda: setattr(Packed(1), "w", 1), lambda: a < a, lambda: Dog(), lambda: Key(c=1)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)


class EnumMeta(type):
    @classmethod
    def __prepare__(m, name, bases):
        class Space(dict):
            def __missing__(self, key):
                if key.startswith("__") or not key.isupper(): raise KeyError(key)
                self[key] = value = sum(k.isupper() for k in self)
                return value
        return Space()

    def __new__(m, name, bases, ns):
        cls = super().__new__(m, name, bases, {k: v for k, v in ns.items() if not k.isupper()})
        cls.members = {}
        for key, value in ns.items():
            if key.isupper():
                member = next((x for x in cls.members.values() if x.value == value), None)
                if member is None:
                    member = object.__new__(cls)
                    member.__dict__.update(name=key, value=value)
                cls.members[key] = member
                type.__setattr__(cls, key, member)
        return cls

    def __call__(cls, value):
        for member in cls.members.values():
            if member.value == value: return member
        raise ValueError(f"{value!r} is no {cls.__name__}")
    def __iter__(cls): return iter(dict.fromkeys(cls.members.values()))
    def __getitem__(cls, name): return cls.members[name]
    def __len__(cls): return len({*cls.members.values()})
    def __contains__(cls, x): return isinstance(x, cls)
    def __setattr__(cls, name, value):
        if name in getattr(cls, "members", ()): raise AttributeError(f"cannot rebind {name}")
        super().__setattr__(name, value)


class Enum(metaclass=EnumMeta):
    def __repr__(self): return f"{type(self).__name__}.{self.name}"
    def __setattr__(self, name, value): raise AttributeError("members are constant")
    def __lt__(self, o): return self.value < o.value


class Color(Enum):
    RED
    GREEN
    BLUE = 10
    AZURE = 10
    def warm(self): return self is Color.RED


print(list(Color), len(Color), Color(1), Color["BLUE"], Color.AZURE is Color.BLUE, Color.RED in Color, 5 in Color, Color.RED.warm(), max(Color), {Color.RED: 1}[Color(0)], Color.GREEN.value, [c.name for c in sorted(Color, reverse=True)])
match Color(10):
    case Color.RED: print("red")
    case Color.BLUE: print("blue by value pattern")
for bad in (lambda: Color(99), lambda: Color["PINK"], lambda: setattr(Color, "RED", 1), lambda: setattr(Color.RED, "value", 1), lambda: Color.PINK):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
