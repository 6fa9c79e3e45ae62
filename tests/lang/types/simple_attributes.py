"""Attributes of built-in objects: functions, methods, modules, frames of names."""
def f(a, b=2, *, c: int = 3) -> str:
    "doc"
    return a
print(f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__annotations__, f.__module__, f.__closure__, f.__dict__)
#> f f doc (2,) {'c': 3} {'c': <class 'int'>, 'return': <class 'str'>} __main__ None {}
print(len.__name__, len.__qualname__, len.__module__, len.__self__.__name__, len.__text_signature__, [].append.__name__, [].append.__qualname__, [].append.__self__, "".join.__text_signature__)
#> len len builtins builtins ($module, obj, /) append list.append [] ($self, iterable, /)
len.x = 1                               #! AttributeError: 'builtin_function_or_method' object has no attribute 'x'
len.__name__ = "y"                      #! AttributeError: attribute '__name__' of 'builtin_function_or_method' objects is not writable
f.x = 5
print(f.x, f.__dict__)                  #> 5 {'x': 5}
class C:
    def m(self): "method doc"
c = C()
m = c.m
print(m.__name__, m.__self__ is c, m.__func__ is C.m, m.__doc__, m.__qualname__, m == c.m, hash(m) == hash(c.m), m.__module__)
#> m True True method doc C.m True True __main__
m.x = 1                                 #! AttributeError: 'method' object has no attribute 'x'
m.__self__ = 1                          #! AttributeError: readonly attribute
m.__func__.tag = 5
print(m.tag)                            #> 5
m.nothing                               #! AttributeError: 'function' object has no attribute 'nothing'
print(int.real, int.__add__, str.join, dict.fromkeys, C.m.__qualname__, type.__dict__["__name__"].__name__, int.__dict__["real"].__doc__)
#> <attribute 'real' of 'int' objects> <slot wrapper '__add__' of 'int' objects> <method 'join' of 'str' objects> <built-in method fromkeys of type object at 0xADDRESS> C.m __name__ the real part of a complex number
print(int.__add__.__name__, int.__add__.__objclass__, str.join.__objclass__, int.real.__objclass__, (5).__add__.__self__, (5).__add__.__name__, int.__add__.__text_signature__)
#> __add__ <class 'int'> <class 'str'> <class 'int'> 5 __add__ ($self, value, /)
int.real = 5                            #! TypeError: cannot set 'real' attribute of immutable type 'int'
print(type(C.__dict__), C.__dict__["m"].__name__)  #> <class 'mappingproxy'> m
C.__dict__["x"] = 5                     #! TypeError: 'mappingproxy' object does not support item assignment
import sys
print(sys.__name__, type(sys), repr(sys), sys.__spec__.name)  #> sys <class 'module'> <module 'sys' (built-in)> sys
sys.nothing                             #! AttributeError: module 'sys' has no attribute 'nothing'
del sys.nothing                         #! AttributeError: 'module' object has no attribute 'nothing'
g = (x for x in "a")
print(g.__name__, g.__qualname__, g.gi_code.co_name, g.gi_running, g.gi_yieldfrom)
#> <genexpr> <genexpr> <genexpr> False None
g.__name__ = "renamed"
print(g.__name__)                       #> renamed
g.gi_frame = 5                          #! AttributeError: attribute 'gi_frame' of 'generator' objects is not writable
print(slice(1, 2).start, range(5).stop, (1j).imag, (5).real, (2.5).real, memoryview(b"a").format, property(lambda s: 1).fget.__name__, staticmethod(f).__func__.__name__, classmethod(f).__wrapped__.__name__)
#> 1 5 1.0 5 2.5 B <lambda> f f
print(Exception("a").args, KeyError("k").__class__, StopIteration(5).value, ().__class__.__name__, (lambda: 0).__name__, type(f.__code__), f.__code__.co_name, f.__globals__ is globals(), f.__builtins__ is not None)
#> ('a',) <class 'KeyError'> 5 tuple <lambda> <class 'code'> f True True
super.__name__ = "x"                    #! TypeError: cannot set '__name__' attribute of immutable type 'super'
print(NotImplemented.__class__, Ellipsis.__class__, None.__class__, type(NotImplemented).__name__)
#> <class 'NotImplementedType'> <class 'ellipsis'> <class 'NoneType'> NotImplementedType
NotImplemented.x = 1                    #! AttributeError: 'NotImplementedType' object has no attribute 'x'
bool(NotImplemented) if False else print("skipped")  #> skipped
