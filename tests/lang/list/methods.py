"""list: every method."""
a = [3, 1, 2]
a.append(4)
print(a, a.pop(), a.pop(0), a)          #> [1, 2] 4 3 [1, 2]
a.extend((7, 8))
a.extend(x * x for x in range(3))
print(a)                                #> [1, 2, 7, 8, 0, 1, 4]
a.extend(5)                             #! TypeError: 'int' object is not iterable
a.remove(7)
a.remove(99)                            #! ValueError: list.remove(x): x not in list
print(a.index(8), a.count(1), a.count(99))  #> 2 2 0
a.index(99)                             #! ValueError: 99 is not in list
a.index(8, 3)                           #! ValueError: 8 is not in list
print(a.index(8, -5), a.index(8, 0, 100))  #> 2 2
a.reverse()
print(a)                                #> [4, 1, 0, 8, 2, 1]
b = a.copy()
b.clear()
print(a, b)                             #> [4, 1, 0, 8, 2, 1] []
b.pop()                                 #! IndexError: pop from empty list
a.pop(100)                              #! IndexError: pop index out of range
a.pop("x")                              #! TypeError: 'str' object cannot be interpreted as an integer
a.append()                              #! TypeError: list.append() takes exactly one argument (0 given)
a.append(1, 2)                          #! TypeError: list.append() takes exactly one argument (2 given)
a.clear(1)                              #! TypeError: list.clear() takes no arguments (1 given)
a.sort(1)                               #! TypeError: sort() takes no positional arguments
a.sort(foo=1)                           #! TypeError: 'foo' is an invalid keyword argument for sort()
a.sort(key=1)                           #! TypeError: 'int' object is not callable
a.sort(reverse="x")                     #! TypeError: 'str' object cannot be interpreted as an integer
print(sorted([3, 1, 2], reverse=True), sorted("hello"), sorted({"b": 1, "a": 2}))
#> [3, 2, 1] ['e', 'h', 'l', 'l', 'o'] ['a', 'b']
c = ["b", "A", "c", "B"]
c.sort(key=str.lower)
print(c)                                #> ['A', 'b', 'B', 'c']
c.sort(key=str.lower, reverse=True)
print(c)                                #> ['c', 'b', 'B', 'A']
[1, "a"].sort()                         #! TypeError: '<' not supported between instances of 'str' and 'int'
print([1, 2, 3].__contains__(2), [1, 2].__len__(), [4, 5].__getitem__(1))  #> True 2 5
print(list(reversed([1, 2, 3])), list(iter([1, 2])))  #> [3, 2, 1] [1, 2]
print(iter([1, 2, 3]).__length_hint__())  #> 3
