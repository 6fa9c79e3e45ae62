"""Lambdas and functions as values: defaults, composition, currying, attributes, introspection."""
compose = lambda *fs: (lambda x: x) if not fs else lambda x: fs[0](compose(*fs[1:])(x))
curry = lambda f, n: (lambda x: curry(lambda *rest: f(x, *rest), n - 1)) if n > 1 else f
flip = lambda f: lambda a, b: f(b, a)
fix = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(compose(str, abs, int)("-5"), curry(lambda a, b, c: (a, b, c), 3)(1)(2)(3), flip(pow)(2, 3), fix(lambda me: lambda n: 1 if n < 2 else n * me(n - 1))(10))
adders = [lambda x, n=n: x + n for n in range(4)]
late = [lambda x: x + n for n in range(4)]
print([f(10) for f in adders], [f(10) for f in late], [f.__defaults__ for f in adders])
f = lambda a, b=2, /, c=3, *args, d, e=5, **kw: (a, b, c, args, d, e, kw)
print(f(1, d=4), f(1, 2, 3, 4, d=5, z=6), f.__name__, f.__qualname__, f.__defaults__, f.__kwdefaults__, f.__code__.co_varnames, f.__code__.co_posonlyargcount)
print((lambda: (yield))().__next__(), (lambda *, k=1: k)(), (lambda *a: a)(*"ab"), (lambda **k: k)(x=1), (lambda: None)(), (lambda x=(lambda: 5)(): x)())


def default_order(a=print("default a evaluated"), b=print("default b evaluated"), *, c=print("default c evaluated")): return a, b, c


def annotated(a: print("annotation a"), b: "text" = print("default b") or 7) -> print("annotation return"): return b


print(annotated(1), annotated.__annotations__)


def mutable(item, bucket=[], seen={}):
    bucket.append(item)
    seen[item] = len(bucket)
    return bucket, seen


mutable(1)
print(mutable(2), mutable(3, []), mutable.__defaults__)
mutable.__defaults__ = (["reset"], {})
print(mutable(4))


def documented():
    "A docstring."
    return documented.calls


documented.calls = 3
print(documented(), documented.__doc__, documented.__dict__, documented.__module__, documented.__type_params__ if hasattr(documented, "__type_params__") else "3.11", documented.__get__(5)  .__self__)
documented.__doc__ = None
del documented.calls
try:
    documented()
except AttributeError as error:
    print(error)


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def plain(a, b=1): return a + b


print(attempt(lambda: setattr(plain, "__code__", None)), attempt(lambda: setattr(plain, "__defaults__", [1])), attempt(lambda: setattr(plain, "__kwdefaults__", 1)), attempt(lambda: setattr(plain, "__name__", b"x")), attempt(lambda: setattr(plain, "__globals__", {})), attempt(lambda: setattr(plain, "__closure__", ())), attempt(lambda: delattr(plain, "__code__")), attempt(lambda: setattr(plain, "__annotations__", 5)), attempt(lambda: setattr(plain, "__dict__", None)), sep="\n")
plain.__defaults__ = (100,)
print(plain(1), attempt(lambda: plain()))
plain.__code__ = (lambda a, b: a * b).__code__
print(plain(2), plain(2, 5), plain.__name__, plain.__code__.co_name)
del plain.__defaults__
print(attempt(lambda: plain(2)), plain.__defaults__)
plain.__annotations__ = {"a": int}
print(plain.__annotations__, plain.__builtins__ is not None, type(plain), attempt(lambda: type(plain)()), callable(plain))
table = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "neg": lambda a: -a}
print({k: attempt(lambda: f(5, 3)) for k, f in table.items()})
print(sorted([(2, "b"), (1, "z"), (2, "a")], key=lambda p: (p[0], -ord(p[1]))), list(map(lambda p: p[0] * p[1], zip([1, 2], [3, 4]))), list(filter(lambda s: s and s[0] == "a", ["a", "", "b", "ab"])), max({"x": 3, "y": 7}.items(), key=lambda kv: kv[1]))
print((lambda s: s.join(["<", ">"]))("mid"), (lambda n: n and (lambda m: m - 1)(n))(5), [(lambda i: lambda: i)(i)() for i in range(3)], (lambda x: (lambda y: x * y))(6)(7), (lambda *_, **__: (_, __))(1, a=2))
ternary = lambda n: "neg" if n < 0 else "zero" if not n else "pos"
print([ternary(n) for n in (-1, 0, 1)], (lambda: (x := 5, x + 1))(), (lambda: [y for y in range(3)])(), (lambda a: lambda b: lambda c: a + b + c)(1)(2)(3))
class Holder:
    method = lambda self, n=1: (type(self).__name__, n)
    static = staticmethod(lambda n: n)
    prop = property(lambda self: "prop")
print(Holder().method(), Holder().method(5), Holder.static(1), Holder().prop, Holder.method.__qualname__)
