"""Hot loops over generators, sends, comprehensions and context managers; exceptions in the middle."""


def count(n):
    for i in range(n):
        yield i


def total(source):
    t = 0
    for x in source:
        t += x
    return t


def early(source, stop):
    for x in source:
        if x == stop:
            return x
    return None


class Iter:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        self.n -= 1
        if self.n < 0: raise StopIteration
        return self.n


print([total(count(n)) for n in range(0, 100, 20)], total(Iter(50)), total([1, 2]), total(x * x for x in range(10)), total({1: 2, 3: 4}), total(range(5)))
print([early(count(50), k) for k in (3, 49, 60)], early(Iter(9), 4))


def delegate(depth, n):
    if depth:
        yield from delegate(depth - 1, n)
    else:
        yield from count(n)


print([total(delegate(d, 20)) for d in (0, 1, 5, 30)], list(delegate(3, 3)))


def averager():
    n = t = 0
    while True:
        x = yield t / n if n else None
        t, n = t + x, n + 1


a = averager()
next(a)
print([a.send(x) for x in range(40)][-3:], a.send(2.5), a.send(10 ** 20))
try:
    a.send("x")
except TypeError as error:
    print(error)


def fragile(n):
    for i in range(n):
        if i == 30: raise ValueError("at 30")
        yield i


seen = 0
try:
    for x in fragile(100):
        seen = x
except ValueError as error:
    print(seen, error, error.__traceback__.tb_next.tb_lineno - fragile.__code__.co_firstlineno)


def closing_log():
    log = []

    def g(name):
        try:
            yield name
            yield name * 2
        finally:
            log.append(name)
    for i in range(40):
        for x in g(i):
            if i % 2: break
    return len(log), log[-3:]


print(closing_log())


class Manager:
    depth = deepest = 0
    def __enter__(self):
        Manager.depth += 1
        Manager.deepest = max(Manager.deepest, Manager.depth)
        return self
    def __exit__(self, kind, value, tb):
        Manager.depth -= 1
        return kind is KeyError


def with_loop(n):
    out = 0
    for i in range(n):
        with Manager() as m, Manager():
            if i % 5 == 0: continue
            if i % 7 == 0: raise KeyError(i)
            out += i
    return out


print(with_loop(100), Manager.depth, Manager.deepest)


def gen_in_with(n):
    with Manager():
        yield from count(n)


for x in gen_in_with(5):
    if x == 2: break
print(Manager.depth)
del x
import gc
gc.collect()
print(Manager.depth, total(gen_in_with(10)), Manager.depth)


def try_loop(n):
    counts = {"else": 0, "value": 0, "type": 0, "finally": 0}
    for i in range(n):
        try:
            if i % 3 == 1: raise ValueError
            if i % 3 == 2: None + 1
        except ValueError:
            counts["value"] += 1
        except TypeError:
            counts["type"] += 1
        else:
            counts["else"] += 1
        finally:
            counts["finally"] += 1
    return counts


print(try_loop(100))


def primes():
    yield 2
    found = []
    n = 3
    while True:
        if all(n % p for p in found if p * p <= n):
            found.append(n)
            yield n
        n += 2


p = primes()
print([next(p) for _ in range(60)][-4:], next(p), sum(next(p) for _ in range(20)))
print([[x * y for x in range(5) if x != y] for y in range(5)], {x: [y for y in range(x)] for x in range(4)}, {x % 7 for x in range(100)}, sum(sum(y for y in range(x)) for x in range(30)))
generators = [count(n) for n in range(20)]
order = []
while generators:
    for g in generators[:]:
        try:
            order.append(next(g))
        except StopIteration:
            generators.remove(g)
print(len(order), order[:12], order[-3:])


def pipeline(n):
    evens = (x for x in count(n) if x % 2 == 0)
    squares = (x * x for x in evens)
    return [x for x in squares if x % 3 == 1]


print(pipeline(60))


def two_way():
    received = []
    try:
        while True:
            received.append((yield len(received)))
    except GeneratorExit:
        received.append("closed")
        return
    finally:
        results.append(received)


results = []
for n in range(30):
    t = two_way()
    next(t)
    for i in range(n % 4):
        t.send(i)
    t.close()
print(results[-4:])


def recursive_tree(n): return (recursive_tree(n - 1), n, recursive_tree(n - 1)) if n else None
def walk(t):
    if t:
        yield from walk(t[0])
        yield t[1]
        yield from walk(t[2])


print(list(walk(recursive_tree(4))), sum(walk(recursive_tree(9))))
