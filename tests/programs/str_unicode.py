"""Text beyond ASCII: widths of storage, combining, case, categories, slicing, searching, surrogates."""
samples = {"ascii": "hello", "latin": "café crème", "bmp": "日本語 текст ελλ", "astral": "a😀b𝔘c", "mixed": "é日😀", "combining": "e\u0301a\u0308", "empty": ""}
for name, text in samples.items():
    print(name, len(text), len(text.encode()), text[::-1].encode("unicode_escape"), text.upper(), text.title(), text.swapcase(), text.isascii(), max(text, default=""), [hex(ord(c)) for c in text[:3]])
for a in samples.values():
    print([a.find(b) for b in samples.values()], [b in a for b in ("é", "😀", "a", "日", "")], a.count("a"), a.replace("a", "😀").encode("unicode_escape"), a.split("é"), a.partition("日")[2], a.center(14, "·"))
joined = "|".join(samples.values())
print(len(joined), joined.index("😀"), joined[5:9], joined[-6:], joined[::7], joined.rfind("a"), hash(joined) == hash("|".join(samples.values())), joined.encode("utf-16-le")[:12], joined.encode("utf-32-be")[-4:])
print("".join(sorted(joined)), sorted(joined, reverse=True)[:5], "".join(dict.fromkeys(joined)))
for c in "aAéÉßẞſﬁŉǅıİΣςάАаԱաႠႣ𐐀Ⅷⓐ１Ａ":
    print(c, ascii(c), ascii(c.upper()), ascii(c.lower()), ascii(c.title()), ascii(c.casefold()), ascii(c.swapcase()), c.isupper(), c.islower(), c.istitle())
for c in "0٣²½Ⅷ〇三①_ \t\u00a0\u2003\u200b\u0085\u2028x\u0301-'":
    print(ascii(c), c.isdigit(), c.isdecimal(), c.isnumeric(), c.isalpha(), c.isalnum(), c.isspace(), c.isidentifier(), c.isprintable(), len(c.split()))
print("ΑΣ".lower(), "ΑΣΑ".lower(), "Σ".lower(), "ὈΔΥΣΣΕΎΣ ΆΣ.".lower(), "straße".upper(), "STRASSE".casefold() == "straße".casefold(), "ǆ".title(), "ﬃ".upper(), "İ".lower().encode("unicode_escape"), "\u0149".title())
print("a\u2028b\x85c\x1cd\ve\rf\r\ng".splitlines(), "x\u00a0y\u3000z".split(), "\u2003pad\u2003".strip(), "ééé".strip("é"), "日x日".lstrip("日"), "élan".removeprefix("é"))
naïve, été, ñ, 変数, ª = 1, 2, 3, 4, 5
print(naïve + été + ñ + 変数, "ª" in globals(), "a" in globals(), sorted(n for n in globals() if not n.isascii()))
ﬁ = "ligature names are normalised"
print(fi, "ﬁ" in globals())


class Ünïcode:
    größe = 5
    def méthode(self, ärger="ä"): return self.größe, ärger


print(Ünïcode().méthode(ärger="ö"), Ünïcode.__name__, Ünïcode.méthode.__qualname__, getattr(Ünïcode, "größe"))
lone = "a\ud800b\udfff"
print(len(lone), ascii(lone), lone == "a\ud800b\udfff", lone.encode("utf-8", "surrogatepass"), lone.encode("utf-8", "replace"), lone.encode("utf-8", "backslashreplace"), lone.encode("ascii", "namereplace"), "\ud83d\ude00" == "😀", len("\ud83d\ude00"))
for encoding in ("utf-8", "ascii", "latin-1", "utf-16", "utf-32", "cp1252", "iso8859-15", "utf-7", "koi8-r", "punycode", "idna", "raw_unicode_escape", "unicode_escape"):
    for text in ("é", "€", "日", "😀", "\ud800"):
        try:
            encoded = text.encode(encoding)
            print(encoding, ascii(text), encoded, encoded.decode(encoding) == text)
        except (UnicodeError, LookupError) as error:
            print(encoding, ascii(text), type(error).__name__, str(error)[:90])
for errors in ("strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace", "surrogateescape", "nope"):
    try:
        print(errors, "xé😀".encode("ascii", errors))
    except (UnicodeError, LookupError) as error:
        print(errors, error)
print("\N{SNOWMAN} \N{GREEK SMALL LETTER ALPHA} \N{LATIN SMALL LETTER E WITH ACUTE}", "\u2603" == "\N{snowman}", "\x41\101\u0041\U00000041", r"\u2603")
print("é" < "f", "é" > "z", "Z" < "a", "日" < "😀", "\uffff" < "\U00010000", sorted(["é", "e", "z", "É", "E"]), min("日本"), "a\u0301" == "á", "ß" == "ss")
print("%s %r %a" % (("日😀",) * 3), f"{'日':>4}|{'日本':^6}|{'é':é<3}", "{:😀^5}".format("x"), "日本".ljust(4, "語"), "tab\té".expandtabs(4), "😀" * 3, ("é" * 5)[1:3], "é日"[1], "日本語"[::-1])
table = str.maketrans({"é": "e", "日": None, "😀": "smile", 97: 0x1F600})
print("é日😀a".translate(table), "abc".translate({97: "ä", 98: None, 99: 8364}), "x".translate({120: "日" * 3}), "".join(map(chr, range(0x3b1, 0x3ba))), [chr(c) for c in (0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000, 0x10ffff)])
big = "日" * 1000 + "x" + "😀" * 1000
print(len(big), big.index("x"), big.count("😀"), big.find("😀x"), big.rfind("日"), len(big.encode()), big[999:1002], hash(big) == hash(big[:] + ""), len(big.replace("日", "")), len(set(big)))
