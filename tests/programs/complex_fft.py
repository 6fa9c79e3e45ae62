"""Complex numbers at work: a Fourier transform, roots of polynomials, the Mandelbrot set, formatting."""
import math


def expi(x): return complex(math.cos(x), math.sin(x))


def fft(xs, sign=-1):
    n = len(xs)
    if n == 1:
        return list(xs)
    even, odd = fft(xs[::2], sign), fft(xs[1::2], sign)
    turned = [expi(sign * 2 * math.pi * k / n) * odd[k] for k in range(n // 2)]
    return [e + t for e, t in zip(even, turned)] + [e - t for e, t in zip(even, turned)]


def tidy(z, digits=3):
    re, im = round(z.real, digits) + 0.0, round(z.imag, digits) + 0.0
    return complex(re, im)


signal = [math.sin(2 * math.pi * k / 16) + 0.5 * math.cos(2 * math.pi * 3 * k / 16) for k in range(16)]
spectrum = fft(signal)
print([tidy(z, 2) for z in spectrum])
print([round(abs(z), 3) for z in spectrum])
back = [z / 16 for z in fft(spectrum, 1)]
print(max(abs(a - b) for a, b in zip(back, signal)) < 1e-12)


def multiply(a, b):
    size = 1
    while size < len(a) + len(b):
        size *= 2
    fa, fb = fft(a + [0] * (size - len(a))), fft(b + [0] * (size - len(b)))
    return [round(z.real / size) for z in fft([x * y for x, y in zip(fa, fb)], 1)]


def big_multiply(a, b):
    digits = multiply([int(c) for c in reversed(str(a))], [int(c) for c in reversed(str(b))])
    return sum(d * 10 ** i for i, d in enumerate(digits))


a, b = 3 ** 100, 7 ** 60
print(big_multiply(a, b) == a * b)


def roots(coefficients, rounds=60):
    """Durand and Kerner's simultaneous iteration."""
    n = len(coefficients) - 1
    f = lambda z: sum(c * z ** (n - i) for i, c in enumerate(coefficients))
    zs = [(0.4 + 0.9j) ** i for i in range(n)]
    for _ in range(rounds):
        for i, z in enumerate(zs):
            denominator = coefficients[0]
            for j, w in enumerate(zs):
                if j != i:
                    denominator *= z - w
            zs[i] = z - f(z) / denominator
    return sorted((tidy(z, 6) for z in zs), key=lambda z: (z.real, z.imag))


for polynomial in ([1, 0, -1], [1, -6, 11, -6], [1, 0, 0, 1], [2, 0, 4, 1, 3]):
    print(polynomial, roots(polynomial))
rows = []
for y in range(-8, 9, 2):
    row = ""
    for x in range(-40, 15):
        z, c = 0j, complex(x / 20, y / 8)
        for n in range(40):
            if abs(z) > 2:
                break
            z = z * z + c
        row += " .:-=+*#%@"[n * 9 // 39]
    rows.append(row)
print("\n".join(rows))


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


z = 3 - 4j
for text in ("z", "-z", "+z", "abs(z)", "z.conjugate()", "z * z.conjugate()", "z ** 2", "z ** -1", "z ** 0.5", "z ** z", "2 ** z", "z / (1 + 1j)", "1 / z", "z + 1", "1 - z", "z == 3 - 4j", "z != 3", "3 + 0j == 3", "bool(0j)", "z < 1", "z // 2", "z % 2", "divmod(z, 1)", "int(z)", "float(z)", "round(z)", "z ** 1000", "0j ** 0", "0j ** -1", "0j ** 1j", "z / 0", "complex('1+2j')", "complex(' ( 1-2J ) ')", "complex('1+j')", "complex('nan+infj')", "complex('1 +2j')", "complex('1+2')", "complex('j1')", "complex('')", "complex(1, 2j)", "complex(1j, 1j)", "complex('1', 2)", "complex(None)", "complex(1, '2')", "complex(real=1, imag=2)", "hash(z)", "hash(2j)", "hash(1 + 0j)", "repr(complex(-0.0, -0.0))", "complex(0.0, -0.0)", "1j * 1j", "-0j", "0 - 0j", "1e200j * 1e200j", "complex(1e308, 1e308) * 2", "abs(complex(1e308, 1e308))", "z.real.is_integer()", "z.__complex__()", "{1 + 0j: 'x'}[1]", "sum([1j, 2j], 1)", "sorted([1j, 2])", "max(1j, 2j)", "pow(z, 2)", "pow(z, 2, 5)"):
    print(text, "=", attempt(lambda: eval(text)))
print(f"{z} {z:.2f} {z:+.1e} {z:>20} {z:*^20.1f} {1.5j:g} {z:,.0f} {1e6 + 1e7j:,}", attempt(lambda: f"{z:010}"), attempt(lambda: f"{z:=10}"), attempt(lambda: f"{z:%}"), attempt(lambda: f"{z:s}"), "%s %r" % (z, 1j), attempt(lambda: "%f" % z))


class C:
    def __complex__(self): return 5j
class F:
    def __float__(self): return 2.5
class I:
    def __index__(self): return 7
class Bad:
    def __complex__(self): return 1.5


print(complex(C()), complex(F()), complex(I()), complex(F(), I()), attempt(lambda: complex(Bad())), attempt(lambda: complex(object())), attempt(lambda: complex(1, C())))
