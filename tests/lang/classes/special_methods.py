"""Special methods are looked up on the type."""
class A:
    pass
a = A()
a.__len__ = lambda: 5
len(a)                                  #! TypeError: object of type 'A' has no len()
a.__call__ = lambda: 5
a()                                     #! TypeError: 'A' object is not callable
A.__len__ = lambda self: 7
print(len(a), bool(a))                  #> 7 True
class B:
    def __len__(self): return self.n
b = B()
for n in (3, 0, True):
    b.n = n
    print(len(b), bool(b))
#> 3 True
#> 0 False
#> 1 True
b.n = -1
len(b)                                  #! ValueError: __len__() should return >= 0
b.n = 1.5
len(b)                                  #! TypeError: 'float' object cannot be interpreted as an integer
b.n = 2 ** 100
len(b)                                  #! OverflowError: cannot fit 'int' into an index-sized integer
b.n = "x"
len(b)                                  #! TypeError: 'str' object cannot be interpreted as an integer
class C:
    def __str__(self): return 5
    def __repr__(self): return 5
    def __hash__(self): return "x"
    def __iter__(self): return 5
    def __contains__(self, x): return "yes"
    def __index__(self): return "i"
    def __float__(self): return "f"
    def __complex__(self): return "c"
    def __bytes__(self): return "b"
    def __format__(self, s): return None
    def __dir__(self): return 5
    def __length_hint__(self): return -1
    def __int__(self): return 1.5
c = C()
str(c)                                  #! TypeError: __str__ returned non-string (type int)
repr(c)                                 #! TypeError: __repr__ returned non-string (type int)
hash(c)                                 #! TypeError: __hash__ method should return an integer
iter(c)                                 #! TypeError: iter() returned non-iterator of type 'int'
for x in c: pass                        #! TypeError: iter() returned non-iterator of type 'int'
print(3 in c)                           #> True
[1][c]                                  #! TypeError: __index__ returned non-int (type str)
float(c)                                #! TypeError: C.__float__ returned non-float (type str)
complex(c)                              #! TypeError: __complex__ returned non-complex (type str)
bytes(c)                                #! TypeError: __bytes__ returned non-bytes (type str)
format(c)                               #! TypeError: __format__ must return a str, not NoneType
dir(c)                                  #! TypeError: 'int' object is not iterable
int(c)                                  #! TypeError: __int__ returned non-int (type float)
class N:
    __hash__ = None
    __iter__ = None
    __len__ = None
    __contains__ = None
    __add__ = None
n = N()
hash(n)                                 #! TypeError: unhashable type: 'N'
iter(n)                                 #! TypeError: 'N' object is not iterable
len(n)                                  #! TypeError: 'NoneType' object is not callable
1 in n                                  #! TypeError: 'N' object is not a container
n + 1                                   #! TypeError: 'NoneType' object is not callable
class Eq:
    def __eq__(self, other): return True
hash(Eq())                              #! TypeError: unhashable type: 'Eq'
print(Eq() == 5, Eq() != 5, 5 == Eq())  #> True False True
class Idx:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * i
print(list(Idx()), 9 in Idx(), 8 in Idx(), [*Idx()], tuple(Idx()))
#> [0, 1, 4, 9] True False [0, 1, 4, 9] (0, 1, 4, 9)
reversed(Idx())                         #! TypeError: object of type 'Idx' has no len()
class Call:
    def __call__(self, *a, **k): return a, k
print(Call()(1, b=2), callable(Call()), callable(A()), callable(5))  #> ((1,), {'b': 2}) True False False
class Cmp:
    def __lt__(self, o): return "lt"
    def __ge__(self, o): return NotImplemented
print(Cmp() < 1, 1 > Cmp())             #> lt lt
Cmp() >= 1                              #! TypeError: '>=' not supported between instances of 'Cmp' and 'int'
Cmp() > 1                               #! TypeError: '>' not supported between instances of 'Cmp' and 'int'
class NoInit:
    def __init__(self): return 5
NoInit()                                #! TypeError: __init__() should return None, not 'int'
class New:
    def __new__(cls, *a): return 5
    def __init__(self): print("never")
print(New(1, 2))                        #> 5
class OnlyNew:
    def __new__(cls, x): return super().__new__(cls)
OnlyNew()                               #! TypeError: OnlyNew.__new__() missing 1 required positional argument: 'x'
print(type(OnlyNew(1)).__name__)        #> OnlyNew
