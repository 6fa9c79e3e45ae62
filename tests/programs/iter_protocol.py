"""The iteration protocol: iterators of ours, old-style sequences, iter with sentinel, exhaustion, infinite iterators."""


class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return CountdownIterator(self.n)
    def __reversed__(self): return iter(range(1, self.n + 1))
    def __contains__(self, x): return f"{x}" in "123"
    def __length_hint__(self): return self.n


class CountdownIterator:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


class Sequence:
    def __init__(self, *items): self.items = items
    def __getitem__(self, i):
        print(f"[{i}]", end=" ")
        return self.items[i]


class Both(Sequence):
    def __len__(self): return len(self.items)


c = Countdown(3)
print(list(c), list(c), [*reversed(c)], 2 in c, 9 in c, tuple(c), sum(c), max(c), sorted(c), dict(zip(c, "abc")), set(c) == {1, 2, 3})
a, *b = c
print(a, b, *c, [x for x in c], {x: x for x in c}, list(map(str, c)), list(filter(lambda x: x > 1, c)), list(enumerate(c)), ",".join(map(str, c)))
i = iter(c)
print(next(i), list(i), next(i, "over"), list(i))
print(list(Sequence(1, 2, 3)), 2 in Sequence(1, 2), 5 in Sequence(1, 2), list(reversed(Both(1, 2))))
for action in (lambda: reversed(Sequence(1)), lambda: len(Sequence(1)), lambda: iter(5), lambda: next(c), lambda: list(5), lambda: [*None], lambda: dict(c), lambda: reversed(Countdown), lambda: iter(int), lambda: max(Countdown(0)), lambda: next(iter([]))):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
data = iter("some text; more".split())
print(list(iter(lambda: next(data), "text;")), list(data))
print(list(iter([3, 2, 1, 0].pop, 2)))


class Infinite:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self): self.n += 1; return self.n


def take(n, iterable):
    it = iter(iterable)
    return [next(it) for _ in range(n)]


inf = Infinite()
print(take(3, inf), take(2, zip(inf, "ab")), 10 in inf, inf.n, take(2, (x * x for x in inf)), next(map(lambda a, b: a + b, inf, inf)))
x, y, *_ = take(5, inf)
print(x, y, any(n % 7 == 0 for n in inf), inf.n)


class Broken:
    def __iter__(self): return self
    def __next__(self): raise KeyError("in next")


for action in (lambda: list(Broken()), lambda: [*Broken()], lambda: sum(Broken()), lambda: 1 in Broken(), lambda: dict(Broken()), lambda: max(Broken()), lambda: print(*Broken()), lambda: (lambda a, b: 0)(*Broken()), lambda: "".join(Broken()), lambda: next(zip(Broken())), lambda: [].extend(Broken())):
    try:
        action()
    except KeyError as error:
        print(repr(error), end=" ")
print()


class Changing(list):
    def __iter__(self):
        yield from ("from __iter__", len(self))


ch = Changing([1, 2, 3])
print(list(ch), [*ch], ch[:], tuple(ch), len(ch), ch + [], sorted(ch, key=str))
l = [1, 2, 3, 4, 5, 6]
for x in l:
    if x % 2:
        l.remove(x)
print(l)
l = [1, 2, 3]
it = iter(l)
next(it)
l.clear()
print(list(it), next(it, "still over"))
l += [7, 8, 9]
print(list(it))
print(list(zip([1, 2, 3], Countdown(2))), list(zip()), list(zip("a")), list(zip("ab", "cd", strict=True)), list(map(max, [1, 5], [3, 2], [2, 9])))
it = iter("abcdef")
print(list(zip(it, it)), list(zip(*[iter("abcdef")] * 3)))
e = enumerate("xyz", 10)
print(next(e), list(e), next(e, None))
f = filter(None, [0, 1, "", "a", [], [0]])
print(list(f), list(filter(lambda x: x % 2, range(6))))
m = map(int, ["1", "2", "x", "3"])
out = []
while True:
    try:
        out.append(next(m))
    except ValueError as error:
        out.append(str(error)[:15])
    except StopIteration:
        break
print(out)
r = reversed([1, 2, 3])
print(r.__length_hint__(), next(r), list(r), type(r).__name__, type(iter("")).__name__, type(iter(())).__name__, type(iter({})).__name__, type(iter(set())).__name__, type(iter(b"")).__name__, type(iter(range(1))).__name__, type(iter(range(10 ** 20))).__name__, type(iter(lambda: 0, 1)).__name__)
