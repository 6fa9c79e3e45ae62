"""list.insert: where the index may point."""
a = [1, 2]
a.insert(-9, 0)
print(a)                                #> [0, 1, 2]
a.insert(99, 3)
print(a)                                #> [0, 1, 2, 3]
a.insert("0", 0)                        #! TypeError: 'str' object cannot be interpreted as an integer
a.insert(1)                             #! TypeError: insert expected 2 arguments, got 1
a.insert(2 ** 100, 0)                   #! OverflowError: Python int too large to convert to C ssize_t
for i in (-1, 1):
    a.insert(i, "x")
    print(a)
#> [0, 1, 2, 'x', 3]
#> [0, 'x', 1, 2, 'x', 3]
