"""super and the C3 order."""
class Base:
    def who(self): return ["Base"]
class L(Base):
    def who(self): return ["L"] + super().who()
class R(Base):
    def who(self): return ["R"] + super().who()
class D(L, R):
    def who(self): return ["D"] + super().who()
print(D().who(), [c.__name__ for c in D.__mro__])  #> ['D', 'L', 'R', 'Base'] ['D', 'L', 'R', 'Base', 'object']
print(super(L, D()).who(), super(D, D).who(D()), super(R, D()).who.__func__ is Base.who)
#> ['R', 'Base'] ['L', 'R', 'Base'] True
class O(R, L): pass
class Bad(D, O): pass                   #! TypeError: Cannot create a consistent method resolution\norder (MRO) for bases L, R
super()                                 #! RuntimeError: super(): no arguments
super(1)                                #! TypeError: super() argument 1 must be a type, not int
super(D, 1)                             #! TypeError: super(type, obj): obj must be an instance or subtype of type
super(D, Base())                        #! TypeError: super(type, obj): obj must be an instance or subtype of type
def f(): super()
f()                                     #! RuntimeError: super(): no arguments
def g(x): super()
g(1)                                    #! RuntimeError: super(): __class__ cell not found
def h(self):
    del self
    return super().x
class H: m = h
H().m()                                 #! RuntimeError: super(): arg[0] deleted
class P:
    @classmethod
    def make(cls): return "P.make of " + cls.__name__
    @property
    def prop(self): return "P.prop"
    @staticmethod
    def st(): return "P.st"
    attr = "P.attr"
class Q(P):
    @classmethod
    def make(cls): return "Q>" + super().make()
    @property
    def prop(self): return "Q>" + super().prop
    @staticmethod
    def st(): return "Q>" + super(Q, Q).st()
    attr = "Q.attr"
    def look(self): return super().attr
    def missing(self): return super().nothing
    def assign(self): super().attr = 1
print(Q.make(), Q().prop, Q.st(), Q().look())  #> Q>P.make of Q Q>P.prop Q>P.st P.attr
Q().missing()                           #! AttributeError: 'super' object has no attribute 'nothing'
Q().assign()                            #! AttributeError: 'super' object has no attribute 'attr'
print(repr(super(Q, Q())).startswith("<super: <class 'Q'>, <Q object>>"), super(Q, Q()).__self_class__, super(Q, Q()).__thisclass__)
#> True <class '__main__.Q'> <class '__main__.Q'>
class Cell:
    def get(self): return __class__
print(Cell().get() is Cell)             #> True
class Inner:
    def m(self):
        return [super(Inner, self).__class__ for _ in range(1)][0] is super, (lambda: super(Inner, self).__init__)() is not None
print(Inner().m())                      #> (True, True)
class Gen(Base):
    def items(self): yield from super().who()
    def lam(self): return (lambda s=self: super(Gen, s).who())()
print(list(Gen().items()), Gen().lam()) #> ['Base'] ['Base']
