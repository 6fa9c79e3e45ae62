"""Random calls of the methods of str, bytes and bytearray, of formatting, and of the codecs: the same under CPython
and Taipan, errors included.

    python3 tests/oracle/text_calls.py TAIPAN [SEED [COUNT]]   compares; /usr/bin/python3.11 is the model
    PYTHON tests/oracle/text_calls.py --print SEED COUNT       prints one line per call
"""
import _random
import os
import sys
import warnings


class random:
    """What is needed of the module of that name, which imports half the library."""

    source = _random.Random()
    random = source.random

    def randint(low, high):
        return low + int(random.random() * (high - low + 1))

    def randrange(n):
        return int(random.random() * n)

    def choice(items):
        return items[random.randrange(len(items))]

    def sample(items, n):
        items = list(items)
        return [items.pop(random.randrange(len(items))) for _ in range(n)]


ALPHABETS = ["abcABC  ", "ab", "aAbB1 \t\n_-", "äöüßÄ éñ", "αβΣσς ΑΩ", "日本語 \u3000", "😀🎉a", "\x00\x1f\x7f\x80\xff",
             "ǆǅﬁŉİıẞ", "'\"\\", "\ud800\udc80\udcff", "{}[]!:.0a", "%sd()*5.-+# 0xXfgeca", "\u2028\x85\x1c\r\n",
             "٣½²५", "\u0345\u0301\u0308."]
BYTE_SETS = [b"abc", b"ab", b"aAbB1 \t\n\r\x0b\x0c", bytes(range(256)), b"'\"\\", b"%sbd()*5.-+# 0xXfgeca",
             b"\x80\xff\xc3\xa4", b"+AGE-"]
ENCODINGS = ["utf-8", "UTF8", "utf_16", "utf-32", "latin-1", "ascii", "iso8859-1", "us-ascii", "cp1252", "utf-7",
             "koi8-r", "utf-16-be", "unicode_escape", "raw_unicode_escape", "nonsense", "rot13", "hex"]
HANDLERS = ["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape",
            "surrogatepass", "nonsense"]
PERCENT = ["%s", "%d", "%5s", "%-5d", "%05d", "%x", "%#x", "%X", "%o", "%r", "%a", "%c", "%e", "%.2f", "%g", "%+d", "% d",
           "%%", "%(a)s", "%(b)d", "%*d", "%.*f", "%i", "%u", "x", "é", "%5", "%y", "%.3s", "%10.3s|", "%-10s|", "%#o",
           "%08.2f", "%+.3e", "%G", "%hd", "%5%"]
BRACES = ["{}", "{0}", "{1}", "{a}", "{!r}", "{0!s}", "{0!a}", "{:>5}", "{:{}}", "{0:{1}}", "{a:d}", "{b[0]}", "{b[x]}",
          "{a.real}", "{{", "}}", "x", "é", "{0[0]}", "{a!r:>10}", "{", "}", "{0.x}", "{!x}", "{:,}", "{0:.2f}", "{a", "{a[",
          "{[]}", "{a[0]b}", "{0:{1:{2}}}"]


def pick(*makers):
    maker = random.choice(makers)
    return maker() if callable(maker) else maker


def text(most=12):
    if random.random() < .15:
        return ""
    letters = random.choice(ALPHABETS)
    if random.random() < .3:
        letters += random.choice(ALPHABETS)
    return "".join(random.choice(letters) for _ in range(random.randint(1, most)))


def data(most=12):
    if random.random() < .15:
        return b""
    letters = random.choice(BYTE_SETS)
    return bytes(random.choice(letters) for _ in range(random.randint(1, most)))


def anything():
    return pick(text, text, data, small, None, 1.5, lambda: [text()], lambda: (text(), text()), lambda: {}, True,
                lambda: bytearray(data()))


def small():
    return random.choice([0, 1, 2, 3, -1, 5, 10, random.randint(-5, 20)])


def bound():
    return random.choice([0, 1, 2, 3, -1, -2, 5, -10, 100, -100, 1 << 70, -(1 << 70), None])


def number():
    return random.choice([0, 1, -1, 255, -255, 12345678, -1234567, 10**25, -10**25, True, 65, 0x1f600])


def real():
    return random.choice([0.0, -0.0, 1.0, -1.5, 1e10, 1e16, 1e-5, 123456.789, float("inf"), float("-inf"), float("nan"),
                          1e300, 0.1, 2.5, -0.001, 1234567.0])


def spec():
    chance = random.random
    s = ""
    if chance() < .4:
        s += random.choice(["<", ">", "^", "=", "*<", "x^", "é>", "0=", "{<"])
    if chance() < .25:
        s += random.choice("+- ")
    s += "z" * (chance() < .1) + "#" * (chance() < .2) + "0" * (chance() < .2)
    if chance() < .5:
        s += str(random.choice([1, 5, 8, 12, 20, 0]))
    if chance() < .2:
        s += random.choice(",_")
    if chance() < .3:
        s += "." + str(random.choice([0, 1, 2, 3, 10, 20]))
    if chance() < .7:
        s += random.choice("bcdeEfFgGnosxX%")
    if chance() < .03:
        s += random.choice("zqé,_.")
    return s


def use_format():
    value, how = pick(number, real, lambda: complex(real(), real()), text), spec()
    return lambda: format(value, how)


def use_percent():
    def argument():
        return pick(number, real, text, None, data, 3)
    how = "".join(random.choice(PERCENT) for _ in range(random.randint(1, 3)))
    values = pick(argument, lambda: tuple(argument() for _ in range(random.randint(0, 4))),
                  lambda: {"a": argument(), "b": number()})
    if random.random() < .4:
        how = how.replace("é", "y").replace("%s", random.choice(["%s", "%b"])).encode()
        if isinstance(values, dict):
            values = {k.encode(): v for k, v in values.items()}
        if random.random() < .3:
            how = bytearray(how)
    return lambda: how % values


