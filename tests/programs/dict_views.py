"""dict: order, views, merging, mutation while iterating, and keys that are trouble."""
d = {"b": 1, "a": 2, "c": 3}
keys, values, items = d.keys(), d.values(), d.items()
del d["b"]
d["z"] = 26
d["b"] = 11
print(d, keys, values, items, sep="\n")
print(list(reversed(d)), list(reversed(values)), list(reversed(items)), len(items))
print(sorted(keys | {"q"}), sorted(keys & "abc"), sorted(keys - ["a"]), sorted(keys ^ {"a", "y"}), sorted({"x"} | keys))
print(("a", 2) in items, ("a", 3) in items, "a" in items, ("a", 2, 3) in items, keys == {"a", "b", "c", "z"}, keys < {"a", "b", "c", "z", "y"}, items >= {("a", 2)}, keys.isdisjoint("xyw"))
print(values == d.values(), keys == d.keys(), items == dict(d).items(), {1: 1}.keys() == {1: 2}.keys())
for action in (lambda: keys | 5, lambda: values | {1}, lambda: keys + keys, lambda: hash(keys), lambda: keys[0], lambda: items.x, lambda: type(keys)(), lambda: {1: []}.items() | {2}, lambda: keys < [1], lambda: next(keys)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def mutate(action):
    d = {i: i for i in range(5)}
    seen = []
    try:
        for k in d:
            seen.append(k)
            action(d, k)
    except RuntimeError as error:
        return seen, str(error)
    return seen, d


print(mutate(lambda d, k: d.pop(k)))
print(mutate(lambda d, k: d.update({k + 10: 1})))
print(mutate(lambda d, k: (d.pop(k), d.update({k + 10: 1}))) if False else "skipped: unbounded")
print(mutate(lambda d, k: d.update({k: 100})))
print(mutate(lambda d, k: d.clear()))
a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
print(a | b, b | a, {**a, **b}, dict(a, **b), a)
a |= b
print(a)
a |= [("w", 5)]
a |= zip("uv", (1, 2))
print(a)


class Sub(dict):
    def __missing__(self, key): return f"no {key}"
    def __repr__(self): return f"Sub{super().__repr__()}"


s = Sub(a=1)
print(s["zz"], s.get("zz"), "zz" in s, type(s | {}), type({} | s), {} | s, s.copy(), type(s.copy()), Sub.fromkeys("ab", 0))
print(f"{s['q']}", "%(k)s" % s, "{0[k]}".format(s))


class Key:
    log = []

    def __init__(self, name, h): self.name, self.h = name, h
    def __repr__(self): return self.name
    def __hash__(self): self.log.append(f"hash {self.name}"); return self.h
    def __eq__(self, other): self.log.append(f"{self.name}=={other.name}"); return self.name[0] == other.name[0]


k1, k2, k3 = Key("a1", 1), Key("a2", 1), Key("b1", 1)
d = {k1: "first"}
d[k2] = "second"
d[k3] = "third"
print(d, Key.log)
Key.log.clear()
print(d[k3], d.get(Key("a9", 1)), k1 in d, Key.log)
print(dict.fromkeys([1, 1.0, True, 1 + 0j]), {1: "a", True: "b"}, {0.0: 1, -0.0: 2})
nan = float("nan")
d = {nan: 1}
print(nan in d, float("nan") in d, d[nan])


class Evil:
    def __init__(self, d): self.d = d
    def __hash__(self): return 5
    def __eq__(self, other): self.d.clear(); return False


d = {}
d[Evil(d)] = 1
d[5] = "five"
print(len(d), d.get(5), d.get(Evil(d), "none"))
big = {}
for i in range(2000):
    big[i * 17 % 2003] = i
for i in range(0, 2000, 3):
    del big[i * 17 % 2003]
print(len(big), list(big)[:5], list(big.items())[-2:], sum(big.values()))
big[0] = "back"
print(list(big)[-1], next(iter(big)), next(reversed(big)))
it = iter({1: 2, 3: 4}.items())
print(next(it), it.__length_hint__(), list(it), it.__length_hint__())
print({"k": {"k": {}}}["k"]["k"], {(): 1}[()], {None: 0}, {frozenset([1]): 2}[frozenset([1])])
print(dict(zip("abc", range(3))), dict(["ab", "cd"]), dict([[1, 2]], x=3), dict({}.items()))
d = {"one": 1}
d.setdefault("list", []).append(5)
d["list"] += [6]
print(d, d.popitem(), d)
import sys
print([sys.intern(k) is k for k in {"interned_name": 1}], d.__contains__("one"), d.__len__(), d.__eq__({}), d.__getitem__("one"))
