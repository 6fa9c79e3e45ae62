"""csv: every option of a dialect, what it refuses, reading and writing with it."""
import _csv
import csv
import io


def show(work):
    try:
        print(repr(work()).split(" at 0x")[0])
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


for options in [
    dict(delimiter=5), dict(delimiter="ab"), dict(delimiter=""), dict(delimiter=None), dict(quotechar=5),
    dict(quotechar="ab"), dict(quotechar=""), dict(quotechar=None), dict(quotechar=None, quoting=0), dict(quoting=9),
    dict(quoting="a"), dict(quoting=None), dict(lineterminator=None), dict(lineterminator=5), dict(escapechar="ab"),
    dict(escapechar=""), dict(escapechar=4), dict(foo=1), dict(skipinitialspace=5), dict(strict=[1]), dict(quoting=True),
]:
    print(options, end=" ")
    show(lambda: _csv.Dialect(**options))

out = io.StringIO()
for work in [
    lambda: _csv.Dialect("nope"), lambda: _csv.Dialect(5), lambda: _csv.reader(), lambda: _csv.reader(5),
    lambda: _csv.reader([], [], []), lambda: _csv.writer(5), lambda: list(_csv.reader([5])), lambda: list(_csv.reader([b"a"])),
    lambda: _csv.writer(out).writerow(5), lambda: _csv.writer(out).writerows(5), lambda: csv.field_size_limit("a"),
    lambda: csv.field_size_limit(1, 2), lambda: csv.field_size_limit(2**70), lambda: csv.field_size_limit(),
    lambda: csv.get_dialect("x"), lambda: csv.get_dialect([]), lambda: csv.unregister_dialect("x"),
    lambda: csv.register_dialect("x", "y", "z"), lambda: csv.register_dialect(5), lambda: csv.register_dialect("q", quoting=77),
    lambda: list(csv.reader(['a,"b'])), lambda: list(csv.reader(['a,"b'], strict=True)),
    lambda: list(csv.reader(['a,"b"c'], strict=True)), lambda: list(csv.reader(['a,"b"c'])), lambda: list(csv.reader(["a\nb"])),
    lambda: list(csv.reader(["a\rb\n"])), lambda: list(csv.reader(["a\\"], escapechar="\\", strict=True)),
    lambda: list(csv.reader(["a\0b"])), lambda: list(csv.reader(['"a\\\n', 'b"'], escapechar="\\")),
    lambda: list(csv.reader(['1,"2",x'], quoting=2)), lambda: list(csv.reader(['1,"2",3.5'], quoting=2)),
    lambda: list(csv.reader(["", "a", "", ",", "  x, y"], skipinitialspace=True)),
    lambda: list(csv.reader(['"a\n', 'b",c\n', '"d""e"\r\n'])), lambda: list(csv.reader(["a;b|c"], delimiter="|")),
    lambda: csv.Dialect.__reduce__, lambda: _csv.Dialect().__reduce__(), lambda: setattr(_csv.Dialect(), "delimiter", "x"),
    lambda: delattr(_csv.Dialect(), "quoting"), lambda: setattr(_csv.Dialect(), "strict", 1),
    lambda: csv.writer(out, quoting=3).writerow(["a,b"]), lambda: csv.writer(out, quoting=3).writerow([""]),
    lambda: csv.writer(out).writerow([""]), lambda: csv.writer(out).writerow([None]),
    lambda: csv.writer(out, quoting=2).writerow([None, 1, 2.5, "a"]), lambda: csv.writer(out).writerow([]),
    lambda: csv.writer(out, quoting=3, escapechar="\\").writerow(['a,"b\\', "x\r\n"]),
    lambda: csv.writer(out, doublequote=False, escapechar="\\").writerow(['say "hi"', "back\\slash"]),
    lambda: csv.writer(out, quoting=1, delimiter="\t", lineterminator="!\n").writerows([[1, None], ("x", "y!")]),
    lambda: csv.writer(out, delimiter="é", quotechar="ü").writerow(["aéb", "cüd", "😀"]),
]:
    show(work)
print(repr(out.getvalue()))

reader = csv.reader(io.StringIO("a,b\n1,2\n"))
print(next(reader), reader.line_num, reader.dialect.delimiter, list(reader), reader.line_num)
csv.register_dialect("mine", "excel-tab", quoting=csv.QUOTE_ALL)
print(sorted(csv.list_dialects()), csv.get_dialect("mine").delimiter, csv.get_dialect("mine").quoting)
print(list(csv.DictReader(io.StringIO("k,v\n1,2\n3\n4,5,6\n"), restkey="rest")))
big = "x" * 200_000
try:
    list(csv.reader([big]))
except csv.Error as e:
    print(e)
print(len(csv.field_size_limit.__text_signature__), csv.Sniffer().sniff("a;b\n1;2\n").delimiter)
rows = [[str(i), f"text {i}", "with, comma" if i % 3 else 'with "quote"', i * 1.5] for i in range(500)]
text = io.StringIO()
csv.writer(text).writerows(rows)
back = list(csv.reader(io.StringIO(text.getvalue())))
print(back == [[str(c) for c in row] for row in rows], len(text.getvalue()))
