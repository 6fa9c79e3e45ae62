"""del in all its forms, and what is left behind: names, cells, items, slices, attributes, nested targets."""


def attempt(source, **names):
    names["__name__"] = "t"
    try:
        exec(source, names)
        return {k: v for k, v in names.items() if not k.startswith("__") and not callable(v)}
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for source in ("a = 1; del a", "del a", "a = b = 1; del a, b", "a = b = 1; del (a, b)", "a = [1, 2, 3]; del a[0], a[-1]", "a = [1, 2]; del a[5]", "a = {1: 2}; del a[1]", "a = {}; del a[1]", "a = list(range(9)); del a[2:5], a[::2]", "a = (1, 2); del a[0]", "a = 'x'; del a[0]", "del [a, b]", "a = 1; del [a]", "a = 1; del (a)", "a = b = c = 1; del a, (b, [c])", "del ()", "del []", "class C: x = 1\ndel C.x\ndel C.x", "class C: pass\nc = C(); c.x = 1; del c.x; n = vars(c)", "def f(): pass\nf.x = 1\ndel f.x\nf.x", "del len", "import sys; del sys; sys", "for i in (1, 2): pass\ndel i; i", "def f():\n  x = 1\n  del x\n  x\nf()", "def f(x):\n  del x\n  return x\nf(1)", "def f():\n  del y\n  y = 1\nf()", "def f():\n  global g\n  g = 1\n  del g\nf(); g", "def f():\n  x = 1\n  def g(): return x\n  del x\n  return g()\nf()", "def f():\n  x = 1\n  def g():\n    nonlocal x\n    del x\n  g()\n  return x\nf()", "try: 1/0\nexcept ZeroDivisionError as e: del e\ne", "with open('/dev/null') as f: del f\nf", "class C:\n  x = 1\n  del x\nC.x", "class C:\n  del q", "a = [[1, 2], [3]]; del a[0][1], a[1]", "d = {'k': [1, 2]}; del d['k'][0]; del d['k'][0]; e = d", "a = [1]; b = a; del a; c = b", "x = 1\ndel x\nx = 2", "a = [0, 1, 2]; i = 0\ndel a[i], i", "[a := 1]; del a; a", "def f(*a, **k):\n  del a, k\n  return locals()\nr = f(1, x=2)", "lambda: (yield)\ndel __name__", "del None.x", "a = 5; del a.real", "a = bytearray(b'abc'); del a[1]; del a[0:1]", "a = memoryview(b'x'); del a[0]", "a = range(5); del a[0]", "class C:\n  __slots__ = ('s',)\nc = C(); c.s = 1; del c.s; c.s", "class P:\n  p = property(lambda s: 1)\ndel P().p", "class P:\n  p = property(lambda s: 1)\ndel P.p; P.p", "class D:\n  def __delattr__(s, n): raise KeyError(n)\nd = D(); del d.any", "class D:\n  def __delitem__(s, k): raise LookupError(k)\nd = D(); del d[1:2, ...]", "class D: pass\nd = D(); del d[0]", "class D: pass\nd = D(); del d.x", "object.x", "del int.real", "x = [1,2,3]\nfor v in x: del x[0]\n"):
    print(repr(source), "->", attempt(source))


class Watch:
    def __init__(self, name): self.name = name
    def __del__(self): print(f"<{self.name} dies>", end=" ")


def order():
    a, b, c = Watch("a"), Watch("b"), Watch("c")
    del b
    print("b deleted", end=" ")
    a = None
    print("a rebound", end=" ")
    d = [Watch("d0"), Watch("d1")]
    del d[0]
    print("item deleted", end=" ")
    e = {"k": Watch("e")}
    del e["k"]
    print("key deleted", end=" ")
    f = Watch("f")
    f.g = Watch("g")
    del f.g
    print("attribute deleted", end=" ")
    h = [Watch(f"h{i}") for i in range(4)]
    del h[::2]
    print("slice deleted", end=" ")
    (i, j), k = (Watch("i"), Watch("j")), Watch("k")
    del (k, (j, i))
    print("all", end=" ")


order()
print("returned")
for text in ("del f()", "del 1", "del a + b", "del *a", "del *a, b", "del (a, 1)", "del (a, *b)", "del a if b else c", "del lambda: 0", "del [x for x in y]", "del {a: b}", "del {a}", "del 'a'", "del f'{a}'", "del ...", "del None", "del True", "del __debug__", "del a.b.c, a[0].d, a[1][2]", "del (((a)))", "del a,", "del", "del a b", "del (a := 1)", "del a = 1", "del yield", "del (yield)", "del await a", "del a()[0]", "del a().b", "del a[b()], c", "del -a", "del not a", "del a < b", "del a and b", "del a[1:2, ...]", "del a; del b", "del (a, b), [c, d]", "del a: int"):
    try:
        compile(text, "s", "exec")
        print("ok   ", text)
    except SyntaxError as error:
        print("error", text, "->", error.msg, error.offset)
