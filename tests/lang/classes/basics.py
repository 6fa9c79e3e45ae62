"""Classes: attributes, bases, names, creation."""
class A:
    """Doc of A."""
    x = 1
    def __init__(self, y): self.y = y
    def method(self): return self.x + self.y
a = A(2)
print(a.x, a.y, a.method(), A.__doc__, A.__name__, A.__qualname__, A.__module__, A.__bases__, A.__mro__)
#> 1 2 3 Doc of A. A A __main__ (<class 'object'>,) (<class '__main__.A'>, <class 'object'>)
print(a.__dict__, sorted(k for k in A.__dict__), type(a) is A, isinstance(a, A), issubclass(A, object))
#> {'y': 2} ['__dict__', '__doc__', '__init__', '__module__', '__weakref__', 'method', 'x'] True True True
a.x = 5
print(a.x, A.x)                         #> 5 1
del a.x
print(a.x)                              #> 1
del a.x                                 #! AttributeError: 'A' object has no attribute 'x'
a.z                                     #! AttributeError: 'A' object has no attribute 'z'
A.z                                     #! AttributeError: type object 'A' has no attribute 'z'
del A.zz                                #! AttributeError: type object 'A' has no attribute 'zz'
A()                                     #! TypeError: A.__init__() missing 1 required positional argument: 'y'
A(1, 2)                                 #! TypeError: A.__init__() takes 2 positional arguments but 3 were given
a.method.__func__ is A.method
print(a.method.__self__ is a, a.method.__name__, a.method == a.method, a.method is a.method, A.method.__qualname__)
#> True method True False A.method
a.method.foo = 1                        #! AttributeError: 'method' object has no attribute 'foo'
class B(A): pass
class C(B):
    def method(self): return super().method() * 10
print(C(2).method(), C.__base__, [k.__name__ for k in C.mro()], B.__subclasses__())
#> 30 <class '__main__.B'> ['C', 'B', 'A', 'object'] [<class '__main__.C'>]
class D(5): pass                        #! TypeError: int() takes at most 2 arguments (3 given)
class E(A, A): pass                     #! TypeError: duplicate base class A
class F(object, A): pass                #! TypeError: Cannot create a consistent method resolution\norder (MRO) for bases object, A
class G(int, str): pass                 #! TypeError: multiple bases have instance lay-out conflict
class H(bool): pass                     #! TypeError: type 'bool' is not an acceptable base type
class X(A, B): pass                     #! TypeError: Cannot create a consistent method resolution\norder (MRO) for bases A, B
class Y(None): pass                     #! TypeError: NoneType takes no arguments
class Z("text"): pass                   #! TypeError: str() argument 'encoding' must be str, not tuple
class Bad(a): pass                      #! TypeError: A.__init__() takes 2 positional arguments but 4 were given
print(A.__dict__["x"])                  #> 1
A.__dict__["x"] = 3                     #! TypeError: 'mappingproxy' object does not support item assignment
A.__name__ = "Renamed"
print(A, A.__qualname__)                #> <class '__main__.A'> A
A.__name__ = 5                          #! TypeError: can only assign string to Renamed.__name__, not 'int'
A.__bases__ = ()                        #! TypeError: can only assign non-empty tuple to Renamed.__bases__, not ()
C.__bases__ = (A,)
print(C.__mro__ == (C, A, object))      #> True
int.x = 1                               #! TypeError: cannot set 'x' attribute of immutable type 'int'
int.__name__ = "x"                      #! TypeError: cannot set '__name__' attribute of immutable type 'int'
a.__class__ = B
print(type(a).__name__)                 #> B
a.__class__ = int                       #! TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses
a.__class__ = 5                         #! TypeError: __class__ must be set to a class, not 'int' object
a.__dict__ = {"y": 100}
print(a.y)                              #> 100
a.__dict__ = 5                          #! TypeError: __dict__ must be set to a dictionary, not a 'int'
object().x = 1                          #! AttributeError: 'object' object has no attribute 'x'
print(object().__class__, object.__doc__ is not None, type(type), type.__mro__)
#> <class 'object'> True <class 'type'> (<class 'type'>, <class 'object'>)
class K(metaclass=5): pass              #! TypeError: 'int' object is not callable
class L(foo=1): pass                    #! TypeError: L.__init_subclass__() takes no keyword arguments
class M(A, **{"bar": 1}): pass          #! TypeError: M.__init_subclass__() takes no keyword arguments
print(type("Dyn", (A,), {"v": 7})(1).v, type("N", (), {}).__name__)  #> 7 N
type("N")
type("N", 1, 2)                         #! TypeError: type.__new__() argument 2 must be tuple, not int
type(1, (), {})                         #! TypeError: type.__new__() argument 1 must be str, not int
type("a\0b", (), {})                    #! ValueError: type name must not contain null characters
type("N", (), {1: 2})
