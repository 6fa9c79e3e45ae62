"""partial, reduce, lru_cache, total_ordering, singledispatch, cached_property, wraps: by hand."""


class partial:
    def __new__(cls, f, *args, **kw):
        if isinstance(f, partial):
            args, kw, f = f.args + args, {**f.keywords, **kw}, f.func
        self = super().__new__(cls)
        self.func, self.args, self.keywords = f, args, kw
        return self
    def __call__(self, *args, **kw): return self.func(*self.args, *args, **{**self.keywords, **kw})
    def __repr__(self): return f"partial({', '.join([self.func.__name__, *map(repr, self.args), *(f'{k}={v!r}' for k, v in self.keywords.items())])})"


def reduce(f, items, *initial):
    it = iter(items)
    if initial: (total,) = initial
    else:
        try: total = next(it)
        except StopIteration: raise TypeError("reduce of nothing") from None
    for x in it: total = f(total, x)
    return total


def singledispatch(default):
    table = {object: default}
    def register(cls, f=None):
        if f is None: return lambda f: register(cls, f)
        table[cls] = f
        return f
    def dispatch(cls): return next(table[c] for c in cls.__mro__ if c in table)
    def wrapper(x, *args, **kw): return dispatch(type(x))(x, *args, **kw)
    wrapper.register, wrapper.dispatch, wrapper.registry = register, dispatch, table
    return wrapper


@singledispatch
def describe(x, depth=0): return f"object {x!r}"
@describe.register(int)
def _(x, depth=0): return f"int {x}"
@describe.register(list)
def _(x, depth=0): return f"list[{', '.join(describe(i, depth + 1) for i in x)}]@{depth}"
describe.register(str, lambda x, depth=0: f"text {x}")
class MyInt(int): pass
class MyList(list): pass
@describe.register(MyList)
def _(x, depth=0): return "mine:" + describe.dispatch(list)(x, depth)


print(describe(5), describe("a"), describe([1, [None, "b"]]), describe(MyInt(3)), describe(True), describe(MyList([1])), describe(2.5), sorted(c.__name__ for c in describe.registry))
p = partial(pow, 2)
print(p(5), partial(p, 3)(), partial(p, 3), partial(int, base=2)("101"), partial(int, base=2)("z", base=36), partial(print, "a", sep="-")("b"), p.func is pow)
print(reduce(lambda a, b: a * b, range(1, 6)), reduce(lambda a, b: b + a, "abc"), reduce(max, [3, 9, 2], 5), reduce(None, [], 7))
try:
    reduce(max, [])
except TypeError as error:
    print(error, error.__cause__)


class Meta(type):
    """Gives a class what total ordering lacks."""
    def __init__(cls, name, bases, ns):
        super().__init__(name, bases, ns)
        if "__lt__" in ns:
            cls.__gt__ = lambda a, b: b < a
            cls.__le__ = lambda a, b: not b < a
            cls.__ge__ = lambda a, b: not a < b


class Money(metaclass=Meta):
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n < (o.n if isinstance(o, Money) else o)
    def __repr__(self): return f"${self.n}"


m = [Money(3), Money(1), Money(2)]
print(sorted(m), max(m), min(m), m[0] > m[1], m[0] <= m[1], m[0] >= Money(3), m[0] < 2, 5 > m[0], 1 > m[0])


def cmp_to_key(cmp):
    class Key:
        __slots__ = ("x",)
        def __init__(self, x): self.x = x
        def __lt__(self, o): return cmp(self.x, o.x) < 0
    return Key


print(sorted(["b", "aaa", "cc"], key=cmp_to_key(lambda a, b: len(a) - len(b))), sorted([3, 30, 34, 5, 9], key=cmp_to_key(lambda a, b: -1 if f"{a}{b}" > f"{b}{a}" else 1)))


class cached_property:
    def __init__(self, f): self.f = f
    def __set_name__(self, owner, name):
        if hasattr(self, "name"): raise TypeError(f"shared by {self.name} and {name}")
        self.name = name
    def __get__(self, obj, cls=None):
        if obj is None: return self
        print(f"(computing {self.name})", end=" ")
        return obj.__dict__.setdefault(self.name, self.f(obj))


class Circle:
    def __init__(self, r): self.r = r
    @cached_property
    def area(self): return round(3.14159 * self.r ** 2, 3)
    perimeter = cached_property(lambda self: round(6.28318 * self.r, 3))


c = Circle(2)
print(c.area, c.area, c.perimeter, c.perimeter, vars(c))
c.r = 3
del c.area
print(c.area, c.perimeter)
try:
    class Shared:
        a = b = cached_property(lambda self: 1)
except RuntimeError as error:
    print(error, "<-", repr(error.__cause__))


class Overloaded:
    """Methods chosen by the number of arguments, collected by __prepare__."""
    class Space(dict):
        def __setitem__(self, key, value):
            if callable(value) and callable(old := self.get(key)) and not key.startswith("__"):
                value = getattr(old, "add", None) and old.add(value) or Overloads(old).add(value)
            super().__setitem__(key, value)
    class Meta(type):
        @classmethod
        def __prepare__(m, name, bases): return Overloaded.Space()
        def __new__(m, name, bases, ns): return super().__new__(m, name, bases, dict(ns))


class Overloads:
    def __init__(self, f): self.table = {f.__code__.co_argcount: f}
    def add(self, f): self.table[f.__code__.co_argcount] = f; return self
    def __get__(self, obj, cls): return lambda *args: self.table[len(args) + 1](obj, *args)
    def __call__(self): raise TypeError


class Draw(metaclass=Overloaded.Meta):
    def line(self): return "no arguments"
    def line(self, a): return f"one: {a}"
    def line(self, a, b): return f"two: {a} {b}"
    def single(self): return "single"


print(Draw().line(), Draw().line(1), Draw().line(1, 2), Draw().single())
compose = lambda *fs: reduce(lambda f, g: lambda *a: f(g(*a)), fs)
print(compose(str, abs, lambda a, b: a - b)(3, 10), reduce(lambda f, g: lambda x: g(f(x)), [lambda x: x + 1, lambda x: x * 2])(5), list(map(partial(map, str), [[1], [2]]))[0].__next__())
