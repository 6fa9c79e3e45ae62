"""Exact rational arithmetic: continued fractions, polynomials, interpolation, Bernoulli numbers."""
import math


class Q:
    __slots__ = ("p", "q")

    def __new__(cls, p=0, q=1):
        if isinstance(p, cls) and q == 1:
            return p
        self = object.__new__(cls)
        if isinstance(p, str):
            p, _, q = p.partition("/")
            p, q = int(p), int(q or 1)
        elif isinstance(p, float):
            p, d = p.as_integer_ratio()
            q *= d
        if q == 0:
            raise ZeroDivisionError(f"Q({p}, 0)")
        g = math.gcd(p, q) * (-1 if q < 0 else 1)
        object.__setattr__(self, "p", p // g)
        object.__setattr__(self, "q", q // g)
        return self

    def __setattr__(self, name, value): raise AttributeError(f"Q is immutable, cannot set {name}")

    def _operator(f):
        def forward(self, other):
            if isinstance(other, int): other = Q(other)
            return f(self, other) if isinstance(other, Q) else NotImplemented
        def backward(self, other): return f(Q(other), self) if isinstance(other, int) else NotImplemented
        forward.__name__ = backward.__name__ = f.__name__
        return forward, backward

    __add__, __radd__ = _operator(lambda a, b: Q(a.p * b.q + b.p * a.q, a.q * b.q))
    __sub__, __rsub__ = _operator(lambda a, b: Q(a.p * b.q - b.p * a.q, a.q * b.q))
    __mul__, __rmul__ = _operator(lambda a, b: Q(a.p * b.p, a.q * b.q))
    __truediv__, __rtruediv__ = _operator(lambda a, b: Q(a.p * b.q, a.q * b.p))
    __floordiv__, __rfloordiv__ = _operator(lambda a, b: a.p * b.q // (a.q * b.p))
    __lt__, __gt__ = _operator(lambda a, b: a.p * b.q < b.p * a.q)
    __eq__, _ = _operator(lambda a, b: (a.p, a.q) == (b.p, b.q))
    del _operator, _

    def __pow__(self, n): return Q(self.p ** n, self.q ** n) if n >= 0 else Q(self.q ** -n, self.p ** -n)
    def __neg__(self): return Q(-self.p, self.q)
    def __abs__(self): return Q(abs(self.p), self.q)
    def __bool__(self): return self.p != 0
    def __hash__(self): return hash(self.p) if self.q == 1 else hash((self.p, self.q))
    def __float__(self): return self.p / self.q
    def __int__(self): return int(self.p / self.q)
    def __floor__(self): return self.p // self.q
    def __round__(self, n=None): return round(self.p / self.q, n) if n else (2 * self.p + self.q) // (2 * self.q)
    def __repr__(self): return f"{self.p}/{self.q}" if self.q != 1 else str(self.p)


a, b = Q(1, 2), Q("-3/4")
print(a + b, a - b, a * b, a / b, a // b, 1 + a, 2 - a, 3 / a, a ** 3, a ** -2, -b, abs(b), float(b), a < b, 1 > a, a == Q(2, 4), a == 0.5, {a: "x"}[Q(1, 2)], Q(3) == 3, {3: "int"}[Q(6, 2)], Q(0.75), Q(a) is a, math.floor(b), round(Q(7, 2)), sorted([a, b, 1, Q(1, 3)]), sum([a, b, a]))
for bad in (lambda: Q(1, 0), lambda: a / 0, lambda: a + 0.5, lambda: a + "x", lambda: a < "x", lambda: setattr(a, "p", 5), lambda: Q("x"), lambda: a.z, lambda: a ** "x", lambda: [1][a]):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)


def bernoulli(n):
    row = []
    for m in range(n + 1):
        row.append(Q(1, m + 1))
        for j in range(m, 0, -1):
            row[j - 1] = j * (row[j - 1] - row[j])
    return row[0]


print([bernoulli(n) for n in range(0, 21, 2)])
harmonic = Q(0)
for n in range(1, 31):
    harmonic += Q(1, n)
print(harmonic, float(harmonic))


def interpolate(points):
    """Lagrange: the polynomial's coefficients, constant first."""
    total = [Q(0)] * len(points)
    for i, (xi, yi) in enumerate(points):
        term, scale = [Q(1)], Q(yi)
        for j, (xj, _) in enumerate(points):
            if i != j:
                term = [p + q for p, q in zip([Q(0)] + term, [-xj * c for c in term] + [Q(0)])]
                scale = scale / (xi - xj)
        total = [t + scale * c for t, c in zip(total, term)]
    return total


squares = [(n, sum(k * k for k in range(n + 1))) for n in range(4)]
print(interpolate(squares), interpolate([(0, 1), (1, 2), (2, 4), (3, 8), (4, 16)]))


def egyptian(x):
    while x:
        d = -(-x.q // x.p)
        yield Q(1, d)
        x = x - Q(1, d)


print(list(egyptian(Q(5, 6))), list(egyptian(Q(4, 13))), list(egyptian(Q(5, 121)))[:3])


def farey(n):
    a, b, c, d = 0, 1, 1, n
    yield Q(0)
    while c <= n:
        k = (n + b) // d
        a, b, c, d = c, d, k * c - a, k * d - b
        yield Q(a, b)


print(list(farey(5)), sum(1 for _ in farey(30)))
def newton(x, n):
    for _ in range(n):
        x = (x + 2 / x) / 2
    return x
root = newton(Q(1), 5)
print(root, float(root), len(str(root.p)), abs(root * root - 2) < Q(1, 10 ** 20))
