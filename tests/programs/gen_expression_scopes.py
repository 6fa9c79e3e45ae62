"""Generator expressions: early first iterable, late bodies, nesting, exceptions, cleanup, frames, conversion."""
log = []


def note(x, value=None):
    log.append(x)
    return x if value is None else value


def flush(label):
    print(label, log)
    log.clear()


g = (note(f"body {x}") for x in note("iterable", [1, 2]) if note(f"test {x}"))
flush("made")
next(g)
flush("one")
list(g)
flush("rest")
g = (x for x in [1] for y in note("inner", [2]))
flush("inner not yet")
print(list(g))
flush("inner now")
try:
    (x for x in undefined_name)
except NameError as error:
    print(error)
g = (undefined_name for x in [1])
try:
    next(g)
except NameError as error:
    print(error, list(g))
try:
    (x for x in 5)
except TypeError as error:
    print(error)
factor = 2
g = (x * factor for x in range(3))
factor = 10
print(list(g))


def scoped():
    items, k = [1, 2], 5
    g = (i + k for i in items)
    items, k = [100], 50
    return list(g), sum(i for i in items), [list(j for j in range(i)) for i in (1, 2)]


print(scoped())


class Body:
    n = 3
    ok = list(x for x in range(n))
    try:
        bad = list(x + n for x in range(2))
    except NameError as error:
        bad = str(error)
    nested = list(list(y for y in [x]) for x in "ab")


print(Body.ok, Body.bad, Body.nested)
def outer():
    total = 0
    def add(x):
        nonlocal total
        total += x
        return total
    return [*(add(x) for x in range(4))], total
print(outer())
print(sum(x * y for x in range(3) for y in range(x)), max((len(w), w) for w in "a bb cc".split()), dict((k, v) for k, v in zip("ab", [1, 2])), set(x % 3 for x in range(9)), tuple(x for x in "ab"), ",".join(str(x) for x in range(3)), sorted((x for x in "cab"), reverse=True), any(x > 2 for x in range(5)), all(x for x in ()), list(zip((x for x in "ab"), (x for x in [1, 2]))), [*(x for x in "z")], (*(x for x in "y"), 1), {**dict((x, 1) for x in "w")}, min((x for x in [3, 1]), default=0))
g = (x for x in range(3))
print(next(g), 2 in g, list(g), g.gi_frame, g.__name__, g.__qualname__, type(g).__name__, g.gi_code.co_name, g.gi_code.co_varnames, g.gi_code.co_flags & 32)
g = (x for x in range(3))
print(g.gi_frame.f_locals.keys() == {".0"}, type(g.gi_frame.f_locals[".0"]).__name__, g.gi_running, g.gi_suspended, g.gi_yieldfrom)
next(g)
print({k: v for k, v in g.gi_frame.f_locals.items() if k != ".0"}, g.close(), list(g))


def source(name):
    try:
        yield from range(3)
    finally:
        note(f"{name} closed")


for x in (x for x in source("loop")): break
flush("loop left")
g = (x for x in source("deleted"))
next(g)
del g
flush("deleted")
g = (1 // (2 - x) for x in source("failing"))
try:
    list(g)
except ZeroDivisionError as error:
    tb = error.__traceback__.tb_next
    print(error, tb.tb_frame.f_code.co_name, g.gi_frame, list(g))
    del tb
flush("failed")
try:
    g = (x for x in (y for y in source("thrown")))
    next(g)
    g.throw(KeyError("k"))
except KeyError as error:
    print(error)
flush("thrown")
g = (note(x) or x for x in [0, 1])
print(g.send(None), end=" ")
try:
    print(g.send("ignored"), g.send(1))
except StopIteration as stop:
    print("stop", stop.value)
flush("sent")
g = ((yield_ for yield_ in range(n)) for n in range(3))
print([list(inner) for inner in g], list((lambda: x)() for x in range(3)), [f() for f in list((lambda: x) for x in range(3))], [f() for f in ((lambda: x) for x in range(3))])
def gen_of_gens():
    for i in range(2): yield (i + j for j in range(2))
print([list(g) for g in gen_of_gens()], [list(g) for g in list(gen_of_gens())])
def me(): return (next(m) for _ in [1])
m = me()
try: next(m)
except ValueError as error: print(error)
def stopping(): return (next(iter(())) for _ in [1])
try: list(stopping())
except RuntimeError as error: print(error, repr(error.__cause__))
for text in ("(x for x in y, z)", "f(x for x in y, 1)", "f(1, x for x in y)", "f(x for x in y)", "f((x for x in y), 1)", "(x for x in y for z)", "(for x in y)", "(x for)", "(x, y for x in z)", "(*x for x in y)", "(x for x in y if)", "(x for x in y else z)", "(x := y for y in z)", "(y := y for y in z)", "((yield) for x in y)", "(await x for x in y)", "x for x in y", "(x for x.a in y)", "(x for x() in y)", "(x for (x, [y]) in z)", "(x async for x in y)", "class C(x for x in y): pass", "class C((x for x in y)): pass", "(lambda: (yield) for x in y)", "del (x for x in y)", "(x for x in y) = 1", "f(**x for x in y)", "[x for x in y for y in z if x if y]", "(x for x in lambda: y, z)"):
    try:
        compile(text, "s", "exec")
        print("ok   ", text)
    except SyntaxError as error:
        print("error", text, "->", error.msg)
