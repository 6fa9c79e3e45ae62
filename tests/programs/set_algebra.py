"""Sets: the laws of algebra on many sets, methods against operators, mutation, subclasses, order."""
universe = [set(), {1}, {2}, {1, 2}, {1, 2, 3}, {"a", 1}, set(range(20)), set(range(0, 40, 3)), set("hello"), {(), (1,)}, {frozenset([1]), frozenset()}, {0.0, True, 5}]
laws = {
    "union commutes": lambda a, b, c: a | b == b | a, "intersection commutes": lambda a, b, c: a & b == b & a, "union associates": lambda a, b, c: (a | b) | c == a | (b | c),
    "distributes": lambda a, b, c: a & (b | c) == (a & b) | (a & c), "difference": lambda a, b, c: a - b == {x for x in a if x not in b}, "symmetric": lambda a, b, c: a ^ b == (a | b) - (a & b) == (a - b) | (b - a),
    "de Morgan": lambda a, b, c: c - (a | b) == (c - a) & (c - b), "absorb": lambda a, b, c: a | (a & b) == a == a & (a | b), "subset": lambda a, b, c: (a <= b) == (a & b == a) == a.issubset(b) == b.issuperset(a) == (b >= a),
    "proper": lambda a, b, c: (a < b) == (a <= b and a != b) == (b > a), "disjoint": lambda a, b, c: a.isdisjoint(b) == (not a & b), "methods": lambda a, b, c: a.union(b, c) == a | b | c and a.intersection(b, c) == a & b & c and a.difference(b, c) == a - b - c and a.symmetric_difference(b) == a ^ b,
    "frozen": lambda a, b, c: frozenset(a) | b == a | b and type(frozenset(a) | b) is frozenset and type(a | frozenset(b)) is set, "hash": lambda a, b, c: a != b or hash(frozenset(a)) == hash(frozenset(b)), "length": lambda a, b, c: len(a | b) == len(a) + len(b) - len(a & b), "lists": lambda a, b, c: a.union(list(b)) == a | b and a.difference(tuple(b)) == a - b and a.intersection(dict.fromkeys(b)) == a & b,
}
for name, law in laws.items():
    print(name, sum(bool(law(a, b, c)) for a in universe for b in universe for c in universe[::3]), len(universe) ** 2 * len(universe[::3]))


def inplace(op, a, b):
    a = original = set(a)
    exec(f"a {op} b", space := {"a": a, "b": b})
    return space["a"] is original, space["a"]


for op in ("|=", "&=", "-=", "^="):
    same = [inplace(op, a, b) for a in universe for b in universe]
    model = [eval(f"a {op[0]} b", {"a": a, "b": b}) for a in universe for b in universe]
    print(op, all(s for s, _ in same), [r for _, r in same] == model)
print([list(a | b) for a in universe[4:9] for b in universe[6:8]][:3], list(universe[7] ^ universe[6]), list(universe[8] - {"l"}), list(universe[8] & set("world")), list({*"order"} | {*"matters"}))
s = {3, 1}
print(s.add(2), s, s.discard(9), s.remove(1), s, s.update("a", [5], {6: 7}), len(s), s.difference_update([5], "a"), sorted(s), s.intersection_update(range(5)), s, s.symmetric_difference_update([2, 8]), sorted(s), s.copy() == s, s.copy() is s, s.clear(), s)
for bad in (lambda: set().pop(), lambda: {1}.remove(2), lambda: {[]}, lambda: set(5), lambda: set(1, 2), lambda: {1} | [1], lambda: [1] | {1}, lambda: {1} & 5, lambda: {1} - "1", lambda: {1} < [1], lambda: {1}.union(5), lambda: {1}.issubset(5), lambda: hash({1}), lambda: frozenset([[]]), lambda: frozenset([1]).add(2), lambda: {1}.add(), lambda: {1}.update(5), lambda: {}.union(), lambda: set(a=1), lambda: {1}.__contains__([]), lambda: {1}.discard([]), lambda: [] in {1}, lambda: {1}.isdisjoint(5), lambda: set([1])[0], lambda: {1} + {2}, lambda: sorted([{1}, {2}, {3}]) and "partial order"):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print({1} in {frozenset([1])}, {frozenset([1])}.remove({1}), {frozenset([1]), 2} - {frozenset([1])}, {1, 1.0, True, 1 + 0j}, {0, False, 0.0, -0.0}, {"a", "a"}, {float("nan")} == {float("nan")})
items = set()
order = []
for i in range(70):
    items.add(i * 11 % 71)
    if i % 10 == 9: order.append(list(items)[:6])
for i in range(0, 71, 2): items.discard(i)
print(*order, list(items), sep="\n")
for i in range(200, 230): items.add(i)
print(list(items), [items.pop() for _ in range(5)], len(items))
class S(set):
    def __contains__(self, x): return True
    def __or__(self, o): return "or"
    def __ror__(self, o): return "ror"
print(S([1]) | {2}, {2} | S([1]), 99 in S(), S([1]) & {1}, type(S([1]) & {1}), type(S([1]).copy()), type(S([1]).union([2])), S("ab") == {"a", "b"}, repr(S([5])), type(frozenset(S())))
class F(frozenset): extra = 5
print(F([1]), F([1]) == frozenset([1]), hash(F([1])) == hash(frozenset([1])), type(F([1]) | {2}), F([1]).extra, frozenset(F([1])), frozenset([1]) is frozenset(frozenset([1])) or "copied", {F([1]): 1}[frozenset([1])])
def changing():
    s = {1, 2, 3}
    for x in s: s.add(x + 10)
def removing():
    s = {1, 2, 3}
    for x in s: s.discard(x)
for f in (changing, removing):
    try: f()
    except RuntimeError as error: print(error)
it = iter({1, 2})
print(it.__length_hint__(), next(it), list(it), list(it))
def primes(n):
    sieve = set(range(2, n))
    for i in range(2, n):
        if i in sieve: sieve -= set(range(i * i, n, i))
    return sorted(sieve)
print(primes(60), set(primes(200)) & {x * x + 1 for x in range(15)}, frozenset("abc") - {"b"} ^ {"z"} | set())
