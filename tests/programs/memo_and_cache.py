"""Memoisation in several styles: dict, default argument, closure, class, descriptor, __missing__."""
calls = {}


def counted(name):
    calls[name] = calls.get(name, 0) + 1


def by_dict(n, table={0: 0, 1: 1}):
    if n not in table:
        counted("dict")
        table[n] = by_dict(n - 1) + by_dict(n - 2)
    return table[n]


def by_closure():
    table = {}

    def fib(n):
        nonlocal table
        if n < 2:
            return n
        try:
            return table[n]
        except KeyError:
            counted("closure")
            value = fib(n - 1) + fib(n - 2)
            table = {**table, n: value}
            return table[n]
    return fib


class ByMissing(dict):
    def __missing__(self, n):
        counted("missing")
        self[n] = result = n if n < 2 else self[n - 1] + self[n - 2]
        return result


class Memo:
    def __init__(self, f): self.f, self.table = f, {}
    def __call__(self, *args): return self.table[args] if args in self.table else self.table.setdefault(args, self.f(*args))
    def __get__(self, obj, cls=None): return self if obj is None else lambda *args: self(obj, *args)
    def __set_name__(self, owner, name): counted(f"named {name}")


@Memo
def grid(x, y):
    counted("grid")
    return 1 if x == 0 or y == 0 else grid(x - 1, y) + grid(x, y - 1)


class Table:
    def __init__(self, k): self.k = k

    @Memo
    def value(self, n):
        counted("method")
        return n * self.k

    def __hash__(self): return hash(self.k)
    def __eq__(self, other): return self.k == other.k


class once:
    """Computes an attribute once per instance, by replacing itself in the instance."""
    def __init__(self, f): self.f, self.name = f, f.__name__
    def __get__(self, obj, cls):
        if obj is None: return self
        obj.__dict__[self.name] = value = self.f(obj)
        return value


class Data:
    def __init__(self, items): self.items = items

    @once
    def total(self):
        counted("total")
        return sum(self.items)

    @once
    def mean(self):
        counted("mean")
        return self.total / len(self.items)


missing = ByMissing()
print(by_dict(60), by_closure()(50), missing[70], grid(8, 8), len(missing), len(grid.table))
t, u = Table(3), Table(3)
print(t.value(5), u.value(5), t.value(6), Table(4).value(5), len(Table.value.table))
d = Data([1, 2, 3, 6])
print(d.mean, d.mean, d.total, sorted(vars(d)))
d.items.append(88)
print(d.total)
del d.total
print(d.total, d.mean)
print(calls)


def limited(size):
    def decorate(f):
        table = {}

        def wrapper(n):
            if n in table:
                table[n] = table.pop(n)
                return table[n], "hit"
            while len(table) >= size:
                del table[next(iter(table))]
            table[n] = f(n)
            return table[n], "miss"
        wrapper.keys = lambda: list(table)
        return wrapper
    return decorate


@limited(3)
def square(n): return n * n


for n in (1, 2, 3, 1, 4, 2, 1, 5, 3):
    print(n, square(n), square.keys())


def unhashable(f):
    table = []

    def wrapper(*args):
        for known, result in table:
            if known == args:
                return result, len(table)
        result = f(*args)
        table.append((args, result))
        return result, len(table)
    return wrapper


total = unhashable(sum)
print(total([1, 2]), total([1, 2]), total([1, 2, 3]), total((1, 2)), total([1.0, 2]))
for bad in (lambda: grid([1], 2), lambda: missing["x"], lambda: missing[[]]):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
