"""marshal: values and code out and in, versions, damaged data."""
import marshal


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


values = [None, True, False, ..., StopIteration, 0, 1, -1, 255, 2 ** 31 - 1, 2 ** 31, -2 ** 31 - 1, 10 ** 40, -10 ** 40, 0.0, -1.5, 1e300, float("inf"), 1 + 2j, "", "ascii", "é日😀", "\ud800", "x" * 300, b"", b"bytes\xff", (), (1, 2), (1,) * 300, [], [1, [2, [3]]], {}, {"a": 1, 2: [3]}, set(), {1, 2, 3}, frozenset("ab"), (None, (True, ("x",)))]
for value in values:
    for version in (0, 1, 2, 3, 4):
        data = marshal.dumps(value, version)
        back = marshal.loads(data)
        assert (back == value or value is StopIteration) and type(back) is type(value), (value, version)
    print(f"{value!r:.40}", marshal.dumps(value, 2).hex()[:60])
same = "shared text"
data = marshal.dumps([same, same, (same, same)])
back = marshal.loads(data)
print(back[0] is back[1], back[2][0] is back[0], len(marshal.dumps([same] * 20)) < len(marshal.dumps([same] * 20, 2)))


def sample(a, b=2, *args, **kw):
    """doc"""
    try:
        return [x + a for x in args if x > b] or f"{a!r:>{b}}" + str(kw)
    except TypeError as error:
        raise ValueError(b"x", 1.5, 2j, (1, ("n",)), frozenset([1])) from error
    finally:
        a = lambda: (yield a)


code = marshal.loads(marshal.dumps(sample.__code__))
print(code == sample.__code__, code.co_name, code.co_consts[0], code.co_varnames, type(code))
print(type(sample)(code, globals(), "again", (2,))(1, 0, 5, 6), [getattr(code, n) == getattr(sample.__code__, n) for n in ("co_code", "co_linetable", "co_exceptiontable", "co_names", "co_qualname", "co_flags")])
module = marshal.dumps(compile("x = 40 + y\nz = [i for i in range(x) if i % 20 == 0]", "m", "exec"))
space = {"y": 2}
exec(marshal.loads(module), space)
print(space["z"])
for bad in (b"", b"\xff", b"i\x01", b"s\x05\0\0\0abc", b"(\x05\0\0\0N", b"r\0\0\0\0", b"z\x05ab", b"[\xff\xff\xff\xff", b"l\x01\0\0\0", b"g\0\0", b"u\x02\0\0\0\xff\xff", b"{Ni\x01\0\0\0", b"c", b"c\0\0\0\0", b"\0", b"0", b"?", b"y\0", b"t\x02\0\0\0x", b"\xe9\x01\0\0\0", b"<\x01\0\0\0", b"l\x01\0\0\0\0\x80", b"f\x03abc"):
    print(bad, "->", attempt(lambda: marshal.loads(bad)))
for value in (object(), int, len, lambda: 0, [object()], {1: {2: print}}, range(3), bytearray(b"x"), memoryview(b"x"), ValueError()):
    print(type(value).__name__, attempt(lambda: bytes(marshal.dumps(value)).hex()))
deep = []
for _ in range(1990):
    deep = [deep]
print(len(marshal.dumps(deep)) > 1990, attempt(lambda: marshal.loads(marshal.dumps(deep)) == deep) if False else "")
for _ in range(100):
    deep = [deep]
print(attempt(lambda: marshal.dumps(deep)))
with open("data.bin", "wb") as f:
    marshal.dump({"k": [1, 2.5]}, f)
    marshal.dump("second", f)
with open("data.bin", "rb") as f:
    print(marshal.load(f), marshal.load(f), attempt(lambda: marshal.load(f)))
print(attempt(lambda: marshal.loads("text")), attempt(lambda: marshal.loads(bytearray(marshal.dumps(5)))), attempt(lambda: marshal.loads(marshal.dumps(5) + b"extra")), attempt(lambda: marshal.dumps()), attempt(lambda: marshal.dump(5, 6)), marshal.version)
cycle = []
cycle.append(cycle)
back = marshal.loads(marshal.dumps(cycle))
print(back[0] is back, len(back))
