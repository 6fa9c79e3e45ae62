"""Name mangling of __private names."""
class A:
    __x = 1
    def __init__(self): self.__y = 2
    def get(self): return self.__x + self.__y
    def __private(self): return "p"
    def call(self): return self.__private()
    __dunder__ = 3
    def local(self):
        __z = 5
        def inner(): return __z
        return inner(), [k for k in locals()]
    def arg(self, __a=1): return __a
    def imp(self):
        import sys as __s
        return __s.__name__
    def kw(self): return dict(__k=1)
print(sorted(n for n in dir(A) if "A__" in n), A().get(), A().call(), A().local(), A._A__x, A.__dunder__)
#> ['_A__private', '_A__x'] 3 p (5, ['self', 'inner', '_A__z']) 1 3
A().__x                                 #! AttributeError: 'A' object has no attribute '__x'
print(A().arg(), A.arg.__code__.co_varnames, A().imp(), A().kw())  #> 1 ('self', '_A__a') sys {'__k': 1}
A().arg(__a=1)                          #! TypeError: A.arg() got an unexpected keyword argument '__a'
A().arg(_A__a=7)
class _B:
    __q = 1
print(_B._B__q)                         #> 1
class __:
    __q = 1
print([n for n in dir(__) if "q" in n]) #> ['__eq__', '__q']
def f():
    global __g
    __g = 1
f()
print(__g)                              #> 1
class G:
    def set(self):
        global __gg
        __gg = 2
G().set()
print(_G__gg)                           #> 2
