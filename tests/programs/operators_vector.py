"""Operator overloading: vectors, polynomials, intervals, and what reflected methods are asked."""
import math


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x=0, y=0): self.x, self.y = x, y
    def __repr__(self): return f"Vector({self.x!r}, {self.y!r})"
    def __iter__(self): yield self.x; yield self.y
    def __eq__(self, other): return tuple(self) == tuple(other) if isinstance(other, Vector) else NotImplemented
    def __hash__(self): return hash(tuple(self))
    def __add__(self, other): return Vector(self.x + other.x, self.y + other.y) if isinstance(other, Vector) else NotImplemented
    def __neg__(self): return Vector(-self.x, -self.y)
    def __sub__(self, other): return self + -other
    def __mul__(self, k): return Vector(self.x * k, self.y * k) if isinstance(k, (int, float)) else NotImplemented
    def __rmul__(self, k): return self * k
    def __matmul__(self, other): return self.x * other.x + self.y * other.y
    def __abs__(self): return math.hypot(self.x, self.y)
    def __bool__(self): return self.x != 0 or self.y != 0
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __len__(self): return 2
    def __complex__(self): return complex(self.x, self.y)
    def __round__(self, digits=0): return Vector(round(self.x, digits), round(self.y, digits))

    def __format__(self, spec):
        if spec.endswith("p"):
            return f"<{format(abs(self), spec[:-1])}, {format(math.atan2(self.y, self.x), spec[:-1])}>"
        return f"({format(self.x, spec)}, {format(self.y, spec)})"


v, w = Vector(3, 4), Vector(1.5, -2)
print(v + w, v - w, -v, v * 2, 0.5 * v, v @ w, abs(v), bool(v), bool(Vector()), v == Vector(3, 4), v != w)
print(f"{v} {v:.2f} {v:.3p} {w:+}", complex(v), round(Vector(1.2345, 2.5), 2), round(w), [*v], v[0], v[-1], len(v), {v: 1}[Vector(3, 4)])
print(sum([v, w, v], start=Vector()), max(v, w, key=abs), sorted([v, w, Vector()], key=abs))
for action in (lambda: v + 1, lambda: 1 + v, lambda: v * "a", lambda: v @ 1, lambda: v < w, lambda: v[5], lambda: v ** 2, lambda: sum([v]), lambda: v.z, lambda: setattr(v, "z", 1), lambda: int(v)):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class Poly:
    def __init__(self, *coefficients):
        self.c = list(coefficients)
        while self.c and self.c[-1] == 0:
            self.c.pop()

    def __add__(self, other):
        other = other if isinstance(other, Poly) else Poly(other)
        n = max(len(self.c), len(other.c))
        return Poly(*((self[i] + other[i]) for i in range(n)))

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Poly) else Poly(other)
        out = [0] * (len(self.c) + len(other.c))
        for i, a in enumerate(self.c):
            for j, b in enumerate(other.c):
                out[i + j] += a * b
        return Poly(*out)

    __rmul__ = __mul__

    def __pow__(self, n, modulus=None):
        result = Poly(1)
        for _ in range(n):
            result = result * self
            if modulus:
                result = Poly(*(c % modulus for c in result.c))
        return result

    def __getitem__(self, i): return self.c[i] if i < len(self.c) else 0
    def __call__(self, x): return sum(c * x ** i for i, c in enumerate(self.c))
    def __iadd__(self, other): self.c = (self + other).c; return self
    def __eq__(self, other): return self.c == getattr(other, "c", [other])

    def __str__(self):
        terms = [f"{'' if c == 1 and i else c}{'' if not i else 'x' if i == 1 else f'x^{i}'}" for i, c in reversed(list(enumerate(self.c))) if c]
        return " + ".join(terms).replace("+ -", "- ") or "0"


x = Poly(0, 1)
p = (x + 1) ** 3
print(p, "|", p * (x + -1), "|", 2 * x + 5, "|", p(2), [p(i) for i in range(-2, 3)], "|", pow(x + 1, 6, 3), "|", Poly())
alias = q = x + 1
q += x * x
print(q, alias is q, q == Poly(1, 1, 1), q == 5, Poly(5) == 5)


class Loud:
    """Says which of its methods is asked."""

    def __init__(self, name, answer=True): self.name, self.answer = name, answer

    def __getattr__(self, name): raise AttributeError(name)


def loud(name):
    def method(self, other):
        print(f"  {self.name}.{name}({getattr(other, 'name', other)})")
        return f"{self.name}{name}" if self.answer else NotImplemented
    return method


NAMES = ("add", "radd", "iadd", "sub", "rsub", "lt", "gt", "le", "ge", "eq", "ne", "floordiv", "rfloordiv", "xor", "rxor", "ixor")
for short in NAMES:
    setattr(Loud, f"__{short}__", loud(short))
SubLoud = type("SubLoud", (Loud,), {"__radd__": loud("sub-radd"), "__gt__": loud("sub-gt")})
a, b, s = Loud("a"), Loud("b", False), SubLoud("s")
for text in ("a + b", "b + a", "b + 1", "1 + b", "1 - a", "a + s", "s + a", "b < a", "a < s", "b <= b", "b == b", "b != a", "1 ^ a", "b ^ b"):
    print(text)
    try:
        print("  =", eval(text))
    except TypeError as error:
        print("  TypeError:", error)
for statement in ("a += 1", "b += 1", "b ^= a", "n = 5; n ^= a; print(' ', n)"):
    print(statement)
    try:
        exec(statement, {"a": a, "b": b})
    except TypeError as error:
        print("  TypeError:", error)
