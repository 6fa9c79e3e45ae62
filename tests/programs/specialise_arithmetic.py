"""Hot arithmetic whose operand types change: int to big int, float, bool, str, our own classes."""


def hot(f, *args, n=60):
    for _ in range(n):
        result = f(*args)
    return result


def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def div(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def power(a, b): return a ** b
def lt(a, b): return a < b
def eq(a, b): return a == b
def branch(a, b): return "yes" if a < b else "no"
def and_(a, b): return a & b
def shift(a, b): return a << b
def negate(a, b): return -a
def inplace(a, b):
    a += b
    return a
def contains(a, b): return b in a


class V:
    def __init__(self, n): self.n = n
    def __add__(self, o): return f"V+{o}"
    def __radd__(self, o): return f"{o}+V"
    def __lt__(self, o): return "V<"
    def __gt__(self, o): return "V>"
    def __eq__(self, o): return "V=="
    def __mul__(self, o): return NotImplemented
    def __repr__(self): return "V"
class I(int):
    def __add__(self, o): return "I.add"
    def __lt__(self, o): return "I.lt"
class F(float):
    def __mul__(self, o): return "F.mul"
class S(str):
    def __add__(self, o): return "S.add"
    def __eq__(self, o): return "S.eq"
    __hash__ = str.__hash__


pairs = [(1, 2), (2 ** 29, 2 ** 29), (2 ** 30 - 1, 1), (2 ** 31, 2 ** 33), (2 ** 62, 2 ** 62), (2 ** 63 - 1, 1), (-2 ** 63, 1), (10 ** 30, 7), (1.5, 2.5), (1, 2.5), (2.5, 1), (True, 1), (True, False), ("a", "b"), ("é", "日"), (I(5), 2), (2, I(5)), (F(1.5), 2), (2, F(1.5)), (S("x"), "y"), ("x", S("y")), (V(1), 2), (2, V(1)), ([1], [2]), ((1,), (2,)), (1, None), ("a", 1), (0, 0), (5, 0), (0.0, 0.0), (1e308, 1e308), (float("nan"), 1.0), (-7, 2), (7, -2), (-7.5, 2)]
for f in (add, sub, mul, div, floordiv, mod, power, lt, eq, branch, and_, shift, negate, inplace):
    row = []
    for a, b in pairs:
        if f in (power, shift) and isinstance(b, int) and b > 100:
            continue
        hot(f, 3, 2)
        try:
            first = f(a, b)
            again = hot(f, a, b, n=12) if f is not inplace or not isinstance(a, list) else first
            row.append(repr(first) + ("" if repr(again) == repr(first) else f" then {again!r}"))
        except (TypeError, ArithmeticError, ValueError) as error:
            row.append(f"{type(error).__name__}: {error}")
    print(f.__name__, *row, sep=" | ")
print(hot(add, 1, 2), add("a", "b"), add(1.5, 2), add([1], [2]), add(1, 2), add(2 ** 62, 2 ** 62), add(V(1), 1))


def grow(n):
    total, product, power_of_two = 0, 1, 1
    for i in range(1, n):
        total += i * i
        product = product * i if i < 40 else product // (i - 39)
        power_of_two += power_of_two
    return total, product, power_of_two


print(grow(120))


def drift(n):
    x = 1
    kinds = []
    for i in range(n):
        if i == 40: x = 1.5
        if i == 80: x = 10 ** 25
        if i == 120: x = True
        x = x + 1
        if i % 40 == 39: kinds.append((type(x).__name__, x))
    return kinds


print(drift(160))


def compare_chain(values):
    out = []
    for a in values:
        for b in values:
            try:
                out.append("<" if a < b else "=" if a == b else ">")
            except TypeError:
                out.append("!")
    return "".join(out)


print(compare_chain([1, 2.5, True, "a", "b", 10 ** 20, None, float("inf"), (1,), "é"]))


def text(n):
    s = ""
    for i in range(n):
        s += chr(97 + i % 26)
        if i == 50: s += "日"
        if i == 70: t = s
    return len(s), s[-5:], len(t), s[50:53]


print(text(100))


def lists(n):
    l = m = []
    for i in range(n):
        l += [i]
        if i == 50: l = l + ["new"]
    return len(l), len(m), l is m


print(lists(80), hot(contains, "abc", "b"), contains([1, 2], 2), contains({1: 2}, 1), contains("abc", "z"))


class Changing:
    def __add__(self, o): return "first add"
    def __eq__(self, o): return "first eq"


c = Changing()
print(hot(add, c, 1), hot(eq, c, 1))
Changing.__add__ = lambda self, o: "second add"
Changing.__eq__ = lambda self, o: "second eq"
print(add(c, 1), eq(c, 1))
del Changing.__add__
try:
    add(c, 1)
except TypeError as error:
    print(error)
Changing.__radd__ = lambda self, o: "reflected"
print(add(1, c), hot(add, "s", c))


def loop_sum(n):
    total = 0
    i = 0
    while i < n:
        total += i & 3
        i += 1
    return total


print(loop_sum(1000), loop_sum(10.5), loop_sum(True), sum(hot(mod, i, 7, n=2) for i in range(100)), [hot(shift, 1, k, n=3) for k in (0, 29, 30, 31, 62, 63, 64)])
