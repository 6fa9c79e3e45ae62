"""Sorting: stability, keys, reverse, mixed numbers, errors in the middle, comparisons counted."""
people = [("Ada", 36, "London"), ("Bob", 25, "Paris"), ("Cyd", 36, "Paris"), ("Dee", 25, "London"), ("Eve", 41, "Rome"), ("Fay", 36, "London")]
print([p[0] for p in sorted(people, key=lambda p: p[1])], [p[0] for p in sorted(people, key=lambda p: p[1], reverse=True)], [p[0] for p in sorted(people, key=lambda p: (p[2], -p[1]))])
by_all = sorted(sorted(sorted(people), key=lambda p: p[2], reverse=True), key=lambda p: p[1])
print(by_all)


class Counted:
    n = 0
    def __init__(self, v): self.v = v
    def __lt__(self, o): Counted.n += 1; return self.v < o.v
    def __repr__(self): return str(self.v)


def comparisons(values):
    Counted.n = 0
    result = sorted(map(Counted, values))
    assert [c.v for c in result] == sorted(values)
    return Counted.n


shuffled = [(i * 7919) % 997 for i in range(997)]
print([comparisons(v) for v in ([], [1], [2, 1], range(100), range(100, 0, -1), [5] * 100, list(range(50)) + list(range(50)), list(range(99)) + [0], [0] + list(range(99, 0, -1)))])
print([comparisons(v) for v in (shuffled, shuffled[:64], shuffled[:65], sorted(shuffled) + shuffled[:10], shuffled[:500] + sorted(shuffled[500:]), [x % 10 for x in shuffled], list(range(0, 1000, 2)) + list(range(1, 1000, 2)))])
l = [3, 1, 2]
print(l.sort(), l, l.sort(reverse=True), l, sorted(l, reverse=0), sorted(l, key=None))
for bad in (lambda: [1, "a"].sort(), lambda: sorted([1, None, 2]), lambda: sorted([1j, 2j]), lambda: [1].sort(lambda x: x), lambda: [2, 1].sort(key=5), lambda: [2, 1].sort(key=lambda: 0), lambda: sorted(), lambda: sorted([1], key=lambda x: 1 / 0), lambda: sorted([[1], ["a"]]), lambda: sorted([{}, {}]), lambda: sorted(5), lambda: [1].sort(reverse="x"), lambda: [1].sort(reverse=None), lambda: sorted([1], cmp=5)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)


class Fails:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        if self.v == 3 or o.v == 3: raise ValueError("three")
        return self.v < o.v
    def __repr__(self): return f"F{self.v}"


l = [Fails(i) for i in (5, 1, 4, 3, 2)]
try:
    l.sort()
except ValueError as error:
    print(error, sorted(f.v for f in l), len(l))
l = [3, 2, 1]


class Evil:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        evil.append(99)
        return self.v < o.v


evil = [Evil(2), Evil(1), Evil(3)]
try:
    evil.sort()
except ValueError as error:
    print(error, len(evil), type(evil[0]).__name__)
seen = []
def key(x):
    seen.append(len(l))
    return x
l.sort(key=key)
print(l, seen)
print(sorted([2.5, 1, True, 0, -1.5, 10 ** 30, float("inf"), float("-inf")]), sorted(["b", "B", "a", "A", "ä", "z", ""]), sorted([(1, "b"), (1, "a"), (0, "z")]), sorted([b"b", b"", b"a"]), sorted([[2], [1, 5], [1], []]), sorted([{1, 2}, {1}, set()], key=len))
print(sorted("hello world"), sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1]), sorted(range(10), key=lambda x: (x % 3, -x)), sorted(["10", "9", "2"], key=int), sorted(["File10", "file9", "File2"], key=lambda s: (s.lower()[:4], int(s[4:]))))
nan = float("nan")
print(sorted([3, 1, 2, nan])[:3], sorted([1.0, 1, True], key=str), sorted([0.0, -0.0, 0]), [type(x).__name__ for x in sorted([True, 1, 1.0, False, 0, 0.0])])
big = [(i * 48271) % 65537 for i in range(5000)]
print(sorted(big)[:5], sorted(big)[-1], sorted(big, key=lambda x: -x)[:3], sorted(map(str, big))[:4], sorted(map(float, big)) == list(map(float, sorted(big))), sorted(zip(big, reversed(big)))[2], sum(i * x for i, x in enumerate(sorted(big))))
rows = [[(i * j) % 7, i, j] for i in range(1, 6) for j in range(1, 6)]
print(sorted(rows)[:4], min(rows, key=lambda r: (r[0], -r[1])), max(rows), sorted(rows, key=lambda r: r[::-1])[:2])
def merge_sort(a): return a if len(a) < 2 else merge(merge_sort(a[::2]), merge_sort(a[1::2]))
def merge(a, b): return [] if not a and not b else [a[0]] + merge(a[1:], b) if a and (not b or a[0] <= b[0]) else [b[0]] + merge(a, b[1:])
print(merge_sort(shuffled[:60]) == sorted(shuffled[:60]), merge_sort(list("sorting")))
