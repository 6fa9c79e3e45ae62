"""json in and out with hooks, encoders, streams and odd numbers."""
import collections
import datetime
import decimal
import enum
import io
import json
import math


class Colour(enum.Enum):
    RED = "r"


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, (datetime.date, datetime.datetime)):
            return {"$date": o.isoformat()}
        if isinstance(o, set):
            return sorted(o)
        if isinstance(o, enum.Enum):
            return o.name
        if isinstance(o, complex):
            return [o.real, o.imag]
        return super().default(o)


def hook(d):
    return datetime.datetime.fromisoformat(d["$date"]) if "$date" in d else d


data = {"rooms": [{"name": "hall é \u2028 \U0001f600", "exits": {"n": 1, "s": None}}, {}], "when": datetime.datetime(2024, 1, 2, 3, 4, 5), "tags": {"b", "a"}, 1: True, None: 1.0, 2.5: -0.0, "c": Colour.RED, "z": 3 + 4j, "big": 10**30, "tiny": 1e-300, "t": (1, [2, (3,)])}
text = json.dumps(data, cls=Encoder)
print(text)
print(json.dumps(data, cls=Encoder, indent=2, ensure_ascii=False, sort_keys=False))
print(json.dumps({"b": [], "a": {}}, indent="\t", sort_keys=True, separators=(",", ":")), json.dumps([1, 2], indent=0), json.dumps("a/\"\\\b\f\n\r\t\x00\x7f"))
print(json.loads(text, object_hook=hook)["when"], json.loads("[1.10, 1e3, -0]", parse_float=decimal.Decimal, parse_int=str), json.loads('{"a":1,"a":2}', object_pairs_hook=list), json.loads("[NaN, Infinity, -Infinity]", parse_constant=repr))
print(json.loads(b'{"k": "\xc3\xa9"}'), json.loads('"\\ud83d\\ude00\\u00e9\\/"'), json.loads(" \n[ ] \t"), json.loads("[]".encode("utf-8-sig")), math.isnan(json.loads("NaN")), json.loads("1e400"), json.loads("123456789012345678901234567890"))
stream = io.StringIO()
json.dump(collections.OrderedDict(x=[1, {"y": None}]), stream, indent=1)
print(stream.getvalue(), list(json.JSONEncoder().iterencode([1, {"a": 2}])), json.JSONDecoder().raw_decode('[1] rest'))
for broken in ("", "{", "[1,", '{"a"}', '{"a":}', "{'a': 1}", '"\n"', '"\\x"', '"\\u12"', "[1 2]", "nul", "01", "1.", "-", '"abc', '{"a":1,}', "[]]", "tru", "\ufeff1", '{1:2}', "[1,]", '"\ud800'):
    try:
        print(repr(broken), json.loads(broken))
    except json.JSONDecodeError as e:
        print(repr(broken), e, e.pos, e.lineno, e.colno)
loop = []
loop.append(loop)
for broken in (lambda: json.dumps(loop), lambda: json.dumps({(1, 2): 3}), lambda: json.dumps(object), lambda: json.dumps(float("nan"), allow_nan=False), lambda: json.dumps(b"x"), lambda: json.loads(5), lambda: json.loads(b"\xff")):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])
print(json.dumps({(1, 2): 3, "a": 1}, skipkeys=True), json.dumps(type("I", (int,), {"__repr__": lambda s: "x"})(5)), json.dumps(type("F", (float,), {})(1.5)), json.dumps(type("S", (str,), {})("s")), json.dumps(type("L", (list,), {})([1])))
deep = "[" * 500 + "]" * 500
print(len(json.dumps(json.loads(deep))))
try:
    json.loads("[" * 100000)
except RecursionError as e:
    print("RecursionError")
