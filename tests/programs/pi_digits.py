"""Digits of pi and e with integers only; compared between methods."""


def spigot():
    """Gibbons' unbounded spigot."""
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < n * t:
            yield n
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2


def machin(digits):
    """16 atan(1/5) - 4 atan(1/239) in fixed point with ten guard digits."""
    one = 10 ** (digits + 10)

    def arctan_inverse(x):
        total = term = one // x
        n, sign = 3, -1
        while term:
            term //= x * x
            total += sign * (term // n)
            n, sign = n + 2, -sign
        return total

    return (4 * (4 * arctan_inverse(5) - arctan_inverse(239))) // 10 ** 10


def isqrt(n):
    x = 1 << (n.bit_length() + 1) // 2
    while (y := (x + n // x) // 2) < x:
        x = y
    return x


def chudnovsky(digits):
    def split(a, b):
        if b - a == 1:
            p = 1 if a == 0 else (6 * a - 5) * (2 * a - 1) * (6 * a - 1)
            q = 1 if a == 0 else a ** 3 * (640320 ** 3 // 24)
            t = p * (13591409 + 545140134 * a)
            return p, q, -t if a & 1 else t
        m = (a + b) // 2
        (p1, q1, t1), (p2, q2, t2) = split(a, m), split(m, b)
        return p1 * p2, q1 * q2, q2 * t1 + p1 * t2

    _, q, t = split(0, digits // 14 + 2)
    return q * 426880 * isqrt(10005 * 10 ** (2 * digits + 20)) // t // 10 ** 10


def euler(digits):
    one = 10 ** (digits + 10)
    total, term, n = one, one, 1
    while term:
        term //= n
        total += term
        n += 1
    return total // 10 ** 10


digits = spigot()
first = "".join(str(next(digits)) for _ in range(300))
for i in range(0, 300, 50):
    print(first[i:i + 50])
print(str(machin(299)) == first, str(chudnovsky(299)) == first)
long = chudnovsky(3000)
text = str(long)
print(len(text), text[-30:], sum(map(int, text)), long == machin(3000))
print({d: text.count(d) for d in "0123456789"})
print(euler(100))
print(isqrt(2 * 10 ** 80), isqrt(0 + 1), isqrt(10 ** 200 - 1) == 10 ** 100 - 1)
a, b = 1, 1
for _ in range(1000):
    a, b = b, a + b
print(a, len(str(a)), a % 1000007, b.bit_length())
