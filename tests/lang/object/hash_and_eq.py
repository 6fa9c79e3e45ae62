"""__eq__, __hash__, identity, containers that compare."""
class E:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return isinstance(o, E) and self.v == o.v
    def __repr__(self): return f"E{self.v}"
print(E(1) == E(1), E(1) != E(1), E(1) == 1, E.__hash__, E(1) in [E(1)], [E(1)].index(E(1)), [E(1), E(2)].count(E(2)), (E(1),) == (E(1),))
#> True False False None True 0 1 True
hash(E(1))                              #! TypeError: unhashable type: 'E'
{E(1)}                                  #! TypeError: unhashable type: 'E'
{E(1): 2}                               #! TypeError: unhashable type: 'E'
class H(E):
    def __hash__(self): return hash(self.v)
print(H(1) == E(1), {H(1), H(1), H(2)} == {H(2), H(1)}, {H(1): "a"}[H(1)], len({H(1), H(1)}))  #> True True a 1
class N(H): __hash__ = None
hash(N(1))                              #! TypeError: unhashable type: 'N'
class Big:
    def __hash__(self): return 2 ** 100 + 1
print(hash(Big()), hash(Big()) == hash(2 ** 100 + 1))  #> 549755813889 True
class BadHash:
    def __hash__(self): return "x"
hash(BadHash())                         #! TypeError: __hash__ method should return an integer
class Raise:
    def __eq__(self, o): raise ValueError("eq")
    def __hash__(self): raise KeyError("hash")
Raise() == 1                            #! ValueError: eq
Raise() != 1                            #! ValueError: eq
hash(Raise())                           #! KeyError: 'hash'
1 in [Raise()]                          #! ValueError: eq
[Raise()] == [1]                        #! ValueError: eq
{1: Raise()} == {1: 1}                  #! ValueError: eq
r = Raise()
print(r in [r], [r] == [r], {1: r} == {1: r}, (r,) == (r,))  #> True True True True
{r}                                     #! KeyError: 'hash'
class Odd:
    def __eq__(self, o): return "not a bool"
    def __ne__(self, o): return []
print(Odd() == 1, Odd() != 1, Odd() in [1], [Odd()] == [1], [1] != [Odd()], not (Odd() != 1))
#> not a bool [] True True False True
nan = float("nan")
print(nan == nan, nan in [nan], [nan] == [nan], {nan: 1} == {nan: 1}, [nan].index(nan), (nan,) < (nan,), nan is nan)
#> False True True True 0 False True
class NI:
    def __eq__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
print(NI() == NI(), NI() != 1)          #> False True
NI() < NI()                             #! TypeError: '<' not supported between instances of 'NI' and 'NI'
n = NI()
print(n == n, n != n, object() == object(), None == None, object.__eq__(n, n), object.__eq__(n, 5), object.__ne__(n, 5))
#> True False False True True NotImplemented NotImplemented
class Sub(int):
    def __eq__(self, o): return "sub eq"
    def __hash__(self): return int.__hash__(self)
print(Sub(1) == 1, 1 == Sub(1), Sub(1) in [1], {1: "x"}.get(Sub(1)), Sub(1) < 2, 1.0 == Sub(1))
#> sub eq sub eq True x True True
