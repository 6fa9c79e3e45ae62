"""Slices on every sequence, compared with what indices say; slice objects; assignment and deletion grids."""
bounds = (None, 0, 1, 2, 4, 5, 9, -1, -2, -5, -9)
steps = (None, 1, 2, 3, -1, -2, -7, 100, -100)
sequences = [list(range(5)), tuple("abcde"), "héllo", b"bytes", bytearray(b"array"), range(10, 60, 10), memoryview(b"views")]
checked = 0
for seq in sequences:
    for a in bounds:
        for b in bounds:
            for c in steps:
                got = seq[a:b:c]
                want = [seq[i] for i in range(*slice(a, b, c).indices(len(seq)))]
                assert list(got) == want, (seq, a, b, c)
                assert type(got) is type(seq)
                checked += 1
print(checked)
print([slice(a, b, c).indices(n) for a, b, c, n in ((None, None, None, 5), (None, None, -1, 5), (-3, None, 2, 5), (10, -10, -3, 5), (0, 0, 1, 0), (2 ** 100, -2 ** 100, -1, 3))])
outcomes = {}
for a in bounds:
    for b in bounds:
        for c in (None, 1, 2, -1, -3):
            for new in ([], ["x"], ["x", "y"], list("pqrst")):
                data = list(range(6))
                try:
                    data[a:b:c] = new
                    key = f"length {len(data)}"
                    model = list(range(6))
                    if c in (None, 1):
                        lo, hi, _ = slice(a, b).indices(6)
                        assert data == model[:lo] + new + model[max(lo, hi):]
                    else:
                        for i, v in zip(range(*slice(a, b, c).indices(6)), new): model[i] = v
                        assert data == model
                except ValueError as error:
                    key = str(error)
                outcomes[key] = outcomes.get(key, 0) + 1
            data, model = list(range(6)), list(range(6))
            del data[a:b:c]
            gone = set(range(*slice(a, b, c).indices(6)))
            assert data == [x for x in model if x not in gone]
            data = bytearray(range(6))
            del data[a:b:c]
            assert list(data) == [x for x in model if x not in gone]
for key in sorted(outcomes): print(key, outcomes[key])


class Show:
    def __getitem__(self, key): return key
    def __setitem__(self, key, value): print("set", key, value)
    def __delitem__(self, key): print("del", key)


s = Show()
print(s[1], s[1:2], s[:], s[::], s[1:2:3], s[1, 2], s[1:2, ::3], s[...], s[()], s[(1,)], s[1:2,], s["a":"b"], s[:, None, *[1, 2]], s[lambda: 0:5].stop)
s[1:2] = 3
s[::2, 1] = s[0:1]
del s[:], s[...]
s[0] += 5
print(repr(slice(1)), slice(1, 2), slice(None), slice("a", [], ()), slice(1, 2) == slice(1, 2), slice(1, 2) != slice(1, 3), slice(1, 2) < slice(1, 2, 3) if False else "", slice(1, 5, 2).start, slice(1).start)
for bad in (lambda: [1][::0], lambda: "a"[::0], lambda: range(5)[::0], lambda: [1]["a":], lambda: [1][1.5:], lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: hash(slice(1)), lambda: slice(1).indices(-1), lambda: slice("a").indices(5), lambda: slice(1, 2, 0).indices(5), lambda: [1, 2].__setitem__(slice(0, 1), 5), lambda: [1, 2, 3].__setitem__(slice(None, None, 2), [1]), lambda: (1,)[0:1].__setitem__(0, 1), lambda: setattr(slice(1), "stop", 2), lambda: bytearray(3).__setitem__(slice(0, 2), "ab"), lambda: memoryview(bytearray(4)).__setitem__(slice(0, 2), b"abc"), lambda: {}[1:2]):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)


class Idx:
    def __init__(self, i): self.i = i
    def __index__(self): return self.i


print([0, 1, 2, 3][Idx(1):Idx(3)], "abcd"[::Idx(2)], (1, 2, 3)[:Idx(-1)], range(10)[Idx(2):Idx(8):Idx(3)], slice(Idx(1), Idx(5)).indices(4))
l = [1, 2, 3]
l[:] = l[::-1]
l[1:1] = l
l[len(l):] = "z"
l[:0] = (x for x in "gen")
print(l, l[-100:100], l[100:], l[:-100])
l[::3] = [0] * len(l[::3])
del l[1::2]
print(l)
b = bytearray(b"0123456789")
b[2:5], b[-1:] = b"ABCDE", b""
b[::4] = b"..."
print(b, b[3:1:-1], bytes(b)[::-2])
