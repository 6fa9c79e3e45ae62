"""list: making, indexing, comparing, repeating."""
print([], [1], [1, [2, [3]]])           #> [] [1] [1, [2, [3]]]
print(list("abc"), list(range(5)), list({1: 2, 3: 4}))  #> ['a', 'b', 'c'] [0, 1, 2, 3, 4] [1, 3]
a = [0, 1, 2, 3, 4]
print(a[0], a[-1], a[-5])               #> 0 4 0
a[5]                                    #! IndexError: list index out of range
a[-6]                                   #! IndexError: list index out of range
a["1"]                                  #! TypeError: list indices must be integers or slices, not str
a[1.0]                                  #! TypeError: list indices must be integers or slices, not float
a[5] = 1                                #! IndexError: list assignment index out of range
del a[9]                                #! IndexError: list assignment index out of range
print(a[True], a[False])                #> 1 0
print(len(a), 3 in a, 7 in a, 7 not in a)  #> 5 True False True
print(a + [5], [1, 2] * 3, 2 * [0], [1] * -1, [1] * 0)  #> [0, 1, 2, 3, 4, 5] [1, 2, 1, 2, 1, 2] [0, 0] [] []
a + (1,)                                #! TypeError: can only concatenate list (not "tuple") to list
a + 1                                   #! TypeError: can only concatenate list (not "int") to list
a * 1.5                                 #! TypeError: can't multiply sequence by non-int of type 'float'
a * 2 ** 70                             #! OverflowError: cannot fit 'int' into an index-sized integer
print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], [] < [0], [2] > [1, 9])  #> True True True True
print([1, 2] == [1, 2], [1, 2] == (1, 2), [1] != [1.0])  #> True False False
[1] < ["a"]                             #! TypeError: '<' not supported between instances of 'int' and 'str'
[1] < (1,)                              #! TypeError: '<' not supported between instances of 'list' and 'tuple'
hash([])                                #! TypeError: unhashable type: 'list'
b = a
b += [5]
print(a is b, a)                        #> True [0, 1, 2, 3, 4, 5]
b += "xy"
print(b)                                #> [0, 1, 2, 3, 4, 5, 'x', 'y']
b += 5                                  #! TypeError: 'int' object is not iterable
b *= 2
print(len(b))                           #> 16
list(1)                                 #! TypeError: 'int' object is not iterable
list(1, 2)                              #! TypeError: list expected at most 1 argument, got 2
list(x=1)                               #! TypeError: list() takes no keyword arguments
print(bool([]), bool([0]))              #> False True
a.foo                                   #! AttributeError: 'list' object has no attribute 'foo'
a.foo = 1                               #! AttributeError: 'list' object has no attribute 'foo'
[].__class__ = int                      #! TypeError: __class__ assignment only supported for mutable types or ModuleType subclasses
