"""Metaclasses: __prepare__, __new__, __call__, __init_subclass__, __instancecheck__."""
class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kw):
        print("prepare", name, kw)
        return {"prepared": True}
    def __new__(mcls, name, bases, ns, **kw):
        print("new", name, [k for k in ns if not k.startswith("__")])
        return super().__new__(mcls, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        print("init", name)
        super().__init__(name, bases, ns)
    def __call__(cls, *args):
        print("call", args)
        return super().__call__(*args)
    def __instancecheck__(cls, obj): return obj == 42
    def __subclasscheck__(cls, sub): return sub is int
    def __len__(cls): return 3
    def __iter__(cls): return iter("abc")
    def __repr__(cls): return f"<{cls.__name__}!>"
    def __getitem__(cls, k): return k * 2
    def __contains__(cls, x): return x == 1
class A(metaclass=Meta, option=1):
    x = 1
#> prepare A {'option': 1}
#> new A ['prepared', 'x']
#> init A
class B(A): pass                        #> prepare B {}
#> new B ['prepared']
#> init B
print(A().prepared, isinstance(42, A), isinstance("s", A), issubclass(int, A), issubclass(str, A))  #> call ()
#> True True False True False
print(len(A), list(A), A, A[5], 1 in A, 2 in A, type(B) is Meta)  #> 3 ['a', 'b', 'c'] <A!> 10 True False True
print(isinstance(A(), A))               #> call ()
#> True
class Init:
    subs = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        Init.subs.append((cls.__name__, tag))
class I1(Init): pass
class I2(I1, tag="t"): pass
class I3(Init, other=1): pass           #! TypeError: I3.__init_subclass__() takes no keyword arguments
print(Init.subs)                        #> [('I1', None), ('I2', 't')]
class M2(type): pass
class C2(metaclass=M2): pass
class Conflict(A, C2): pass
#! TypeError: metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases
class Ok(C2, metaclass=type): pass
print(type(Ok))                         #> <class '__main__.M2'>
def func_meta(name, bases, ns, **kw): return name, bases, sorted(k for k in ns if k[0] != "_"), kw
class F(int, metaclass=func_meta, k=2): y = 1; z = 2
print(F)                                #> ('F', (<class 'int'>,), ['y', 'z'], {'k': 2})
class BadPrep(type):
    @classmethod
    def __prepare__(m, *a): return 5
class BP(metaclass=BadPrep): pass       #! TypeError: BadPrep.__prepare__() must return a mapping, not int
class ClassItem:
    def __class_getitem__(cls, item): return f"{cls.__name__}[{item}]"
print(ClassItem[int], ClassItem["x", 1])  #> ClassItem[<class 'int'>] ClassItem[('x', 1)]
int[1]                                  #! TypeError: type 'int' is not subscriptable
print(list[int], dict[str, int], list[int]([1]), type(list[int]), list[int].__args__, list[int].__origin__, tuple[int, ...])
#> list[int] dict[str, int] [1] <class 'types.GenericAlias'> (<class 'int'>,) <class 'list'> tuple[int, ...]
isinstance([], list[int])               #! TypeError: isinstance() argument 2 cannot be a parameterized generic
class Entry:
    def __mro_entries__(self, bases): return (int,)
class FromEntry(Entry()): pass
print(FromEntry.__bases__, FromEntry.__orig_bases__ != ())  #> (<class 'int'>,) True
class NoCell(type):
    def __new__(m, n, b, ns): return 5 if n == "X5" else super().__new__(m, n, b, ns)
class X5(metaclass=NoCell):
    def f(self): return __class__
isinstance(1, "x")                      #! TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union
issubclass(1, int)                      #! TypeError: issubclass() arg 1 must be a class
issubclass(int, 1)                      #! TypeError: issubclass() arg 2 must be a class, a tuple of classes, or a union
print(isinstance(1, (str, (float, int))), isinstance(1, int | str), issubclass(bool, int | None), int | None, type(int | None))
#> True True True int | None <class 'types.UnionType'>
