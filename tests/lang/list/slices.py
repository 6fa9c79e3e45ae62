"""list: slices read, assigned, deleted."""
a = list(range(10))
print(a[2:5], a[:3], a[7:], a[:], a[::2], a[1::3], a[::-1])
#> [2, 3, 4] [0, 1, 2] [7, 8, 9] [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] [0, 2, 4, 6, 8] [1, 4, 7] [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
print(a[-3:], a[:-3], a[-100:100], a[5:2], a[8:2:-2], a[100:], a[:100:-1])
#> [7, 8, 9] [0, 1, 2, 3, 4, 5, 6] [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] [] [8, 6, 4] [] []
a[::0]                                  #! ValueError: slice step cannot be zero
a["1":]                                 #! TypeError: slice indices must be integers or None or have an __index__ method
a[1.5:2]                                #! TypeError: slice indices must be integers or None or have an __index__ method
b = a[:]
b[2:5] = "xyz!"
print(b)                                #> [0, 1, 'x', 'y', 'z', '!', 5, 6, 7, 8, 9]
b[0:0] = [-1, -2]
print(b)                                #> [-1, -2, 0, 1, 'x', 'y', 'z', '!', 5, 6, 7, 8, 9]
b[3:] = []
print(b)                                #> [-1, -2, 0]
b[:] = range(6)
b[::2] = "abc"
print(b)                                #> ['a', 1, 'b', 3, 'c', 5]
b[::2] = "ab"                           #! ValueError: attempt to assign sequence of size 2 to extended slice of size 3
b[1:3] = 5                              #! TypeError: can only assign an iterable
b[::2] = 5                              #! TypeError: must assign iterable to extended slice
del b[1:3]
print(b)                                #> ['a', 3, 'c', 5]
del b[::-2]
print(b)                                #> ['a', 'c']
b[:] = b
print(b)                                #> ['a', 'c']
b[1:1] = b
print(b)                                #> ['a', 'a', 'c', 'c']
class Index:
    def __index__(self): return 2
print(a[Index()], a[Index():], a[:Index()])  #> 2 [2, 3, 4, 5, 6, 7, 8, 9] [0, 1]
print(slice(1, 2), slice(5), slice(None, None, -1))  #> slice(1, 2, None) slice(None, 5, None) slice(None, None, -1)
print(slice(1, 10, 2).indices(5), slice(None, None, -1).indices(4), slice(-3, None).indices(10))
#> (1, 5, 2) (3, -1, -1) (7, 10, 1)
slice(1, 2, 0).indices(3)               #! ValueError: slice step cannot be zero
slice(1).indices(-1)                    #! ValueError: length should not be negative
slice()                                 #! TypeError: slice expected at least 1 argument, got 0
hash(slice(1))                          #! TypeError: unhashable type: 'slice'
print(slice(1, 2) == slice(1, 2), slice(1, 2) < slice(1, 3))  #> True True
s = slice(1, 2, 3)
print(s.start, s.stop, s.step)          #> 1 2 3
s.start = 4                             #! AttributeError: readonly attribute
