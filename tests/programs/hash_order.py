"""Iteration order of sets under a fixed hash seed, hashes of many values."""
words = "the quick brown fox jumps over the lazy dog and runs away from the big bad wolf in the woods".split()
print(list(set(words)))
print({w: hash(w) for w in sorted(set(words))[:5]})
print(set("mississippi"), frozenset("abracadabra"), set(range(20, 0, -3)), {1, "a", 2.5, True, (1, 2), b"x"})
s = set()
for i in range(40):
    s.add(i * 37 % 101)
print(list(s))
for i in range(0, 40, 2):
    s.discard(i * 37 % 101)
print(list(s))
for w in words:
    s.add(w)
print(len(s), list(s))
s = {-1, -2, -3, 2 ** 61 - 1, 2 ** 61, 2 ** 64, -2 ** 61, 0.5, 1.5, 1e300, float("inf")}
print(list(s))
a, b = set(words[:9]), set(words[6:])
print(list(a | b), list(a & b), list(a - b), list(a ^ b), sep="\n")
print(list(frozenset(a).union(b, "xyz")))
copy = set(a)
copy.update(b)
print(list(copy), list(copy) == list(a | b))
big = {str(i) for i in range(200)}
print([x for x in big][:30])
big = {i * i for i in range(300)}
print(list(big)[:40])
while len(big) > 5:
    big.pop()
print(sorted(big))
values = (0, 1, -1, 2, 10 ** 20, -10 ** 20, 0.0, 1.0, 0.1, -0.1, 1e-300, 3.14, 1j, 2 + 3j, "", "a", "ab", "é", "日本", "😀", b"", b"a", b"ab", (), (1,), (1, 2), ("a", (1.5,)), True, None is None, frozenset(), frozenset([1]), frozenset("ab"), range(3), slice)
for v in values[:-1]:
    print(repr(v), hash(v))
print(hash(type(None)) != 0, hash(int) == hash(int), hash(("x",)) == hash(("x",)), hash(1) == hash(1.0) == hash(1 + 0j) == hash(True))
print(hash("a" * 7), hash("a" * 8), hash("a" * 100), hash("\x00"), hash("\xff"), hash("\u0100"), hash(b"\xff"), hash("\xff") == hash(b"\xff"))
d = dict.fromkeys(words)
print(list(d), len(d))
print({hash((i, j)) & 0xff for i in range(3) for j in range(3)})
class H:
    def __init__(self, h): self.h = h
    def __hash__(self): return self.h
    def __repr__(self): return f"H{self.h}"
print({H(1), H(9), H(17), H(2), H(8)}, hash(H(2 ** 70)), hash(H(-1)), hash(H(2 ** 61 - 1)))
