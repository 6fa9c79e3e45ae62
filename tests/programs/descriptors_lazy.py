"""Descriptors at work: lazy values, typed attributes, methods bound by hand, class-level properties."""


class lazy:
    """A non-data descriptor that replaces itself by its value."""

    def __init__(self, function):
        self.function = function

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        value = obj.__dict__[self.name] = self.function(obj)
        return value


class Unit:
    """Converts between stored metres and what the attribute is called."""

    def __init__(self, factor):
        self.factor = factor

    def __get__(self, obj, cls):
        return self if obj is None else obj.metres / self.factor

    def __set__(self, obj, value):
        obj.metres = value * self.factor


class Distance:
    km, cm = Unit(1000), Unit(0.01)
    calls = 0

    def __init__(self, metres):
        self.metres = metres

    @lazy
    def description(self):
        Distance.calls += 1
        return f"{self.metres} m"


d = Distance(1500)
print(d.km, d.cm, d.description, d.description, Distance.calls)
d.km = 2
print(d.metres, d.description, vars(d))
del d.description
print(d.description, Distance.calls, type(Distance.description).__name__)


class bound:
    """What a function's own __get__ does, written out."""

    def __init__(self, function, obj):
        self.__func__, self.__self__ = function, obj

    def __call__(self, *args, **kwargs):
        return self.__func__(self.__self__, *args, **kwargs)


class method:
    def __init__(self, function):
        self.function = function

    def __get__(self, obj, cls=None):
        return self.function if obj is None else bound(self.function, obj)


class class_method:
    def __init__(self, function):
        self.function = function

    def __get__(self, obj, cls=None):
        return bound(self.function, cls if cls is not None else type(obj))


class class_property:
    def __init__(self, function):
        self.function = function

    def __get__(self, obj, cls):
        return self.function(cls)


class Example:
    value = 10

    @method
    def add(self, n, *, scale=1):
        return (self.value + n) * scale

    @class_method
    def make(cls, value):
        obj = cls()
        obj.value = value
        return obj

    @class_property
    def upper(cls):
        return cls.__name__.upper()


class Derived(Example):
    value = 20


for cls in (Example, Derived):
    print(cls.make(5).add(1, scale=3), cls().add(1), cls.add(cls, 2), cls.upper, cls().upper, type(cls.make(1)).__name__)


class Chain:
    """Lookup order: data descriptor of the type, instance dictionary, other attributes of the type, __getattr__."""

    class Data:
        def __get__(self, obj, cls): return "data descriptor"
        def __set__(self, obj, value): raise AttributeError("read-only")

    class NonData:
        def __get__(self, obj, cls): return "non-data descriptor"

    data, nondata, plain = Data(), NonData(), "class attribute"

    def __getattr__(self, name):
        return f"__getattr__({name})"


c = Chain()
for name in ("data", "nondata", "plain", "absent"):
    before = getattr(c, name)
    c.__dict__[name] = "instance dictionary"
    print(name, "|", before, "|", getattr(c, name))
try:
    c.data = 1
except AttributeError as error:
    print(error)
prop = property(lambda self: "getter")
print(prop.__get__(c, Chain), prop.__get__(None, Chain) is prop, prop.getter(lambda self: "other").__get__(c))
for action in (lambda: prop.__set__(c, 1), lambda: prop.__delete__(c)):
    try:
        action()
    except AttributeError as error:
        print(error)
Chain.named = property(lambda self: 1)
try:
    c.named = 2
except AttributeError as error:
    print(error)
