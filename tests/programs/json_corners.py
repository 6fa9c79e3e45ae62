"""json: literals and their errors, hooks, circles, keys, numbers of every shape."""
import json
import json.decoder
import json.encoder
import math


def show(work):
    try:
        print(repr(work()))
    except BaseException as e:
        print(f"{type(e).__name__}: {e}")


for text in [
    "", " ", "[", "[1", "[1,", "[1,]", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{1:2}", '{"a" 1}', '"abc', '"a\nb"',
    '"\\x"', '"\\u12"', '"\\u12zz"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ud83dx"', '"\\ud83d\\u0041"', '"\\u00e9\\n\\t\\"\\\\\\/"',
    "nul", "tru", "falsE", "NaN", "-Infinity", "Infinity", "-", "01", "1.", "1.5e", "1.5e+", "-0", "1E400", "-1.25e-3", "[] x",
    "123456789012345678901234567890", "0.1", "1e5", "[1 2]", "{'a': 1}", "[[[[]]]]", '{"a": {"b": [1, {"c": null}]}}', "\ufeff1",
]:
    print(repr(text), end=" -> ")
    show(lambda: json.loads(text))

print(json.loads('{"b": 1, "a": 2.50, "c": NaN}', object_pairs_hook=lambda pairs: pairs, parse_float=lambda s: "f" + s,
                 parse_int=lambda s: "i" + s, parse_constant=lambda s: "c" + s))
print(json.loads('[{"a": 1}, {"b": {}}]', object_hook=lambda d: sorted(d)))
show(lambda: json.loads('"a\tb"', strict=False))
show(lambda: json.loads('{"k": 1, "k": 2}'))


class Odd:
    def __repr__(self):
        return "Odd"


class Whole(int):
    def __repr__(self):
        return "seven"


class Real(float):
    def __repr__(self):
        return "real"


for value in [
    None, True, [], {}, (), [1, [2, (3,)]], {"a": {"b": []}}, 1.0, 1e100, -0.0, math.inf, math.nan, 2**70, Whole(7), Real(1.5),
    "é😀\x00\x7f\"\\/\u2028", {1: 2, None: 3, True: 4, 2.5: 5, "x": 6, Whole(7): 1, math.inf: 0}, {(1,): 2}, Odd(), {1, 2}, b"x",
    "\ud800", [[[[[[1]]]]]], {"z": 1, "a": 2},
]:
    show(lambda: json.dumps(value))
    show(lambda: json.dumps(value, ensure_ascii=False, allow_nan=False, skipkeys=True, separators=(",", ":"), default=repr))

circle = [1]
circle.append({"again": circle})
show(lambda: json.dumps(circle))
show(lambda: json.dumps(Odd(), default=lambda o: o))
show(lambda: json.dumps({"b": 1, "a": [1, {"d": 2, "c": 3}]}, sort_keys=True, indent=2))
show(lambda: json.dumps({1: 1, "a": 2}, sort_keys=True))
deep = []
for _ in range(100_000):
    deep = [deep]
show(lambda: json.dumps(deep))
show(lambda: json.loads("[" * 100_000))
show(lambda: json.loads('{"a":' * 100_000))
del deep

for args in [(), (1,), (1, 2), ("a",), ("a", "b"), ("a", 5), ("abc", -1), ('abc"', 0), ('x\\n"y', 1)]:
    show(lambda: json.decoder.scanstring(*args))
scan = json.JSONDecoder().scan_once
for args in [(), (1, 2), ("a",), ("a", "b"), ("1", 5), ("1", -1), ("[1, 2] ", 0), ("x", 0)]:
    show(lambda: scan(*args))
make = json.encoder.c_make_encoder
for args in [(), (5, str, str, None, ":", ",", 0, 0, 1), ({}, str, str, None, ":", 5, 0, 0, 1)]:
    show(lambda: make(*args))
show(lambda: "".join(make({}, repr, lambda s: 5, None, ":", ",", False, False, True)("x", 0)))
show(lambda: "".join(make(None, repr, lambda s: s.upper(), None, "=", ";", True, False, True)({"b": "x", "a": ["y"]}, 0)))
print(json.encoder.encode_basestring("é\n\x1f\x7f"), json.encoder.encode_basestring_ascii("é\n\x1f\x7f😀"))
show(lambda: json.encoder.encode_basestring(5))
print(json.JSONDecoder().raw_decode('{"a": 1} rest'), list(json.JSONEncoder(indent=1).iterencode([1, {"a": 2}])))
document = {f"key {i}": [i, str(i) * (i % 5), {"x": i / 7, "é": None}] for i in range(300)}
print(json.loads(json.dumps(document)) == document, json.loads(json.dumps(document, indent="\t")) == document,
      hash(json.dumps(document, sort_keys=True)) == hash(json.dumps(dict(reversed(document.items())), sort_keys=True)))
