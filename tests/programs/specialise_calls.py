"""Hot call sites whose targets change in kind, signature, code and defaults."""


def hot(f, *args, n=60):
    for _ in range(n):
        result = f(*args)
    return result


def site0(f): return f()
def site1(f, a): return f(a)
def site2(f, a, b): return f(a, b)
def site_kw(f, a, b): return f(a, b=b)
def site_star(f, args, kw): return f(*args, **kw)


def attempt(f, *args):
    try:
        return f(*args)
    except (TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def plain(a): return "plain", a
def default(a, b="default"): return a, b
def two(a, b): return a, b
def kwonly(a, *, b=0): return "kwonly", a, b
def star(*args, **kw): return args, kw
def gen(a): yield a
def closure(n):
    def inner(a): return a, n
    return inner
async def coro(a): return a


class Plain:
    def __init__(self, a=None): self.a = a
    def __repr__(self): return f"Plain({self.a!r})"
class New:
    def __new__(cls, a=0): return "New", a
class Call:
    def __call__(self, a, b=None): return "called", a, b
class Meta(type):
    def __call__(cls, *args): return "meta call", args
class WithMeta(metaclass=Meta): pass
class M:
    def method(self, a, b=None): return "method", a, b
    @classmethod
    def cm(cls, a, b=None): return cls.__name__, a, b
    @staticmethod
    def sm(a, b=None): return "static", a, b


targets = [plain, default, two, kwonly, star, gen, closure(7), Plain, New, Call(), WithMeta, M().method, M.cm, M.sm, lambda a: ("lambda", a), str, len, [].append, "x".join, type, isinstance, print.__class__, int, list, dict, 5, None]
for target in targets:
    name = getattr(target, "__qualname__", None) or type(target).__name__
    r = []
    for f, args in ((site0, ()), (site1, ("ab",)), (site2, ("a", "b")), (site_kw, ("a", "b"))):
        x = attempt(hot, f, target, *args) if not isinstance(target, (int, type(None))) else attempt(f, target, *args)
        r.append(str(x).split(" object at")[0])
    print(name, *r, sep=" | ")
print([attempt(site1, t, "ab") for t in targets[:5]] == [attempt(site1, t, "ab") for t in targets[:5]], site1(len, "abc"), site1(plain, 1))


def changing(a, b=1): return a + b


print(hot(site1, changing, 1))
changing.__defaults__ = (100,)
print(site1(changing, 1))
changing.__defaults__ = None
print(attempt(site1, changing, 1), site2(changing, 1, 2))
changing.__code__ = (lambda a: ("new code", a)).__code__
print(site1(changing, 1), attempt(site2, changing, 1, 2))
changing.__code__ = (lambda *a, k=5: (a, k)).__code__
print(attempt(site1, changing, 1), attempt(site2, changing, 1, 2), attempt(site0, changing))
changing.__kwdefaults__ = {"k": 6}
print(hot(site0, changing))


class Evolving:
    def run(self): return "first"


e = Evolving()
def go(): return e.run()
print(hot(go))
Evolving.run = lambda self: "second"
print(go())
e.run = lambda: "instance"
print(hot(go))
del e.run
Evolving.run = staticmethod(lambda: "static")
print(go())
Evolving.run = classmethod(lambda cls: cls.__name__)
print(go())
Evolving.run = property(lambda self: lambda: "from property")
print(go())
Evolving.run = len
print(attempt(go))
Evolving.run = Call()
print(attempt(go))
def construct(cls): return cls(1)
print(hot(construct, Plain))
Plain.__init__ = lambda self, a: setattr(self, "a", a * 100)
print(construct(Plain))
Plain.__new__ = lambda cls, a: "from __new__"
print(construct(Plain))
del Plain.__init__
del Plain.__new__
print(attempt(construct, Plain))


def recursive(n): return n if n < 2 else recursive(n - 1) + recursive(n - 2)


print(recursive(16))
original, recursive = recursive, lambda n: 1000
print(original(5))


def replaced_while_running(n):
    global replaced_while_running
    if n == 0:
        replaced_while_running = lambda n: "replacement"
        return "old bottom"
    return [n, replaced_while_running(n - 1), replaced_while_running(n)]


print(replaced_while_running(2))
print([site_star(star, (i,) * (i % 3), {"k": i} if i % 2 else {}) for i in range(6)], hot(site_star, two, (1, 2), {}), hot(site_star, two, (1,), {"b": 2}))
mixed = [plain, len, str, Plain, M().sm, lambda x: x]
print([str(site1(mixed[i % 6], "z")).split(" object at")[0] for i in range(12)] if not hasattr(Plain, "missing") and False else "done")


def exceptions(n):
    if n % 3 == 0: raise ValueError(n)
    return n


total = 0
for i in range(90):
    try:
        total += exceptions(i)
    except ValueError as error:
        total -= error.args[0]
print(total)
def varying(*args): return len(args)
print([varying(*range(n % 5)) for n in range(40)][-5:], sum(map(varying, range(100), range(100))), sorted([3, 1, 2], key=lambda x: -x), max([1, 2, 3], key=lambda x: x % 3), list(map(lambda a, b=2: a * b, [1, 2])))
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
print(deep(800), hot(deep, 50))
def swap(f, g): f.__code__, g.__code__ = g.__code__, f.__code__
def one(): return 1
def other(): return 2
print(hot(one), hot(other))
swap(one, other)
print(one(), other())
