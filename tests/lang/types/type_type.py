"""type: three arguments, attributes of classes, mro, subclasses."""
A = type("A", (), {"x": 1, "f": lambda self: self.x})
B = type("B", (A,), dict(y=2))
print(A, B, A().f(), B().y, B.__mro__, B.__base__, B.__bases__, A.__subclasses__(), type(A), A.__name__, A.__module__)
#> <class '__main__.A'> <class '__main__.B'> 1 2 (<class '__main__.B'>, <class '__main__.A'>, <class 'object'>) <class '__main__.A'> (<class '__main__.A'>,) [<class '__main__.B'>] <class 'type'> A __main__
print(B.mro(), A.__dict__["x"], "f" in A.__dict__, A.__doc__, A.__dictoffset__ != 0, A.__basicsize__ > 0, int.__basicsize__, int.__itemsize__, object.__basicsize__, A.__flags__ & 1 << 9 != 0)
#> [<class '__main__.B'>, <class '__main__.A'>, <class 'object'>] 1 True None True True 24 4 16 True
type()                                  #! TypeError: type() takes 1 or 3 arguments
type(1, 2)                              #! TypeError: type() takes 1 or 3 arguments
type("A", (), {}, 5)                    #! TypeError: type() takes 1 or 3 arguments
type("A", [], {})                       #! TypeError: type.__new__() argument 2 must be tuple, not list
type("A", (), [])                       #! TypeError: type.__new__() argument 3 must be dict, not list
type(5, (), {})                         #! TypeError: type.__new__() argument 1 must be str, not int
type("A", (5,), {})
#! TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases
type("A", (A, A), {})                   #! TypeError: duplicate base class A
type("A", (bool,), {})                  #! TypeError: type 'bool' is not an acceptable base type
type("A\0B", (), {})                    #! ValueError: type name must not contain null characters
A.__name__ = "New"
print(A, A.__name__, A.__qualname__)    #> <class '__main__.A'> New A
A.__qualname__ = "Q"
print(A)                                #> <class '__main__.Q'>
A.__qualname__ = 5                      #! TypeError: can only assign string to New.__qualname__, not 'int'
A.__module__ = "m"
print(A)                                #> <class 'm.Q'>
A.__doc__ = "doc"
print(A.__doc__)                        #> doc
A.__bases__ = ()                        #! TypeError: can only assign non-empty tuple to New.__bases__, not ()
A.__bases__ = 5                         #! TypeError: can only assign tuple to New.__bases__, not int
A.__bases__ = (int,)                    #! TypeError: __bases__ assignment: 'int' object layout differs from 'object'
A.__mro__ = ()                          #! AttributeError: readonly attribute
A.__class__ = int                       #! TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses
del A.__name__                          #! TypeError: cannot delete '__name__' attribute of immutable type 'New'
del A.x
A.x                                     #! AttributeError: type object 'New' has no attribute 'x'
A.x = lambda self: "method"
print(B().x())                          #> method
del A.nothing                           #! AttributeError: type object 'New' has no attribute 'nothing'
int.x = 5                               #! TypeError: cannot set 'x' attribute of immutable type 'int'
int.__doc__ = 5                         #! TypeError: cannot set '__doc__' attribute of immutable type 'int'
object.__bases__ = ()                   #! TypeError: cannot set '__bases__' attribute of immutable type 'object'
type.__bases__ = ()                     #! TypeError: cannot set '__bases__' attribute of immutable type 'type'
print(type.__call__(int, "5"), type.mro(int), type.__subclasses__(bool), isinstance(type, object), isinstance(object, type), issubclass(type, object))
#> 5 [<class 'int'>, <class 'object'>] [] True True True
class M(type):
    def mro(cls): return [cls, object]
class C(metaclass=M): pass
print(C.__mro__)                        #> (<class '__main__.C'>, <class 'object'>)
class M2(type):
    def mro(cls): return [cls, 5]
class C2(metaclass=M2): pass            #! TypeError: mro() returned a non-class ('int')
class M3(type):
    def mro(cls): return 5
class C3(metaclass=M3): pass            #! TypeError: 'int' object is not iterable
print(type.__prepare__(), type.__prepare__("a", (), x=1), type("D", (), {}).__dict__.keys())
#> {} {} dict_keys(['__module__', '__dict__', '__weakref__', '__doc__'])
print(object.__repr__(5)[:12], object.__str__("x"), object.__eq__(1, 1), object.__eq__(1, 2), object.__ne__(1, 1), object.__hash__(5) == object.__hash__(5), object.__format__(5, ""), object.__sizeof__(5) > 0, object.__dir__(5) != [], object.__init_subclass__(), object.__subclasshook__())
#> <int object  'x' True NotImplemented False True 5 True True None NotImplemented
object.__lt__()                         #! TypeError: descriptor '__lt__' of 'object' object needs an argument
object.__format__(5, "x")               #! TypeError: unsupported format string passed to int.__format__
print(object().__reduce_ex__(2)[0].__name__, (5).__reduce_ex__(2))
#> __newobj__ (<function __newobj__ at 0xADDRESS>, (<class 'int'>, 5), None, None, None)
