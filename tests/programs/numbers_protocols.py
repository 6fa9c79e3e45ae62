"""Number-like classes: __index__, __int__, __float__, __complex__, __round__, __trunc__ in every place that asks."""


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Index:
    def __index__(self): return 3
class Int:
    def __int__(self): return 4
class Float:
    def __float__(self): return 2.5
class Complex:
    def __complex__(self): return 1 + 2j
class Trunc:
    def __trunc__(self): return 7
class Round:
    def __round__(self, n="none"): return f"round {n}"
class All(Index, Int, Float, Complex, Round): pass
class IntSub(int):
    def __index__(self): return 100
    def __int__(self): return 200
class FloatSub(float):
    def __float__(self): return 9.5
class BadIndex:
    def __index__(self): return "3"
class RaisingIndex:
    def __index__(self): raise ZeroDivisionError("in __index__")
class BoolIndex:
    def __index__(self): return True


places = {
    "int()": int, "float()": float, "complex()": complex, "bool()": bool, "hex()": hex, "bin()": bin, "chr()": lambda x: chr(x), "range()": range, "list[x]": lambda x: [10, 20, 30, 40, 50][x], "str[x:]": lambda x: "abcdef"[x:], "tuple * x": lambda x: (1,) * x, "x * 'a'": lambda x: x * "a", "bytes()": bytes,
    "round()": round, "round(, 1)": lambda x: round(x, 1), "round(1.5, x)": lambda x: round(1.23456, x), "abs()": abs, "divmod()": lambda x: divmod(x, 2), "pow(2, x)": lambda x: pow(2, x), "x + 1": lambda x: x + 1, "1.5 + x": lambda x: 1.5 + x, "x < 5": lambda x: x < 5, "x == 3": lambda x: x == 3, "-x": lambda x: -x, "1 << x": lambda x: 1 << x, "~x": lambda x: ~x,
    "'%d'": lambda x: "%d" % x, "'%x'": lambda x: "%x" % x, "'%f'": lambda x: "%f" % x, "'%c'": lambda x: "%c" % x, "'%*d'": lambda x: "%*d" % (x, 1), "f:d": lambda x: f"{x:d}", "f:f": lambda x: f"{x:.1f}", "format": lambda x: type(format(x)).__name__, "sum": lambda x: sum([1, x]), "max": lambda x: max(x, 1), "sorted": lambda x: sorted([x, 1])[0] == 1, "slice.indices": lambda x: slice(x).indices(10),
    "to_bytes": lambda x: (5).to_bytes(x, "big"), "int(s, x)": lambda x: int("11", x), "str.split(n)": lambda x: "a b c d e f".split(None, x), "str.center": lambda x: "a".center(x), "bytearray[x] =": lambda x: bytearray(b"abcdef").__setitem__(x, x), "enumerate": lambda x: list(enumerate("a", x)), "insert": lambda x: [1].insert(x, 0), "complex(x, x)": lambda x: complex(x, x), "float.fromhex": lambda x: float.fromhex(x), "dict key": lambda x: {3: "int key"}.get(x), "len hint": lambda x: [0] * x, "% s": lambda x: "%s" % x if isinstance(x, (int, float)) else "object", "memoryview": lambda x: memoryview(b"abcdef")[x], "bit ops": lambda x: 6 & x, "// %": lambda x: (7 // x, 7 % x), "range in": lambda x: x in range(5), "chained": lambda x: 1 < x < 9, "isinstance": lambda x: isinstance(x, (int, float)), "sys.float": lambda x: 2.0 ** x, "join": lambda x: "".join(["a"] * x), "in list": lambda x: x in [3, 4],
}
values = [Index(), Int(), Float(), Complex(), Trunc(), Round(), All(), IntSub(5), FloatSub(1.5), BadIndex(), RaisingIndex(), BoolIndex()]
import sys
for name, action in places.items():
    row = []
    for v in values:
        saved, sys.stderr = sys.stderr, None
        result = attempt(lambda: action(v))
        sys.stderr = saved
        row.append(f"{type(v).__name__}={result!r}")
    print(name, *row, sep=" | ")


class Tracked:
    def __init__(self): self.log = []
    def __getattr__(self, name): raise AttributeError(name)
def tracked(name, value):
    def method(self, *a):
        self.log.append(name)
        return value
    return method
for n, v in (("__int__", 1), ("__index__", 2), ("__float__", 3.0), ("__complex__", 4j), ("__trunc__", 5), ("__bool__", True), ("__len__", 6), ("__hash__", 7), ("__eq__", True), ("__round__", 8), ("__floor__", 9), ("__ceil__", 10), ("__abs__", 11), ("__neg__", 12)):
    setattr(Tracked, n, tracked(n, v))
import math
t = Tracked()
print([int(t), float(t), complex(t), bool(t), len(t), hash(t), t == 1, round(t), math.floor(t), math.ceil(t), math.trunc(t), abs(t), -t, hex(t), [0, 1, 2, 3][t], "%d" % t, "%f" % t, math.sqrt(t), not t, "abc" * t, range(t)])
print(t.log)
