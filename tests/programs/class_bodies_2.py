"""Class statements, continued: annotations, special names, __build_class__, failing bodies."""


def attempt(source, **names):
    names["__name__"] = "attempt"
    try:
        exec(source, names)
        return "fine"
    except Exception as error:
        tb = error.__traceback__
        while tb.tb_next:
            tb = tb.tb_next
        return f"{type(error).__name__}: {error} (in {tb.tb_frame.f_code.co_name}, line {tb.tb_lineno})"


class Annotated:
    a: int
    b: str = "x"
    (d): int = 1
    self_ref: "Annotated"
    __private: float = 2.5
    list_item: list[int] | None = None


print(Annotated.__annotations__, hasattr(Annotated, "a"), Annotated.b, Annotated.d)
for source in ("class C:\n  x = 1\n  y = undefined", "class C(undefined): pass", "class C:\n  raise ValueError('in body')", "class C(int, 5): pass", "class C(1 + 1): pass", "class C(metaclass=undefined): pass", "class C(metaclass=lambda *a, **k: 5): pass\nassert C == 5",
               "class C(x=1): pass", "class C(*[int], **{'metaclass': type}): pass", "class C(*5): pass", "class C(**5): pass", "class C(metaclass=type, metaclass=type): pass", "class C(int, int): pass", "class C:\n  def f(self): return 1/0\nC().f()", "class C:\n  x = C", "class C:\n  def __init_subclass__(cls): raise TypeError('no subclasses')\nclass D(C): pass",
               "class C:\n  __slots__ = ('a',)\n  a = 1", "class C:\n  __qualname__ = 5", "class C:\n  __qualname__ = 'Other.Name'\nassert C.__qualname__ == 'Other.Name'", "class C:\n  __doc__ = 'd'\nassert C.__doc__ == 'd'", "class C:\n  __module__ = 'm'\nassert repr(C) == \"<class 'm.C'>\"", "class C:\n  __class__ = 5\nassert C().__class__ == 5", "class C:\n  __dict__ = 5\nassert C().__dict__ == 5",
               "class C:\n  __new__ = 5\nC()", "class C:\n  __init__ = None\nC()", "class C:\n  __eq__ = None\nC() == 1", "class C:\n  __bool__ = None\nbool(C())", "class C:\n  def __init__(self): yield 1\nC()", "class C:\n  def __new__(cls): return 5\nassert C() == 5", "class C:\n  def __new__(): pass\nC()", "class C:\n  async def __init__(self): pass\nC()",
               "class C:\n  def __set_name__(self, o, n): raise KeyError(n)\nclass D:\n  attr = C()", "class C:\n  def __getattribute__(self, n): raise LookupError(n)\nC().x", "class A: pass\nclass B(A): pass\nclass C(A, B): pass", "class C(type(None)): pass", "class C(type(...)): pass", "class C(range): pass", "class C(type(len)): pass", "class C(slice): pass", "class C(memoryview): pass", "class C(type(lambda: 0)): pass", "class C(bool): pass"):
    print(repr(source), "->", attempt(source))
calls = []
real = __build_class__


def build(function, name, *bases, **kwargs):
    calls.append((name, [b.__name__ for b in bases], kwargs))
    return real(function, name, *bases, **kwargs)


namespace = {"__builtins__": {**vars(__builtins__), "__build_class__": build}, "__name__": "x"}
exec("class A: pass\nclass B(A, int): y = 1\n", namespace)
print(calls, namespace["B"].y)
for args in ((), (5, "x"), (lambda: None, 5), (lambda: None, "Made"), (lambda x: None, "Made"), (len, "x"), (lambda: None,), (lambda: None, "M", 5)):
    try:
        print(real(*args).__name__)
    except Exception as error:
        print(type(error).__name__, error)


def factory(n):
    class Local:
        number = n

        def get(self): return n, self.number, __class__.__qualname__

        def set(self):
            nonlocal n
            n += 1
            return n
    return Local


A, B = factory(1), factory(10)
print(A().get(), A().set(), A().get(), B().get(), A is not B, A.__qualname__, A.__name__, type(A()).__module__)


class Ops:
    registry = {}

    def register(name, registry=registry):
        def apply(f):
            registry[name] = f
            return f
        return apply

    @register("one")
    def first(self): return 1

    @register("two")
    def second(self): return 2
    del register


print(sorted(Ops.registry), Ops.registry["two"](None), hasattr(Ops, "register"), [n for n in vars(Ops) if not n.startswith("__")])
print(type("Dyn", (Ops,), {"first": lambda self: 100, "__doc__": "made"})().first(), type("D2", (), dict(x=1)).x, type("E", (int,), {})(5) + 1, type("日本", (), {}).__name__)
