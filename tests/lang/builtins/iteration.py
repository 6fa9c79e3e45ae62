"""enumerate, zip, map, filter, reversed, iter, next."""
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([], -1)), enumerate("a").__next__())
#> [(0, 'a'), (1, 'b')] [(5, 'a'), (6, 'b')] [] (0, 'a')
enumerate("a", "b")                     #! TypeError: 'str' object cannot be interpreted as an integer
enumerate(5)                            #! TypeError: 'int' object is not iterable
print(list(enumerate("ab", start=10 ** 20)))  #> [(100000000000000000000, 'a'), (100000000000000000001, 'b')]
z = zip("abc", [1, 2])
print(next(z), list(z), list(z))        #> ('a', 1) [('b', 2)] []
zip(1)                                  #! TypeError: 'int' object is not iterable
zip("a", 5)                             #! TypeError: 'int' object is not iterable
print(list(zip("ab", "cd", strict=True)))  #> [('a', 'c'), ('b', 'd')]
list(zip("ab", "c", strict=True))       #! ValueError: zip() argument 2 is shorter than argument 1
list(zip("a", "bc", strict=True))       #! ValueError: zip() argument 2 is longer than argument 1
list(zip("ab", "cd", "e", strict=True)) #! ValueError: zip() argument 3 is shorter than arguments 1-2
zip("a", strict=5)
print(list(map(str, [1, 2])), list(map(lambda a, b: (a, b), "xy", [1, 2, 3])), list(map(None.__class__, [])))
#> ['1', '2'] [('x', 1), ('y', 2)] []
map(str)                                #! TypeError: map() must have at least two arguments.
map()                                   #! TypeError: map() must have at least two arguments.
list(map(5, [1]))                       #! TypeError: 'int' object is not callable
list(map(len, [1]))                     #! TypeError: object of type 'int' has no len()
print(list(filter(None, [0, 1, [], "x"])), list(filter(str.isdigit, ["1", "a"])), list(filter(lambda x: x > 1, range(4))))
#> [1, 'x'] ['1'] [2, 3]
filter(None)                            #! TypeError: filter expected 2 arguments, got 1
list(filter(5, [1]))                    #! TypeError: 'int' object is not callable
print(list(reversed("abc")), list(reversed(range(3))), list(reversed({1: 2})), list(reversed((1, 2))))
#> ['c', 'b', 'a'] [2, 1, 0] [1] [2, 1]
reversed(5)                             #! TypeError: 'int' object is not reversible
reversed({1})                           #! TypeError: 'set' object is not reversible
reversed(x for x in "a")                #! TypeError: 'generator' object is not reversible
it = iter("ab")
print(next(it), next(it), next(it, "default"))  #> a b default
next(it)                                #! StopIteration
next(5)                                 #! TypeError: 'int' object is not an iterator
next()                                  #! TypeError: next expected at least 1 argument, got 0
iter(5)                                 #! TypeError: 'int' object is not iterable
iter(5, 6)                              #! TypeError: iter(v, w): v must be callable
iter()                                  #! TypeError: iter expected at least 1 argument, got 0
print(iter(it) is it, list(iter([1, 2, 3].pop, 1)), type(iter([])), type(iter({}.items())))
#> True [3, 2] <class 'list_iterator'> <class 'dict_itemiterator'>
print(max(3, 1), max([1, 5]), max("ab", "b"), max([], default=0), max([-3, 2], key=abs), min([[1], [0]]), min(1, 2.5, True))
#> 3 5 b 0 -3 [0] 1
max()                                   #! TypeError: max expected at least 1 argument, got 0
max([])                                 #! ValueError: max() arg is an empty sequence
max(5)                                  #! TypeError: 'int' object is not iterable
max(1, "a")                             #! TypeError: '>' not supported between instances of 'str' and 'int'
max(1, 2, default=3)                    #! TypeError: Cannot specify a default for max() with multiple positional arguments
max([1], key=5)                         #! TypeError: 'int' object is not callable
print(sum([1, 2]), sum([1.5, 2]), sum([], 5), sum([[1], [2]], []), sum((x for x in range(5)), start=10))
#> 3 3.5 5 [1, 2] 20
sum()                                   #! TypeError: sum() takes at least 1 positional argument (0 given)
sum(5)                                  #! TypeError: 'int' object is not iterable
sum(["a"])                              #! TypeError: unsupported operand type(s) for +: 'int' and 'str'
sum(["a"], "")                          #! TypeError: sum() can't sum strings [use ''.join(seq) instead]
sum([b"a"], b"")                        #! TypeError: sum() can't sum bytes [use b''.join(seq) instead]
print(any([]), all([]), any([0, "x"]), all([1, 0]), any(x > 2 for x in range(5)))  #> False True True False True
any(5)                                  #! TypeError: 'int' object is not iterable
all()                                   #! TypeError: all() takes exactly one argument (0 given)
print(sorted("bca"), sorted([3, 1], reverse=True), sorted({"b": 1, "a": 2}), sorted([(1, "b"), (1, "a")]))
#> ['a', 'b', 'c'] [3, 1] ['a', 'b'] [(1, 'a'), (1, 'b')]
