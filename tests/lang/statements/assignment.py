"""Assignment: targets, order of evaluation, augmented, annotated, walrus, del."""
log = []
def n(x): log.append(x); return x
d = {}
d[n("key")] = n("value")
print(log)                              #> ['value', 'key']
log.clear()
l = [0, 0]
l[n(0)], l[n(1)] = n("a"), n("b")
print(log, l)                           #> ['a', 'b', 0, 1] ['a', 'b']
log.clear()
n({"a": 1})[n("a")] += n(5)
print(log)                              #> [{'a': 6}, 'a', 5]
a = b = c = []
a.append(1)
print(b, c is a)                        #> [1] True
i = 0
i, l[i] = 1, "x"
print(i, l)                             #> 1 ['a', 'x']
x: int = 5
y: "unknown"
y                                       #! NameError: name 'y' is not defined
print(__annotations__)                  #> {'x': <class 'int'>, 'y': 'unknown'}
(z): int = 3
l[0]: str = "annotated item"
print(l, sorted(__annotations__))       #> ['annotated item', 'x'] ['x', 'y']
class K:
    a: int = 1
    b: "str"
    __c: float
print(K.__annotations__)                #> {'a': <class 'int'>, 'b': 'str', '_K__c': <class 'float'>}
def f():
    v: undefined_type = 1
    return v
print(f())                              #> 1
w: undefined_type = 1                   #! NameError: name 'undefined_type' is not defined
t = ([1],)
t[0] += [2]                             #! TypeError: 'tuple' object does not support item assignment
print(t)                                #> ([1, 2],)
print((q := 5) + q, [r := 1, r + 1], (s := 1, 2), s)  #> 10 [1, 2] (1, 2) 1
if (m := "abc".find("c")) > 0: print(m) #> 2
del q
q                                       #! NameError: name 'q' is not defined
del (a, b), [c]
a                                       #! NameError: name 'a' is not defined
del l[0], d["key"]
print(l, d)                             #> ['x'] {}
a = 1; a += a; a -= 5; a *= -3; a //= 2; a **= 2; a %= 7
print(a)                                #> 2
5 .x = 1                                #! AttributeError: 'int' object has no attribute 'x'
for source in ("1 = x", "f() = 1", "a + b = 1", "x = 1 = y", "None = 1", "a, 1 = b", "[a, f()] = 1", "*a = 1", "*a, *b = c", "(a) += 1", "(a, b) += 1", "f() += 1", "a: int: str", "(a, b): int", "[a]: int", "a = b: int", "x := 1", "(x.y := 1)", "(x[0] := 1)", "del f()", "del 1", "del *a", "del a + b", "lambda: x = 1", "a if b else c = 1", "f'{x}' = 1", "'s' = 1", "... = 1", "True = 1", "__debug__ = 1", "a < b = 1", "not a = 1", "-a = 1", "{} = 1", "yield = 1", "(yield) = 1", "await x = 1", "for 1 in x: pass", "with a as 1: pass", "import a.b as c.d", "a = *b", "print(*a, b := 1)", "f(a.b=1)", "f(1=2)", "f(True=1)", "f(a=1, a=2)", "def f(None): pass", "x = yield = 1", "del ()", "() = ()", "[] = []", "(a, *b) = 1, 2", "a, = 1,"):
    try: compile(source, "s", "exec"); print("ok   ", source)
    except SyntaxError as e: print("error", source, "->", e.msg, (e.lineno, e.offset, e.end_offset))
