# Pattern, Match and scanner objects: attributes, errors, copies, pickles, substitution.
import copy
import pickle
import re

p = re.compile(r"(?P<first>\w+) (?P<second>\w+)?(x)?", re.I)
print(p, p.pattern, p.flags, p.groups, dict(p.groupindex), type(p.groupindex).__name__)
m = p.search("  Hello world!", 1, 13)
print(m, m.re is p, m.string, m.pos, m.endpos, m.lastindex, m.lastgroup, m.regs)
print(m.group(), m.group(1), m.group("second", 1, 3), m["first"], m[2], m[3], m.groups(), m.groups("-"), m.groupdict(), m.groupdict(default=0))
print(m.start(), m.end(), m.span(), m.start("second"), m.end(2), m.span(3), bool(m))
print(m.expand(r"\2-\g<first>-\g<0>\n"))
m.group(4)
m.group("none")
m[-1]
m.group(1.5)
m.start("x")
print(copy.copy(m) is m, copy.deepcopy(m) is m, copy.copy(p) is p, copy.deepcopy(p) is p)
print(pickle.loads(pickle.dumps(p)) == p, hash(p) == hash(re.compile(p.pattern, re.I)))
print(p == re.compile(p.pattern), p != 3, re.compile("a") == re.compile(b"a"), re.compile("a") == re.compile("(?:a)"))
p < p
re.Pattern()
re.Match()
print(re.Pattern[str], re.Match[bytes])
for flags in (0, re.I, re.I | re.M | re.S | re.X, re.A, re.U):
    print(re.compile("a'b\"", flags))
print(re.compile(b"a", re.L), re.compile("x" * 300, re.X), re.compile("\n"))
p.match(3)
p.match(b"a")
re.compile(b"a").match("a")
p.match()
p.match("a", "b")
p.search("a", endpos=None)
print(re.compile("").match("abc", 2, 1), re.compile("").search("abc", 2, 1), re.compile("b").search("abc", -5, 99), re.compile("^b").search("abc", 1), re.compile("b$").search("abc", 0, 2))
# Bytes-like objects.
print(re.compile(b"b").search(bytearray(b"abc")), re.findall(b"[a-c]", memoryview(b"axbc")), re.split(b"x", bytearray(b"axb")))
a = bytearray(b"abc")
m = re.match(b"(.)(.)", a)
a[:] = b"z"
print(m.group(), m.group(2), m.span(2))
# Replacing.
print(re.sub("a", "b", "banana"), re.sub("a", "b", "banana", 2), re.sub("", "-", "abc"), re.sub("x*", "-", "abxd"), re.subn("b*", "x", "xyz"), re.subn("q", "x", "xyz"))
print(re.sub(r"(?P<a>.)(.)?", r"\2\g<a>", "abc"), re.sub("(a)|b", r"[\1]", "ab"), re.sub("a", r"\\\n\x", "a") if 0 else "", re.sub("a", r"\\\n\t", "a"))
print(re.sub("a", lambda m: m.group().upper(), "banana"), re.sub("a", lambda m: None, "banana"), re.sub(b"a", b"\\g<0>!", b"aba"))
re.sub("a", b"x", "a")
re.sub("a", r"\1", "a")
re.sub("a", r"\g<x>", "a")
re.sub("a", lambda m: 3, "a")
re.sub("a", 3, "a")
print(re.sub("(?i)é", "E", "ÉéX"), re.sub(r"\b", "|", "ab cd"), re.sub("$", "!", "a\n"), re.sub("(?m)^", "> ", "a\nb"))
class S(str):
    pass

s = S("abc")
print(type(re.sub("x", "y", s)), type(re.match(".*", s).group()), type(re.findall(".", s)[0]), re.match("a", s).string is s)
t = "abc"
print(re.match(".*", t).group() is t, re.sub("x", "y", t) == t, re.split("x", t))
# Splitting and finding.
print(re.split("(-)|(,)", "a-b,c"), re.split("x*", "axbc"), re.split(r"\b", "a b"), re.split(",", "a,b,c", maxsplit=1), re.split("", "ab"), re.split(",", ""))
print(re.findall("(a)(b)?", "abaa"), re.findall("a|(b)", "ab"), [m.span() for m in re.finditer("a*", "baac")], list(re.finditer("x", "y")))
print([m.span() for m in re.compile("a*|b").finditer("abaa", 1, 3)])
sc = re.compile("a|b").scanner("abxab")
print(sc.pattern, sc.match(), sc.match(), sc.match(), sc.match(), type(sc).__name__)
sc = re.compile("a*").scanner("baab")
print([sc.search() and 1 for _ in range(7)])
scanner = re.Scanner([(r"\d+", lambda s, t: int(t)), (r"[a-z]+", lambda s, t: t), (r"\s+", None)])
print(scanner.scan("ab 12 c!x"))
print(re.escape("a.b*c\n é[]"), re.escape(b"a.b"))
print(re.template if hasattr(re, "template") else None) if 0 else None
re.compile("a" , 2 ** 40)
import _sre
print(_sre.MAGIC, _sre.CODESIZE, _sre.MAXREPEAT, _sre.MAXGROUPS, _sre.getcodesize(), _sre.copyright)
print([_sre.ascii_iscased(c) for c in (65, 48, 233)], [_sre.unicode_iscased(c) for c in (65, 48, 233, 0xdf, 0x130)])
print([_sre.ascii_tolower(c) for c in (65, 48, 201)], [_sre.unicode_tolower(c) for c in (65, 201, 0x130, 0x10400)])
_sre.compile("a", 0, [2 ** 40], 0, {}, ())
_sre.compile("a", 0, [-1], 0, {}, ())
_sre.compile("a", 0, ["x"], 0, {}, ())
for code in ([], [20], [1], [16, 1], [16], [17, 0, 1], [22, 1], [6, 99, 1], [7, 3, 16, 1, 15, 1], [14, 9, 1], [25, 5, 2, 1, 2, 1, 1], [24, 7, 0, 1, 17, 1, 1, 1], [13, 1, 0, 1], [12, 0, 9, 1]):
    try:
        print(_sre.compile("a", 0, code, 0, {}, ()))
    except RuntimeError as e:
        print(code, e)
