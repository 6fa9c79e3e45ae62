"""compile() in its three modes, its flags and its arguments; eval and exec with them."""


def attempt(function, *args, **kwargs):
    try:
        result = function(*args, **kwargs)
        return result if not hasattr(result, "co_code") else f"code {result.co_name} {result.co_filename}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for mode in ("exec", "eval", "single", "other"):
    for source in ("1 + 1", "x = 1", "", "\n", "# comment", "a; b", "if 1: pass", "if 1:\n  pass\n", "def f(): pass", "1\n2\n", "(yield)", "*a", "a,", " 1", "\t1 ", "x := 1", "lambda: 0", "return"):
        print(mode, repr(source), attempt(compile, source, "f.py", mode))
print(attempt(compile, 5, "f", "exec"), attempt(compile, "1", 5, "exec"), attempt(compile, "1", "f"), attempt(compile, "1", "f", "exec", flags=1 << 30), attempt(compile, "1", "f", "exec", 0, False, 5))
print(attempt(compile, b"x = '\xc3\xa9'", "f", "exec"), attempt(compile, b"x = '\xff'", "f", "exec"), attempt(compile, b"# coding: latin-1\nx = '\xff'", "f", "exec"), attempt(compile, b"# coding: nope\n", "f", "exec"), attempt(compile, "a\0b", "f", "exec"))
ns = {}
exec(compile(b"\xef\xbb\xbfx = '\xc3\xa9'", "f", "exec"), ns)
exec(compile(b"# -*- coding: latin-1 -*-\ny = '\xe9'", "f", "exec"), ns)
print(ns["x"], ns["y"], ns["x"] == ns["y"])
exec(compile("5; 'text'; None; [1]", "s", "single"))
exec(compile("for i in 'ab': i\n", "s", "single"))
for optimize in (-1, 0, 1, 2):
    ns = {}
    exec(compile("'doc'\ndef f():\n  'doc f'\n  assert 0, 'asserted'\n  return __debug__\ntry: r = f()\nexcept AssertionError as e: r = repr(e)", "o", "exec", optimize=optimize), ns)
    print(optimize, ns["r"], ns["f"].__doc__, ns.get("__doc__"))
future = compile("from __future__ import annotations\ndef f(x: not_defined): pass", "f", "exec")
exec(future, ns)
print(ns["f"].__annotations__, future.co_flags & 0x1000000 != 0)
print(attempt(compile, "def f(x: undefined_here): pass\nf.__annotations__", "f", "exec", flags=0x1000000))
print(eval("x + y", {"x": 1}, {"y": 2}), eval("[x for x in 'ab']"), eval(" 1 + 2"), eval("__builtins__ is not None", {}), eval(compile("x", "e", "eval"), {"x": "X"}))
print(attempt(eval, "x", {}), attempt(eval, "x = 1"), attempt(eval, ""), attempt(eval, 5), attempt(eval, "1", 5), attempt(eval, "1", {}, 5), attempt(exec, "x", {}), attempt(exec, 5), attempt(exec, "1", [], {}))


class Names(dict):
    def __missing__(self, key):
        if key == "print": raise KeyError(key)
        return f"<{key}>"


print(eval("alpha + beta", {}, Names()))
names = Names()
exec("gamma = delta\nprint(gamma)", {}, names)
print(names)
g = {"__builtins__": {"len": lambda x: "my len"}}
print(eval("len('abc')", g), attempt(eval, "print", g), attempt(exec, "import sys", g), attempt(exec, "class C: pass", g))


def local_scope():
    a = 1
    exec("a = 2; b = 3")
    locals()["a"] = 5
    return a, sorted(locals()), attempt(eval, "b")


print(local_scope())
code = compile("total = sum(values)\n", "shared", "exec")
for values in ([1], [1, 2], []):
    space = {"values": values}
    exec(code, space)
    print(space["total"], "__builtins__" in space)


def with_free():
    x = 1
    def inner(): return x
    return inner


print(attempt(exec, with_free().__code__), attempt(eval, with_free().__code__))
exec(with_free().__code__, closure=with_free().__closure__)
print(attempt(exec, with_free().__code__, closure=()), attempt(exec, "1", closure=()))
