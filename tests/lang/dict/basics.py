"""dict: making, looking up, order, comparing."""
print({}, {1: 2}, dict(a=1, b=2), dict([(1, 2), (3, 4)]), dict({1: 2}, x=3))
#> {} {1: 2} {'a': 1, 'b': 2} {1: 2, 3: 4} {1: 2, 'x': 3}
d = {"a": 1, "b": 2}
d["c"] = 3
d["a"] = 10
print(d, len(d), "a" in d, 1 in d)      #> {'a': 10, 'b': 2, 'c': 3} 3 True False
d["zz"]                                 #! KeyError: 'zz'
d[1, 2]                                 #! KeyError: (1, 2)
d[[]]                                   #! TypeError: unhashable type: 'list'
d[{}] = 1                               #! TypeError: unhashable type: 'dict'
del d["zz"]                             #! KeyError: 'zz'
del d["a"]
d["a"] = 0
print(d, list(d), list(d.items()), list(d.values()), list(reversed(d)))
#> {'b': 2, 'c': 3, 'a': 0} ['b', 'c', 'a'] [('b', 2), ('c', 3), ('a', 0)] [2, 3, 0] ['a', 'c', 'b']
print({1: "a", 1.0: "b", True: "c"}, {0: 1, False: 2})  #> {1: 'c'} {0: 2}
print({1: 2} == {1: 2.0}, {1: 2, 3: 4} == {3: 4, 1: 2}, {1: 2} != {})  #> True True True
{} < {}                                 #! TypeError: '<' not supported between instances of 'dict' and 'dict'
hash({})                                #! TypeError: unhashable type: 'dict'
dict(1)                                 #! TypeError: 'int' object is not iterable
dict([1])                               #! TypeError: cannot convert dictionary update sequence element #0 to a sequence
dict([(1, 2, 3)])                       #! ValueError: dictionary update sequence element #0 has length 3; 2 is required
dict([(1, 2), "x"])                     #! ValueError: dictionary update sequence element #1 has length 1; 2 is required
dict(1, 2)                              #! TypeError: dict expected at most 1 argument, got 2
print({1: 2} | {3: 4}, {1: 2} | {1: 3}) #> {1: 2, 3: 4} {1: 3}
e = {1: 2}
e |= {5: 6}
e |= [(7, 8)]
print(e)                                #> {1: 2, 5: 6, 7: 8}
{} | []                                 #! TypeError: unsupported operand type(s) for |: 'dict' and 'list'
{**[]}                                  #! TypeError: 'list' object is not a mapping
def f(**k): return k
f(**{1: 2})                             #! TypeError: keywords must be strings
f(**5)                                  #! TypeError: __main__.f() argument after ** must be a mapping, not int
f(a=1, **{"a": 2})                      #! TypeError: __main__.f() got multiple values for keyword argument 'a'
print(f(**{"x y": 1}))                  #> {'x y': 1}
d = {}
d[d.__len__] = 1
print(len(d))                           #> 1
print({k: v for k, v in zip("abc", range(3))})  #> {'a': 0, 'b': 1, 'c': 2}
for k in e: e[k + 100] = 1              #! RuntimeError: dictionary changed size during iteration
class K:
    def __hash__(self): return 1
    def __eq__(self, other): raise RuntimeError("eq")
{K(): 1, K(): 2}                        #! RuntimeError: eq
