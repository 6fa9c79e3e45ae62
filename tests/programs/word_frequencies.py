"""Words of texts in several scripts: normalising, counting, sorting, concordances, tables."""
import collections
import functools
import io
import itertools
import re
import textwrap
import unicodedata

TEXT = """It was the best of times, it was the worst of times; it was the age of wisdom…
C’était le meilleur — et le pire — des temps. ÉTÉ été e\u0301te\u0301 Straße STRASSE ﬁne fine Ǆ ǆ
Ήταν οι καλύτεροι καιροί· ΚΑΙΡΟΊ. Это были лучшие времена, ВРЕМЕНА. 最好的时代 最壞的時代 ２０２４ ١٢٣ x² ½ I'll don't"""


def fold(word):
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFD", word.casefold()))


words = [fold(w) for w in re.findall(r"\w+(?:['’]\w+)*", TEXT)]
counts = collections.Counter(words)
print(counts.most_common(8), len(words), len(counts))
print(sorted(counts, key=lambda w: (len(w), w))[-5:], max(counts, key=len))
scripts = collections.defaultdict(set)
for word in counts:
    scripts[unicodedata.name(word[0], "?").split()[0]].add(word)
print({k: sorted(v)[:4] for k, v in sorted(scripts.items())})
print([(c, unicodedata.category(c), unicodedata.numeric(c, None), unicodedata.bidirectional(c), unicodedata.east_asian_width(c), unicodedata.decomposition(c)) for c in "½²２١ﬁǆé代"])
print([c.isdigit() + c.isdecimal() * 2 + c.isnumeric() * 4 for c in "5½²２١代"], int("１２"), float("٣.٥"), "ß".upper(), "ǆ".title(), "ΣΑΣ".lower(), "İ".lower().encode("unicode_escape"), "ﬁ".casefold())


def concordance(text, word, width=12):
    for m in re.finditer(rf"\b{word}\b", text, re.I):
        left, right = text[max(0, m.start() - width):m.start()], text[m.end():m.end() + width]
        yield f"{left!r:>{width + 4}} [{m[0]}] {right!r}"


print(*concordance(TEXT, "was"), sep="\n")
stripped = "".join(c for c in unicodedata.normalize("NFD", TEXT) if not unicodedata.combining(c))
print(textwrap.fill(stripped, 50), stripped.translate(str.maketrans("aeiou", "12345", ",.;"))[:40], stripped.partition(" of ")[2][:10], stripped.expandtabs(), sep="\n")
initials = itertools.groupby(sorted(counts), key=lambda w: w[0])
print({k: sum(counts[w] for w in group) for k, group in initials if k.isascii()})
trie = {}
for word in counts:
    functools.reduce(lambda node, c: node.setdefault(c, {}), word, trie).setdefault("", counts[word])


def walk(node, prefix=""):
    for c, child in sorted(node.items()):
        if c:
            yield from walk(child, prefix + c)
        else:
            yield prefix, child


print([w for w, n in walk(trie.get("t", {}), "t")], list(walk(trie["w"], "w")))
table = io.StringIO()
for word, n in counts.most_common(5):
    print(f"|{word:^10}|{n:>4}|{'#' * n:<6}|{n / len(words):8.2%}|", file=table)
print(table.getvalue(), ascii(TEXT[-60:]), TEXT.encode("utf-16-le")[:6], len(TEXT.encode()), TEXT.isprintable(), [line.strip()[:5] for line in TEXT.splitlines()])
print(sorted(["Zebra", "äpfel", "Apfel", "zoo", "Öl"], key=lambda w: (unicodedata.normalize("NFD", w).encode("ascii", "ignore").lower(), w)), "%s %r %a" % ("é", "é", "é"), "é" in "cafe\u0301", unicodedata.ucd_3_2_0.unidata_version)
