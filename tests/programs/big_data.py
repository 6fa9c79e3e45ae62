"""Larger containers: 200,000 items through dicts, lists, sets, strings and sorting; sums are checked."""
N = 200_000


def numbers(n, seed=1):
    x = seed
    for _ in range(n):
        x = (x * 1664525 + 1013904223) & 0xFFFFFFFF
        yield x >> 8


values = list(numbers(N))
print(len(values), values[0], values[-1], sum(values), min(values), max(values), len(set(values)))
d = {}
for v in values:
    d[v % 5003] = d.get(v % 5003, 0) + 1
print(len(d), max(d.values()), sum(d.values()), sum(k * c for k, c in d.items()), next(iter(d)), list(d)[-1])
ordered = sorted(values)
print(ordered[N // 2], ordered[:3], all(a <= b for a, b in zip(ordered, ordered[1:])), sorted(values, reverse=True) == ordered[::-1], sum(ordered[::1000]))
strings = [f"{v:06x}" for v in values[:50000]]
joined = "".join(strings)
print(len(joined), joined[:12], joined.count("ff"), joined.find("beef"), hash(joined) == hash("".join(strings)), len(joined.split("0")), len(joined.replace("a", "")))
groups = {}
for s in strings:
    groups.setdefault(s[0], []).append(s)
print({k: len(v) for k, v in sorted(groups.items())}, max(groups["0"]), min(groups["f"]))
words = {s: i for i, s in enumerate(strings)}
for s in strings[::3]:
    words.pop(s, None)
print(len(words), sum(words.values()), strings[1] in words, strings[0] in words)
a, b = set(values[:N // 2]), set(values[N // 2:])
print(len(a), len(b), len(a & b), len(a | b), len(a - b), len(a ^ b), sum(a & b) % 1000007)
t = tuple(values)
print(t == tuple(list(t)), t[100:103], t.count(t[5]), t.index(t[1000]), hash(t[:100]) == hash(tuple(values[:100])))
matrix = [[(i * j) % 97 for j in range(300)] for i in range(300)]
print(sum(map(sum, matrix)), [sum(column) for column in zip(*matrix)][:5], sum(matrix[i][i] for i in range(300)))
data = bytearray(v & 255 for v in values)
print(len(data), data[:4].hex(), data.count(0), sum(data), data.find(b"\0\1"), bytes(data).translate(bytes(range(255, -1, -1)))[:3].hex(), sum(memoryview(data)[::1000]))


class P:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y


class Q:
    def __init__(self, x): self.x = x


points = [P(v, -v) for v in values[:50000]]
objects = [Q(p) for p in points]
print(sum(o.x.x + o.x.y for o in objects), max(points, key=lambda p: p.x).x, len({id(o) for o in objects}))
for o in objects[::2]: o.extra = 1
print(sum(hasattr(o, "extra") for o in objects), sum(len(vars(o)) for o in objects))
del objects[10:], points[10:]
chain = None
for i in range(100_000): chain = (i, chain)
n = 0
while chain: n, chain = n + chain[0], chain[1]
print(n)
deep = []
for i in range(100_000): deep = [deep]
print(len(deep))
del deep
queue = list(range(1000))
for i in range(20000): queue.append(queue.pop(0) * 7 % 1009)
print(sum(queue), queue[:5])
sieve = bytearray([1]) * 300_000
for i in range(2, 548):
    if sieve[i]: sieve[i * i::i] = bytes(len(range(i * i, 300_000, i)))
print(sum(sieve) - 2)
big = 1
for i in range(2, 1200): big *= i
print(big.bit_length(), sum(map(int, str(big))), big % (10 ** 9 + 7))
fib = [0, 1]
while len(fib) < 3000: fib.append(fib[-1] + fib[-2])
print(fib[-1] % 10 ** 20, len(str(fib[-1])))
text = "the quick brown fox " * 5000
counts = {}
for w in text.split(): counts[w] = counts.get(w, 0) + 1
print(counts, len(text), text[::5000], len(text.title().swapcase()), text.encode().count(b"o"))
nested = {i: {j: i * j for j in range(50)} for i in range(400)}
print(sum(nested[i][j] for i in range(0, 400, 7) for j in range(0, 50, 3)), len(str(nested)))
gen = (x for x in values if x % 3 == 0)
print(sum(1 for _ in gen), sum(x for x in gen), sum(i for i, _ in zip(range(10 ** 9), values)))
