"""__repr__, __str__, __format__, recursion, defaults."""
class R:
    def __repr__(self): return "R!"
class S:
    def __str__(self): return "S!"
class F:
    def __format__(self, spec): return f"F<{spec}>"
print(R(), str(R()), repr(R()), [R()], (R(),), {R(): R()}, {"k": R()}, f"{R()} {R()!r} {R()!s:>5}", "%s %r" % (R(), R()))
#> R! R! R! [R!] (R!,) {R!: R!} {'k': R!} R! R!    R! R! R!
print(S(), str(S()), f"{S()}", "%s" % S(), [repr(S())[:16]])  #> S! S! S! S! ['<__main__.S obje']
print(f"{F()} {F():abc} {F()!r:.10}", format(F(), "x"), "{:y}".format(F()))  #> F<> F<abc> <__main__. F<x> F<y>
class B1:
    def __repr__(self): return 5
class B2:
    def __str__(self): return b"x"
class B3:
    def __format__(self, s): return 5
class B4:
    def __repr__(self): raise ValueError("no repr")
repr(B1())                              #! TypeError: __repr__ returned non-string (type int)
str(B1())                               #! TypeError: __str__ returned non-string (type int)
print(B1())                             #! TypeError: __str__ returned non-string (type int)
str(B2())                               #! TypeError: __str__ returned non-string (type bytes)
format(B3())                            #! TypeError: __format__ must return a str, not int
f"{B3()}"                               #! TypeError: __format__ must return a str, not int
[B4()]
repr([B4()])                            #! ValueError: no repr
"%r" % B4()                             #! ValueError: no repr
print(str(B2) == repr(B2), repr(int), repr(len), repr(type), repr(None), repr(...), repr(print), str(type("X", (), {})))
#> True <class 'int'> <built-in function len> <class 'type'> None Ellipsis <built-in function print> <class '__main__.X'>
l = [1]; l.append(l)
d = {1: 2}; d[3] = d
s = [d, l]
print(l, d, s)                          #> [1, [...]] {1: 2, 3: {...}} [{1: 2, 3: {...}}, [1, [...]]]
class Rec:
    def __init__(self): self.me = self
    def __repr__(self): return f"Rec({self.me!r})"
repr(Rec())                             #! RecursionError: maximum recursion depth exceeded while getting the repr of an object
class L(list): pass
class D(dict):
    def __repr__(self): return "D" + super().__repr__()
x = L([1]); x.append(x)
y = D(a=1); y["self"] = y
print(x, y, L(), D(), repr(L("ab")), str(D(k="v")))
#> [1, [...]] D{'a': 1, 'self': D{...}} [] D{} ['a', 'b'] D{'k': 'v'}
class StrSub(str):
    def __repr__(self): return "SS"
class IntSub(int):
    def __str__(self): return "IS"
print([StrSub("a")], StrSub("a"), repr(IntSub(5)), IntSub(5), f"{IntSub(5)}", f"{IntSub(5):d}", "%d" % IntSub(5), str(StrSub("q")), "%s" % StrSub("w"), f"{StrSub('e')!r}")
#> [SS] a 5 IS IS 5 5 q w SS
class Q:
    def __str__(self): return "é" * 3
print(Q(), ascii(R()), ascii(Q())[:14], f"{Q()!a:.5}", "%a" % "é", "%.2s" % Q(), f"{Q()!s:>5}", "{!s:^7}|".format(Q()))
#> ééé R! <__main__.Q ob <__ma '\xe9' éé   ééé   ééé  |
print(repr(S())[:16] + "...", object.__repr__(R())[:17], object.__str__(R()), type(R()).__repr__(R()), int.__repr__(True), str.__repr__(StrSub("z")), bool.__repr__(True))
#> <__main__.S obje... <__main__.R objec R! R! 1 'z' True
format(R(), "5")                        #! TypeError: unsupported format string passed to R.__format__
print(format(R()), R().__format__(""), (5).__format__("x"), "a".__format__(">3"), None.__format__(""))
#> R! R! 5   a None
