"""set and frozenset: making, operators, methods, order of small ints."""
print(set(), {1}, {1, 2, 3}, frozenset(), frozenset([1, 2]))  #> set() {1} {1, 2, 3} frozenset() frozenset({1, 2})
s = {3, 1, 2}
print(s, len(s), 1 in s, 9 in s)        #> {1, 2, 3} 3 True False
print({8, 0, 16}, {5, 3, 1, 9, 7}, {100, 50, 25}, {-1, -2, 0})  #> {8, 0, 16} {1, 3, 5, 7, 9} {25, 50, 100} {0, -1, -2}
print({1, 2} | {3}, {1, 2} & {2}, {1, 2} - {2}, {1, 2} ^ {2, 3})  #> {1, 2, 3} {2} {1} {1, 3}
{1} | [1]                               #! TypeError: unsupported operand type(s) for |: 'set' and 'list'
{1} & 5                                 #! TypeError: unsupported operand type(s) for &: 'set' and 'int'
print({1}.union([2], (3,)), {1, 2}.intersection([2]), {1, 2}.difference([1]), {1}.symmetric_difference([2]))
#> {1, 2, 3} {2} {2} {1, 2}
print({1} < {1, 2}, {1, 2} <= {1, 2}, {1, 2} > {1}, {1} == frozenset([1]), {1} == [1])  #> True True True True False
s.add(4)
s.discard(99)
s.remove(99)                            #! KeyError: 99
s.remove([])                            #! TypeError: unhashable type: 'list'
s.remove(4)
s.update([7, 8], (9,))
print(s)                                #> {1, 2, 3, 7, 8, 9}
s.difference_update([7, 8])
s.intersection_update({1, 2, 9})
print(s)                                #> {1, 2, 9}
s.symmetric_difference_update([1, 5])
print(s, s.isdisjoint([77]), s.issubset(range(10)), s.issuperset([2]))  #> {2, 5, 9} True True True
s -= {2}
s |= {6}
s &= {6, 9}
s ^= {6}
print(s)                                #> {9}
s.pop()
s.pop()                                 #! KeyError: 'pop from an empty set'
s.add([])                               #! TypeError: unhashable type: 'list'
hash({1})                               #! TypeError: unhashable type: 'set'
print(hash(frozenset()), hash(frozenset([1, 2, 3])))  #> 133146708735736 -272375401224217160
print({frozenset([1]): "x"}[frozenset([1])], {1} in {frozenset([1])})  #> x True
frozenset([1]).add(2)                   #! AttributeError: 'frozenset' object has no attribute 'add'
set(1)                                  #! TypeError: 'int' object is not iterable
set(1, 2)                               #! TypeError: set expected at most 1 argument, got 2
print(set("hello") == set("ehlo"), frozenset("ab") | {"c"} == {"a", "b", "c"})  #> True True
print(type(frozenset([1]) | {2}), type({1} | frozenset([2])))  #> <class 'frozenset'> <class 'set'>
{1} < [1]                               #! TypeError: '<' not supported between instances of 'set' and 'list'
for x in s: s.add(x + 1)
class S(set): pass
print(S([1, 2]), S([1]) | {2}, type(S([1]) | {2}))  #> S({1, 2}) {1, 2} <class 'set'>
