"""Big numbers in use: RSA, Diffie-Hellman, elliptic curve, CRT, continued fractions, a pseudo-random generator."""
import math


def egcd(a, b):
    x, y, u, v = 1, 0, 0, 1
    while b:
        q, a, b = a // b, b, a % b
        x, u = u, x - q * u
        y, v = v, y - q * v
    return a, x, y


def probable_prime(n, bases=(2, 3, 5, 7, 11, 13, 17, 19)):
    if n < 4 or n % 2 == 0:
        return n in (2, 3)
    d, s = n - 1, 0
    while not d & 1:
        d, s = d >> 1, s + 1
    for a in bases:
        if a % n == 0:
            continue
        x = pow(a, d, n)
        if x == 1 or x == n - 1:
            continue
        if not any((x := x * x % n) == n - 1 for _ in range(s - 1)):
            return False
    return True


class Generator:
    """Blum Blum Shub: squares modulo a product of two primes."""

    def __init__(self, seed):
        self.m = 383 * 503 * (2 ** 61 - 1) * (2 ** 89 - 1)
        self.x = seed % self.m

    def bits(self, n):
        out = 0
        for _ in range(n):
            self.x = self.x * self.x % self.m
            out = out << 1 | self.x & 1
        return out

    def prime(self, n):
        candidate = self.bits(n) | 1 << n - 1 | 1
        while not probable_prime(candidate):
            candidate += 2
        return candidate


random = Generator(20240229)
p, q = random.prime(256), random.prime(256)
n, e = p * q, 65537
d = pow(e, -1, (p - 1) * (q - 1))
print(hex(p), hex(q), n.bit_length(), egcd(e, (p - 1) * (q - 1))[0], sep="\n")
message = int.from_bytes("Attack at dawn — über alles wichtig!".encode(), "big")
secret = pow(message, e, n)
plain = pow(secret, d, n)
print(hex(secret), plain.to_bytes((plain.bit_length() + 7) // 8, "big").decode(), sep="\n")
m1, m2 = pow(secret, d % (p - 1), p), pow(secret, d % (q - 1), q)
print((m2 + q * ((m1 - m2) * pow(q, -1, p) % p)) == message)
g, modulus = 5, 2 ** 521 - 1
a, b = random.bits(300), random.bits(300)
A, B = pow(g, a, modulus), pow(g, b, modulus)
print(pow(A, b, modulus) == pow(B, a, modulus), hex(pow(A, b, modulus))[:40])


class Point:
    """y² = x³ + 7 over the field of secp256k1."""
    P = 2 ** 256 - 2 ** 32 - 977
    N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141

    def __init__(self, x, y): self.x, self.y = x, y
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __neg__(self): return Point(self.x, -self.y % self.P)

    def __add__(self, o):
        if self.x is None: return o
        if o.x is None: return self
        if self.x == o.x:
            if (self.y + o.y) % self.P == 0:
                return Point(None, None)
            slope = 3 * self.x * self.x * pow(2 * self.y, -1, self.P)
        else:
            slope = (o.y - self.y) * pow(o.x - self.x, -1, self.P)
        x = (slope * slope - self.x - o.x) % self.P
        return Point(x, (slope * (self.x - x) - self.y) % self.P)

    def __rmul__(self, k):
        out, base = Point(None, None), self
        while k:
            if k & 1:
                out += base
            base, k = base + base, k >> 1
        return out


G = Point(0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798, 0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)
print((G.y ** 2 - G.x ** 3 - 7) % Point.P, hex((2 * G).x), hex((12345678901234567890 * G).y), (Point.N * G).x, (5 * G) + -(2 * G) == 3 * G)
remainders = {97: 13, 101: 99, 103: 5, 10 ** 9 + 7: 123456}
product = math.prod(remainders)
x = sum(r * (product // m) * pow(product // m, -1, m) for m, r in remainders.items()) % product
print(x, all(x % m == r for m, r in remainders.items()))


def fraction(n, d):
    while d:
        q, n, d = n // d, d, n % d
        yield q


def convergents(terms):
    h, k, h1, k1 = 1, 0, 0, 1
    for a in terms:
        h, k, h1, k1 = a * h + h1, a * k + k1, h, k
        yield h, k


print(list(fraction(649, 200)), list(convergents(fraction(314159265358979, 10 ** 14)))[:6])
root = math.isqrt(2 * 10 ** 100)
print(root, list(fraction(root, 10 ** 50))[:12])
for bad in (lambda: pow(6, -1, 9), lambda: pow(2, 5, 0), lambda: math.isqrt(-1), lambda: (2).to_bytes(0, "big"), lambda: math.factorial(-1), lambda: math.comb(-1, 2)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(math.comb(100, 50), math.perm(20, 5), math.factorial(30), math.gcd(2 ** 100, 6 ** 50), math.lcm(12, 18, 30))
