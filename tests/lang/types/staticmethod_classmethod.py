"""staticmethod, classmethod, property objects by themselves."""
def f(*args): return args
s, c = staticmethod(f), classmethod(f)
print(s(1), s.__name__, s.__wrapped__ is f, s.__func__ is f, s.__get__(None, int)(2), s.__isabstractmethod__)
#> (1,) f True True (2,) False
c(1)                                    #! TypeError: 'classmethod' object is not callable
print(c.__func__ is f, c.__get__(None, int)(1), c.__get__("x")(1), c.__name__, c.__wrapped__ is f)
#> True (<class 'int'>, 1) (<class 'str'>, 1) f True
class A:
    s, c = s, c
    @staticmethod
    def stat(x): return x
    @classmethod
    def cls(cls, x): return cls.__name__, x
    @classmethod
    @property
    def both(cls): return "both " + cls.__name__
class B(A): pass
print(A.s(1), A().s(1), B.c(1)[0].__name__, A.stat(5), B.cls(6), B().cls(7), B.both, A.__dict__["stat"], type(A.__dict__["cls"]))
#> (1,) (1,) B 5 ('B', 6) ('B', 7) both B <staticmethod(<function A.stat at 0xADDRESS>)> <class 'classmethod'>
staticmethod()                          #! TypeError: staticmethod expected 1 argument, got 0
staticmethod(1, 2)                      #! TypeError: staticmethod expected 1 argument, got 2
classmethod(f, x=1)                     #! TypeError: classmethod() takes no keyword arguments
print(staticmethod(5).__func__, repr(staticmethod(len)), repr(classmethod(len)))
#> 5 <staticmethod(<built-in function len>)> <classmethod(<built-in function len>)>
staticmethod(5)()                       #! TypeError: 'int' object is not callable
classmethod(5).__get__(None, int)()     #! TypeError: 'int' object is not callable
p = property()
print(p.fget, p.fset, p.fdel, p.__doc__, p.__isabstractmethod__)  #> None None None None False
p.__get__(5)                            #! AttributeError: property of 'int' object has no getter
p.__set__(5, 1)                         #! AttributeError: property of 'int' object has no setter
p.__delete__(5)                         #! AttributeError: property of 'int' object has no deleter
class P:
    x = property(lambda s: "got", lambda s, v: print("set", v), lambda s: print("del"), "the doc")
    def y(self):
        "y doc"
        return 5
    y = property(y)
    @property
    def z(self): raise AttributeError("inside z")
o = P()
print(o.x, P.x.__doc__, P.y.__doc__, o.y)  #> got the doc y doc 5
o.x = 5                                 #> set 5
del o.x                                 #> del
o.y = 1                                 #! AttributeError: property 'y' of 'P' object has no setter
del o.y                                 #! AttributeError: property 'y' of 'P' object has no deleter
o.z                                     #! AttributeError: inside z
print(hasattr(o, "z"), getattr(o, "z", "default"))  #> False default
P.x.fget = 5                            #! AttributeError: readonly attribute
q = P.x.getter(lambda s: "new")
print(q.fget(1), q.fset is P.x.fset, q.__doc__, q is P.x)  #> new True the doc False
q.__doc__ = "changed"
print(q.__doc__)                        #> changed
class Sub(property):
    "sub doc"
print(Sub(lambda s: 1).__doc__, Sub(lambda s: 1, doc="given").__doc__)  #> None sub doc
property(1, 2, 3, 4, 5)                 #! TypeError: property() takes at most 4 arguments (5 given)
property(fget=1, foo=2)                 #! TypeError: 'foo' is an invalid keyword argument for property()
print(property(5).fget)                 #> 5
class N:
    def __init_subclass__(cls, **kw): print("init_subclass", cls.__name__, kw)
    def __class_getitem__(cls, k): return cls.__name__, k
class N1(N, a=1): pass                  #> init_subclass N1 {'a': 1}
print(N[1, 2], N1["x"])                 #> ('N', (1, 2)) ('N1', 'x')
