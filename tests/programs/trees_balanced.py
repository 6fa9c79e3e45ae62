"""An AVL tree, a treap, a segment tree and a Fenwick tree, checked against sorted lists."""


class AVL:
    __slots__ = ("key", "left", "right", "height", "size")

    def __init__(self, key, left=None, right=None):
        self.key, self.left, self.right = key, left, right
        self.update()

    def update(self):
        self.height = 1 + max(h(self.left), h(self.right))
        self.size = 1 + n(self.left) + n(self.right)
        return self


def h(t): return t.height if t else 0
def n(t): return t.size if t else 0


def rotate_right(t):
    l = t.left
    t.left, l.right = l.right, t
    t.update()
    return l.update()


def rotate_left(t):
    r = t.right
    t.right, r.left = r.left, t
    t.update()
    return r.update()


def balance(t):
    t.update()
    if h(t.left) > h(t.right) + 1:
        if h(t.left.left) < h(t.left.right): t.left = rotate_left(t.left)
        return rotate_right(t)
    if h(t.right) > h(t.left) + 1:
        if h(t.right.right) < h(t.right.left): t.right = rotate_right(t.right)
        return rotate_left(t)
    return t


def insert(t, key):
    if t is None: return AVL(key)
    if key < t.key: t.left = insert(t.left, key)
    elif t.key < key: t.right = insert(t.right, key)
    return balance(t)


def smallest(t): return smallest(t.left) if t.left else t.key


def remove(t, key):
    if t is None: raise KeyError(key)
    if key < t.key: t.left = remove(t.left, key)
    elif t.key < key: t.right = remove(t.right, key)
    elif t.left and t.right:
        t.key = smallest(t.right)
        t.right = remove(t.right, t.key)
    else: return t.left or t.right
    return balance(t)


def walk(t):
    if t:
        yield from walk(t.left)
        yield t.key
        yield from walk(t.right)


def kth(t, k):
    if k < n(t.left): return kth(t.left, k)
    k -= n(t.left)
    return t.key if k == 0 else kth(t.right, k - 1)


def rank(t, key): return 0 if t is None else rank(t.left, key) if key <= t.key else n(t.left) + 1 + rank(t.right, key)
def check(t): return t is None or abs(h(t.left) - h(t.right)) <= 1 and check(t.left) and check(t.right) and t.size == 1 + n(t.left) + n(t.right)


state = 12345


def rand(bound):
    global state
    state = (state * 1103515245 + 12345) % 2 ** 31
    return (state >> 8) % bound


t, model = None, set()
for i in range(1500):
    key = rand(700)
    if key in model and rand(3) == 0:
        t = remove(t, key)
        model.discard(key)
    else:
        t = insert(t, key)
        model.add(key)
keys = sorted(model)
print(list(walk(t)) == keys, len(keys), h(t), check(t), [kth(t, k) for k in (0, 10, 100)], [rank(t, k) for k in (0, 350, 700)], all(kth(t, rank(t, k)) == k for k in keys[::17]))
try:
    remove(t, 5000)
except KeyError as error:
    print("KeyError", error)
words = None
for w in "the quick brown fox jumps over the lazy dog".split(): words = insert(words, w)
print(list(walk(words)), h(words))


class Segment:
    """Range queries with any associative operation."""
    def __init__(self, items, op, unit):
        self.n = len(items)
        self.op, self.unit, self.t = op, unit, [unit] * self.n + list(items)
        for i in range(self.n - 1, 0, -1): self.t[i] = op(self.t[2 * i], self.t[2 * i + 1])
    def __setitem__(self, i, v):
        i += self.n
        self.t[i] = v
        while i := i // 2: self.t[i] = self.op(self.t[2 * i], self.t[2 * i + 1])
    def __getitem__(self, s):
        lo, hi, _ = s.indices(self.n)
        left, right, lo, hi = self.unit, self.unit, lo + self.n, hi + self.n
        while lo < hi:
            if lo & 1: left, lo = self.op(left, self.t[lo]), lo + 1
            if hi & 1: hi -= 1; right = self.op(self.t[hi], right)
            lo, hi = lo // 2, hi // 2
        return self.op(left, right)


data = [rand(100) for _ in range(64)]
trees = [(Segment(data, lambda a, b: a + b, 0), sum), (Segment(data, max, -1), max), (Segment(data, min, 1000), min), (Segment([chr(97 + x % 26) for x in data], lambda a, b: a + b, ""), "".join)]
good = 0
for _ in range(200):
    a, b, i, v = rand(64), rand(64), rand(64), rand(100)
    a, b = min(a, b), max(a, b) + 1
    data[i] = v
    for tree, f in trees:
        tree[i] = v if f != "".join else chr(97 + v % 26)
        good += tree[a:b] == (f(data[a:b]) if f not in ("".join,) else "".join(chr(97 + x % 26) for x in data[a:b]))
print(good, trees[0][0][:], trees[1][0][10:20], trees[3][0][:12])


class Fenwick:
    def __init__(self, n): self.t = [0] * (n + 1)
    def add(self, i, v):
        i += 1
        while i < len(self.t):
            self.t[i] += v
            i += i & -i
    def sum(self, i):
        total = 0
        while i: total += self.t[i]; i &= i - 1
        return total


def inversions(items):
    f, order = Fenwick(len(items)), {x: i for i, x in enumerate(sorted(set(items)))}
    total = 0
    for seen, x in enumerate(items):
        total += seen - f.sum(order[x] + 1)
        f.add(order[x], 1)
    return total


for items in ([], [1], [2, 1], list(range(50, 0, -1)), data):
    print(inversions(items), inversions(items) == sum(a > b for i, a in enumerate(items) for b in items[i + 1:]), end=" ")
print()
