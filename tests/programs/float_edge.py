"""Floating point at its edges: subnormals, rounding, exact conversion, comparison with integers."""
import math
import sys

inf, nan = math.inf, math.nan
values = [0.0, -0.0, 5e-324, 2.2250738585072014e-308, 1e-10, 0.1, 0.5, 1.0, 1.5, 2.5, 1e15, 2.0 ** 53, 2.0 ** 53 + 2, 1e16, 1e22, 1e23, 1.7976931348623157e308, inf, -inf, nan]
for x in values:
    print(repr(x), x.hex(), x.is_integer() if math.isfinite(x) else "-", *(format(x, s) for s in (".3f" if abs(x) < 1e30 else ".3e", ".17g", ".0e", "g", "%" if abs(x) < 1e30 else "e")))
    assert math.isnan(x) or float(repr(x)) == x and float.fromhex(x.hex()) == x
print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 1e22, 4503599627370497.5)], [round(x, 1) for x in (0.05, 0.15, 0.25, 0.35, 2.675, -1.25)], [round(x, 2) for x in (2.675, 1.005, 0.125, 1e300, -0.001)], [round(x, -2) for x in (150.0, 250.0, 1234.5)])
print([math.floor(x) for x in (1.5, -1.5, 1e20)], [math.ceil(x) for x in (1.5, -1.5, -0.5)], [math.trunc(x) for x in (1.9, -1.9)], [int(x) for x in (1e18, -1e18, 2.0 ** 70)])
pairs = [(2 ** 53, 2.0 ** 53), (2 ** 53 + 1, 2.0 ** 53), (10 ** 23, 1e23), (10 ** 308, 1e308), (10 ** 400, inf), (-10 ** 400, -inf), (0, -0.0), (1, nan), (True, 1.0)]
for i, f in pairs:
    print(i if i < 10 ** 30 else "big", f, i == f, i != f, i < f, i <= f, i > f, i >= f, f == i, f < i, f > i)
for a, b in ((7.5, 2.0), (-7.5, 2.0), (7.5, -2.0), (-7.5, -2.0), (0.0, 3.0), (-0.0, 3.0), (1e300, 1e-300), (5.0, inf), (-5.0, inf), (inf, 5.0), (1.0, 0.1), (3, 0.3)):
    print(a, b, a // b if not math.isinf(a) else "nan", a % b, divmod(a, b), math.fmod(a, b) if not math.isinf(a) else "-", a - b * (a // b) if math.isfinite(a // b) else "-")


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for text in ("1 / 0.0", "1.0 % 0", "divmod(1.0, 0.0)", "0.0 ** -1", "(-8.0) ** (1/3)", "10.0 ** 400", "1e308 * 10", "int(inf)", "int(nan)", "round(inf)", "round(nan)", "float(10 ** 400)", "10 ** 400 / 3", "10 ** 400 / 10 ** 399", "1 / 10 ** 400", "10 ** 309 // 1.0", "math.sqrt(-1)", "math.log(0)", "math.log(-1)", "math.log(10 ** 400)", "math.log2(2 ** 2000)", "math.log10(10 ** 500)", "math.exp(1000)", "math.pow(0, -1)", "math.factorial(3.5)", "math.factorial(5.0)", "math.floor(inf)", "math.acos(2)", "math.fsum([1e100, 1, -1e100])", "sum([0.1] * 10)", "math.fsum([0.1] * 10)", "math.fsum([inf, -inf])", "math.gcd(12, 1.5)", "math.isclose(0.1 + 0.2, 0.3)", "math.nextafter(1, 2)", "math.ulp(1.0)", "math.copysign(1, -0.0)", "math.frexp(0.75)", "math.ldexp(0.5, 2000)", "math.modf(-1.25)", "math.hypot(3, 4, 12)", "math.dist((0, 0), (3, 4))", "math.remainder(7, 4)", "math.cbrt(27)", "math.exp2(10)", "math.gamma(5)", "math.gamma(-1)", "math.erf(0.5)", "math.degrees(math.pi)", "math.prod([1.5, 2, 3])", "math.tau / 2 == math.pi"):
    print(text, "=", attempt(lambda: eval(text)))
print(sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.float_info.mant_dig, sys.float_info.min, sys.float_repr_style)
for text in ("1.", ".5", "1e5", "1E+5", "1e-5", "0x1p3", "1_000.5", "1__0", "_1", "1_", "inf", "+Infinity", "-NAN", "nan(1)", "infinit", "1e400", "-1e400", "1e-400", " 5 ", "5 5", "", ".", "e5", "1e", "1.5.5", "١٢.٥", "0" * 50 + "1", "9" * 400, "0." + "0" * 400 + "1", "1" + "0" * 308, "179769313486231580793e289", "2.2250738585072011e-308", "9007199254740993", "0.500000000000000166533453693773481063544750213623046875", "123456789012345678901234567890"):
    print(text[:40], "->", attempt(lambda: float(text)))
for x in (0.1, 1 / 3, 1e-7, 123456789.123, 5e-324):
    n, d = x.as_integer_ratio()
    print(x, n, d, n / d == x, "%.60f" % x if x > 1e-300 else "", "%.25e" % x)
print([f"{x:.{p}{k}}" for x in (0.000123456, 9.9999, 99999.5, 0.5) for k in "feg" for p in (0, 1, 4)])
print([f"{1234567.891:{s}}" for s in (",", ",.2f", "_.1f", "15,.1f", "<15.2e", "^15g", "+.1f", " .1f", "015.2f", "#.0f", "#g", "n", "\u00e9>12.1f", "z.1f")], f"{-0.04:.1f} {-0.04:z.1f} {0.0:+} {-0.0:+g}")
total, n = 0.0, 0
while total < 1:
    total += 0.1
    n += 1
print(total, n, 0.1 + 0.2 == 0.3, 0.1 * 3, 1 - 0.9, 1e16 + 1 - 1e16, (0.1).__add__(0.2), 3.0 .__divmod__(2), (2.0).__rpow__(3), (1.5).__eq__(1), (1.5).__lt__("x"))
print(hash(0.1), hash(1e100), hash(-1e-100), hash(5e-324), hash(inf), hash(-inf), hash(2.0 ** 61), hash(2.0 ** 61 - 2.0 ** 8), hash(float(2 ** 100)) == hash(2 ** 100), max(1, 1.0), min(0, -0.0), sorted([3, 2.5, True, -1]), max(nan, 1), max(1, nan))
