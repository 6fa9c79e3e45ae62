"""Slots of classes: from one base, from several, from built-in bases, and after changes of a base."""
import enum


class Equal:
    def __eq__(self, other):
        return True


class Hashed(Equal):
    def __hash__(self):
        return 4

    def __len__(self):
        return 7


print(Equal.__hash__, Equal() == 3, hash(Hashed()), len(Hashed()), bool(Hashed()))


class Items(list):
    def __getitem__(self, i):
        return "item", i


class Reflected(Items):
    __radd__ = lambda self, other: "radd"


class InPlace(Reflected):
    def __iadd__(self, other):
        return "iadd"


print(Reflected()[3], Reflected([1]) + [2], 3 + Reflected(), Reflected([1]) * 2)
value = InPlace()
value += 1
print(value, InPlace([5])[0], list(InPlace([5])))


class Meta(type):
    def mro(cls):
        return super().mro()


class Called(metaclass=Meta):
    __call__ = lambda self: 5


class CalledToo(Called):
    pass


print(Called()(), CalledToo()(), [c.__name__ for c in CalledToo.__mro__])

# A special name that is not the interned str, and keys that are no strs.
Odd = type("Odd", (), {"__" + "len__": lambda self: 9, 3: 4})


class OddToo(Odd):
    pass


print(len(Odd()), len(OddToo()))
OddToo.__len__ = lambda self: 11
print(len(OddToo()))
del OddToo.__len__
print(len(OddToo()))
Odd.__len__ = lambda self: 12
print(len(OddToo()))
del Odd.__len__
try:
    len(OddToo())
except TypeError as error:
    print(error)


class Swapped(int):
    __add__ = int.__sub__


class SwappedToo(Swapped):
    __radd__ = lambda self, other: "radd"


print(Swapped(3) + Swapped(1), SwappedToo(3) + 1, 1 + SwappedToo(3))


class NoNext:
    def __iter__(self):
        return self


class Next(NoNext):
    __next__ = lambda self: 1


try:
    next(NoNext())
except TypeError as error:
    print(error)
print(next(Next()))


class Named:
    def __set_name__(self, owner, name):
        print("__set_name__", owner.__name__, name)
        setattr(owner, name + "_too", 1)


class Owner:
    first = Named()
    other = 3
    second = Named()


class OwnerToo(Owner):
    pass


class Noting:
    def __init_subclass__(cls, **keywords):
        print("__init_subclass__", cls.__name__, keywords)


class Plain:
    pass


class Noted(Plain, Noting, key=1):
    pass


try:
    class Refused(Plain, key=1):
        pass
except TypeError as error:
    print(error)


class Colour(enum.IntFlag):
    RED = 1
    GREEN = 2


print(repr(Colour.RED | Colour.GREEN), Colour.RED + 1)


class Other:
    pass


one = Plain()
one.x = 1
one.__class__ = Other
one.y = 2
print(one.__dict__, Other().__dict__)


class Answering(type):
    def __getattr__(cls, name):
        return "meta " + name


class Asked(metaclass=Answering):
    x = 3


print(Asked.x, Asked.y, Asked.__name__, hasattr(Asked, "z"), getattr(int, "nothing", 1), hasattr(enum, "nothing"))
for cls in (Equal, Hashed, Items, InPlace, Called, SwappedToo, Next, Noted, Colour):
    print(cls.__name__, cls.__flags__ & ~(1 << 19), sum(name.startswith("__") for name in dir(cls)))
