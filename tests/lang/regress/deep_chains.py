# Chains of 50,000 objects: what walks along them raises RecursionError or gets through, and they die quietly.
import functools
import itertools
import types

N = 50_000


def chain(link, start, length=N):
    for _ in range(length):
        start = link(start)
    return start


def survives(function, *args):
    """How far it gets depends on the size of the stack; other errors are none of ours."""
    return ends(function, *args) in ("done", "RecursionError")


def ends(function, *args):
    """The name of the error, or "done"."""
    try:
        function(*args)
        return "done"
    except Exception as error:
        return type(error).__name__


nested = chain(lambda x: (x,), 1)
print(survives(hash, nested), ends(repr, nested), ends(lambda: nested == chain(lambda x: (x,), 1)))
#> True RecursionError RecursionError
print(ends(isinstance, 1, chain(lambda x: (x,), int)))
#> RecursionError
print(survives(hash, chain(lambda x: types.GenericAlias(list, (x,)), int)))
#> True
print(survives(hash, chain(lambda x: types.MethodType(x, 1), print)))
#> True
print(survives(lambda: chain(lambda x: property(x), len).__isabstractmethod__))
#> True
print(survives(len, chain(types.MappingProxyType, {})))
#> True

# Iterators over iterators.
for make in (lambda it: map(int, it), lambda it: filter(None, it), zip, enumerate, itertools.chain, itertools.pairwise,
             lambda it: itertools.islice(it, 10), itertools.accumulate, lambda it: itertools.takewhile(bool, it)):
    if ends(next, chain(make, iter([1, 2]))) not in ("done", "RecursionError", "TypeError", "StopIteration"):
        print("bad end")

print(ends(next, chain(lambda it: (x for x in it), iter([1, 2]), 5_000)))
#> RecursionError

# Chains that only have to die.
class Node:
    __slots__ = "next"
    def __init__(self, next): self.next = next
class Open:
    def __init__(self, next): self.next = next
def seen(next):
    """Its dict has been made, which has its values in the instance."""
    made = Open(next)
    made.__dict__
    return made
for make in (seen, lambda x: [x], lambda x: {1: x}, Node, Open, lambda x: functools.partial(print, x), types.CellType, classmethod, property,
             lambda x: types.SimpleNamespace(a=x), lambda x: slice(x), lambda x: ValueError(x), lambda x: memoryview(b"") if x is None else iter([x]),
             lambda x: {"a": x}.values(), lambda x: lambda y=x: y, lambda x: types.MethodType(print, x)):
    chain(make, 1)
error = None
for i in range(N):
    error, previous = KeyError(i), error
    error.__context__ = previous
del error, previous
print("alive")
#> alive

# A class that loses its __next__ while its instances are iterated over.
class Numbers:
    def __iter__(self): return self
    def __next__(self): return 1
numbers = Numbers()
wrapped = map(int, numbers), enumerate(numbers), zip(numbers), itertools.chain(numbers), filter(None, numbers)
def loop():
    for number in numbers:
        if "__next__" in Numbers.__dict__:
            del Numbers.__next__
print(ends(loop), *(ends(next, iterator) for iterator in wrapped))
#> TypeError TypeError TypeError TypeError TypeError TypeError

class Losing:
    def __iter__(self): return self
    def __next__(self): return 1
class Lost:
    pass
losing = Losing()
wrapped = map(int, losing), enumerate(losing), zip(losing), itertools.chain(losing), filter(None, losing)
losing.__class__ = Lost
print(*(ends(next, iterator) for iterator in wrapped))
#> TypeError TypeError TypeError TypeError TypeError

# Errors of set_name whose message is made late.
class Bad:
    def __set_name__(self, owner, name): int("x" + name)
try:
    class Owner:
        attribute = Bad()
except RuntimeError as problem:
    print(problem, "|", problem.__cause__)
#> Error calling __set_name__ on 'Bad' instance 'attribute' in 'Owner' | invalid literal for int() with base 10: 'xattribute'
