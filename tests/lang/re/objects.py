# Pattern, Match and scanner objects: attributes, errors, copies, pickles, substitution.
import copy
import pickle
import re

p = re.compile(r"(?P<first>\w+) (?P<second>\w+)?(x)?", re.I)
print(p, p.pattern, p.flags, p.groups, dict(p.groupindex), type(p.groupindex).__name__)
#> re.compile('(?P<first>\\w+) (?P<second>\\w+)?(x)?', re.IGNORECASE) (?P<first>\w+) (?P<second>\w+)?(x)? 34 3 {'first': 1, 'second': 2} mappingproxy
m = p.search("  Hello world!", 1, 13)
print(m, m.re is p, m.string, m.pos, m.endpos, m.lastindex, m.lastgroup, m.regs)
#> <re.Match object; span=(2, 13), match='Hello world'> True   Hello world! 1 13 2 second ((2, 13), (2, 7), (8, 13), (-1, -1))
print(m.group(), m.group(1), m.group("second", 1, 3), m["first"], m[2], m[3], m.groups(), m.groups("-"), m.groupdict(), m.groupdict(default=0))
#> Hello world Hello ('world', 'Hello', None) Hello world None ('Hello', 'world', None) ('Hello', 'world', '-') {'first': 'Hello', 'second': 'world'} {'first': 'Hello', 'second': 'world'}
print(m.start(), m.end(), m.span(), m.start("second"), m.end(2), m.span(3), bool(m))
#> 2 13 (2, 13) 8 13 (-1, -1) True
print(m.expand(r"\2-\g<first>-\g<0>\n"))  #> world-Hello-Hello world
#>
m.group(4)                              #! IndexError: no such group
m.group("none")                         #! IndexError: no such group
m[-1]                                   #! IndexError: no such group
m.group(1.5)                            #! IndexError: no such group
m.start("x")                            #! IndexError: no such group
print(copy.copy(m) is m, copy.deepcopy(m) is m, copy.copy(p) is p, copy.deepcopy(p) is p)  #> True True True True
print(pickle.loads(pickle.dumps(p)) == p, hash(p) == hash(re.compile(p.pattern, re.I)))  #> True True
print(p == re.compile(p.pattern), p != 3, re.compile("a") == re.compile(b"a"), re.compile("a") == re.compile("(?:a)"))
#> False True False False
p < p                                   #! TypeError: '<' not supported between instances of 're.Pattern' and 're.Pattern'
re.Pattern()                            #! TypeError: cannot create 're.Pattern' instances
re.Match()                              #! TypeError: cannot create 're.Match' instances
print(re.Pattern[str], re.Match[bytes]) #> re.Pattern[str] re.Match[bytes]
for flags in (0, re.I, re.I | re.M | re.S | re.X, re.A, re.U):
    print(re.compile("a'b\"", flags))
#> re.compile('a\'b"')
#> re.compile('a\'b"', re.IGNORECASE)
#> re.compile('a\'b"', re.IGNORECASE|re.MULTILINE|re.DOTALL|re.VERBOSE)
#> re.compile('a\'b"', re.ASCII)
#> re.compile('a\'b"')
print(re.compile(b"a", re.L), re.compile("x" * 300, re.X), re.compile("\n"))
#> re.compile(b'a', re.LOCALE) re.compile('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, re.VERBOSE) re.compile('\n')
p.match(3)                              #! TypeError: expected string or bytes-like object, got 'int'
p.match(b"a")                           #! TypeError: cannot use a string pattern on a bytes-like object
re.compile(b"a").match("a")             #! TypeError: cannot use a bytes pattern on a string-like object
p.match()                               #! TypeError: match() missing required argument 'string' (pos 1)
p.match("a", "b")                       #! TypeError: 'str' object cannot be interpreted as an integer
p.search("a", endpos=None)              #! TypeError: 'NoneType' object cannot be interpreted as an integer
print(re.compile("").match("abc", 2, 1), re.compile("").search("abc", 2, 1), re.compile("b").search("abc", -5, 99), re.compile("^b").search("abc", 1), re.compile("b$").search("abc", 0, 2))
#> <re.Match object; span=(2, 2), match=''> None <re.Match object; span=(1, 2), match='b'> None <re.Match object; span=(1, 2), match='b'>
# Bytes-like objects.
print(re.compile(b"b").search(bytearray(b"abc")), re.findall(b"[a-c]", memoryview(b"axbc")), re.split(b"x", bytearray(b"axb")))
#> <re.Match object; span=(1, 2), match=b'b'> [b'a', b'b', b'c'] [b'a', b'b']
a = bytearray(b"abc")
m = re.match(b"(.)(.)", a)
a[:] = b"z"
print(m.group(), m.group(2), m.span(2)) #> b'z' b'' (1, 2)
# Replacing.
print(re.sub("a", "b", "banana"), re.sub("a", "b", "banana", 2), re.sub("", "-", "abc"), re.sub("x*", "-", "abxd"), re.subn("b*", "x", "xyz"), re.subn("q", "x", "xyz"))
#> bbnbnb bbnbna -a-b-c- -a-b--d- ('xxxyxzx', 4) ('xyz', 0)
print(re.sub(r"(?P<a>.)(.)?", r"\2\g<a>", "abc"), re.sub("(a)|b", r"[\1]", "ab"), re.sub("a", r"\\\n\x", "a") if 0 else "", re.sub("a", r"\\\n\t", "a"))
#> bac [a][]  \
#>
print(re.sub("a", lambda m: m.group().upper(), "banana"), re.sub("a", lambda m: None, "banana"), re.sub(b"a", b"\\g<0>!", b"aba"))
#> bAnAnA bnn b'a!ba!'
re.sub("a", b"x", "a")                  #! TypeError: sequence item 0: expected str instance, bytes found
re.sub("a", r"\1", "a")                 #! error: invalid group reference 1 at position 1
re.sub("a", r"\g<x>", "a")              #! IndexError: unknown group name 'x'
re.sub("a", lambda m: 3, "a")           #! TypeError: sequence item 0: expected str instance, int found
re.sub("a", 3, "a")                     #! TypeError: decoding to str: need a bytes-like object, int found
print(re.sub("(?i)é", "E", "ÉéX"), re.sub(r"\b", "|", "ab cd"), re.sub("$", "!", "a\n"), re.sub("(?m)^", "> ", "a\nb"))
#> EEX |ab| |cd| a!
#> ! > a
#> > b
class S(str):
    pass

