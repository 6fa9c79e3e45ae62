"""__slots__."""
class S:
    __slots__ = ("a", "b")
    c = 1
s = S()
s.a = 1
print(s.a, s.c, S.a, S.__slots__)       #> 1 1 <member 'a' of 'S' objects> ('a', 'b')
s.b                                     #! AttributeError: 'S' object has no attribute 'b'
s.x = 1                                 #! AttributeError: 'S' object has no attribute 'x'
s.c = 2                                 #! AttributeError: 'S' object attribute 'c' is read-only
s.__dict__                              #! AttributeError: 'S' object has no attribute '__dict__'
del s.a
del s.a                                 #! AttributeError: a
s.a                                     #! AttributeError: 'S' object has no attribute 'a'
class T(S):
    pass
t = T()
t.x = 1; t.a = 5
print(t.__dict__, t.a)                  #> {'x': 1} 5
class U(S):
    __slots__ = ["d", "__dict__"]
u = U()
u.d = 1; u.q = 2
print(u.__dict__, u.d)                  #> {'q': 2} 1
class V:
    __slots__ = "single"
v = V()
v.single = 3
print(v.single)                         #> 3
class Bad1:
    __slots__ = ("a b",)
#! TypeError: __slots__ must be identifiers
class Bad2:
    __slots__ = (1,)
#! TypeError: __slots__ items must be strings, not 'int'
class Bad3:
    __slots__ = ("x",)
    x = 1
#! ValueError: 'x' in __slots__ conflicts with class variable
class Bad4(int):
    __slots__ = ("x",)
#! TypeError: nonempty __slots__ not supported for subtype of 'int'
class Bad5:
    __slots__ = ("__dict__", "__dict__")
#! TypeError: __dict__ slot disallowed: we already got one
class X:
    __slots__ = {"k": "documented"}
print(X.__slots__, X.k.__doc__)         #> {'k': 'documented'} None
class L: __slots__ = ("p",)
class R: __slots__ = ("q",)
class LR(L, R): pass                    #! TypeError: multiple bases have instance lay-out conflict
class Private:
    __slots__ = ("__hidden",)
    def __init__(self): self.__hidden = 1
print(Private()._Private__hidden)       #> 1
class E(L): __slots__ = ()
e = E()
e.p = 1
e.z = 1                                 #! AttributeError: 'E' object has no attribute 'z'
class Other:
    __slots__ = ("a", "b")
o = Other()
o.__class__ = S
S.a.__get__(5)                          #! TypeError: descriptor 'a' for 'S' objects doesn't apply to a 'int' object
S.a.__set__(o, 1)
print(S.a.__get__(None, S) is S.a, S.a.__name__, S.a.__objclass__ is S, type(S.a))
#> True a True <class 'member_descriptor'>
class Tup(tuple): __slots__ = ()
print(Tup((1,)))                        #> (1,)
Tup().x = 1                             #! AttributeError: 'Tup' object has no attribute 'x'
