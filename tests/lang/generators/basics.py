"""Generators: next, send, throw, close, return."""
def g():
    x = yield 1
    print("got", x)
    try:
        y = yield 2
    except ValueError as e:
        print("caught", e)
        y = yield 3
    finally:
        print("finally")
    return "done", y
a = g()
print(next(a))                          #> 1
print(a.send("hello"))                  #> got hello
#> 2
print(a.throw(ValueError("bad")))       #> caught bad
#> 3
a.send("last")                          #> finally
#! StopIteration: ('done', 'last')
next(a)                                 #! StopIteration
next(a, "default")
a.close()
b = g()
b.send(1)                               #! TypeError: can't send non-None value to a just-started generator
print(next(b), b.close())               #> 1 None
next(b)                                 #! StopIteration
b.throw(KeyError("k"))                  #! KeyError: 'k'
c = g()
c.throw(TypeError("early"))             #! TypeError: early
next(c)                                 #! StopIteration
def stubborn():
    try: yield 1
    except GeneratorExit: yield 2
s = stubborn()
next(s)
s.close()                               #! RuntimeError: generator ignored GeneratorExit
print(next(s, "ended"))                 #> ended
def stops():
    yield 1
    raise StopIteration("inside")
list(stops())                           #! RuntimeError: generator raised StopIteration
def returns():
    return 5
    yield
next(returns())                         #! StopIteration: 5
print(list(returns()), [*g.__code__.co_varnames])  #> [] ['x', 'y', 'e']
def reenter():
    yield next(me)
me = reenter()
next(me)                                #! ValueError: generator already executing
print(g.__name__, a.__name__, a.__qualname__, a.gi_running, a.gi_frame, a.gi_yieldfrom)  #> g g g False None None
e = g()
print(e.gi_frame.f_lineno, e.gi_code is g.__code__, e.gi_suspended)  #> 3 True False
next(e)
print(e.gi_suspended, e.gi_frame.f_locals)  #> True {}
e.throw(5)                              #! TypeError: exceptions must be classes or instances deriving from BaseException, not int
e.throw(ValueError)                     #! ValueError
f = g()
next(f)
f.throw(ValueError, "text")             #! ValueError: text
f.throw("x")                            #! TypeError: exceptions must be classes or instances deriving from BaseException, not str
f.send()                                #! TypeError: generator.send() takes exactly one argument (0 given)
gen = (x * x for x in range(4))
print(list(gen), list(gen), type(gen), gen.__name__)  #> [0, 1, 4, 9] [] <class 'generator'> <genexpr>
(x for x in 5)                          #! TypeError: 'int' object is not iterable
print(sum(x for x in range(5)), max((len(w) for w in ["a", "bbb"]), default=0))  #> 10 3
h = g()
next(h)
h.throw(StopIteration(3))               #! RuntimeError: generator raised StopIteration
h.throw(ValueError("x"), None, 5)       #! TypeError: throw() third argument must be a traceback object
