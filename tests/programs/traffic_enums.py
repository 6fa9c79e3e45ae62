"""Enumerations: members, flags, automatic values, custom mixing, functional construction."""
import enum
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique


class Light(Enum):
    RED = 30
    GREEN = 25
    YELLOW = 5
    AMBER = 5

    @property
    def next(self):
        order = list(Light)
        return order[(order.index(self) + 1) % len(order)]

    @classmethod
    def cycle(cls):
        return sum(light.value for light in cls)


class Access(Flag):
    READ = auto()
    WRITE = auto()
    RUN = auto()
    ALL = READ | WRITE | RUN


class Level(IntEnum):
    LOW = 1
    HIGH = 10


class Kind(StrEnum):
    CAR = auto()
    BUS = auto()


class Planet(Enum):
    EARTH = (5.976e24, 6.37814e6)
    MARS = (6.421e23, 3.3972e6)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    @property
    def gravity(self):
        return 6.67300e-11 * self.mass / self.radius**2


print(Light.RED, repr(Light.AMBER), Light.AMBER is Light.YELLOW, list(Light), Light.__members__)
print(Light.RED.next, Light.YELLOW.next, Light.cycle(), Light(25), Light["GREEN"], Light.RED in Light, len(Light))
print(Access.READ | Access.RUN, ~Access.READ, Access.ALL, Access(0), Access.READ in Access.ALL, bool(Access(0)), Access(3), list(Access.ALL))
print(Level.HIGH > 5, Level.LOW + 1, sorted([Level.HIGH, Level.LOW]), f"{Level.HIGH}", f"{Level.HIGH:03}", repr(Level.LOW))
print(Kind.CAR, repr(Kind.BUS), Kind.CAR.upper(), Kind("bus"), f"{Kind.CAR:>6}")
print([(p.name, round(p.gravity, 2)) for p in Planet])
Perm = IntFlag("Perm", "X W R")
print(Perm.R | Perm.W, int(Perm.R | 8), Perm(7), repr(Perm(9)))
Animal = Enum("Animal", ["ANT", "BEE"], start=5, module=__name__)
print(list(Animal), Animal.ANT.value, Animal.BEE.name)
for broken in (lambda: Light(99), lambda: Light["BLUE"], lambda: setattr(Light, "RED", 1), lambda: Light.RED < Light.GREEN,
               lambda: type("More", (Light,), {}), lambda: Access(99), lambda: Light.RED.value.nothing):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
try:
    @unique
    class Twice(Enum):
        A = 1
        B = 1
except ValueError as e:
    print(e)


class Auto(Enum):
    def _generate_next_value_(name, start, count, last):
        return name.lower() + str(count)

    A = auto()
    B = auto()

    @enum.nonmember
    def helper():
        return "not a member"


print([m.value for m in Auto], Auto.helper(), {Light.RED: "stop"}[Light.RED], hash(Light.RED) == hash("RED"))
print(enum.Enum.__doc__ is not None, Light.__doc__, dir(Light)[-6:], isinstance(Light.RED, Light))