def use_braces():
    how = "".join(random.choice(BRACES) for _ in range(random.randint(1, 4)))
    values = [pick(number, real, text, lambda: [1, 2], lambda: {"x": 1, 0: 2}) for _ in range(random.randint(0, 3))]
    names = {k: pick(number, text, lambda: [1, 2], lambda: {"x": 1}) for k in random.sample("abc", random.randint(0, 2))}
    if random.random() < .2:
        return lambda: how.format_map(names)
    return lambda: how.format(*values, **names)


def use_operator():
    a = pick(text, data, lambda: bytearray(data()))
    b = anything()
    key = pick(lambda: slice(bound(), bound(), random.choice([None, 1, 2, -1, -2, 3, 0, 1 << 70])), bound, anything)
    times = random.choice([0, 1, 2, 3, -1, "a", 1.5])
    return random.choice([lambda: a + b, lambda: b in a, lambda: a[key], lambda: a * times, lambda: a < b, lambda: a == b,
                          lambda: a >= b, lambda: hash(a)])


def use_constructor():
    kind = random.choice([str, bytes, bytearray])
    values = [pick(text, data, small, lambda: random.choice(ENCODINGS), lambda: random.choice(HANDLERS), lambda: [1, 2, 300],
                   lambda: [1, 2, 3], None) for _ in range(random.randint(0, 3))]
    return lambda: kind(*values)


def use_codec():
    encoding, handler = random.choice(ENCODINGS), random.choice(HANDLERS)
    arguments = (encoding, handler)[:random.randint(0, 2)]
    s = text(20)
    if random.random() < .5:
        return lambda: s.encode(*arguments)
    try:
        raw = bytearray(s.encode(encoding, "surrogatepass"))
    except Exception:
        raw = bytearray(data(20))
    if raw and random.random() < .5:
        raw[random.randrange(len(raw))] = random.randrange(256)
        raw = raw[:random.randint(0, len(raw))]
    return lambda: bytes(raw).decode(*arguments)


SKIPPED = {"format", "format_map", "encode", "decode", "__alloc__"}


def use_method():
    o = pick(text, text, data, lambda: bytearray(data()))
    piece = text if isinstance(o, str) else data
    names = [m for m in sorted(dir(type(o))) if not m.startswith("__") and m not in SKIPPED]
    name = random.choice(names + ["__repr__", "__str__", "__len__", "__format__"])

    def argument():
        chance = random.random()
        if chance < .45 and o:
            start = random.randrange(len(o))
            return o[start:start + random.randint(0, 3)]
        return piece(3) if chance < .6 else small() if chance < .85 else anything()
    values = [argument() for _ in range(random.choice([0, 0, 1, 1, 1, 2, 2, 3, 4]))]
    if values:
        special = {
            "join": lambda: pick(lambda: [piece(4) for _ in range(random.randint(0, 4))], lambda: [anything()], lambda: piece(5)),
            "translate": lambda: pick({97: 98, 98: None, 99: "xyz", 0xe4: "AE", 65: 1 << 21}, bytes(range(255, -1, -1)), None),
            "fromhex": lambda: pick("61 62", "6162", "6", "6 1", "zz", "é", "", b"61", " 61\t62 "),
            "hex": lambda: pick(":", "::", "", b"-", "é", 1, b"\xff"),
            "startswith": lambda: tuple(argument() for _ in range(2)),
            "endswith": lambda: tuple(argument() for _ in range(2)),
        }.get(name)
        if special and random.random() < .6:
            values[0] = special()
    if name in ("center", "ljust", "rjust") and len(values) > 1:
        values[1] = random.choice(["*", "é", "日", "", b"x", "ab", b""])
    names = {}
    if random.random() < .1:
        names[random.choice(["sep", "maxsplit", "keepends", "tabsize", "nonsense"])] = pick(1, 2, None, piece)
    return lambda: (getattr(o, name)(*values, **names), o if isinstance(o, bytearray) else None)


def show(call):
    try:
        return ascii(call())
    except Exception as e:
        # Functions that take their arguments as a tuple in CPython leave the type's name out here.
        message = str(e)
        if message.endswith("takes no keyword arguments"):
            message = message.split(".")[-1]
        return ascii(f"{type(e).__name__}: {message}")


def print_calls(seed, count):
    random.source.seed(seed)
    warnings.simplefilter("ignore")
    kinds = [use_format, use_percent, use_braces, use_operator, use_constructor, use_codec] + [use_method] * 6
    for _ in range(count):
        print(show(random.choice(kinds)()))


def compare(taipan, seed="1", count="20000"):
    import subprocess
    environment = {**os.environ, "PYTHONHASHSEED": "0", "LANG": "C.UTF-8"}
    lines = [subprocess.run([python, __file__, "--print", seed, count], capture_output=True, text=True, env=environment)
             for python in ("/usr/bin/python3.11", taipan)]
    expected, got = (run.stdout.splitlines() for run in lines)
    wrong = [(a, b) for a, b in zip(expected, got) if a != b]
    for a, b in wrong[:20]:
        print("CPython:", a[:200])
        print("Taipan: ", b[:200])
    print(f"{len(expected)} calls, {len(wrong)} differ, {len(expected) - len(got)} missing", lines[1].stderr[-500:])
    return not wrong and len(got) == len(expected)


if __name__ == "__main__":
    if sys.argv[1] == "--print":
        print_calls(int(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(not compare(*sys.argv[1:]))
