"""The math module over a grid of arguments, errors included."""
import math
one = [getattr(math, n) for n in ("acos", "acosh", "asin", "asinh", "atan", "atanh", "cbrt", "ceil", "cos", "cosh", "degrees", "erf", "erfc", "exp", "exp2", "expm1", "fabs", "factorial", "floor", "frexp", "gamma", "isfinite", "isinf", "isnan", "isqrt", "lgamma", "log", "log10", "log1p", "log2", "modf", "radians", "sin", "sinh", "sqrt", "tan", "tanh", "trunc", "ulp")]
values = [0, 1, -1, 0.5, -0.5, 2, 10, 100, 1e10, -0.0, float("inf"), float("-inf"), float("nan"), True, 10 ** 30, "x", None]


def shown(x):
    """Twelve digits: the last ones are the C library's."""
    if isinstance(x, float):
        return f"{x:.12g}"
    if isinstance(x, tuple):
        return f"({', '.join(map(shown, x))})"
    return repr(x)


for f in one:
    row = []
    for v in values:
        try:
            row.append(shown(f(v)))
        except Exception as error:
            row.append(f"{type(error).__name__}({error})")
    print(f.__name__, *row, sep=" | ")
two = [("atan2", (1, -1)), ("atan2", (0.0, -0.0)), ("comb", (5, 2)), ("comb", (5, 9)), ("comb", (-1, 2)), ("comb", (100, 50)), ("copysign", (1, -0.0)), ("dist", ([1, 2], [4, 6])), ("dist", ([1], [1, 2])), ("fmod", (-7, 3)), ("fmod", (1, 0)), ("fsum", ([0.1] * 10,)), ("fsum", ([1e308, 1e308],)), ("gcd", (12, 18)), ("gcd", ()), ("gcd", (0, -5)), ("gcd", (2 ** 100, 6 ** 40, 10)), ("hypot", (3, 4)), ("hypot", ()), ("hypot", (1, 2, 3, 4)), ("isclose", (1, 1 + 1e-10)), ("lcm", (4, 6)), ("lcm", ()), ("lcm", (0, 5)), ("ldexp", (0.5, 10)), ("ldexp", (1, 10000)), ("ldexp", (1, -10000)), ("log", (8, 2)), ("log", (0, 2)), ("log", (2, 0)), ("log", (10 ** 400,)), ("log", (10 ** 400, 10)), ("nextafter", (1, 2)), ("nextafter", (0, -1)), ("perm", (5,)), ("perm", (5, 2)), ("perm", (5, -1)), ("pow", (2, 0.5)), ("pow", (-8, 1 / 3)), ("pow", (0, -1)), ("pow", (10, 400)), ("prod", ([1, 2, 3],)), ("prod", ([],)), ("prod", ([2, 3], )), ("remainder", (7, 4)), ("remainder", (1, 0)), ("floor", (2.7,)), ("ceil", (-2.7,)), ("trunc", ("x",)), ("factorial", (5.5,)), ("factorial", (20,)), ("isqrt", (10 ** 40 - 1,)), ("sqrt", (-1,)), ("sumprod" if hasattr(math, "sumprod") else "fsum", ([1, 2],)), ("degrees", (math.pi,)), ("sin", ()), ("sin", (1, 2)), ("gcd", (1.5, 2)), ("comb", (5.0, 2)), ("dist", (5, 6)), ("hypot", ("a",)), ("isclose", (1, 2, 3)), ("fsum", (["a"],)), ("nextafter", (1,))]
for name, args in two:
    try:
        result = shown(getattr(math, name)(*args))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(f"{name}{args!r:.60} = {result}")
print(math.pi, math.e, math.tau, math.inf, math.nan, math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-12, abs_tol=1e-9), math.prod([2, 3], start=10), math.perm(10), math.factorial(25))
for bad in (lambda: math.isclose(1, 2, rel_tol=-1), lambda: math.prod([1], 2), lambda: math.prod(["a", 2]), lambda: math.prod([1], start="x"), lambda: math.log(), lambda: math.log(1, 2, 3), lambda: math.factorial(10 ** 20), lambda: math.floor("x"), lambda: math.sqrt(10 ** 400), lambda: math.comb(10 ** 20, 10 ** 19)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)


class Custom:
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __trunc__(self): return "trunc"
    def __float__(self): return 0.25
    def __index__(self): return 6


c = Custom()
print(math.floor(c), math.ceil(c), math.trunc(c), math.sqrt(c), math.factorial(c), math.gcd(c, 4), math.comb(c, 2), math.isqrt(c), math.sin(c) == math.sin(0.25))
