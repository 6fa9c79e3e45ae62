"""Classes in many forms over made-up weather data: properties, descriptors, metaclasses, protocols of operators, context managers, iteration."""
import abc
import functools
import math
import operator
import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Iterator


class Bounded:
    """A descriptor that keeps a number within limits."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        return self if instance is None else getattr(instance, self.name)

    def __set__(self, instance, value):
        if not self.low <= value <= self.high:
            raise ValueError(f"{self.name[1:]} {value} is not within {self.low}..{self.high}")
        setattr(instance, self.name, value)


@functools.total_ordering
class Temperature:
    __slots__ = ("celsius",)

    def __init__(self, celsius):
        self.celsius = float(celsius)

    @classmethod
    def from_fahrenheit(cls, f):
        return cls((f - 32) / 1.8)

    def __format__(self, spec):
        if spec.endswith("F"):
            return format(self.celsius * 1.8 + 32, spec[:-1] or ".1f") + "°F"
        return format(self.celsius, spec or ".1f") + "°C"

    def __eq__(self, other):
        return isinstance(other, Temperature) and math.isclose(self.celsius, other.celsius)

    def __lt__(self, other):
        return self.celsius < other.celsius

    def __hash__(self):
        return hash(round(self.celsius, 6))

    def __repr__(self):
        return f"Temperature({self.celsius:.2f})"


class Reading:
    humidity = Bounded(0, 100)
    pressure = Bounded(850, 1100)

    def __init__(self, day, celsius, humidity, pressure):
        self.day, self.temperature, self.humidity, self.pressure = day, Temperature(celsius), humidity, pressure

    @property
    def dew_point(self):
        a, b = 17.62, 243.12
        g = math.log(self.humidity / 100) + a * self.temperature.celsius / (b + self.temperature.celsius)
        return Temperature(b * g / (a - g))


class Registry(type):
    known = {}

    def __new__(meta, name, bases, namespace, /, **options):
        cls = super().__new__(meta, name, bases, namespace)
        if options.get("register", True):
            meta.known[options.get("key", name.lower())] = cls
        return cls

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        instance = super().__call__(*args, **kwargs)
        instance.made_by = cls.__name__
        return instance


class Report(metaclass=Registry, register=False):
    def __init__(self, readings):
        self.readings = readings

    def __iter__(self) -> Iterator[str]:
        yield from map(self.line, self.readings)

    def line(self, reading):
        raise NotImplementedError

    def __str__(self):
        return "\n".join(self)


class Short(Report):
    def line(self, reading):
        return f"{reading.day}: {reading.temperature}"


class Long(Report, key="full"):
    def line(self, r):
        return f"{r.day:>4} {r.temperature:6.1f} {r.temperature:F} {r.humidity}% dew {r.dew_point:.2f}"


readings = [Reading(d, 12 + 8 * math.sin(d / 3), 50 + 40 * math.cos(d), 1000 + d) for d in range(6)]
for key, cls in sorted(Registry.known.items()):
    report = cls(readings)
    print(key, report.made_by, report, sep="\n")
print(max(r.temperature for r in readings), min(readings, key=operator.attrgetter("temperature")).day, Temperature.from_fahrenheit(212), Temperature(1) == Temperature(1.0), len({Temperature(5), Temperature(5.0)}))
for broken in (lambda: Reading(1, 2, 101, 900), lambda: setattr(readings[0], "pressure", 1), lambda: list(Report(readings)), lambda: Temperature(1) < 5, lambda: setattr(Temperature(1), "x", 1), lambda: sorted([Temperature(1), "a"])):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
by_class = defaultdict(list)
for r in readings:
    match r:
        case Reading(temperature=Temperature(celsius=c)) if c > 15:
            by_class["warm"].append(r.day)
        case Reading(humidity=h) if h > 60:
            by_class["humid"].append(r.day)
        case _:
            by_class["other"].append(r.day)
print(dict(by_class), round(statistics.fmean(r.pressure for r in readings), 2), Reading.humidity.high, abc.ABC.__name__, Short.__mro__[1].__name__, field(default=1).default, dataclass.__name__)
