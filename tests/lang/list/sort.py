"""list.sort: stability, keys, errors in comparisons, changing the list meanwhile."""
pairs = [("b", 1), ("a", 1), ("c", 0), ("d", 1), ("e", 0)]
print(sorted(pairs, key=lambda p: p[1]))  #> [('c', 0), ('e', 0), ('b', 1), ('a', 1), ('d', 1)]
print(sorted(pairs, key=lambda p: p[1], reverse=True))  #> [('b', 1), ('a', 1), ('d', 1), ('c', 0), ('e', 0)]
class Loud:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
    def __repr__(self): return f"L{self.n}"
print(sorted([Loud(3), Loud(1), Loud(2)]))  #> [L1, L2, L3]
print(max([Loud(3), Loud(5), Loud(2)].__iter__(), key=lambda x: x.n))  #> L5
class Bad:
    def __lt__(self, other): raise ValueError("no order")
sorted([Bad(), Bad()])                  #! ValueError: no order
values = [5, 4, 3, 2, 1]
def key(x):
    values.append(x)
    return x
values.sort(key=key)                    #! ValueError: list modified during sort
print(values)                           #> [1, 2, 3, 4, 5]
print(sorted([1.5, 1, True, 0, -0.0]), sorted([(2, "b"), (2, "a"), (1, "z")]))
#> [0, -0.0, 1, True, 1.5] [(1, 'z'), (2, 'a'), (2, 'b')]
print(sorted([[3], [1, 2], [1]]), sorted(["é", "z", "a", "Z"]), sorted([b"b", b"a"]))
#> [[1], [1, 2], [3]] ['Z', 'a', 'z', 'é'] [b'a', b'b']
print(sorted(range(100), key=lambda x: -x % 7)[:12])  #> [0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77]
print(sorted([float("inf"), 3, -float("inf"), 2 ** 100]))  #> [-inf, 3, 1267650600228229401496703205376, inf]
sorted()                                #! TypeError: sorted expected 1 argument, got 0
sorted([1], 2)                          #! TypeError: sorted expected 1 argument, got 2
sorted(5)                               #! TypeError: 'int' object is not iterable
sorted([3, None])                       #! TypeError: '<' not supported between instances of 'NoneType' and 'int'
x = list(range(2000, 0, -1))
x.sort()
print(x == list(range(1, 2001)))        #> True
y = [(i * 7919) % 1009 for i in range(1009)]
print(sorted(y) == list(range(1009)), sorted(y, reverse=True)[:3])  #> True [1008, 1007, 1006]
