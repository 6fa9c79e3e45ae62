"""Hot subscripts, stores, unpacking and iteration over containers that change in type."""


def hot(f, *args, n=60):
    for _ in range(n):
        result = f(*args)
    return result


def get(c, k): return c[k]
def put(c, k, v): c[k] = v
def drop(c, k): del c[k]
def unpack2(c):
    a, b = c
    return a, b
def unpack3(c):
    a, b, d = c
    return a, b, d
def iterate(c):
    out = []
    for x in c:
        out.append(x)
    return out


def attempt(f, *args):
    try:
        return f(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class L(list): pass
class L2(list):
    def __getitem__(self, i): return f"L2[{i}]"
    def __iter__(self): return iter("L2")
class D(dict):
    def __missing__(self, k): return f"missing {k}"
class T(tuple): pass
class G:
    def __getitem__(self, i):
        if isinstance(i, int) and i > 2: raise IndexError(i)
        return f"G[{i}]"
class Idx:
    def __init__(self, i): self.i = i
    def __index__(self): return self.i
class CG:
    def __class_getitem__(cls, k): return f"CG[{k}]"


containers = [[10, 20, 30], (10, 20, 30), {0: "zero", 1: "one", "k": "key", True: "t"}, "abc", "日本語", b"xyz", bytearray(b"xyz"), range(5, 8), L([1, 2, 3]), L2([1, 2, 3]), D({0: 1}), T((7, 8, 9)), G(), memoryview(b"mv!"), CG, {1, 2}, 5, None]
keys = [0, 1, 2, -1, 5, True, "k", 1.0, Idx(1), slice(0, 2), slice(None, None, -1), None, 2 ** 70, (0,), [0]]
for c in containers:
    row = []
    for k in keys:
        hot(get, [1, 2, 3], 1, n=20)
        r = attempt(hot, get, c, k)
        row.append(str(r).split(" at 0x")[0])
    print(type(c).__name__, *row, sep=" | ")
for c in containers[:15]:
    print(type(c).__name__, attempt(hot, unpack2, c), attempt(hot, unpack3, c), attempt(hot, iterate, c) if c is not CG else "", sep=" | ")
l, d, ba = [0, 0, 0], {}, bytearray(3)
for i in range(60):
    put(l, i % 3, i)
    put(d, i % 3, i)
    put(ba, i % 3, i)
print(l, d, ba, attempt(put, l, 3, 1), attempt(put, (1,), 0, 1), attempt(put, "abc", 0, "x"), attempt(put, ba, 0, 300), attempt(put, d, [], 1), attempt(put, l, "x", 1), attempt(put, {1}, 0, 1), put(l, -1, "last"), put(l, Idx(0), "idx"), put(l, slice(1, 2), "ab"), l)
for i in range(30):
    put(d, i, i)
    drop(d, i)
print(d, attempt(drop, d, 0), attempt(drop, l, 10), attempt(drop, (1,), 0), drop(l, 0), l)


class Changing:
    def __getitem__(self, k): return f"first {k}"


c = Changing()
print(hot(get, c, 1))
Changing.__getitem__ = lambda self, k: f"second {k}"
print(get(c, 1))
del Changing.__getitem__
print(attempt(get, c, 1))
Changing.__class_getitem__ = classmethod(lambda cls, k: f"class {k}")
print(get(Changing, 1), attempt(get, c, 1))
Changing.__getitem__ = dict.get
print(attempt(get, c, 1))


def scan(n):
    data = list(range(n))
    total = 0
    for i in range(n):
        total += data[i]
        if i == n // 2:
            data = tuple(data)
        if i == n * 3 // 4:
            data = dict(enumerate(data))
    return total


print(scan(200))


def count_words(words):
    counts = {}
    for w in words:
        if w in counts:
            counts[w] += 1
        else:
            counts[w] = 1
    return counts


print(count_words("a b a c b a".split() * 20), count_words([1, 1.0, True, "1"]), count_words(iter([(), (), None])))
iterables = [[1, 2], (3, 4), range(3), "ab", {"k": 1}, {5}, b"z", iter([6]), (x for x in "g"), map(str, [7]), zip([8], [9]), enumerate("e"), reversed([1, 2]), {1: 2}.items(), L2([1]), G(), dict(a=1).values(), range(10 ** 20, 10 ** 20 + 2), [], ()]
print([iterate(i) for i in iterables])
def nested(rows): return [[cell for cell in row] for row in rows]
print(nested([[1], (2, 3), "ab", {4: 5}, range(2)]))


def grow_while_iterating():
    l = [1]
    for x in l:
        if len(l) < 5: l.append(x * 2)
    return l


def shrink_while_iterating():
    l = list(range(10))
    for x in l: l.remove(x)
    return l


def range_rebind():
    out = []
    r = range(3)
    for i in r:
        r = range(100)
        out.append(i)
        i = 50
    return out


print(grow_while_iterating(), shrink_while_iterating(), range_rebind(), [hot(unpack2, x) for x in ((1, 2), [3, 4], "ab", {5: 6, 7: 8}, iter([9, 10]) if False else (9, 10))])
def swap(a, i, j): a[i], a[j] = a[j], a[i]
a = [1, 2, 3]
hot(swap, a, 0, 2, n=61)
print(a, [get([x], 0) for x in (1, None, "s")], get({"a": {"b": [1]}}, "a")["b"][0], get(get([[5]], 0), 0))
big = list(range(300))
print(sum(get(big, i) for i in range(-300, 300)), get(big, 255), get(big, 256), get(big, -300), attempt(get, big, 300), attempt(get, big, -301), get("é" * 300, 299), get(tuple(big), 270), get(bytes(range(256)), 200))
