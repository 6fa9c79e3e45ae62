"""Compares every property of every code point, normal forms and name lookups with CPython 3.11.

    /usr/bin/python3.11 tests/oracle/unicode_compare.py PATH_OF_unicode_dump
"""
import random
import subprocess
import sys
import unicodedata as u

tool = sys.argv[1]
assert u.unidata_version == "14.0.0"


def hexes(text):
    return " ".join(f"{ord(c):x}" for c in text)


def flags(c):
    in_identifier = ("a" + c).isidentifier()
    old = u.ucd_3_2_0.category(c) == "Cn" and u.ucd_3_2_0.bidirectional(c) == ""
    return [c.isalpha(), c.islower(), c.isupper(), c.istitle() and not c.isupper(), c.isprintable(), c.isspace(),
            c.isidentifier() and c != "_", in_identifier, None, None, bool(u.mirrored(c)),
            c.isdecimal(), c.isdigit(), c.isnumeric(), old]


def expected(c):
    number = u.numeric(c, None)
    return [None, u.category(c), u.bidirectional(c), str(u.combining(c)), u.east_asian_width(c),
            str(u.decimal(c, -1)), str(u.digit(c, -1)), "" if number is None else repr(number),
            hexes(c.upper()), None, hexes(c.title()), hexes(c.casefold()), None, None, u.name(c, ""), ""]


def decomposition(c):
    d = u.decomposition(c).split()
    tag = d.pop(0) if d and d[0][0] == "<" else ""
    return tag + " " + " ".join(f"{int(x, 16):x}" for x in d)


def compare_points():
    wrong = {}
    lines = subprocess.run([tool], capture_output=True, text=True, check=True).stdout.split("\n")
    for point in range(0x110000):
        c = chr(point)
        fields = lines[point].split(";")
        want = expected(c)
        want[13] = decomposition(c)
        # A final capital sigma alone is lowered as any other.
        want[9] = hexes(c.lower())
        for i, (a, b) in enumerate(zip(want, fields, strict=True)):
            if a is not None and a != b:
                wrong.setdefault(i, []).append((f"{point:x}", a, b))
        bits = int(fields[0], 16)
        for i, f in enumerate(flags(c)):
            if f is not None and f != bool(bits >> i & 1):
                wrong.setdefault(f"flag {i}", []).append((f"{point:x}", f))
        # Cased: "'" is case-ignorable, so X'A.title() tells whether a cased letter stood before it.
        if bool(bits >> 9 & 1) != ((c + "Σ ").lower()[-2] == "σ" and ("A" + c + "Σ ").lower()[-2] == "ς") \
                and not bits >> 8 & 1:
            wrong.setdefault("case ignorable", []).append(f"{point:x}")
        if not bits >> 9 & 1 and bool(bits >> 8 & 1) != ((c + "Σ ").lower()[-2] == "ς"):
            wrong.setdefault("cased", []).append(f"{point:x}")
    for field, list in wrong.items():
        print(field, len(list), list[:12])
    return not wrong


def compare_normal_forms():
    random.seed(1)
    interesting = [c for c in map(chr, range(0x110000)) if u.combining(c) or u.decomposition(c)]
    interesting += [chr(c) for c in range(0x1100, 0x1200)] + [chr(c) for c in range(0xac00, 0xac60)]
    interesting = [c for c in interesting if not "\ud800" <= c <= "\udfff"]
    texts = ["".join(random.choices(interesting, k=random.randint(1, 9))) for _ in range(60000)]
    texts += list(interesting) + [u.normalize("NFD", c) for c in interesting]
    texts += ["a" + "".join(random.choices("\u0301\u0323\u0327\u05b0\u0345", k=40)) for _ in range(50)]
    given = "\n".join(map(hexes, texts)) + "\n"
    lines = subprocess.run([tool, "normalize"], input=given, capture_output=True, text=True, check=True)
    bad = 0
    for text, line in zip(texts, lines.stdout.split("\n")):
        want = "".join(hexes(u.normalize(f, text)) + ";" for f in ("NFD", "NFKD", "NFC", "NFKC"))
        if want != line:
            bad += 1
            if bad < 5:
                print("normalize", hexes(text), "\n ", want, "\n ", line)
    print(len(texts), "texts normalized,", bad, "wrong")
    return not bad


def compare_lookups():
    names = ["hangul syllable ga", "HANGUL SYLLABLE GA", "HANGUL SYLLABLE", "HANGUL SYLLABLE X", "latin small letter a",
             "cjk unified ideograph-4e00", "CJK UNIFIED IDEOGRAPH-4e00", "CJK UNIFIED IDEOGRAPH-4E00", "NULL", "LF",
             "CJK UNIFIED IDEOGRAPH-04E00", "HANGUL SYLLABLE GAGG", "", "A", "<control>", "ESC"]
    data = "/usr/share/unicode/"
    for file, column in (("NameAliases.txt", 1), ("NamedSequences.txt", 0)):
        for line in open(data + file):
            line = line.split("#")[0].strip()
            if line:
                names.append(line.split(";")[column])
    lines = subprocess.run([tool, "lookup"], input="\n".join(names) + "\n", capture_output=True, text=True).stdout
    bad = 0
    for name, line in zip(names, lines.split("\n")):
        try:
            want = hexes(u.lookup(name))
        except KeyError:
            want = ""
        if want + ";" != line:
            bad += 1
            print("lookup", name, want, line)
    print(len(names), "names looked up,", bad, "wrong")
    return not bad


results = [compare_points(), compare_normal_forms(), compare_lookups()]
sys.exit(not all(results))