s = S("abc")
print(type(re.sub("x", "y", s)), type(re.match(".*", s).group()), type(re.findall(".", s)[0]), re.match("a", s).string is s)
#> <class 'str'> <class 'str'> <class 'str'> True
t = "abc"
print(re.match(".*", t).group() is t, re.sub("x", "y", t) == t, re.split("x", t))  #> True True ['abc']
# Splitting and finding.
print(re.split("(-)|(,)", "a-b,c"), re.split("x*", "axbc"), re.split(r"\b", "a b"), re.split(",", "a,b,c", maxsplit=1), re.split("", "ab"), re.split(",", ""))
#> ['a', '-', None, 'b', None, ',', 'c'] ['', 'a', '', 'b', 'c', ''] ['', 'a', ' ', 'b', ''] ['a', 'b,c'] ['', 'a', 'b', ''] ['']
print(re.findall("(a)(b)?", "abaa"), re.findall("a|(b)", "ab"), [m.span() for m in re.finditer("a*", "baac")], list(re.finditer("x", "y")))
#> [('a', 'b'), ('a', ''), ('a', '')] ['', 'b'] [(0, 0), (1, 3), (3, 3), (4, 4)] []
print([m.span() for m in re.compile("a*|b").finditer("abaa", 1, 3)])  #> [(1, 1), (1, 2), (2, 3), (3, 3)]
sc = re.compile("a|b").scanner("abxab")
print(sc.pattern, sc.match(), sc.match(), sc.match(), sc.match(), type(sc).__name__)
#> re.compile('a|b') <re.Match object; span=(0, 1), match='a'> <re.Match object; span=(1, 2), match='b'> None None SRE_Scanner
sc = re.compile("a*").scanner("baab")
print([sc.search() and 1 for _ in range(7)])  #> [1, 1, 1, 1, None, None, None]
scanner = re.Scanner([(r"\d+", lambda s, t: int(t)), (r"[a-z]+", lambda s, t: t), (r"\s+", None)])
print(scanner.scan("ab 12 c!x"))        #> (['ab', 12, 'c'], '!x')
print(re.escape("a.b*c\n é[]"), re.escape(b"a.b"))  #> a\.b\*c\
#> \ é\[\] b'a\\.b'
print(re.template if hasattr(re, "template") else None) if 0 else None
re.compile("a" , 2 ** 40)               #! OverflowError: Python int too large to convert to C int
import _sre
print(_sre.MAGIC, _sre.CODESIZE, _sre.MAXREPEAT, _sre.MAXGROUPS, _sre.getcodesize(), _sre.copyright)
#> 20220615 4 4294967295 1073741823 4  SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB
print([_sre.ascii_iscased(c) for c in (65, 48, 233)], [_sre.unicode_iscased(c) for c in (65, 48, 233, 0xdf, 0x130)])
#> [True, False, False] [True, False, True, True, True]
print([_sre.ascii_tolower(c) for c in (65, 48, 201)], [_sre.unicode_tolower(c) for c in (65, 201, 0x130, 0x10400)])
#> [97, 48, 201] [97, 233, 105, 66600]
_sre.compile("a", 0, [2 ** 40], 0, {}, ())  #! OverflowError: regular expression code size limit exceeded
_sre.compile("a", 0, [-1], 0, {}, ())   #! OverflowError: regular expression code size limit exceeded
_sre.compile("a", 0, ["x"], 0, {}, ())  #! OverflowError: regular expression code size limit exceeded
for code in ([], [20], [1], [16, 1], [16], [22, 1], [6, 99, 1], [7, 3, 16, 1, 15, 1], [14, 9, 1], [25, 5, 2, 1, 2, 1, 1], [24, 7, 0, 1, 17, 1, 1, 1], [12, 0, 9, 1]):
    try:
        print(_sre.compile("a", 0, code, 0, {}, ()))
    except RuntimeError as e:
        print(code, e)
#> [] invalid SRE code
#> [20] invalid SRE code
#> re.compile('a')
#> [16, 1] invalid SRE code
#> [16] invalid SRE code
#> [22, 1] invalid SRE code
#> [6, 99, 1] invalid SRE code
#> [7, 3, 16, 1, 15, 1] invalid SRE code
#> [14, 9, 1] invalid SRE code
#> [25, 5, 2, 1, 2, 1, 1] invalid SRE code
#> [24, 7, 0, 1, 17, 1, 1, 1] invalid SRE code
#> [12, 0, 9, 1] invalid SRE code
