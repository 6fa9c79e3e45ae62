"""Integers and text: every base, separators, digit limits, huge values."""
import sys


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def to_base(n, base):
    if n < 0:
        return "-" + to_base(-n, base)
    out = ""
    while True:
        n, d = divmod(n, base)
        out = DIGITS[d] + out
        if not n:
            return out


for n in (0, 1, -1, 255, -256, 10 ** 18, 2 ** 64 - 1, 3 ** 150):
    texts = {base: to_base(n, base) for base in range(2, 37)}
    print(n, texts[2][:30], texts[7][:30], texts[36], all(int(t, b) == n for b, t in texts.items()))
    assert bin(n).replace("0b", "") == texts[2] and oct(n).replace("0o", "") == texts[8] and hex(n).replace("0x", "") == texts[16]
    assert f"{n:b}" == texts[2] and f"{n:x}" == texts[16] and "%x" % n == texts[16] and "%o" % n == texts[8]
for text in ("0x_ff", "0xff_", "0X1F", "0b102", "0o18", "1e5", "١٢٣٤", "१२", "𝟜𝟚", "①", "²", "+ 5", "--5", "+-5", "5-", "0_0", "00", "0_7", "-0x1f", " \t\n12\r ", "\u00a012\u2003", "1\x00", "\ud800"):
    print(ascii(text), *(attempt(lambda: int(text, b)) for b in (10, 0, 16)), sep=" | ")
for width in (0, 1, 5, 12):
    print(*(f"{12345:{flag}{width}{grouping}{kind}}" for flag in ("", "+", "0", "<", "^", "=", "#") for grouping in ("", ",", "_") for kind in ("d", "x") if not (grouping == "," and kind == "x")), sep="|")
print(sys.get_int_max_str_digits(), attempt(lambda: int("9" * 4300)) > 0, attempt(lambda: int("9" * 4301)), attempt(lambda: str(10 ** 4300)), attempt(lambda: f"{10 ** 5000}"), attempt(lambda: "%d" % 10 ** 5000), sep="\n")
print(len(hex(10 ** 5000)), len(int("f" * 10000, 16).to_bytes(5000, "big")), attempt(lambda: repr([10 ** 5000])))
sys.set_int_max_str_digits(0)
n = 7 ** 20000
text = str(n)
print(len(text), text[:20], text[-20:], int(text) == n, int("-" + text) == -n, sum(map(int, text)))
sys.set_int_max_str_digits(640)
print(attempt(lambda: int("1" * 641)), attempt(lambda: sys.set_int_max_str_digits(100)), attempt(lambda: sys.set_int_max_str_digits(-1)), attempt(lambda: sys.set_int_max_str_digits("x")))
sys.set_int_max_str_digits(4300)


class MyInt(int):
    def __str__(self): return "my str"
    def __repr__(self): return "my repr"
    def __format__(self, spec): return f"my format {spec}"


m = MyInt(42)
print(m, repr(m), f"{m}", f"{m:d}", "%d %s %r %i" % (m, m, m, m), m + 0, int(m), [m], hex(m), str(m), "{}".format(m), int.__repr__(m), m.__class__.__name__)


class Index:
    def __init__(self, value): self.value = value
    def __index__(self): return self.value


for value in (5, MyInt(7), "x", 1.5, None, 2 ** 70):
    i = Index(value)
    print(attempt(lambda: hex(i)), attempt(lambda: [1, 2, 3, 4, 5, 6, 7, 8][i]), attempt(lambda: int(i)), attempt(lambda: "%x" % i), attempt(lambda: range(10)[i]), attempt(lambda: "abc" * i if value != 5 else "abc" * i), sep=" | ")
for n in (0, 1, -1, 127, 128, -128, -129, 2 ** 31, 10 ** 20):
    for signed in (False, True):
        results = [attempt(lambda: n.to_bytes(size, order, signed=signed).hex()) for size in (1, 2, 9) for order in ("big", "little")]
        print(n, signed, results)
print([int.from_bytes(bytes.fromhex(h), o, signed=s) for h in ("ff", "8000", "0080", "ffff7f") for o in ("big", "little") for s in (False, True)])
print((1234).bit_length(), (-1234).bit_count(), (2 ** 1000).bit_length(), [n.bit_length() for n in range(-3, 10)], (5).__floor__(), (5).__ceil__(), (5).__trunc__(), (5).__round__(-1), (-15).__round__(-1), (10 ** 30 + 5).__round__(-25))
