"""Assignment expressions in every place where they may stand."""
import sys
data = [3, 8, 1, 9, 4]
if (n := len(data)) > 3: print("long", n)
while (x := data.pop()) != 8: print("popped", x, end="; ")
print(x, data)
print([y := 5, y ** 2, (y := y + 1)], y, (z := 3, z), f"{(w := 7)} {w=}", f"{(v := 2):>{v}}", {(k := "a"): k}, (lambda: (q := 1) + q)())
print([(last := i) for i in range(4)], last, {i: (sq := i * i) for i in range(3)}, sq, sum(t for i in range(4) if (t := i * 2) > 2), t)
print(any((found := c).isdigit() for c in "ab3d"), found, all((bad := c).isalpha() for c in "ab!d"), bad, [inner for row in [[1, 2], [3]] if (total := sum(row)) for inner in row if inner < total], total)


def scope():
    values = [(p := i) + 1 for i in range(3)]
    def inner():
        nonlocal p
        p = "nonlocal"
        return [p := "deep" for _ in "a"]
    return values, p, inner(), p, sorted(locals())


print(scope())


def uses_global():
    global made_global
    return [made_global := i for i in range(3)]


print(uses_global(), made_global)


class Body:
    a = (b := 5) + 1
    c = [d for d in range(3)]
    def method(self, x=(default := "def")): return x, default if "default" in globals() else "class scope"


print(Body.a, Body.b, Body.default, Body().method())


def default(a=(side := [])): side.append(a is side); return len(side)


print(default(), default(), side)
print(max(len(word := w) for w in ["aa", "bbbb", "c"]), word, sorted([(m := i % 3, i) for i in range(5)]), m, not (flag := True), flag, (one := 1) + (two := 2) * one, one if (one := 10) else two)
lines = iter(["first", "second", "", "after"])
while line := next(lines): print(line, end=" ")
print(repr(line), next(lines))
buffer = []
while chunk := data[:1]:
    buffer += chunk
    data = data[1:]
print(buffer, chunk)
if (a := 0) or (b := 5): print(a, b)
if not (value := {}.get("missing")): print(value)
match (subject := [1, 2, 3]):
    case [first, *rest] if (size := len(rest)) > 1: print(subject, first, size)
with open("/dev/null") as f, open(name := "/dev/null") as g: print(name, g.name == name)
assert (checked := 1 + 1) == 2, checked
print(checked, (lambda x: (x := x + 1, x))(5), (lambda: [r := 1, r])(), [*(gen := (i for i in "xy"))], list(gen))
try:
    raise (error := ValueError("walrus"))
except ValueError as e: print(e is error)
d = {}
d["k"] = (chain := "v")
print(d, chain, (outer := (inner := 4) * 2), inner, [u := 1, u := u + 1, u := u * 10], u)
def returns(): return (r := 5) * r
def yields():
    got = yield (sent := 1)
    yield sent, got
g = yields()
print(returns(), next(g), g.send("s"), x if (x := 0) else "falsy", (p := 1) if (q := 0) else (p := 2), p, q)
async def co(): return [await_ := i for i in range(2)], await_
try: co().send(None)
except StopIteration as stop: print(stop.value)
for source in ("x := 1", "(x := 1)", "x = y := 1", "x = (y := 1)", "f(x := 1)", "f(a=x := 1)", "f(a=(x := 1))", "[x := 1]", "{x := 1}", "{x := 1: 2}", "{(x := 1): 2}", "{1: x := 2}", "x[y := 1]", "x[y := 1, z := 2]", "x[y := 1:2]", "x[(y := 1):2]", "(x.y := 1)", "(x[0] := 1)", "((x, y) := 1)", "(x := 1, 2)", "(x := y := 1)", "(x := (y := 1))", "lambda: x := 1", "lambda: (x := 1)", "lambda x=(y := 1): 0", "[x := i for i in y]", "[i := 1 for i in y]", "[(i, j := 1) for i in y]", "[[i := 0 for j in y] for i in z]", "[x for x in (y := z)]", "[x for x in z if (y := x)]", "class C: [(x := i) for i in z]", "def f(x: (y := 1)): 0", "def f(x=(y := 1)): 0", "del (x := 1)", "(x := 1) = 2", "x += (y := 1)", "x += y := 1", "with (x := y): 0", "with (x := y) as z: 0", "for x in (y := z): 0", "if x := 1: 0", "while x := 1: 0", "assert x := 1", "assert (x := 1)", "return_ = lambda: (yield (x := 1))", "@(x := y)\ndef f(): 0", "@x := y\ndef f(): 0", "raise x := 1", "import x := 1", "f'{x:=5}'", "f'{(x:=5)}'", "(True := 1)", "(__debug__ := 1)", "def f():\n global x\n (x := 1)", "def f():\n [x := 1 for x in y]", "print(x := 1, y := 2, end=(z := '3'))", "match (x := 1):\n case 1: 0", "match x:\n case (y := 1): 0"):
    try:
        compile(source, "s", "exec")
        print("ok   ", repr(source))
    except SyntaxError as error:
        print("error", repr(source), error.msg)
