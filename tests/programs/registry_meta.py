"""A small record library made of a metaclass, __prepare__, __set_name__ and __init_subclass__."""


class Field:
    counter = 0

    def __init__(self, kind, default=..., check=None):
        self.kind, self.default, self.check = kind, default, check
        Field.counter += 1
        self.order = Field.counter

    def __set_name__(self, owner, name):
        self.name = name
        self.slot = "_" + name

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        try:
            return obj.__dict__[self.slot]
        except KeyError:
            raise AttributeError(f"{type(obj).__name__}.{self.name} is not set") from None

    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} must be {self.kind.__name__}, not {type(value).__name__}")
        if self.check and not self.check(value):
            raise ValueError(f"{value!r} is no good {self.name}")
        obj.__dict__[self.slot] = value

    def __delete__(self, obj):
        del obj.__dict__[self.slot]

    def __repr__(self):
        return f"Field({self.kind.__name__})"


class NoRepeats(dict):
    """The namespace of a class body that refuses to define a name twice."""

    def __init__(self, owner):
        super().__init__()
        self.owner = owner

    def __setitem__(self, key, value):
        if key in self and not key.startswith("__"):
            raise NameError(f"{self.owner}.{key} is defined twice")
        super().__setitem__(key, value)


class RecordMeta(type):
    registry = {}

    @classmethod
    def __prepare__(mcls, name, bases, **kwargs):
        return NoRepeats(name)

    def __new__(mcls, name, bases, namespace, *, abstract=False, **kwargs):
        cls = super().__new__(mcls, name, bases, dict(namespace), **kwargs)
        own = [value for value in namespace.values() if isinstance(value, Field)]
        inherited = [f for base in bases for f in getattr(base, "fields", ())]
        cls.fields = inherited + sorted(own, key=lambda f: f.order)
        cls.__match_args__ = tuple(f.name for f in cls.fields)
        if not abstract:
            mcls.registry[name] = cls
        return cls

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        names = [f.name for f in cls.fields]
        if len(args) > len(names):
            raise TypeError(f"{cls.__name__} has {len(names)} fields, {len(args)} given")
        values = dict(zip(names, args))
        if both := values.keys() & kwargs.keys():
            raise TypeError(f"given twice: {', '.join(sorted(both))}")
        if unknown := kwargs.keys() - set(names):
            raise TypeError(f"unknown: {', '.join(sorted(unknown))}")
        obj = cls.__new__(cls)
        for field in cls.fields:
            value = (values | kwargs).get(field.name, field.default)
            if value is ...:
                raise TypeError(f"{cls.__name__}.{field.name} is missing")
            setattr(obj, field.name, value)
        return obj

    def __iter__(cls):
        return iter(cls.__match_args__)


class Record(metaclass=RecordMeta, abstract=True):
    def __init_subclass__(cls, table=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.table = table or cls.__name__.lower() + "s"

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{n}={getattr(self, n)!r}' for n in type(self))})"

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)


class Person(Record, table="people"):
    name = Field(str, check=str.istitle)
    age = Field(int, 0, check=lambda n: 0 <= n < 150)


class Employee(Person):
    salary = Field((float), 1.5)
    tags = Field(list, [])


print(Person("Ada", 36), Employee("Bob", salary=2.0, tags=["x"]), Person.table, Employee.table)
print(Person("A") == Person("A", 0), Person("A") != Person("B"), list(Employee), Person.age, RecordMeta.registry)
bob = Employee("Bob", 40)
del bob.age
for attempt in (
    lambda: Person(), lambda: Person("ada"), lambda: Person("Ada", -1), lambda: Person("Ada", "old"), lambda: Person("Ada", 1, 2),
    lambda: Person("Ada", name="Eve"), lambda: Person("Ada", size=1), lambda: bob.age, lambda: setattr(bob, "name", 5),
    lambda: delattr(bob, "age"), lambda: type("X", (Record,), {}, foo=1),
):
    try:
        print("no error", attempt())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
try:
    class Twice(Record):
        a = Field(int)
        a = Field(str)
except NameError as error:
    print(error, "Twice" in RecordMeta.registry)
match Employee("Zoe", 30, 9.5, []):
    case Employee(name, age, salary=pay) if pay > 5:
        print("matched", name, age, pay)
