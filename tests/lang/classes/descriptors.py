"""Descriptors: data, non-data, __set_name__, property."""
class Data:
    def __set_name__(self, owner, name): self.name = name; print("named", owner.__name__, name)
    def __get__(self, obj, cls=None): return f"get {self.name} {obj is None} {cls.__name__}"
    def __set__(self, obj, value): print("set", self.name, value)
    def __delete__(self, obj): print("delete", self.name)
class NonData:
    def __get__(self, obj, cls): return "non-data"
class SetOnly:
    def __set__(self, obj, value): obj.__dict__["so"] = value + 1
class C:
    d = Data()
    n = NonData()
    so = SetOnly()
#> named C d
c = C()
print(c.d, C.d, c.n, C.n, type(C.__dict__["so"]).__name__)  #> get d False C get d True C non-data non-data SetOnly
c.d = 5                                 #> set d 5
del c.d                                 #> delete d
c.__dict__["d"] = "in dict"
c.__dict__["n"] = "in dict"
print(c.d, c.n)                         #> get d False C in dict
c.so = 1
print(c.so)                             #> 2
del c.so                                #! AttributeError: __delete__
class P:
    def __init__(self): self._v = 1
    @property
    def v(self):
        "The v."
        return self._v
    @v.setter
    def v(self, x): self._v = x
    @v.deleter
    def v(self): self._v = None
    @property
    def ro(self): return 1
    wo = property(None, lambda self, x: print("wrote", x))
    lam = property(lambda self: self._v * 10, doc="given")
p = P()
p.v = 5
print(p.v, p.lam, P.v.__doc__, P.lam.__doc__, P.v.fget.__name__)  #> 5 50 The v. given v
del p.v
print(p.v)                              #> None
p.ro = 1                                #! AttributeError: property 'ro' of 'P' object has no setter
del p.ro                                #! AttributeError: property 'ro' of 'P' object has no deleter
p.wo = 3                                #> wrote 3
p.wo                                    #! AttributeError: property 'wo' of 'P' object has no getter
del p.wo                                #! AttributeError: property 'wo' of 'P' object has no deleter
print(isinstance(P.v, property), P.v.fset is not None, P.ro.fset)  #> True True None
P.v.__get__()                           #! TypeError:  expected at least 1 argument, got 0
property().__get__(5)                   #! AttributeError: property of 'int' object has no getter
class Sub(P):
    @P.v.getter
    def v(self): return "sub"
print(Sub().v)                          #> sub
class CM:
    @classmethod
    def c(cls, *a): return cls.__name__, a
    @staticmethod
    def s(*a): return a
print(CM.c(1), CM().c(2), CM.s(3), CM().s(4), CM.__dict__["c"].__func__.__name__, CM.__dict__["s"](5))
#> ('CM', (1,)) ('CM', (2,)) (3,) (4,) c (5,)
CM.__dict__["c"](1)                     #! TypeError: 'classmethod' object is not callable
class BadName:
    class X:
        def __set_name__(self, o, n): raise ValueError("no name")
    x = X()
#! RuntimeError: Error calling __set_name__ on 'X' instance 'x' in 'BadName'
f = (lambda self: self).__get__(5)
print(f(), f.__self__)                  #> 5 5
print(len.__get__(5) is len if hasattr(len, "__get__") else "builtins do not bind", str.upper.__get__("x")(), int.real.__get__(5), type(int.real), type(str.upper), type(int.__add__))
#> builtins do not bind X 5 <class 'getset_descriptor'> <class 'method_descriptor'> <class 'wrapper_descriptor'>
str.upper.__get__(5)                    #! TypeError: descriptor 'upper' for 'str' objects doesn't apply to a 'int' object
int.real.__get__("x")                   #! TypeError: descriptor 'real' for 'int' objects doesn't apply to a 'str' object
type(C).__dict__["__name__"].__set__(C, "NewC")
print(C.__name__)                       #> NewC
