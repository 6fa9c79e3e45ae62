"""tuple: making, indexing, hashing, unpacking."""
print((), (1,), (1, 2), ((),), tuple("ab"), tuple([1, [2]]))  #> () (1,) (1, 2) ((),) ('a', 'b') (1, [2])
t = 1, 2, 3
print(t[0], t[-1], t[1:], t[::-1], len(t), 2 in t)  #> 1 3 (2, 3) (3, 2, 1) 3 True
t[3]                                    #! IndexError: tuple index out of range
t["a"]                                  #! TypeError: tuple indices must be integers or slices, not str
t[0] = 1                                #! TypeError: 'tuple' object does not support item assignment
del t[0]                                #! TypeError: 'tuple' object doesn't support item deletion
t.x = 1                                 #! AttributeError: 'tuple' object has no attribute 'x'
print(t + (4,), t * 2, 0 * t, t.index(2), t.count(1))  #> (1, 2, 3, 4) (1, 2, 3, 1, 2, 3) () 1 1
t.index(9)                              #! ValueError: tuple.index(x): x not in tuple
t + [1]                                 #! TypeError: can only concatenate tuple (not "list") to tuple
print(hash(()) == hash(()), hash((1, 2)) == hash((1, 2)), hash((1, 2)), hash(()))
#> True True -3550055125485641917 5740354900026072187
hash(([],))                             #! TypeError: unhashable type: 'list'
print((1, 2) < (1, 3), (1, 2) == [1, 2], () < (0,))  #> True False True
a, b, c = t
a, b = t                                #! ValueError: too many values to unpack (expected 2)
a, b, c, d = t                          #! ValueError: not enough values to unpack (expected 4, got 3)
a, *b = t
print(a, b)                             #> 1 [2, 3]
*a, b = "xyz"
print(a, b)                             #> ['x', 'y'] z
a, *b, c = 1, 2
print(a, b, c)                          #> 1 [] 2
a, *b, c = 1,                           #! ValueError: not enough values to unpack (expected at least 2, got 1)
(a, (b, c)), d = (1, (2, 3)), 4
print(a, b, c, d)                       #> 1 2 3 4
a, b = 5                                #! TypeError: cannot unpack non-iterable int object
[a, b] = {1: 2, 3: 4}
print(a, b)                             #> 1 3
a, b = b, a
print(a, b)                             #> 3 1
for x, (y, *z) in [(1, (2, 3, 4)), (5, [6])]: print(x, y, z)  #> 1 2 [3, 4]
#> 5 6 []
print(*(1, 2), *[3], sep="-")           #> 1-2-3
print((*t, *"ab"), [*t], {*t}, {**{1: 2}, 3: 4})  #> (1, 2, 3, 'a', 'b') [1, 2, 3] {1, 2, 3} {1: 2, 3: 4}
tuple(1)                                #! TypeError: 'int' object is not iterable
tuple(1, 2)                             #! TypeError: tuple expected at most 1 argument, got 2
class T(tuple): pass
print(T([1, 2]), T() == (), type(T([1]) + (2,)))  #> (1, 2) True <class 'tuple'>
