"""Operators: normal, reflected, in place, subclasses first."""
class V:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"V({self.n})"
    def __add__(self, o): return V(self.n + o.n) if isinstance(o, V) else NotImplemented
    def __radd__(self, o): return f"{o}+{self}"
    def __iadd__(self, o): self.n += 100; return self
    def __mul__(self, o): return NotImplemented
    def __matmul__(self, o): return "matmul"
    def __rmatmul__(self, o): return "rmatmul"
    def __neg__(self): return V(-self.n)
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return "abs"
    def __pow__(self, o, m=None): return "pow", o, m
    def __rpow__(self, o): return "rpow", o
    def __divmod__(self, o): return "dm"
    def __rdivmod__(self, o): return "rdm"
    def __lshift__(self, o): return "shl"
    def __and__(self, o): return "and"
    def __ror__(self, o): return "ror"
    def __round__(self, n=None): return "round", n
    def __trunc__(self): return 7
    def __index__(self): return self.n
    def __truediv__(self, o): return "div"
    def __rfloordiv__(self, o): return "rfloor"
a, b = V(1), V(2)
print(a + b, 5 + a, a @ 1, 1 @ a, -a, +a, ~a, abs(a), a ** 2, 2 ** a, pow(a, 2, 3), divmod(a, 1), divmod(1, a))
#> V(3) 5+V(1) matmul rmatmul V(-1) pos invert abs ('pow', 2, None) ('rpow', 2) ('pow', 2, 3) dm rdm
print(a << 1, a & 1, 1 | a, round(a), round(a, 2), int(a), hex(V(255)), [1, 2, 3][a], a / 1, 5 // a, "abc" * V(2))
#> shl and ror ('round', None) ('round', 2) 1 0xff 2 div rfloor abcabc
a + 5                                   #! TypeError: unsupported operand type(s) for +: 'V' and 'int'
a * 2                                   #! TypeError: unsupported operand type(s) for *: 'V' and 'int'
2 * a                                   #! TypeError: unsupported operand type(s) for *: 'int' and 'V'
a // 1                                  #! TypeError: unsupported operand type(s) for //: 'V' and 'int'
a | 1                                   #! TypeError: unsupported operand type(s) for |: 'V' and 'int'
1 & a                                   #! TypeError: unsupported operand type(s) for &: 'int' and 'V'
a -= 1                                  #! TypeError: unsupported operand type(s) for -=: 'V' and 'int'
a += b
print(a)                                #> V(101)
b @= 2
print(b)                                #> matmul
class P:
    def __add__(self, o): return "P.add"
    def __radd__(self, o): return "P.radd"
    def __eq__(self, o): return "P.eq"
    def __lt__(self, o): return "P.lt"
    def __gt__(self, o): return "P.gt"
class Q(P):
    def __radd__(self, o): return "Q.radd"
    def __eq__(self, o): return "Q.eq"
    def __gt__(self, o): return "Q.gt"
print(P() + Q(), Q() + P(), P() + P(), P() == Q(), P() < Q(), P() != 1)  #> Q.radd P.add P.add Q.eq Q.gt False
class NoR(P): pass
print(P() + NoR(), P() < NoR())         #> P.add P.gt
class I(int):
    def __radd__(self, o): return "I.radd"
    def __add__(self, o): return "I.add"
print(1 + I(2), I(2) + 1, I(2) * 3, 1.5 + I(2), True + I(1))  #> I.radd I.add 6 3.5 2
class Fl(float):
    def __rsub__(self, o): return "Fl.rsub"
print(1.0 - Fl(2), 1 - Fl(2), Fl(3) - 1)  #> Fl.rsub Fl.rsub 2.0
class S(str):
    def __add__(self, o): return "S.add"
    def __rmod__(self, o): return "S.rmod"
    def __mul__(self, o): return "S.mul"
print("a" + S("b"), S("a") + "b", "%s" % S("x"), S("q") * 2, 2 * S("q"))  #> ab S.add S.rmod S.mul qq
class Lst(list):
    def __iadd__(self, o): return "Lst.iadd"
l = Lst()
l += 1
print(l)                                #> Lst.iadd
class Rsub:
    def __rsub__(self, o): return f"rsub {o}"
    def __rmul__(self, o): return f"rmul {o}"
    def __rmod__(self, o): return f"rmod {o}"
print([] * Rsub(), 5 - Rsub(), {} - Rsub(), "x%" % Rsub() if False else "skip", 5 % Rsub())
#> rmul [] rsub 5 rsub {} skip rmod 5
print(0 .__add__(1.5), (1).__eq__("a"), "a".__lt__(1), [].__eq__(()), (1).__radd__(2), 5 .__rpow__(2), (1.5).__rtruediv__(3))
#> NotImplemented NotImplemented NotImplemented NotImplemented 3 32 2.0
