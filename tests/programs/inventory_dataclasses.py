"""An inventory kept in dataclasses: ordering, defaults, frozen keys, replacing, fields, conversion."""
import dataclasses
from dataclasses import dataclass, field, InitVar, KW_ONLY
from typing import ClassVar


@dataclass(frozen=True, order=True)
class Sku:
    family: str
    number: int

    def __str__(self):
        return f"{self.family}-{self.number:04}"


@dataclass
class Item:
    sku: Sku
    name: str
    price: float = 0.0
    tags: list[str] = field(default_factory=list, repr=False)
    stock: int = field(default=0, compare=False)
    count: ClassVar[int] = 0

    def __post_init__(self):
        type(self).count += 1
        if self.price < 0:
            raise ValueError(f"price of {self.name} is negative")


@dataclass
class Discounted(Item):
    _: KW_ONLY
    percent: int = 10
    seed: InitVar[int] = 0

    def __post_init__(self, seed):
        super().__post_init__()
        self.code = f"D{seed + self.percent}"


@dataclass(slots=True)
class Position:
    item: Item
    amount: int = 1

    @property
    def total(self):
        return self.item.price * self.amount


items = [Item(Sku("pen", 7), "fountain pen", 30.5, ["ink"]), Item(Sku("pen", 3), "ball pen", 1.2), Discounted(Sku("ink", 1), "blue ink", 4.0, percent=25, seed=100)]
for item in sorted(items, key=lambda i: i.sku):
    print(item, item.sku, item.tags)
print(Item.count, Discounted.count, items[2].code)
print(items[0] == dataclasses.replace(items[0], stock=5), items[0] == items[1])
print([f.name for f in dataclasses.fields(Discounted)], dataclasses.asdict(items[2]))
print(dataclasses.astuple(Position(items[1], 12)), round(Position(items[1], 12).total, 2))
print(Sku("a", 2) < Sku("a", 10), max(Sku("a", 2), Sku("b", 1)), hash(Sku("x", 1)) == hash(("x", 1)))
for broken in (lambda: Item(Sku("x", 1), "x", -1), lambda: setattr(Sku("x", 1), "number", 2), lambda: Position(), lambda: Item.__lt__,
               lambda: Discounted(Sku("x", 1), "n", 1, [], 0, 5), lambda: setattr(Position(items[0]), "other", 1)):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
try:
    @dataclass
    class Bad:
        a: list = []
except ValueError as e:
    print(e)
Point = dataclasses.make_dataclass("Point", [("x", int), ("y", int, 5)], namespace={"norm": lambda self: self.x**2 + self.y**2})
print(Point(3), Point(3).norm(), Point.__match_args__, Point.__doc__)
match Point(1, 2):
    case Point(x, y):
        print("matched", x, y)
