"""for and while: else, break, changing what is iterated."""
for x in []: pass
else: print("empty else")
#> empty else
for x in [1, 2]:
    if x == 2: break
else: print("not printed")
print(x)                                #> 2
n = 0
while n < 3: n += 1
else: print("while else", n)
#> while else 3
while True:
    n -= 1
    if n < 0: break
    if n == 1: continue
    print("n", n)
#> n 2
#> n 0
a = [1, 2, 3]
for v in a:
    if len(a) < 6: a.append(v * 10)
print(a)                                #> [1, 2, 3, 10, 20, 30]
for i, (p, q) in enumerate([(1, 2), (3, 4)], start=5): print(i, p, q)  #> 5 1 2
#> 6 3 4
for i in 5: pass                        #! TypeError: 'int' object is not iterable
for i in None: pass                     #! TypeError: 'NoneType' object is not iterable
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration("v")
        return self.n
print(list(It()), [*It()], 2 in It())   #> [1, 2, 3] [1, 2, 3] True
class NoNext:
    def __iter__(self): return 5
for i in NoNext(): pass                 #! TypeError: iter() returned non-iterator of type 'int'
class Raises:
    def __iter__(self): raise ValueError("iter")
for i in Raises(): pass                 #! ValueError: iter
for a[0] in (7, 8): pass
print(a)                                #> [8, 2, 3, 10, 20, 30]
class O: pass
for O.attr in "xy": pass
print(O.attr)                           #> y
for i in range(3):
    for j in range(3):
        if j == 1: break
        if i == 1: continue
        print(i, j)
    else: print("never")
#> 0 0
#> 2 0
it = iter([1, 2, 3, 4])
for x in it: print(x, next(it, None))   #> 1 2
#> 3 4
for x in iter(lambda s=[3]: s.__setitem__(0, s[0] - 1) or s[0], 0): print("sentinel", x)  #> sentinel 2
#> sentinel 1
iter(5)                                 #! TypeError: 'int' object is not iterable
iter([], 1)                             #! TypeError: iter(v, w): v must be callable
iter()                                  #! TypeError: iter expected at least 1 argument, got 0
print(list(zip("ab", [1, 2, 3])), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, ""])), list(enumerate("x", 9)))
#> [('a', 1), ('b', 2)] [4, 6] [1] [(9, 'x')]
list(zip([1], [1, 2], strict=True))     #! ValueError: zip() argument 2 is longer than argument 1
list(zip([1, 2], [1], strict=True))     #! ValueError: zip() argument 2 is shorter than argument 1
del x
x                                       #! NameError: name 'x' is not defined
for x in (): pass
for k in {}: k
k                                       #! NameError: name 'k' is not defined
