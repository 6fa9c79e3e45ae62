"""Attributes of code objects, co_lines, co_positions, replace, and functions made from them."""
import sys
CodeType, FunctionType = type(sys._getframe().f_code), type(lambda: 0)


def sample(a, b=1, /, c=2, *args, d, e=5, **kwargs):
    """Doc."""
    local = a + b
    free = c

    def inner(x):
        nonlocal free
        free += x
        return [free, d]
    for i in args:
        local += i if i > 3 else kwargs.get("k", 0)
    return inner, local


code = sample.__code__
for name in sorted(n for n in dir(code) if n.startswith("co_")):
    value = getattr(code, name)
    if name in ("co_lines", "co_positions", "co_code", "co_lnotab", "co_linetable", "co_exceptiontable"):
        continue
    if name == "co_consts":
        value = [c.co_name if isinstance(c, CodeType) else c for c in value]
    print(name, value)
print([(start, end, line - code.co_firstlineno if line else line) for start, end, line in code.co_lines()][:8])
base = code.co_firstlineno
print([(l - base, el - base, c, ec) for l, el, c, ec in code.co_positions() if l is not None][:12])
print(len(code.co_code) % 2, len(code.co_code), code.co_code[:2].hex(), len(list(code.co_positions())) * 2 == len(code.co_code))


def lines_of(code):
    return sorted({line - code.co_firstlineno for _, _, line in code.co_lines() if line})


def looped(n):
    total = 0
    while n:
        try:
            total += 1 / (n
                          - 3)
        except ZeroDivisionError:
            total = -1
        finally:
            n -= 1
    else:
        total += 1
    return total


print(lines_of(looped.__code__), looped(5), looped.__code__.co_stacksize > 2, bool(looped.__code__.co_exceptiontable))


def flags(f):
    names = {1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR", 128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR"}
    return [name for bit, name in names.items() if f.__code__.co_flags & bit]


def gen(): yield
async def coro(): pass
async def agen(): yield
def plain(): return lambda: 0
def star(*a, **k): pass


for f in (gen, coro, agen, plain, plain(), star, sample):
    print(f.__name__, flags(f))
print(compile("x=1", "m", "exec").co_flags, compile("x", "m", "eval").co_flags, compile("[i for i in x]", "m", "eval").co_consts[0].co_qualname)


class Outer:
    class Inner:
        def method(self):
            def local(): return [lambda: 0 for _ in "a"]
            return local


f = Outer.Inner().method()
print(f.__qualname__, f()[0].__qualname__, f.__code__.co_qualname, Outer.Inner.__qualname__, Outer.Inner.method.__code__.co_name)
renamed = code.replace(co_name="other", co_firstlineno=1000)
print(renamed.co_name, renamed.co_firstlineno, renamed == code, code == code.replace(), hash(code) == hash(code.replace()))
add = (lambda a, b: a + b).__code__
print(add == (lambda a, b: a + b).__code__, FunctionType(add, {})(2, 3), FunctionType(add, {}, "named", (10,))(1), FunctionType(add, {}, "named").__name__)
counter = FunctionType((lambda: (lambda: n)).__code__, {"n": 7})()
print(counter())


def cells():
    n = 5
    return lambda: n


print(FunctionType(cells().__code__, {}, "made", None, (type(cells().__closure__[0])(42),))())
for action in (lambda: FunctionType(cells().__code__, {}), lambda: FunctionType(add, 5), lambda: FunctionType(5, {}), lambda: FunctionType(add, {}, "n", 5), lambda: FunctionType(add, {}, 5), lambda: FunctionType(add, {}, "n", (), (1,)),
               lambda: code.replace(co_argcount="x"), lambda: code.replace(nope=1), lambda: setattr(code, "co_name", "x"), lambda: CodeType(), lambda: code.replace(co_varnames=(1,)), lambda: code.replace(co_nlocals=99)):
    try:
        action()
        print("no error")
    except Exception as error:
        print(type(error).__name__, error)
print(code.co_varnames[:code.co_nlocals] == code.co_varnames, sample(1, c=9, d=3)[0](4), sample(1, 2, 3, 4, 5, d=0, k=7)[1])
print(repr(code).startswith("<code object sample at 0x"), repr(code).endswith(f'code_objects.py", line {base}>'))
