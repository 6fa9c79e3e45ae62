"""The format language over types: a grid of specifications and values, errors included."""


def attempt(value, spec):
    try:
        return format(value, spec)
    except (ValueError, TypeError, OverflowError) as error:
        return f"{type(error).__name__}: {error}"


values = [0, 42, -7, 10 ** 12, True, 3.14159, -0.5, 1e20, 2 + 3j, "text", "", "日本", None, [1], (1, 2), b"x", float("nan")]
specs = ["", "5", "<8", ">8", "^8", "*^8", "=8", "08", "+", "-", " ", "#", ",", "_", ".2", ".0", "8.3", "d", "x", "#x", "X", "o", "#b", "c", "e", ".1e", "f", ".1f", "F", "g", ".3g", "G", "%", ".0%", "n", "s", "10s", ".2s", "<10.1s", "r", "+s", "08.2f", "+,.1f", "_x", ",x", "é<6", "{<6", "z.1f", "5.", "<", "=+10,d", "#010x", "+#b", " d", ">>5", "0", "00005", "1000000000000000000000", ".999999999999999999999", "dd", "d5", "^^^", "\x00<5"]
for value in values:
    print(repr(value))
    for spec in specs:
        print(f"   {spec!r:<12} {attempt(value, spec)!r}")


class Spec:
    def __format__(self, spec): return f"[{spec}]"


class Text(str):
    def __format__(self, spec): return "Text:" + super().__format__(spec)


class Plain:
    def __str__(self): return "plain str"


width, precision, fill = 10, 2, "."
print(f"{3.14159:{width}.{precision}f}|{'x':{fill}^{width}}|{Spec():a{width}b{precision}}|{Text('t'):>5}|{Plain()}|{Plain()!s:>12}|{Plain()!r:.6}")
print("{:{}} {:>{w}} {!r:{w}.{p}} {0[0]}".format.__name__, "{:{}}|{:>{w}}".format("a", 5, "b", w=4), "{0:{1}}{0:{1}}".format("z", 3), "{x.real} {y[k]} {z[0][1]}".format(x=5, y={"k": "v"}, z=["ab"]))
for template, args in (("{}", ()), ("{} {}", (1,)), ("{0} {}", (1, 2)), ("{} {0}", (1, 2)), ("{a}", ()), ("{", ()), ("}", ()), ("{{}", ()), ("{0!}", (1,)), ("{0!x}", (1,)), ("{0!r:}", (1,)), ("{0.}", (1,)), ("{0[}", (1,)), ("{0[]}", ([1],)), ("{0[a]}", ([1],)), ("{0[-1]}", ([1],)), ("{0.x}", (1,)), ("{:{:{}}}", (1, 2, 3)), ("{:d}", ("x",)), ("{0}{1}{2}", "abc"), ("{0:}", (5,)), ("{99999999999999999999}", ()), ("{0]}", (1,)), ("{0 }", (1,)), ("{!r}", ("x",)), ("{:>5}{:<5}|", (1, 2)), ("{0[a b]}", ({"a b": 1},)), ("{0[0x1]}", ({"0x1": 1},)), ("{.imag}", (2j,)), ("{[1]}", ("ab",))):
    try:
        print(template, "->", template.format(*args))
    except Exception as error:
        print(template, "->", type(error).__name__, error)
print([format(v) == str(v) for v in values], format("x", "") == "x", attempt(object(), "5"), attempt(5, 5) if False else "")
try:
    format(5, 5)
except TypeError as error:
    print(error)
print("%s|%10s|%-10s|%.3s|%c|%5c|%r|%a|%%" % ("s", "right", "left", "truncate", "c", 65, "é", "é"), "%d %i %u|%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o" % (1, 2, 3, 4, 5, 6, 7, 8, 255, 255, 255, 8, 8), "%e|%.2e|%f|%.1f|%g|%G|%10.3f|%-10.2f|%+.1f|%010.2f" % (1.5, 1.5, 1.5, 1.55, 1e-5, 1e10, 3.14159, 3.14159, 2.0, -2.0))
