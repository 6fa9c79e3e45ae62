"""Primes in several ways: sieve, trial division, Miller-Rabin, factorisation, totients."""
import math


def sieve(n):
    flags = bytearray([1]) * (n + 1)
    flags[0:2] = b"\0\0"
    for i in range(2, math.isqrt(n) + 1):
        if flags[i]:
            flags[i * i::i] = bytes(len(range(i * i, n + 1, i)))
    return [i for i, flag in enumerate(flags) if flag]


def is_prime(n):
    if n < 2:
        return False
    small = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)
    for p in small:
        if n % p == 0:
            return n == p
    d, s = n - 1, 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in small:
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def rho(n):
    if n % 2 == 0:
        return 2
    for c in range(1, 20):
        x = y = 2
        d = 1
        while d == 1:
            x = (x * x + c) % n
            y = (y * y + c) % n
            y = (y * y + c) % n
            d = math.gcd(abs(x - y), n)
        if d != n:
            return d
    raise ArithmeticError(n)


def factor(n):
    if n == 1:
        return []
    if is_prime(n):
        return [n]
    d = rho(n)
    return sorted(factor(d) + factor(n // d))


def totient(n):
    result = n
    for p in set(factor(n)):
        result -= result // p
    return result


def lazy_primes():
    """The postponed sieve: an endless generator that keeps only the primes it needs."""
    yield from (2, 3, 5, 7)
    table, inner = {}, lazy_primes()
    next(inner)
    p = next(inner)
    square, candidate = p * p, 9
    while True:
        if candidate in table:
            step = table.pop(candidate)
        elif candidate < square:
            yield candidate
            candidate += 2
            continue
        else:
            step = 2 * p
            p = next(inner)
            square = p * p
        multiple = candidate + step
        while multiple in table:
            multiple += step
        table[multiple] = step
        candidate += 2


primes = sieve(10000)
print(len(primes), primes[:12], primes[-3:])
print([n for n in range(10000) if is_prime(n)] == primes)
generator = lazy_primes()
lazily = [next(generator) for _ in range(1229)]
print(lazily == primes, lazily[999])
for n in (1, 2, 97, 360, 1001, 2 ** 32 - 1, 2 ** 61 - 1, 10 ** 12 + 39, 600851475143, 1234567890123456789):
    factors = factor(n)
    print(n, "=", " * ".join(map(str, factors)) or "1", "|", totient(n))
    assert math.prod(factors) == n
twins = [(p, q) for p, q in zip(primes, primes[1:]) if q - p == 2]
print("twins", len(twins), twins[-1])
print("goldbach", [(n, next(p for p in primes if is_prime(n - p))) for n in range(100, 120, 4)])
print("mersenne", [p for p in primes[:30] if is_prime(2 ** p - 1)])
