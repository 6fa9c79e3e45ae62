"""Recursion in many shapes up to the limit: functions, methods, generators, repr, comparison, property, operators."""
import sys


def shape(name, f, *args):
    try:
        f(*args)
        print(name, "returned")
    except RecursionError as error:
        print(name, error)


def plain(n): return plain(n + 1)
def two(n): return other(n + 1)
def other(n): return two(n)
def default(n=0): return default(n=n + 1)
def star(*args): return star(*args)
def keywords(**kw): return keywords(**kw)
def tries(n):
    try: return tries(n + 1)
    finally: pass
def with_list(n): return [with_list(n) for _ in "a"]
def gen(n): yield from gen(n + 1)
def gen_loop(n):
    for x in gen_loop(n): yield x
def lam(n): return (lambda: lam(n))()
def sorting(n): return sorted([2, 1], key=sorting)
def mapping(n): return list(map(mapping, [n]))
def reducing(n): return max([1, 2], key=reducing)
def evaluating(n): return eval("evaluating(n)", globals(), {"n": n})
def executing(n): exec("executing(n)", globals(), {"n": n})
def instance(n): return Instance(n)
def matching(n):
    match n:
        case Instance2(x=1): pass


class Instance:
    def __init__(self, n): instance(n)
class Instance2:
    @property
    def x(self): return matching(self)
class New:
    def __new__(cls): return cls()
class Call:
    def __call__(self): return self()
class Attr:
    def __getattr__(self, name): return getattr(self, name)
class GetAttribute:
    def __getattribute__(self, name): return self.x
class Set:
    def __setattr__(self, name, value): setattr(self, name, value)
class Prop:
    @property
    def p(self): return self.p
class Ops:
    def __add__(self, o): return self + o
    def __radd__(self, o): return o + self
    def __eq__(self, o): return self == o
    def __lt__(self, o): return self < o
    def __neg__(self): return -self
    def __getitem__(self, i): return self[i]
    def __contains__(self, x): return x in self
    def __iter__(self): return iter(self)
    def __next__(self): return next(self)
    def __len__(self): return len(self)
    def __bool__(self): return bool(self)
    def __hash__(self): return hash(self)
    def __repr__(self): return repr(self)
    def __str__(self): return str(self)
    def __format__(self, s): return format(self, s)
    def __index__(self): return [1][self]
    def __int__(self): return int(self)
    def __float__(self): return float(self)
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
    def __dir__(self): return dir(self)
    def __instancecheck__(self, o): return isinstance(o, self)
    def __round__(self): return round(self)
    def __reversed__(self): return reversed(self)
    def __call__(self): return self()
    def __matmul__(self, o): return self @ o
    def __ior__(self, o): self |= o
    def __del__(self): pass


for name in ("plain", "two", "default", "star", "keywords", "tries", "with_list", "lam", "sorting", "mapping", "reducing", "evaluating", "executing", "instance"):
    f = globals()[name]
    shape(name, f, *([] if name in ("default", "star", "keywords") else [0]))
shape("gen", list, gen(0))
shape("gen_loop", list, gen_loop(0))
shape("matching", matching, Instance2())
shape("new", New)
shape("call", Call())
shape("attr", lambda: Attr().x)
shape("getattribute", lambda: GetAttribute().x)
shape("set", lambda: setattr(Set(), "x", 1))
shape("prop", lambda: Prop().p)
o = Ops()
for text in ("o + 1", "1 + o", "o == 1", "o < 1", "-o", "o[0]", "1 in o", "iter(o)", "next(o)", "len(o)", "bool(o)", "hash(o)", "repr(o)", "str(o)", "format(o)", "[1][o]", "int(o)", "float(o)", "dir(o)", "isinstance(1, o)", "round(o)", "reversed(o)", "o()", "o @ o", "not o", "[*o]", "f'{o}'", "'%s' % o", "{o}", "o in {1: 1}", "o if o else 1"):
    shape(text, eval, text, {"o": o})
shape("with", lambda: o.__enter__())
shape("ior", lambda: o.__ior__(1))
a = []
a.append(a)
b = []
b.append(b)
shape("list ==", lambda: a == b)
shape("list <", lambda: a < b)
t = ([],)
t[0].append(t)
shape("hash", hash, (1,))
print(a, t, [a] == [a])
deep = ()
for _ in range(50_000): deep = (deep,)
shape("repr deep", repr, deep)
shape("hash deep", hash, deep)
shape("== deep", lambda: deep == ((),))
shape("isinstance deep", isinstance, 1, deep)
d = {}
for _ in range(50_000): d = {0: d}
shape("repr dict", repr, d)
class C:
    pass
head = c = C()
for _ in range(50_000):
    c.next = C()
    c = c.next
print("chain made")
del head, c, deep, d
print("chain gone")
for source in ("(" * 150 + ")" * 150, "[" * 199 + "]" * 199, "-" * 3000 + "1", "not " * 3000 + "1", "a" + ".b" * 3000, "a" + "[0]" * 3000, "a" + "()" * 3000, "+".join("a" * 3000), "lambda: " * 1000 + "0", " if a else ".join("a" * 1000), "**".join("1" * 1000), "f(" * 150 + ")" * 150):
    try:
        compile(source, "s", "eval")
        print(source[:8], "compiles")
    except (RecursionError, SyntaxError, MemoryError) as error:
        print(source[:8], type(error).__name__, error)
sys.setrecursionlimit(60)
shape("small limit", plain, 0)
def count(n):
    try: return count(n + 1)
    except RecursionError: return n
print(count(0))
sys.setrecursionlimit(5000)
print(count(0) > 4900)
