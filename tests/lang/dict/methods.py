"""dict: every method."""
d = {"a": 1, "b": 2}
print(d.get("a"), d.get("z"), d.get("z", 0))  #> 1 None 0
d.get()                                 #! TypeError: get expected at least 1 argument, got 0
d.get([])                               #! TypeError: unhashable type: 'list'
print(d.setdefault("c", 3), d.setdefault("a", 9), d)  #> 3 1 {'a': 1, 'b': 2, 'c': 3}
print(d.pop("c"), d.pop("zz", None))    #> 3 None
d.pop("zz")                             #! KeyError: 'zz'
d.pop()                                 #! TypeError: pop expected at least 1 argument, got 0
print(d.popitem(), d)                   #> ('b', 2) {'a': 1}
d.clear()
d.popitem()                             #! KeyError: 'popitem(): dictionary is empty'
d.update(x=1)
d.update({"y": 2}, z=3)
d.update([("w", 4)])
print(d)                                #> {'x': 1, 'y': 2, 'z': 3, 'w': 4}
d.update(5)                             #! TypeError: 'int' object is not iterable
d.update([5])                           #! TypeError: cannot convert dictionary update sequence element #0 to a sequence
d.update(["abc"])                       #! ValueError: dictionary update sequence element #0 has length 3; 2 is required
d.update({}, {})                        #! TypeError: update expected at most 1 argument, got 2
print(d.copy() == d, d.copy() is d)     #> True False
print(dict.fromkeys("abc"), dict.fromkeys([1, 2], 0))  #> {'a': None, 'b': None, 'c': None} {1: 0, 2: 0}
dict.fromkeys(5)                        #! TypeError: 'int' object is not iterable
k = d.keys()
print(k, d.values(), d.items())
#> dict_keys(['x', 'y', 'z', 'w']) dict_values([1, 2, 3, 4]) dict_items([('x', 1), ('y', 2), ('z', 3), ('w', 4)])
d["new"] = 0
print(len(k), "new" in k, ("x", 1) in d.items(), 4 in d.values())  #> 5 True True True
print(sorted(k & {"x", "q"}), sorted(k | {"q"}), sorted(k - {"x"}), sorted(k ^ {"x", "q"}))
#> ['x'] ['new', 'q', 'w', 'x', 'y', 'z'] ['new', 'w', 'y', 'z'] ['new', 'q', 'w', 'y', 'z']
print(k == {"x", "y", "z", "w", "new"}, k >= {"x"}, k.isdisjoint({"q"}))  #> True True True
print(d.items() & {("x", 1), ("x", 2)}) #> {('x', 1)}
k[0]                                    #! TypeError: 'dict_keys' object is not subscriptable
print(list(reversed(d.items()))[0], k.mapping["x"])  #> ('new', 0) 1
k.mapping["x"] = 5                      #! TypeError: 'mappingproxy' object does not support item assignment
class Missing(dict):
    def __missing__(self, key): return key * 2
m = Missing(a=1)
print(m["a"], m["b"], m.get("b"), m)    #> 1 bb None {'a': 1}
class Keys:
    def keys(self): return ["p", "q"]
    def __getitem__(self, key): return key.upper()
print(dict(Keys()), {**Keys()})         #> {'p': 'P', 'q': 'Q'} {'p': 'P', 'q': 'Q'}
it = iter({1: 1})
next(it)
next(it)                                #! StopIteration
it = iter(d)
d["more"] = 1
next(it)                                #! RuntimeError: dictionary changed size during iteration
