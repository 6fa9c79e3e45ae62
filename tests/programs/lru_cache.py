"""An LRU cache three ways: linked list, ordered dict, decorator with statistics."""


class Link:
    __slots__ = ("key", "value", "before", "after")


class LinkedCache:
    def __init__(self, capacity):
        self.capacity, self.table = capacity, {}
        self.root = root = Link()
        root.before = root.after = root
        root.key = root.value = None

    def _unlink(self, link):
        link.before.after, link.after.before = link.after, link.before

    def _push(self, link):
        link.before, link.after = self.root.before, self.root
        link.before.after = link.after.before = link

    def __getitem__(self, key):
        link = self.table[key]
        self._unlink(link)
        self._push(link)
        return link.value

    def __setitem__(self, key, value):
        if key in self.table:
            self._unlink(self.table[key])
        elif len(self.table) >= self.capacity:
            oldest = self.root.after
            self._unlink(oldest)
            del self.table[oldest.key]
        link = self.table[key] = Link()
        link.key, link.value = key, value
        self._push(link)

    def __delitem__(self, key):
        self._unlink(self.table.pop(key))

    def __contains__(self, key):
        return key in self.table

    def __iter__(self):
        link = self.root.after
        while link is not self.root:
            yield link.key
            link = link.after

    def __len__(self):
        return len(self.table)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={self.table[k].value}' for k in self)})"


class DictCache(dict):
    """dict keeps insertion order: moving a key to the end is pop and set."""

    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity

    def __getitem__(self, key):
        value = super().pop(key)
        super().__setitem__(key, value)
        return value

    def __setitem__(self, key, value):
        self.pop(key, None)
        if len(self) >= self.capacity:
            del self[next(iter(self))]
        super().__setitem__(key, value)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v}' for k, v in self.items())})"


def cached(capacity):
    def decorate(function):
        cache = LinkedCache(capacity)
        stats = {"hits": 0, "misses": 0}

        def wrapper(*args, **kwargs):
            key = (args, *sorted(kwargs.items()))
            if key in cache:
                stats["hits"] += 1
                return cache[key]
            stats["misses"] += 1
            value = cache[key] = function(*args, **kwargs)
            return value

        wrapper.stats, wrapper.cache, wrapper.__wrapped__ = stats, cache, function
        return wrapper
    return decorate


for make in (LinkedCache, DictCache):
    cache = make(3)
    for key, value in zip("abcd", range(4)):
        cache[key] = value
    print(cache, "a" in cache, cache["b"], list(cache), len(cache))
    cache["b"] = 20
    cache["e"] = 5
    print(cache)
    del cache["d"]
    try:
        cache["d"]
    except KeyError as error:
        print("KeyError", error)
    print(cache)


@cached(50)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), fib.stats, len(fib.cache), next(iter(fib.cache)))


@cached(2)
def join(*parts, sep="-"):
    return sep.join(parts)


print(join("a", "b"), join("a", "b"), join("a", "b", sep="+"), join("c"), join("a", "b"), join.stats)
