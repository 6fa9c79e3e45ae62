"""statistics, fractions, decimal, random with seeds, math, bisect, heapq."""
import bisect
import decimal
import fractions
import heapq
import itertools
import math
import numbers
import random
import statistics
from decimal import Decimal, localcontext
from fractions import Fraction

data = [2.75, 1.75, 1.25, 0.25, 0.5, 1.25, 3.5]
print(statistics.mean(data), statistics.median(data), statistics.mode(data), statistics.stdev(data), statistics.pvariance(data), statistics.quantiles(data, n=5))
print(statistics.fmean([1, 2, 3], [1, 1, 2]), statistics.harmonic_mean([40, 60]), statistics.geometric_mean([1, 10, 100]), statistics.multimode("aabbc"), statistics.median_grouped([1, 3, 3, 5]))
print(statistics.linear_regression([1, 2, 3], [2, 4.1, 6]), statistics.correlation([1, 2, 3], [3, 2, 1]), statistics.NormalDist(5, 2).cdf(7), statistics.mean([Fraction(1, 3), Fraction(1, 6)]))
print(Fraction("3.25"), Fraction(0.1), Fraction(1, 3) + Fraction(1, 6), Fraction(math.pi).limit_denominator(100), Fraction(-7, 2) // 1, Fraction(-7, 2) % 2, round(Fraction(5, 2)), Fraction(1, 3) ** -2, hash(Fraction(1, 2)) == hash(0.5), Fraction(1, 3) < 0.34, f"{float(Fraction(2, 3)):.3f}")
with localcontext() as ctx:
    ctx.prec = 30
    print(Decimal(1) / 7, Decimal(2).sqrt(), Decimal("1e-5") + 1, Decimal("-0"), Decimal("NaN"), Decimal(10).ln(), Decimal(1).exp())
    ctx.rounding = decimal.ROUND_HALF_UP
    print(Decimal("2.675").quantize(Decimal("0.01")), Decimal("123456.789").to_eng_string(), Decimal("7.0").normalize(), Decimal("1.10").as_tuple(), divmod(Decimal(-7), 2), Decimal(5).compare(Decimal("5.1")))
print(f"{Decimal('1234567.891'):,.2f}", f"{Decimal('0.00001234'):.2e}", f"{Decimal('-3.5'):+010.1f}", Decimal("3.7") // 1, Decimal("0.1") + Decimal("0.2") == Decimal("0.3"), hash(Decimal("0.5")) == hash(0.5), sorted([Decimal("2"), 1.5, Fraction(7, 4)]))
for broken in (lambda: Decimal("x"), lambda: Decimal(1) / 0, lambda: Decimal("1e999999") * Decimal("1e999999"), lambda: Decimal(1) + 0.5, lambda: Fraction(1, 0), lambda: Fraction("a"), lambda: statistics.mean([]), lambda: statistics.mode([]), lambda: Decimal("sNaN") + 1, lambda: math.factorial(-1), lambda: math.comb(2, -1)):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, "" if isinstance(e, (decimal.DecimalException, TypeError)) else e)
r = random.Random(42)
print(r.random(), r.randint(1, 100), r.choice("abc"), r.sample(range(100), 5), r.gauss(0, 1), r.uniform(2, 3), r.choices("xyz", [1, 2, 3], k=6), r.randbytes(4), r.getrandbits(70), r.triangular(), r.expovariate(1.5), r.betavariate(2, 3), r.vonmisesvariate(1, 2), r.lognormvariate(0, 1), r.paretovariate(3), r.weibullvariate(1, 2), r.normalvariate())
cards = list(range(10))
r.shuffle(cards)
state = r.getstate()
print(cards, r.random(), r.setstate(state), r.randrange(5, 500, 5))
random.seed("text")
print(random.random(), random.Random(b"bytes").random(), random.Random(1.5).random(), random.Random(-5).random())
heap = []
for n in [5, 1, 8, 3]:
    heapq.heappush(heap, n)
print(heapq.heappushpop(heap, 2), heap, heapq.nlargest(2, heap), heapq.nsmallest(2, "hello", key=ord), list(heapq.merge([1, 4], [2, 3], [0])), heapq.heapreplace(heap, 9), heap)
a = [1, 3, 3, 7]
bisect.insort(a, 4)
print(a, bisect.bisect(a, 3), bisect.bisect_left(a, 3), bisect.bisect([("a", 1), ("c", 2)], "b", key=lambda p: p[0]))
print(math.isqrt(10**20), math.prod([1.5, 2]), math.dist((0, 0), (3, 4)), math.comb(10, 3), math.perm(5), math.lcm(4, 6), math.fsum([0.1] * 10), math.nextafter(1, 2), math.ulp(1.0), math.cbrt(27), math.exp2(3))
print(isinstance(Fraction(1), numbers.Rational), isinstance(1j, numbers.Real), issubclass(Decimal, numbers.Number), list(itertools.islice(itertools.accumulate(itertools.count(1), lambda x, y: x * y), 6)))
