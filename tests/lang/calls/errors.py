"""Calls that do not fit the signature: the texts of TypeError."""
def f(a, b, c=3): return a, b, c
f()                                     #! TypeError: f() missing 2 required positional arguments: 'a' and 'b'
f(1)                                    #! TypeError: f() missing 1 required positional argument: 'b'
f(1, 2, 3, 4)                           #! TypeError: f() takes from 2 to 3 positional arguments but 4 were given
f(1, 2, d=4)                            #! TypeError: f() got an unexpected keyword argument 'd'
f(1, b=2, a=3)                          #! TypeError: f() got multiple values for argument 'a'
f(b=1)                                  #! TypeError: f() missing 1 required positional argument: 'a'
f(1, 2, 3, c=4)                         #! TypeError: f() got multiple values for argument 'c'
f(*[1], **{"b": 2, "x": 3})             #! TypeError: f() got an unexpected keyword argument 'x'
def g(*, k, l=1): return k, l
g()                                     #! TypeError: g() missing 1 required keyword-only argument: 'k'
g(1)                                    #! TypeError: g() takes 0 positional arguments but 1 was given
g(1, k=2)
#! TypeError: g() takes 0 positional arguments but 1 positional argument (and 1 keyword-only argument) were given
g(k=1, m=2)                             #! TypeError: g() got an unexpected keyword argument 'm'
def h(a, /, b, *, c): return a, b, c
h(a=1, b=2, c=3)                        #! TypeError: h() got some positional-only arguments passed as keyword arguments: 'a'
h(1, 2)                                 #! TypeError: h() missing 1 required keyword-only argument: 'c'
h(1, c=3)                               #! TypeError: h() missing 1 required positional argument: 'b'
h()                                     #! TypeError: h() missing 2 required positional arguments: 'a' and 'b'
h(1, 2, 3, 4, c=5)
#! TypeError: h() takes 2 positional arguments but 4 positional arguments (and 1 keyword-only argument) were given
print(h(1, b=2, c=3), h(1, 2, c=3))     #> (1, 2, 3) (1, 2, 3)
def i(*args, **kw): return args, kw
print(i(1, 2, x=3), i(*"ab", **{"self": 1}), i(), i(*[1], 2, *[3], k=4, **{"z": 5}))
#> ((1, 2), {'x': 3}) (('a', 'b'), {'self': 1}) ((), {}) ((1, 2, 3), {'k': 4, 'z': 5})
def j(a, b=2, /, **kw): return a, b, kw
print(j(1, a=5, b=6))                   #> (1, 2, {'a': 5, 'b': 6})
j()                                     #! TypeError: j() missing 1 required positional argument: 'a'
def k(): pass
k(1)                                    #! TypeError: k() takes 0 positional arguments but 1 was given
k(x=1)                                  #! TypeError: k() got an unexpected keyword argument 'x'
k(*[1, 2], y=1)                         #! TypeError: k() got an unexpected keyword argument 'y'
def l(a, b, c, d): pass
l()                                     #! TypeError: l() missing 4 required positional arguments: 'a', 'b', 'c', and 'd'
l(1)                                    #! TypeError: l() missing 3 required positional arguments: 'b', 'c', and 'd'
l(1, 2)                                 #! TypeError: l() missing 2 required positional arguments: 'c' and 'd'
def m(*, a, b, c): pass
m()                                     #! TypeError: m() missing 3 required keyword-only arguments: 'a', 'b', and 'c'
m(a=1)                                  #! TypeError: m() missing 2 required keyword-only arguments: 'b' and 'c'
class C:
    def meth(self, x): return x
    @classmethod
    def cm(cls, x): return x
    @staticmethod
    def sm(x): return x
C().meth()                              #! TypeError: C.meth() missing 1 required positional argument: 'x'
C().meth(1, 2)                          #! TypeError: C.meth() takes 2 positional arguments but 3 were given
C.meth()                                #! TypeError: C.meth() missing 2 required positional arguments: 'self' and 'x'
C.cm()                                  #! TypeError: C.cm() missing 1 required positional argument: 'x'
C.sm(1, 2)                              #! TypeError: C.sm() takes 1 positional argument but 2 were given
C(1)                                    #! TypeError: C() takes no arguments
C().meth(1, x=2)                        #! TypeError: C.meth() got multiple values for argument 'x'
(lambda x: x)()                         #! TypeError: <lambda>() missing 1 required positional argument: 'x'
f(*5)                                   #! TypeError: __main__.f() argument after * must be an iterable, not int
f(**5)                                  #! TypeError: __main__.f() argument after ** must be a mapping, not int
f(*None)                                #! TypeError: __main__.f() argument after * must be an iterable, not NoneType
f(1, *2)                                #! TypeError: Value after * must be an iterable, not int
f(a=1, **{"a": 1})                      #! TypeError: __main__.f() got multiple values for keyword argument 'a'
i(**{1: 2})                             #! TypeError: keywords must be strings
number = 5
number()                                #! TypeError: 'int' object is not callable
text = "x"
text()                                  #! TypeError: 'str' object is not callable
empty = []
empty()                                 #! TypeError: 'list' object is not callable
C()()                                   #! TypeError: 'C' object is not callable
len()                                   #! TypeError: len() takes exactly one argument (0 given)
len(1, 2)                               #! TypeError: len() takes exactly one argument (2 given)
len(x=1)                                #! TypeError: len() takes no keyword arguments
print(1, foo=2)                         #! TypeError: 'foo' is an invalid keyword argument for print()
isinstance(1)                           #! TypeError: isinstance expected 2 arguments, got 1
int.bit_length()                        #! TypeError: unbound method int.bit_length() needs an argument
int.bit_length("x")                     #! TypeError: descriptor 'bit_length' for 'int' objects doesn't apply to a 'str' object
str.upper()                             #! TypeError: unbound method str.upper() needs an argument
str.upper(5)                            #! TypeError: descriptor 'upper' for 'str' objects doesn't apply to a 'int' object
"a".upper(1)                            #! TypeError: str.upper() takes no arguments (1 given)
[].append(x=1)                          #! TypeError: list.append() takes no keyword arguments
{}.get()                                #! TypeError: get expected at least 1 argument, got 0
dict.get({})                            #! TypeError: get expected at least 1 argument, got 0
f.__call__()                            #! TypeError: f() missing 2 required positional arguments: 'a' and 'b'
type.__call__()                         #! TypeError: descriptor '__call__' of 'type' object needs an argument
object(1)                               #! TypeError: object() takes no arguments
object.__new__()                        #! TypeError: object.__new__(): not enough arguments
object.__new__(5)                       #! TypeError: object.__new__(X): X is not a type object (int)
object.__new__(int)                     #! TypeError: object.__new__(int) is not safe, use int.__new__()
int.__new__(str)                        #! TypeError: int.__new__(str): str is not a subtype of int
