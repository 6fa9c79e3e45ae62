"""Matrices over any numbers: products, determinants, inverses with exact fractions, powers."""
import math


class Fraction:
    __slots__ = ("n", "d")

    def __init__(self, n, d=1):
        if d == 0:
            raise ZeroDivisionError(f"Fraction({n}, 0)")
        g = math.gcd(n, d) * (1 if d > 0 else -1)
        self.n, self.d = n // g, d // g

    @staticmethod
    def of(x):
        return x if isinstance(x, Fraction) else Fraction(x)

    def __add__(self, o): o = Fraction.of(o); return Fraction(self.n * o.d + o.n * self.d, self.d * o.d)
    def __mul__(self, o): o = Fraction.of(o); return Fraction(self.n * o.n, self.d * o.d)
    def __truediv__(self, o): o = Fraction.of(o); return Fraction(self.n * o.d, self.d * o.n)
    def __neg__(self): return Fraction(-self.n, self.d)
    def __sub__(self, o): return self + -Fraction.of(o)
    def __rsub__(self, o): return -self + o
    __radd__, __rmul__ = __add__, __mul__
    def __eq__(self, o): o = Fraction.of(o); return (self.n, self.d) == (o.n, o.d)
    def __hash__(self): return hash((self.n, self.d))
    def __bool__(self): return self.n != 0
    def __str__(self): return str(self.n) if self.d == 1 else f"{self.n}/{self.d}"
    def __repr__(self): return f"Fraction({self.n}, {self.d})"
    def __float__(self): return self.n / self.d


class Singular(ArithmeticError):
    pass


class Matrix:
    def __init__(self, rows):
        self.rows = [list(row) for row in rows]
        if len({len(row) for row in self.rows}) > 1:
            raise ValueError("rows of different lengths")

    @classmethod
    def unit(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0]) if self.rows else 0

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __getitem__(self, key):
        match key:
            case int(i), int(j):
                return self.rows[i][j]
            case int(i):
                return self.rows[i]
            case slice() as rows, slice() as columns:
                return Matrix(row[columns] for row in self.rows[rows])
        raise TypeError(f"bad index {key!r}")

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"cannot multiply {self.shape} by {other.shape}")
        columns = other.T.rows
        return Matrix([[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows])

    def __pow__(self, n):
        result, base = Matrix.unit(len(self.rows)), self
        while n:
            if n & 1:
                result = result @ base
            base, n = base @ base, n >> 1
        return result

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def __str__(self):
        width = max(len(str(x)) for row in self.rows for x in row)
        return "\n".join(" ".join(str(x).rjust(width) for x in row) for row in self.rows)

    def determinant(self):
        if len(self.rows) == 1:
            return self.rows[0][0]
        return sum((-1) ** j * x * Matrix([row[:j] + row[j + 1:] for row in self.rows[1:]]).determinant()
                   for j, x in enumerate(self.rows[0]) if x)

    def inverse(self):
        n = len(self.rows)
        work = [[Fraction.of(x) for x in row] + [Fraction(int(i == j)) for j in range(n)] for i, row in enumerate(self.rows)]
        for c in range(n):
            pivot = next((r for r in range(c, n) if work[r][c]), None)
            if pivot is None:
                raise Singular(f"column {c}")
            work[c], work[pivot] = work[pivot], work[c]
            work[c] = [x / work[c][c] for x in work[c]]
            for r in range(n):
                if r != c and work[r][c]:
                    factor = work[r][c]
                    work[r] = [x - factor * y for x, y in zip(work[r], work[c])]
        return Matrix([row[n:] for row in work])


a = Matrix([[2, 1, 3], [0, -1, 4], [1, 2, 5]])
print(a, a.determinant(), a.shape, a.T, sep="\n")
inverse = a.inverse()
print(inverse)
print(a @ inverse == Matrix.unit(3), (a ** 5)[0], a[1, 2], a[0:2, 1:], sep="\n")
print(Matrix([[1, 1], [1, 0]]) ** 90)
for bad in (lambda: Matrix([[1, 2], [2, 4]]).inverse(), lambda: a @ Matrix([[1, 2]]), lambda: Matrix([[1], [1, 2]]), lambda: a["x"], lambda: Fraction(1, 0)):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error, isinstance(error, ArithmeticError))
h = Matrix([[Fraction(1, i + j + 1) for j in range(4)] for i in range(4)])
print(h.inverse(), h.determinant(), float(h.determinant()), repr(h[0, 1] + 1), 1 - h[0, 1])
