"""__context__: set when raised while handling, cleared after."""
def chain(e):
    out = []
    while e is not None:
        out.append(f"{type(e).__name__}({e})")
        e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)
    return " <- ".join(out)
def a():
    try: raise ValueError(1)
    except ValueError:
        try: raise KeyError(2)
        except KeyError:
            raise TypeError(3)
try: a()
except TypeError as e: print(chain(e))
#> TypeError(3) <- KeyError(2) <- ValueError(1)
def b():
    try:
        try: raise ValueError(1)
        finally: raise KeyError(2)
    finally: raise TypeError(3)
try: b()
except TypeError as e: print(chain(e))
#> TypeError(3) <- KeyError(2) <- ValueError(1)
def c():
    try: raise ValueError(1)
    except ValueError as e: saved = e
    try: raise saved
    except ValueError as e: return chain(e), e.__context__
print(c())                              #> ('ValueError(1)', None)
import sys
def d():
    print(sys.exc_info()[0])
    try: raise ValueError
    except ValueError:
        print(sys.exc_info()[0])
        try: raise KeyError
        except KeyError: print(sys.exc_info()[0])
        print(sys.exc_info()[0])
    print(sys.exc_info())
d()                                     #> None
#> <class 'ValueError'>
#> <class 'KeyError'>
#> <class 'ValueError'>
#> (None, None, None)
def gen():
    try: yield sys.exc_info()[0]
    except ValueError: yield sys.exc_info()[0]
    yield sys.exc_info()[0]
def in_handler():
    g = gen()
    try: raise OSError
    except OSError:
        print(next(g), g.throw(ValueError()), next(g), sys.exc_info()[0])
in_handler()                            #> <class 'OSError'> <class 'ValueError'> <class 'OSError'> <class 'OSError'>
def same():
    e = ValueError("self")
    try: raise e
    except ValueError:
        try: raise e
        except ValueError as again: print(again.__context__)
same()                                  #> None
def cycle():
    e1, e2 = ValueError(1), KeyError(2)
    try: raise e1
    except ValueError:
        try: raise e2
        except KeyError:
            try: raise e1
            except ValueError as e: print(repr(e), repr(e.__context__), e2.__context__)
cycle()                                 #> ValueError(1) KeyError(2) None
class CM:
    def __exit__(self, *a): raise KeyError("exit")
    def __enter__(self): pass
try:
    with CM(): raise ValueError("body")
except KeyError as e: print(chain(e))
#> KeyError('exit') <- ValueError(body)
def gen_ctx():
    try: yield
    finally: raise KeyError("in gen")
g = gen_ctx()
next(g)
try: g.throw(ValueError("thrown"))
except KeyError as e: print(chain(e))
#> KeyError('in gen') <- ValueError(thrown)
def exc_name(): return [n for n in sys.exc_info()]
print(exc_name(), sys.exception())      #> [None, None, None] None
