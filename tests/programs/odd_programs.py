"""Odd corners together: quines, self-modifying names, else clauses, chained everything, empty everything."""
q = 'q = %r; print(q %% q)'
print(q % q)
exec(q % q)
def empty(): ...
class Empty: ...
for _ in (): ...
while False: ...
if 0: ...
else: print("else of if", empty(), Empty.__doc__, (lambda: ...)())
print([] or {} or () or "" or 0 or None or "last", [] and 1, 1 and [] and 2, not [] is not None, 1 < 2 > 0 != 5 in [5] is not None)
a = a_ = [a for a in range(3)]
a += a_; a_ = a_ * 2
print(a is a_, a, len(a_), a[a[a[1]]], a[-1:][0], a[:1] * 2 + a[1:])
x = y = z = 0
x, y, z = y, z, x = 1, 2, 3
print(x, y, z)
i = [0, 1, 2]
i[0], i[i[0]] = i[1], 99
print(i, [*"a", *(), *[[]]], {**{}, **{"a": 1}}, *[*[]], (*(), 1), sep=" ")
print(*(print(n, end=" ") or n for n in range(3)), sum(print(end="") or n for n in range(3)))
def f(x, *, f=lambda x: x + 1, **kw): return f(x) if not kw else kw
print(f(1), f(1, f=str), f(1, f=f), f(1, g=2), f.__name__, f(f=f, x=lambda: 5)() if False else "skip")
class A:
    A = property(lambda self: type(self))
    def __init_subclass__(cls): cls.parent = __class__
class B(A): b = lambda self: __class__ if False else self.A
print(B().A, B.parent, B().b(), A().A)
class int(int): __repr__ = lambda self, base=int: f"<{base.__repr__(self)}>"
print(int(5), [int(7)], int(3) + 1, type(int(3) + 1), isinstance(5, int))
del int
print(int(5), [str(n) for n in [int("12")]])
try: print
finally: print("finally", end=" "); print("same line")
for n in range(3):
    try:
        if n == 1: continue
        if n == 2: break
    finally: print("leaving", n)
else: print("never")
def g():
    yield (yield (yield 1))
it = g()
print(next(it), it.send("a"), it.send("b"), list(it))
def h(): return (yield), (yield)
it = h(); next(it); it.send(1)
try: it.send(2)
except StopIteration as e: print(e.value, e.args)
print((lambda *a, **k: (a, k))(*"ab", *"c", x=1, **{"y": 2}), (lambda: (lambda: (lambda: 42)())())(), [(lambda n: n * n)(n) for n in range(4)][-1])
print("%s" % "%s" % "x" if False else "%s%%" % 5, "{}".format("{}"), f"{'{'}{'}'}", "a" "b"[0], r"\\"[0], "\\"[0] == r"\ "[0], '"' "'", """a"b""" 'c')
print(0 == 0.0 == False == 0j, None is None, ... is Ellipsis, [] == [], {} == {}, set() == frozenset(), 1 == True, "1" == 1, b"" == "", 0.1 + 0.2 == 0.3, 1e16 + 1 == 1e16, float("nan") in [float("nan")])
print(type(type(type(1))), type(type) is type, object.__class__.__class__, isinstance(type, object) and isinstance(object, type), issubclass(type, object), type.__bases__, object.__bases__, type.mro(type))
print(True + True, True * "ab", [1, 2][True], "ab"[False], sum([True] * 3), max(True, 2), -True, ~True, True ** 2, True / 2, True // 1, {True: 1, 1: 2, 1.0: 3}, sorted([True, 0, 2]), int("1") is True, str(True)[0], f"{True:d}{True:>5}")
lines = iter(["a", "b", "", "c"])
for line in iter(lambda: next(lines), ""): print(line, end=",")
print(list(lines), *map(lambda *a: a, "ab", "cd"), *zip(*[iter("abcd")] * 2), dict(zip("ab", "ba")), [*enumerate("a", -1)], [*reversed("ab")], *filter(None, [0, 1]))
m = {"k": "v"}
m[m.setdefault("k", "v")] = m.pop("k") + "!"
print(m, m.setdefault("v"), {**m, "n": m}.keys(), [k for k in m for j in [m[k]]], m)
def recursive_default(n, memo={0: 0, 1: 1}): return memo[n] if n in memo else memo.setdefault(n, recursive_default(n - 1) + recursive_default(n - 2))
print(recursive_default(90), len(recursive_default.__defaults__[0]))
print(__name__, __doc__[:3], type(__builtins__).__name__, "__name__" in globals())
assert __debug__ and (lambda: True)(), "never"
if (n := 5) > 3 and not (n := 1) > 3: print("walrus", n)
print(((((((1)))))), [[[[]]]][0][0], -(-(-1)), not not not 0, 2 ** -1 ** 2, (2 ** -1) ** 2, -2 ** 2, 10 - 5 - 2, 2 ** 3 ** 2, 1 << 2 << 3, 7 // 2 * 2, 7 % 4 % 2, "a" + "b" * 2, (1, 2) + (3,) * 2, 1 if 1 else 2 if 0 else 3)
