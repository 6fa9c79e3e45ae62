"""Every kind of syntax error: message, place and the text shown, through compile()."""
SOURCES = r'''
x = (1, 2
x = [1, 2)
x = 1)
print "hello"
exec "code"
if x = 1: pass
if x
while True print(1)
def f(
def f() return 1
def f(a=1, b): pass
def f(*): pass
def f(**k, a): pass
def f(a, /, b, /): pass
def f(*a, *b): pass
class C(: pass
class : pass
for x y: pass
for in y: pass
import
from x import
from x import (a, b
from . import *, a
import a as b.c
try: pass
return 1
yield 1
break
continue
x = yield
await x
async x
a b
a, b c
f(a b)
f(a for b in c, d)
f(**a, *b)
f(a=1, b)
f(**a, b)
{a: b, c}
{a, b: c}
{a: *b}
{**a: b}
[a for b]
x = 1 +
x = * 2
x == = y
1 = x
"a" = b
None = 1
f() = 1
a + 1 = 2
a += b += c
del f()
del 1
global x, 
assert
raise x from
with a as 1: pass
lambda x
lambda: (yield
not
x = not
x if y
x if y else
else: pass
elif x: pass
except: pass
finally: pass
@
@x
0777
0xg
0b2
0o8
1__0
1_
1.2.3
1e
12abc
"unclosed
'''.strip("\n").split("\n")
SOURCES += ['"""never closed\n\nat all', "x = '''a\nb", "f'{x", "f'{x!k}'", "'\\N{no such name}'", "'\\x1'", "'\\u12'", "'\\U0012345'", "b'é'", "b'\\x1'", "\\", "x = \\ 1", "a\\\nb c",
            "if x:\npass", "if x:\n  a\n b", "  x", "x\n  y", "if x:\n\ta\n        b", "def f():\n", "class C:\n", "if x:\n    pass\n  else:\n    pass", "for x in y:\n# comment only\n",
            "$x", "x?", "é$", "x = “text”", "a\x00b", "x = 5\u00a0+ 1", "(\n\n[", "(1\n2", "[1,\n2\n", "{1:2\n\nprint(3)\n", "def f(:\n  pass\n", "'a' b'c'", "a = {'x': 1, 'y' 2}", "x = [1 2]",
            "match x:\ncase 1: pass", "match x:\n  case 1: pass\n  else: pass", "match x:\n  case a.b(): pass\n  case 1 +: pass", "print(a, b c)", "foo(x, y for y in range(3) for z in x if z, p)",
            "a = 1 if 2 else 3 = 4", "from __future__ import nope", "x = 1\nfrom __future__ import annotations", "from __future__ import braces", "async def f():\n  [await x for x in y]\n  return\n\ndef g(): [await x for x in y]",
            "def f():\n  yield\n  return 1\n  break", "class C:\n  return 1", "(a, b): int = 1", "x: int, y: int", "*x", "print(*)", "f(*)", "f(**)", "a[*]", "a[1:2:3:4]", "a[", "(x for x in)", "((((((((((x", "try:\n  pass\nexcept* A:\n  pass\nexcept B:\n  pass",
            "try:\n pass\nx", "try:\n pass\nexcept A, B:\n pass", "try:\n pass\nexcept:\n pass\nexcept A:\n pass", "with (a, b) c: pass", "with a, b: c d", "while x: y z", "def f(x): return x y", "import a, b c", "nonlocal x", "def f():\n nonlocal x",
            "class C:\n def f(self): super(", "x = {1, 2", "f(a.b=1)", "f(True=1)", "f((a)=1)", "f(a := 1, b := 2, c=d := 3)", "a, b += 1", "(a := 1) = 2", "x = (y := 1, z =: 2)", "lambda a, a: 1", "def f(a, a): pass", "f(a=1, a=2)", "i = 0\nfor i in range(3):\n    print(i)\nelse\n    pass",
            "a and", "or a", "a not b", "a is", "x <> y", "x =! y", "x ! y", "x++", "++x--", "x = 1;; y = 2", ";", "def", "class", "pass pass", "None()=1", "if", "if True:\n  if False:\n    x\n   y", "\tx = 1\n        y = 2", "raise a, b", "print(1", "print(1))", "}", "]", ")", "a = 'b\nc'"]
for source in SOURCES:
    try:
        compile(source, "<test>", "exec")
    except SyntaxError as error:
        kind = type(error).__name__.removesuffix("Error")
        print(f"{source!r:<44.60} {kind}: {error.msg} {(error.lineno, error.offset, error.end_lineno, error.end_offset)} {error.text!r}")
    except ValueError as error:
        print(f"{source!r:<44.60} ValueError: {error}")
    else:
        print(f"{source!r:<44.60} compiles")
