"""difflib, and texts compared in many ways."""
import difflib
import unicodedata

a = """one
two
three
four
five
six
seven
""".splitlines(True)
b = """one
2
three
four and more
five
extra
six
seven
""".splitlines(True)
print("".join(difflib.unified_diff(a, b, "old.txt", "new.txt", "2020", "2021", n=1)))
print("".join(difflib.context_diff(a, b, "old", "new")))
print("".join(difflib.ndiff(a, b)))
print("".join(difflib.restore(difflib.ndiff(a, b), 2)) == "".join(b))
m = difflib.SequenceMatcher(None, "private Thread currentThread;", "private volatile Thread currentThread;")
print(round(m.ratio(), 3), m.quick_ratio(), m.real_quick_ratio(), m.get_matching_blocks(), m.get_opcodes(), m.find_longest_match())
print(list(difflib.SequenceMatcher(lambda c: c == " ", "a b c d e f", "a c d x f").get_grouped_opcodes(1)))
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), difflib.get_close_matches("whlie", ["while", "with", "for"], n=1, cutoff=0.6))
html = difflib.HtmlDiff(tabsize=4, wrapcolumn=20).make_table(a, b, "from", "to", context=True, numlines=1)
print(len(html), html.count("<tr>"), html.count("diff_chg"), html[:300])
print(list(difflib._mdiff(["a\n", "b c\n"], ["a\n", "b d\n"])))
for form in ("NFC", "NFD", "NFKC", "NFKD"):
    print(form, [ascii(unicodedata.normalize(form, t)) for t in ("é", "ﬁ", "Å", "가", "ǆ")], unicodedata.is_normalized(form, "é"))
