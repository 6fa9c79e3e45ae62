"""Default values: evaluated once, shared, replaceable."""
def f(x, seen=[]):
    seen.append(x)
    return seen
print(f(1), f(2), f.__defaults__)       #> [1, 2] [1, 2] ([1, 2],)
f.__defaults__ = ([9],)
print(f(3))                             #> [9, 3]
f.__defaults__ = None
f(1)                                    #! TypeError: f() missing 1 required positional argument: 'seen'
f.__defaults__ = 5                      #! TypeError: __defaults__ must be set to a tuple object
def g(*, a=1, b): return a, b
print(g.__kwdefaults__, g(b=2))         #> {'a': 1} (1, 2)
g.__kwdefaults__ = {"b": 5, "a": 6}
print(g())                              #> (6, 5)
g.__kwdefaults__ = 5                    #! TypeError: __kwdefaults__ must be set to a dict object
n = 1
def h(x=n): return x
n = 2
print(h())                              #> 1
fs = [lambda x=i: x for i in range(3)]
print([q() for q in fs])                #> [0, 1, 2]
late = [lambda: i for i in range(3)]
print([q() for q in late])              #> [2, 2, 2]
def k(a, b=1, *args, c, d=4, **kw): pass
print(k.__code__.co_argcount, k.__code__.co_kwonlyargcount, k.__code__.co_varnames, k.__defaults__, k.__kwdefaults__)
#> 2 2 ('a', 'b', 'c', 'd', 'args', 'kw') (1,) {'d': 4}
print(k.__name__, k.__qualname__, k.__module__, k.__doc__, k.__annotations__, k.__dict__, k.__closure__)
#> k k __main__ None {} {} None
def ann(a: int, *b: "str", c: 1 + 1 = 5) -> None: "doc"
print(ann.__annotations__, ann.__doc__) #> {'a': <class 'int'>, 'b': 'str', 'c': 2, 'return': None} doc
k.__name__ = "renamed"
k.__qualname__ = "Q.renamed"
k.attr = 1
print(k.attr, k.__dict__, k.__name__)   #> 1 {'attr': 1} renamed
k.__name__ = 5                          #! TypeError: __name__ must be set to a string object
k.__code__ = 5                          #! TypeError: __code__ must be set to a code object
k.__dict__ = 5                          #! TypeError: __dict__ must be set to a dictionary, not a 'int'
k.__globals__ = {}                      #! AttributeError: readonly attribute
del k.attr
k.attr                                  #! AttributeError: 'function' object has no attribute 'attr'
def swap(): return 1
def other(): return 2
swap.__code__ = other.__code__
print(swap())                           #> 2
def cl():
    return n
def outer():
    v = 1
    def inner(): return v
    return inner
swap.__code__ = outer().__code__        #! ValueError: swap() requires a code object with 0 free vars, not 1
