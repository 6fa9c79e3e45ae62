"""Reads a log with regular expressions: groups, look-around, substitution, scanning."""
import re

LOG = """\
2024-01-05 10:00:01 INFO  [web-1] GET /index.html 200 in 12ms
2024-01-05 10:00:02 ERROR [web-2] POST /api/orders 500 in 1530ms: timeout "db=main"
2024-01-05 10:00:09 WARN  [worker] queue length 1042
not a line of the log
2024-01-06 00:13:59 INFO  [web-1] GET /a?b=1&c=%20 404 in 3ms
"""
line = re.compile(r"""
    ^(?P<date>\d{4}-\d\d-\d\d)\s+(?P<time>[\d:]+)\s+
    (?P<level>[A-Z]+)\s+\[(?P<source>[^\]]*)\]\s*
    (?:(?P<verb>GET|POST)\s(?P<path>\S+)\s(?P<status>\d+)\sin\s(?P<ms>\d+)ms(?::\s(?P<note>.*))?|(?P<text>.*))$""", re.X | re.M)
for m in line.finditer(LOG):
    print(m.span(), {k: v for k, v in m.groupdict().items() if v is not None}, m.lastgroup)
print(re.sub(r"(\d+)ms", lambda m: f"{int(m[1]) / 1000:.3f}s", LOG.splitlines()[1]))
print(re.subn(r"(?<=\[)\w+(?=-?\d*\])", r"<\g<0>>", LOG)[1], re.split(r"\s*[,;]\s*", "a , b;c,d ; e"), re.split("(-)", "a-b-c", 1))
print(re.findall(r"\b(\w)(\w*)\1\b", "abba noon xyz stats level on", re.I), re.fullmatch(r"[\w.]+@[\w.]+", "me@x.org").group())
print(re.escape("a.b*c[d]"), re.sub(r"(?i)ERROR", "fault", LOG)[60:90], re.match(r"(a|ab)(c|bcd)(d*)", "abcd").groups())
words = re.compile(r"(?P<number>\d+(?:\.\d*)?)|(?P<name>[^\W\d]\w*)|(?P<op>[-+*/()=])|(?P<space>\s+)|(?P<bad>.)")
print([(m.lastgroup, m.group()) for m in words.finditer("größe = 3.5*(x1 - 42) ; y") if m.lastgroup != "space"])
print(re.findall(r"(?s)<(\w+)>(.*?)</\1>", "<a>1\n2</a><b><a>3</a></b>"), re.findall(r"(?:(?!ab).)+", "xxabyyab"))
print(re.compile(r"(?>a+)b|(?:x++)y").findall("aaab xxxy"), bool(re.search(r"\Aab$", "ab\n")), bool(re.search(r"ab\Z", "ab\n")))
print(re.sub(r"(?m)^(\s*)#.*\n?", r"\1", "# a\nb = 1  # c\n  # d\ne\n"))
for pattern in ["(", "[a", "*a", "(?P<a>.)(?P<a>.)", "a{3,2}", r"\2", "(?<=a+)b", "(?P<1>a)", "[z-a]", "(?i", "\\", "(?P=x)", "a**", "(?<!a|bc)d"]:
    try:
        print(pattern, re.compile(pattern).pattern)
    except re.error as e:
        print(pattern, "->", e, e.pos, e.msg)
scanner = re.Scanner([(r"\d+", lambda s, t: int(t)), (r"\w+", lambda s, t: t), (r"\s+", None)])
print(scanner.scan("abc 12 x3 ?!"), re.compile("a", re.I | re.M | re.X), re.RegexFlag(10), re.purge())
