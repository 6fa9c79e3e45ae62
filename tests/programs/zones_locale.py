"""zoneinfo, gettext, locale, codecs, contextvars, warnings filters, timeit's shape."""
import codecs
import contextvars
import gettext
import io
import locale
import struct
import timeit
import warnings
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def tzif(transitions, types, names, footer):
    """A time zone file of version 2 made by hand."""
    def block(size, code):
        head = b"TZif2" + b"\0" * 15 + struct.pack(">6l", 0, 0, 0, len(transitions), len(types), len(names))
        body = struct.pack(f">{len(transitions)}{code}", *(t for t, _ in transitions)) + bytes(i for _, i in transitions)
        return head + body + b"".join(struct.pack(">lbb", *t) for t in types) + names
    return block(4, "l") + block(8, "q") + b"\n" + footer + b"\n"


data = tzif([(0, 1), (100000000, 0), (200000000, 1)], [(3600, 0, 0), (7200, 1, 4)], b"STD\0DST\0", b"STD-1DST,M3.5.0,M10.5.0/3")
zone = ZoneInfo.from_file(io.BytesIO(data), key="Made/Zone")
print(zone, zone.key)
for when in (datetime(1969, 1, 1), datetime(1971, 1, 1), datetime(1974, 1, 1), datetime(2024, 3, 31, 2, 30), datetime(2024, 7, 1), datetime(2024, 10, 27, 2, 30), datetime(2024, 10, 27, 2, 30, fold=1)):
    local = when.replace(tzinfo=zone)
    print(local, local.tzname(), local.dst(), local.utcoffset(), local.astimezone(timezone.utc), local.astimezone(timezone.utc).astimezone(zone).fold)
print(datetime(2024, 3, 31, 1, 59, tzinfo=zone) + timedelta(minutes=1), (datetime(2024, 3, 31, 3, 0, tzinfo=zone) - datetime(2024, 3, 31, 1, 0, tzinfo=zone)))
for broken in (lambda: ZoneInfo("No/Such_Zone"), lambda: ZoneInfo("../etc/passwd"), lambda: ZoneInfo.from_file(io.BytesIO(b"garbage"))):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e, isinstance(e, KeyError) and isinstance(e, ZoneInfoNotFoundError))


def catalogue(messages):
    """A .mo file made by hand."""
    keys = sorted(messages)
    ids = [k.encode() for k in keys]
    texts = [messages[k].encode() for k in keys]
    offset = 28 + 16 * len(keys)
    table, blob = [], b""
    for group in (ids, texts):
        for item in group:
            table += [len(item), offset + len(blob)]
            blob += item + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0) + struct.pack(f"<{len(table)}I", *table) + blob


t = gettext.GNUTranslations(io.BytesIO(catalogue({
    "": "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2;\n",
    "hello": "grüß dich", "file\0files": "Datei\0Dateien (wenige)\0Dateien", "menu\x04Open": "Öffnen"})))
print(t.gettext("hello"), t.gettext("unknown"), [t.ngettext("file", "files", n) for n in (1, 2, 5)], t.pgettext("menu", "Open"), t.info(), t.charset())
print(gettext.gettext("same"), gettext.ngettext("one", "many", 2), gettext.NullTranslations().gettext("x"), gettext.find("nothing"), gettext.c2py("n != 1")(1))
print(locale.setlocale(locale.LC_ALL, "C"), locale.localeconv()["decimal_point"], locale.format_string("%d %.2f", (1234567, 3.14159), grouping=True), locale.atof("1.5"), locale.str(2.5), locale.normalize("de_DE"), locale.strcoll("a", "b") < 0, locale.currency.__name__)
try:
    locale.setlocale(locale.LC_ALL, "xx_YY")
except locale.Error as e:
    print(e)
print(codecs.encode("Hello", "rot13"), codecs.decode(b"YWJj", "base64"), codecs.lookup("latin1").name, "ß€".encode("cp1252"), b"\xff\xfea\0".decode("utf-16"), "é".encode("ascii", "xmlcharrefreplace"), "\udcff".encode("utf-8", "surrogateescape"), "a\u0300".encode("punycode"), "bücher.example".encode("idna"), codecs.BOM_UTF8)
decoder = codecs.getincrementaldecoder("utf-8")("replace")
print([decoder.decode(bytes([b])) for b in "é€\U0001f600".encode() + b"\xff"], decoder.decode(b"", True), list(codecs.iterencode(["a", "é"], "utf-8")))
codecs.register_error("upper", lambda e: (e.object[e.start:e.end].upper().encode("ascii", "replace").decode() + "!", e.end))
print("aéb".encode("ascii", "upper"), codecs.open.__name__, io.TextIOWrapper(io.BytesIO(b"a\r\nb\rc"), newline=None).read())
for broken in (lambda: b"\xff".decode(), lambda: "é".encode("ascii"), lambda: "".encode("nope"), lambda: codecs.decode("z", "hex"), lambda: "x".encode("rot13")):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
var = contextvars.ContextVar("var", default=0)
context = contextvars.copy_context()
print(context.run(lambda: (var.set(5), var.get())[1]), var.get(), context[var], list(context) == [var])
token = var.set(1)
print(var.get(), token.old_value is token.MISSING, var.reset(token), var.get())
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    warnings.warn("one", DeprecationWarning)
    warnings.filterwarnings("error", message="tw.*")
    try:
        warnings.warn("two")
    except UserWarning as e:
        print("raised", e)
    warnings.filterwarnings("ignore", category=RuntimeWarning)
    warnings.warn("three", RuntimeWarning)
    print([(str(w.message), w.category.__name__, w.lineno) for w in seen])
print(timeit.timeit("x += 1", "x = 0", number=10) > 0, len(timeit.repeat("pass", repeat=3, number=1)), timeit.Timer("1").autorange.__name__)
