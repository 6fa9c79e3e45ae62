"""The usual iterator tools written in Python, checked on many inputs."""


def chain(*its):
    for it in its:
        yield from it
def islice(it, *args):
    s = slice(*args)
    start, stop, step = s.start or 0, s.stop, s.step or 1
    for i, x in enumerate(it):
        if stop is not None and i >= stop: return
        if i >= start and (i - start) % step == 0: yield x
def takewhile(p, it):
    for x in it:
        if not p(x): return
        yield x
def dropwhile(p, it):
    it = iter(it)
    for x in it:
        if not p(x):
            yield x
            break
    yield from it
def accumulate(it, f=lambda a, b: a + b, *, initial=None):
    it = iter(it)
    total = initial
    if initial is None:
        try: total = next(it)
        except StopIteration: return
    yield total
    for x in it:
        total = f(total, x)
        yield total
def groupby(it, key=lambda x: x):
    group, current = [], marker = [], object()
    for x in it:
        k = key(x)
        if group and k != current:
            yield current, group
            group = []
        current = k
        group = group + [x]
    if group: yield current, group
def product(*pools, repeat=1):
    result = [()]
    for pool in [tuple(p) for p in pools] * repeat: result = [r + (x,) for r in result for x in pool]
    return iter(result)
def zip_longest(*its, fill=None):
    if not its: return
    its, active = [iter(i) for i in its], len(its)
    while True:
        row = []
        for i, it in enumerate(its):
            try: row.append(next(it))
            except StopIteration:
                active -= 1
                if not active: return
                its[i] = iter(lambda: fill, object())
                row.append(fill)
        yield tuple(row)
def tee(it, n=2):
    it, queues = iter(it), [[] for _ in range(n)]
    def gen(queue):
        while True:
            if not queue:
                try: x = next(it)
                except StopIteration: return
                for q in queues: q.append(x)
            yield queue.pop(0)
    return tuple(gen(q) for q in queues)
def pairwise(it):
    a, b = tee(it)
    next(b, None)
    return zip(a, b)
def cycle(it):
    saved = []
    for x in it:
        saved.append(x)
        yield x
    while saved: yield from saved
def count(start=0, step=1):
    while True:
        yield start
        start += step
def starmap(f, it): return (f(*args) for args in it)
def compress(it, selectors): return (x for x, s in zip(it, selectors) if s)
def batched(it, n):
    it = iter(it)
    while chunk := tuple(islice_next(it, n)): yield chunk
def islice_next(it, n):
    for _ in range(n):
        try: yield next(it)
        except StopIteration: return
def unique(it, key=None):
    seen = set()
    for x in it:
        k = key(x) if key else x
        if k not in seen:
            seen.add(k)
            yield x
def roundrobin(*its):
    its = [iter(i) for i in its]
    while its:
        for it in its[:]:
            try: yield next(it)
            except StopIteration: its.remove(it)
def sliding(it, n):
    window = []
    for x in it:
        window.append(x)
        if len(window) == n:
            yield tuple(window)
            window.pop(0)
def partition(p, it):
    a, b = tee((p(x), x) for x in it)
    return (x for t, x in a if not t), (x for t, x in b if t)
def powerset(items):
    items = list(items)
    return ([x for i, x in enumerate(items) if n >> i & 1] for n in range(2 ** len(items)))
def merge(*its):
    heads = {}
    for i, it in enumerate(map(iter, its)):
        for x in it:
            heads[i] = x, it
            break
    while heads:
        i = min(heads, key=lambda k: (heads[k][0], k))
        x, it = heads[i]
        yield x
        try: heads[i] = next(it), it
        except StopIteration: del heads[i]


print(list(chain("ab", [1], ())), list(islice("abcdefg", 1, 6, 2)), list(islice(count(), 3)), list(takewhile(lambda x: x < 3, count())), list(dropwhile(str.isdigit, "12ab3")), list(dropwhile(bool, [])))
print(list(accumulate([1, 2, 3, 4])), list(accumulate([3, 1, 4], max)), list(accumulate("abc", initial="_")), list(accumulate([])))
print(list(groupby("aabbbca")), list(groupby([1, 3, 2, 5], lambda x: x % 2)), list(groupby([])))
print(list(product("ab", [1, 2])), len(list(product(range(3), repeat=4))), list(product()), list(zip_longest("abc", [1], fill="-")), list(zip_longest()))
a, b, c = tee(range(4), 3)
print(next(a), list(b), list(a), list(c), list(pairwise("abcd")), list(pairwise([1])), list(islice(cycle("xy"), 5)), list(cycle([])))
print(list(starmap(pow, [(2, 3), (3, 2)])), list(compress("abcd", [1, 0, 1])), list(batched("abcdefg", 3)), list(unique("abracadabra")), list(unique(["A", "a", "b"], str.lower)), list(roundrobin("ABC", "D", "EF")), list(sliding(range(5), 3)))
even_no, even = partition(lambda x: x % 2 == 0, range(8))
print(list(even_no), list(even), list(powerset("abc")), list(merge([1, 4, 7], [2, 5], [], [0, 9])), list(merge("ace", "bdf")))
print(list(islice(count(10, -3), 4)), list(islice(count(0.5, 0.25), 3)), sum(islice(count(1), 100)), list(zip(count(), "ab")), [next(cycle([k])) for k in range(3)])
primes = (n for n in count(2) if all(n % d for d in takewhile(lambda d: d * d <= n, count(2))))
print(list(islice(primes, 15)), next(primes))
triples = ((a, b, c) for c in count(1) for b in range(1, c) for a in range(1, b) if a * a + b * b == c * c)
print(list(islice(triples, 5)))
def collatz(n):
    while n != 1:
        yield n
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    yield 1
print(list(collatz(7)), max(range(1, 200), key=lambda n: sum(1 for _ in collatz(n))))
for bad in (lambda: list(islice("abc", "x")), lambda: list(chain(5)), lambda: list(accumulate([1, "a"])), lambda: list(starmap(pow, [5])), lambda: list(groupby(5)), lambda: next(islice([], 1)), lambda: list(product([1], 5))):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