#> error 1 = x -> cannot assign to literal here. Maybe you meant '==' instead of '='? (1, 1, 2)
#> error f() = 1 -> cannot assign to function call here. Maybe you meant '==' instead of '='? (1, 1, 4)
#> error a + b = 1 -> cannot assign to expression here. Maybe you meant '==' instead of '='? (1, 1, 6)
#> error x = 1 = y -> cannot assign to literal (1, 5, 6)
#> error None = 1 -> cannot assign to None (1, 1, 5)
#> error a, 1 = b -> cannot assign to literal here. Maybe you meant '==' instead of '='? (1, 4, 5)
#> error [a, f()] = 1 -> cannot assign to function call (1, 5, 8)
#> error *a = 1 -> starred assignment target must be in a list or tuple (1, 1, 3)
#> error *a, *b = c -> multiple starred expressions in assignment (1, 1, 7)
#> ok    (a) += 1
#> error (a, b) += 1 -> 'tuple' is an illegal expression for augmented assignment (1, 1, 7)
#> error f() += 1 -> 'function call' is an illegal expression for augmented assignment (1, 1, 4)
#> error a: int: str -> invalid syntax (1, 7, 8)
#> error (a, b): int -> only single target (not tuple) can be annotated (1, 1, 7)
#> error [a]: int -> only single target (not list) can be annotated (1, 1, 4)
#> error a = b: int -> invalid syntax (1, 6, 7)
#> error x := 1 -> invalid syntax (1, 3, 5)
#> error (x.y := 1) -> cannot use assignment expressions with attribute (1, 2, 5)
#> error (x[0] := 1) -> cannot use assignment expressions with subscript (1, 2, 6)
#> error del f() -> cannot delete function call (1, 5, 8)
#> error del 1 -> cannot delete literal (1, 5, 6)
#> error del *a -> cannot delete starred (1, 5, 7)
#> error del a + b -> cannot delete expression (1, 5, 10)
#> error lambda: x = 1 -> cannot assign to lambda (1, 1, 10)
#> error a if b else c = 1 -> cannot assign to conditional expression (1, 1, 14)
#> error f'{x}' = 1 -> cannot assign to f-string expression here. Maybe you meant '==' instead of '='? (1, 1, 7)
#> error 's' = 1 -> cannot assign to literal here. Maybe you meant '==' instead of '='? (1, 1, 4)
#> error ... = 1 -> cannot assign to ellipsis here. Maybe you meant '==' instead of '='? (1, 1, 4)
#> error True = 1 -> cannot assign to True (1, 1, 5)
#> error __debug__ = 1 -> cannot assign to __debug__ (1, 1, 10)
#> error a < b = 1 -> cannot assign to comparison (1, 1, 6)
#> error not a = 1 -> cannot assign to expression (1, 1, 6)
#> error -a = 1 -> cannot assign to expression here. Maybe you meant '==' instead of '='? (1, 1, 3)
#> error {} = 1 -> cannot assign to dict literal here. Maybe you meant '==' instead of '='? (1, 1, 3)
#> error yield = 1 -> assignment to yield expression not possible (1, 1, 6)
#> error (yield) = 1 -> cannot assign to yield expression here. Maybe you meant '==' instead of '='? (1, 2, 7)
#> error await x = 1 -> cannot assign to await expression here. Maybe you meant '==' instead of '='? (1, 1, 8)
#> error for 1 in x: pass -> cannot assign to literal (1, 5, 6)
#> error with a as 1: pass -> cannot assign to literal (1, 11, 12)
#> error import a.b as c.d -> invalid syntax (1, 16, 17)
#> error a = *b -> can't use starred expression here (1, 5, 7)
#> ok    print(*a, b := 1)
#> error f(a.b=1) -> expression cannot contain assignment, perhaps you meant "=="? (1, 3, 7)
#> error f(1=2) -> expression cannot contain assignment, perhaps you meant "=="? (1, 3, 5)
#> error f(True=1) -> cannot assign to True (1, 3, 8)
#> error f(a=1, a=2) -> keyword argument repeated: a (1, 8, 11)
#> error def f(None): pass -> invalid syntax (1, 7, 11)
#> error x = yield = 1 -> assignment to yield expression not possible (1, 5, 10)
#> ok    del ()
#> ok    () = ()
#> ok    [] = []
#> ok    (a, *b) = 1, 2
#> ok    a, = 1,
