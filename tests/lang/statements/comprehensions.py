"""Comprehensions: scope, nesting, conditions, laziness."""
x = "outer"
print([x for x in range(3)], x)         #> [0, 1, 2] outer
print([(a, b) for a in range(3) for b in range(a)], [a for a in range(10) if a % 2 if a > 3])
#> [(1, 0), (2, 0), (2, 1)] [5, 7, 9]
print([[c for c in r] for r in ["ab", "cd"]], {k: v for k, v in zip("ab", (1, 2))}, {a % 3 for a in range(9)})
#> [['a', 'b'], ['c', 'd']] {'a': 1, 'b': 2} {0, 1, 2}
print([y := 5, y ** 2], y, [last := v for v in range(3)], last)  #> [5, 25] 5 [0, 1, 2] 2
print(any((hit := v) > 3 for v in [1, 5, 9]), hit)  #> True 5
def scope():
    n = 10
    return [n + i for i in range(2)], [lambda: i for i in range(3)][0](), [(lambda i=i: i)() for i in range(3)]
print(scope())                          #> ([10, 11], 2, [0, 1, 2])
class C:
    items = [1, 2]
    ok = [i for i in items]
class D:
    items, k = [1, 2], 5
    bad = [i + k for i in items]
#! NameError: name 'k' is not defined
gen = (i for i in undefined_thing)      #! NameError: name 'undefined_thing' is not defined
gen = (undefined_thing for i in [1])
next(gen)                               #! NameError: name 'undefined_thing' is not defined
print([i for i in range(5) if (lambda v: v > 2)(i)], [i for i in (j * 2 for j in range(3))])  #> [3, 4] [0, 2, 4]
print([*[1], *(2, 3)], {**{"a": 1}, "b": 2}, [a for a, *b in [(1, 2, 3)]], [b for a, *b in [(1, 2, 3)]])
#> [1, 2, 3] {'a': 1, 'b': 2} [1] [[2, 3]]
print({i: {j for j in range(i)} for i in range(3)}, [i if i else "zero" for i in range(2)])
#> {0: set(), 1: {0}, 2: {0, 1}} ['zero', 1]
[i for i in 5]                          #! TypeError: 'int' object is not iterable
[1 / i for i in (1, 0)]                 #! ZeroDivisionError: division by zero
[a for a in [1] for b in a]             #! TypeError: 'int' object is not iterable
i                                       #! NameError: name 'i' is not defined
for source in ("[x := 1 for x in y]", "[i for i in (j := range(3))]", "class C: [z := i for i in r]", "[(yield) for i in x]", "{*a: 1}", "{**a for a in b}", "[*a for a in b]", "[a, b for a in c]", "[for x in y]", "[x for x in]", "(x for x in y, 1)", "f(x for x in y, 1)", "f(1, x for x in y)", "[x async for x in y]", "{a: b, c}", "[x for 5 in y]", "[x for f() in y]"):
    try: compile(source, "s", "exec"); print("ok", source)
    except SyntaxError as e: print(source, "->", e.msg)
#> [x := 1 for x in y] -> assignment expression cannot rebind comprehension iteration variable 'x'
#> [i for i in (j := range(3))] -> assignment expression cannot be used in a comprehension iterable expression
#> class C: [z := i for i in r] -> assignment expression within a comprehension cannot be used in a class body
#> [(yield) for i in x] -> 'yield' inside list comprehension
#> {*a: 1} -> invalid syntax
#> {**a for a in b} -> dict unpacking cannot be used in dict comprehension
#> [*a for a in b] -> iterable unpacking cannot be used in comprehension
#> [a, b for a in c] -> did you forget parentheses around the comprehension target?
#> [for x in y] -> invalid syntax
#> [x for x in] -> invalid syntax
#> (x for x in y, 1) -> invalid syntax
#> f(x for x in y, 1) -> Generator expression must be parenthesized
#> f(1, x for x in y) -> Generator expression must be parenthesized
#> [x async for x in y] -> asynchronous comprehension outside of an asynchronous function
#> {a: b, c} -> ':' expected after dictionary key
#> [x for 5 in y] -> cannot assign to literal
#> [x for f() in y] -> cannot assign to function call
print(locals is not None, [k for k in "ab" if k in "b"], sum(i * i for i in range(10)))  #> True ['b'] 285
def gen_scope():
    v = 1
    g = (v for _ in range(3))
    v = 2
    return list(g)
print(gen_scope())                      #> [2, 2, 2]
