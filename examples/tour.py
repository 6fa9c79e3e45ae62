"""A tour of the language in sixty lines. Run it with:  ./dev run examples/tour.py [NAME]"""
import sys

name = sys.argv[1] if len(sys.argv) > 1 else "traveller"
print(f"Welcome, {name}! This is Python {sys.version_info.major}.{sys.version_info.minor}.")

# Numbers have no upper end, and text is Unicode.
print("2 ** 200 =", 2 ** 200)
print("thirds:", [f"{n / 3:.2f}" for n in range(1, 4)], "| café ☕".upper(), "| naïve"[::-1])

# Collections, comprehensions, unpacking.
heights = {"Mont Blanc": 4806, "Ben Nevis": 1345, "Olympus": 2917}
highest, *others = sorted(heights, key=heights.get, reverse=True)
print(f"{highest} is above {' and '.join(others)}; together {sum(heights.values()):,} m")


# A generator gives its values one at a time, for as long as they are asked for.
def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


print("fibonacci:", *(n for n, _ in zip(fibonacci(), range(15))))


# Classes define how their objects look, compare and add up.
class Money:
    __match_args__ = ("amount", "currency")

    def __init__(self, amount, currency="EUR"):
        self.amount, self.currency = amount, currency

    def __add__(self, other):
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.amount + other.amount, self.currency)

    def __repr__(self):
        return f"{self.amount:.2f} {self.currency}"


def describe(value):
    match value:
        case Money(amount, "EUR") if amount > 10:
            return f"a lot of money: {value}"
        case Money():
            return f"some money: {value}"
        case [first, *rest]:
            return f"{first} and {len(rest)} more"
        case {"name": str(who)}:
            return f"somebody called {who}"
        case _:
            return f"something else: {value!r}"


for thing in (Money(5) + Money(7.5), Money(3, "GBP"), [1, 2, 3], {"name": name}, None):
    print(" -", describe(thing))
try:
    Money(1) + Money(1, "GBP")
except ValueError as error:
    print("errors are caught:", error)
