"""Unpacking: targets of every form, star expressions everywhere, evaluation order, errors."""


def attempt(source, **names):
    try:
        exec(source, names)
        return {k: v for k, v in names.items() if k not in ("__builtins__",) and not callable(v)}
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class T:
    def __repr__(self): return f"T({vars(self)})"


for source in ("a, b = 1, 2", "a, b = 'xy'", "(a, b), c = (1, 2), 3", "[a, [b, [c]]] = 1, (2, [3])", "a, *b = 1,", "*a, b = 1, 2, 3", "a, *b, c = range(5)", "*a, = 'abc'", "a, (b, *c), *d = 1, (2, 3, 4), 5, 6", "a = b = c, d = 1, 2", "a, b = b_, a_ = 1, 2", "a, b = {1: 2, 3: 4}", "a, b = {1, 2}", "a, b = (x for x in 'pq')", "a, b, *c = b'abcd'",
               "a, b = 1", "a, b = 1,", "a, b = 1, 2, 3", "a, *b, c = 1,", "a, b = None", "a, b = ''", "*a, b = ()", "a, (b, c) = 1, 2", "a, b = 5 .real", "() = ()", "[] = ''", "() = 1,", "(a) = 5", "(a,) = [1]", "a, b = iter([1])", "a, b = iter([1, 2, 3])", "for a, b in [(1, 2), (3,)]: pass", "for a, *b in ['xyz']: pass", "for (a, b), c in [((1, 2), 3)]: pass", "[a for a, b in [(1, 2)]]"):
    print(f"{source:<40} {attempt(source)}")
t, d, l = T(), {}, [0, 0, 0]
t.x, d["k"], l[1], l[::2] = 1, 2, 3, (4, 5)
(t.y, *t.rest), [d["m"], l[0]] = "abc", (7, 8)
print(t, d, l)
i = 0
i, l[i] = 2, "at new i"
print(l, i)
a, b, c = 1, 2, 3
a, b, c = c, a, b
print(a, b, c)
a = [1, 2, 3]
a[0], a[a[0]] = a[1], "x"
print(a)
print([*range(3), *"ab", *[]], (*[1], 2), {*"aa", *[1]}, {**{"a": 1}, "b": 2, **{"a": 3}}, [*[*[*[1]]]], *[1, 2], *(), sep="|")


def f(*args, **kwargs): return args, kwargs
def g(): return 1, *[2, 3]
def h():
    yield 1, *"ab"
    yield *[1], 2


print(f(*[1], 2, *(3,), x=4, **{"y": 5}, **{}), f(*"ab", *{}, **dict(z=1)), f(*g()), list(h()), g())
for x in 1, *[2, 3]:
    print(x, end=" ")
print()
k, = *[5],
print(k, *[[1, 2][0]], (lambda *a: a)(*range(3)), "{} {}".format(*"xy"), "%s-%s" % (*"pq",), [x for x in (*[1], 2)], {"k": (*"ab",)}["k"])
log = []


def say(x):
    log.append(x)
    return x


f(say("a"), *[say("b")], say("c"), k=say("d"), **{"l": say("e")})
[say(1), *[say(2)], say(3)]
{say("k1"): say("v1"), **{say("k2"): say("v2")}}
say({})[say("sub")], say([0])[say(0)] = say("r1"), say("r2")
print(log)


class Iter:
    def __init__(self, n): self.n, self.taken = n, 0
    def __iter__(self): return self
    def __next__(self):
        if self.taken == self.n: raise StopIteration
        self.taken += 1
        return self.taken


for n in (1, 2, 3, 9):
    it = Iter(n)
    try:
        a, b = it
        print(n, "fine", a, b, it.taken)
    except ValueError as error:
        print(n, error, it.taken)


class Bad:
    def __iter__(self): raise KeyError("no iteration")


class Mapping:
    def keys(self): return ["a", "b"]
    def __getitem__(self, key): return key * 2


class BadMapping(Mapping):
    def __getitem__(self, key): raise RuntimeError("no item")


class BadKeys:
    keys = 5
    def __getitem__(self, key): return 1


for text in ("a, b = Bad()", "[*Bad()]", "f(*Bad())", "f(**Mapping())", "{**Mapping()}", "f(**BadMapping())", "{**BadMapping()}", "f(**BadKeys())", "{**BadKeys()}", "f(**[('a', 1)])", "{**[('a', 1)]}", "f(**{1: 2})", "f(a=1, **Mapping())", "f(**Mapping(), **Mapping())", "f(*5)", "[*5]", "(*None,)", "{*5}", "f(*[1], **5)", "print(*5)", "max(*[])", "len(*[1, 2])", "dict(**Mapping())", "dict(**{'a': 1}, a=2)", "'a'.join(*['b'])"):
    try:
        print(text, "->", eval(text) if "=" not in text.split("(")[0] else exec(text))
    except Exception as error:
        print(text, "->", type(error).__name__, error)
