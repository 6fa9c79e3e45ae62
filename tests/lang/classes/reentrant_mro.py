"""A metaclass's mro() that meets the unfinished class; __bases__ and __class__ across kinds of classes."""
import types
class Extends(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ != "Inner":
            try:
                class Inner(cls): pass
            except TypeError as e: print(e)
        return type.mro(cls)
class A(metaclass=Extends): pass        #> Cannot extend an incomplete type 'A'
class Rebases(type):
    def mro(cls):
        if cls.__mro__ is None: cls.__bases__ += ()
        return type.mro(cls)
class B(metaclass=Rebases): pass        #! RecursionError: maximum recursion depth exceeded
print(B.__mro__[1], B.__bases__)        #! NameError: name 'B' is not defined
class Empty(type):
    def mro(cls): return ()
class C(metaclass=Empty): pass          #! TypeError: type MRO must not be empty
class MyModule(types.ModuleType): pass
m = types.ModuleType("m"); m.x = 1
m.__class__ = MyModule
print(type(m).__name__, m.x)            #> MyModule 1
m.__class__ = types.ModuleType
class J: __slots__ = ["a", "b"]
class Q(J): pass
class R(J): __slots__ = ["__dict__", "__weakref__"]
q = Q(); q.a = 1; q.z = 2
q.__class__ = R
print(type(q).__name__, q.a, q.z)       #> R 1 2
class Descriptor: pass
class Holder:
    x = Descriptor()
    def __init__(self): self.x = 1
def read(o): return o.x
h = Holder()
for i in range(2000): read(h)
Descriptor.__get__ = lambda *args: 2
Descriptor.__set__ = lambda *args: None
print(read(h))                          #> 2
class BadName:
    def __set_name__(self, owner, name): 1 / 0
try:
    class NotMade: attr = BadName()
except RuntimeError as e: print(e, repr(e.__cause__))
#> Error calling __set_name__ on 'BadName' instance 'attr' in 'NotMade' ZeroDivisionError('division by zero')
class E:
    @property
    def __eq__(self): raise AttributeError("no ==")
    @property
    def __repr__(self): raise AttributeError("no repr")
print(E() == E(), repr(E())[:20].endswith("E object"), list.__hash__, bytearray.__hash__)  #> False False None None
type.__new__(type)                      #! TypeError: type.__new__() takes exactly 3 arguments (0 given)
