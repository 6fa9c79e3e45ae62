"""global and nonlocal: what the compiler refuses."""
for source in ("def f():\n x = 1\n global x", "def f(x):\n global x", "nonlocal x", "def f():\n nonlocal x", "def f():\n x = 1\n def g():\n  nonlocal x, y",
               "def f():\n print(x)\n global x", "def f():\n global x\n nonlocal x", "def f():\n def g():\n  x = 2\n  nonlocal x\n x = 1", "def f():\n x: int = 1\n global x",
               "def f(x):\n nonlocal x", "def f():\n global x\n x: int = 5", "class C:\n nonlocal q", "def f():\n x=1\n class C:\n  nonlocal x\n  x = 2\n return x\nprint(f())",
               "global g\ng = 5\nprint(g)", "def f(a, a): pass", "def f():\n import x\n global x", "lambda a, a: 1", "def f(a, *a): pass", "def f(*, a, **a): pass"):
    try: exec(source, {"print": print})
    except SyntaxError as e: print(repr(source), "->", e.msg, e.lineno, e.offset)
#> 'def f():\n x = 1\n global x' -> name 'x' is assigned to before global declaration 3 2
#> 'def f(x):\n global x' -> name 'x' is parameter and global 2 2
#> 'nonlocal x' -> nonlocal declaration not allowed at module level 1 1
#> 'def f():\n nonlocal x' -> no binding for nonlocal 'x' found 2 2
#> 'def f():\n x = 1\n def g():\n  nonlocal x, y' -> no binding for nonlocal 'y' found 4 3
#> 'def f():\n print(x)\n global x' -> name 'x' is used prior to global declaration 3 2
#> 'def f():\n global x\n nonlocal x' -> name 'x' is nonlocal and global 2 2
#> 'def f():\n def g():\n  x = 2\n  nonlocal x\n x = 1' -> name 'x' is assigned to before nonlocal declaration 4 3
#> 'def f():\n x: int = 1\n global x' -> annotated name 'x' can't be global 3 2
#> 'def f(x):\n nonlocal x' -> name 'x' is parameter and nonlocal 2 2
#> 'def f():\n global x\n x: int = 5' -> annotated name 'x' can't be global 3 2
#> 'class C:\n nonlocal q' -> no binding for nonlocal 'q' found 2 2
#> 2
#> 5
#> 'def f(a, a): pass' -> duplicate argument 'a' in function definition 1 10
#> 'lambda a, a: 1' -> duplicate argument 'a' in function definition 1 11
#> 'def f(a, *a): pass' -> duplicate argument 'a' in function definition 1 11
#> 'def f(*, a, **a): pass' -> duplicate argument 'a' in function definition 1 15
