"""range: arithmetic without elements."""
print(range(5), range(1, 5), range(0, 10, 3), range(5, 0, -1), list(range(5, 0, -2)), range(0), list(range(3, 3)))
#> range(0, 5) range(1, 5) range(0, 10, 3) range(5, 0, -1) [5, 3, 1] range(0, 0) []
r = range(0, 100, 7)
print(len(r), r[3], r[-1], r[2:5], r[::-1], 14 in r, 15 in r, "a" in r, 14.0 in r, r.index(14), r.count(14), r.start, r.stop, r.step)
#> 15 21 98 range(14, 35, 7) range(98, -7, -7) True False False True 2 1 0 100 7
r[100]                                  #! IndexError: range object index out of range
r["a"]                                  #! TypeError: range indices must be integers or slices, not str
r.index(15)                             #! ValueError: 15 is not in range
range()                                 #! TypeError: range expected at least 1 argument, got 0
range("a")                              #! TypeError: 'str' object cannot be interpreted as an integer
range(1.5)                              #! TypeError: 'float' object cannot be interpreted as an integer
range(1, 2, 0)                          #! ValueError: range() arg 3 must not be zero
range(1, 2, 3, 4)                       #! TypeError: range expected at most 3 arguments, got 4
range(stop=5)                           #! TypeError: range() takes no keyword arguments
r.start = 1                             #! AttributeError: readonly attribute
r[0] = 1                                #! TypeError: 'range' object does not support item assignment
print(range(0) == range(2, 2), range(0, 3, 2) == range(0, 4, 2), hash(range(0, 3, 2)) == hash(range(0, 4, 2)), range(3) == [0, 1, 2])
#> True True True False
print(10 ** 30 in range(10 ** 31), range(10 ** 30)[10 ** 29], range(10 ** 20, 10 ** 20 + 3)[1], list(range(10 ** 20, 10 ** 20 + 2)))
#> True 100000000000000000000000000000 100000000000000000001 [100000000000000000000, 100000000000000000001]
len(range(10 ** 30))                    #! OverflowError: Python int too large to convert to C ssize_t
print(list(reversed(range(5))), list(reversed(range(0, 10, 3))), max(range(5)), sum(range(101)), bool(range(0)))
#> [4, 3, 2, 1, 0] [9, 6, 3, 0] 4 5050 False
it = iter(range(3))
print(next(it), it.__length_hint__(), list(it), next(it, "end"))  #> 0 2 [1, 2] end
next(it)                                #! StopIteration
class R(range): pass                    #! TypeError: type 'range' is not an acceptable base type
print(range(10)[slice(2, None, 3)], range(-5, 5)[3:-2], repr(range(1, 10, 1)))
#> range(2, 10, 3) range(-2, 3) range(1, 10)
range(3) + range(3)                     #! TypeError: unsupported operand type(s) for +: 'range' and 'range'
range(3) < range(4)                     #! TypeError: '<' not supported between instances of 'range' and 'range'
class I:
    def __index__(self): return 3
print(range(I()), range(5)[I()])        #> range(0, 3) 3
