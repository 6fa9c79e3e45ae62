"""collections, itertools, functools, operator, copy, pprint, weakref, contextlib, graphlib, sched, array."""
import array
import collections
import contextlib
import copy
import functools
import gc
import graphlib
import io
import itertools as it
import operator
import pprint
import reprlib
import sched
import weakref
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, UserString, defaultdict, deque, namedtuple

c = Counter("abracadabra")
print(c, c.most_common(2), c + Counter(a=1), c - Counter(a=10), c & Counter(ab=1, b=1), +Counter(a=-1), c.total(), sorted(c.elements())[:4], Counter(a=3) > Counter(a=2))
dd = defaultdict(lambda: defaultdict(int))
dd["x"]["y"] += 2
cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
cm["c"] = 9
print(dict(dd["x"]), cm, cm["b"], list(cm), cm.new_child({"z": 0}).maps[0], cm.parents)
d = deque(range(5), maxlen=4)
d.rotate(1)
d.appendleft(9)
print(d, d.index(2), list(reversed(d)), d.maxlen, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1))
P = namedtuple("P", "x y class_ _1", rename=True, defaults=[7])
print(P(1, 2, 3), P._fields, P(1, 2, 3)._replace(x=5), P._make([1, 2, 3, 4])._asdict())
od = OrderedDict.fromkeys("abc")
od.move_to_end("a")
print(od, od.popitem(last=False))


class Lower(UserDict):
    def __setitem__(self, k, v):
        super().__setitem__(k.lower(), v)


print(Lower(A=1, b=2), UserList([3, 1]) + [2], UserString("abc").upper(), sorted(UserList([2, 1])))
print(list(it.chain.from_iterable(["ab", "c"])), list(it.combinations_with_replacement("ab", 2)), list(it.groupby("aabbb", str.upper))[0][0], [(k, len(list(g))) for k, g in it.groupby("aabbb")], list(it.zip_longest("ab", "c", fillvalue=0)), list(it.pairwise("abc")), list(it.starmap(pow, [(2, 3)])), list(it.takewhile(lambda x: x < 3, it.count())), list(it.compress("abc", [1, 0, 1])), list(it.product([0, 1], repeat=2)), list(it.islice(it.cycle("ab"), 5)), list(it.filterfalse(None, [0, 1])), [list(x) for x in it.tee("ab")])
print(functools.reduce(operator.or_, [1, 2, 4]), operator.itemgetter(1, -1)("abc"), operator.attrgetter("real", "imag")(3j), operator.methodcaller("split", ",")("a,b"), operator.length_hint(iter([1, 2])), operator.countOf("aab", "a"), operator.indexOf("abc", "c"))


@functools.lru_cache(maxsize=2)
def square(x):
    return x * x


[square(i) for i in (1, 2, 1, 3, 1)]
print(square.cache_info(), square.cache_parameters(), functools.partial(int, base=2)("101"), functools.cmp_to_key(lambda a, b: b - a)(1) < functools.cmp_to_key(lambda a, b: b - a)(0))


class Node:
    def __init__(self, *children):
        self.children = list(children)
        self.up = None
        for child in children:
            child.up = self

    @functools.cached_property
    def size(self):
        return 1 + sum(child.size for child in self.children)

    def __deepcopy__(self, memo):
        new = Node()
        memo[id(self)] = new
        new.children = copy.deepcopy(self.children, memo)
        new.up = copy.deepcopy(self.up, memo)
        return new


tree = Node(Node(), Node(Node()))
twin = copy.deepcopy(tree)
print(tree.size, twin.children[1].children[0].up is twin.children[1], copy.copy([tree])[0] is tree, copy.replace if hasattr(copy, "replace") else "")
refs = weakref.WeakValueDictionary(a=tree)
keys = weakref.WeakKeyDictionary({tree: 1})
members = weakref.WeakSet([tree])
finalizer = weakref.finalize(tree, print, "tree is gone")
proxy = weakref.proxy(twin)
print(len(refs), len(keys), len(members), finalizer.alive, proxy.size, weakref.WeakMethod(twin.__deepcopy__)() is not None, weakref.getweakrefcount(twin))
del tree
gc.collect()
print(len(refs), len(keys), len(members), finalizer.alive)
data = {"name": "x" * 30, "list": list(range(30)), "nested": {"b": [{"deep": (1, 2, {3})}] * 2, "a": None}, 5: b"bytes" * 20}
pprint.pprint(data, width=60)
pprint.pp(data, compact=True, depth=2, indent=2)
print(pprint.pformat({"z": 1, "a": 2}, sort_dicts=False), reprlib.repr(list(range(100))), pprint.isrecursive(data), pprint.saferepr([[]]))


@contextlib.contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name
    except ValueError as e:
        print("caught", e)
    finally:
        print(f"</{name}>")


with tag("a") as a, contextlib.suppress(KeyError), contextlib.ExitStack() as stack:
    stack.enter_context(tag("b"))
    stack.callback(print, "callback", a)
    stack.push(lambda *exc: print("exit", exc[0]))
    {}["missing"]
with tag("c"):
    raise ValueError("inside")
with contextlib.redirect_stdout(io.StringIO()) as captured, contextlib.closing(io.StringIO()), contextlib.nullcontext(5) as five:
    print("hidden", five)
print(repr(captured.getvalue()))
graph = graphlib.TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"a"}})
print(list(graph.static_order())[::3])
try:
    graphlib.TopologicalSorter({1: [2], 2: [1]}).prepare()
except graphlib.CycleError as e:
    print(e.args[0], len(e.args[1]))
clock = [0]
s = sched.scheduler(lambda: clock[0], lambda n: clock.__setitem__(0, clock[0] + n))
for delay, name in ((3, "late"), (1, "soon"), (2, "then")):
    s.enter(delay, 1, print, (name,))
s.run()
a = array.array("i", [3, 1, 2])
a.extend(a)
print(a, a.itemsize, a.tobytes()[:4], sorted(a), array.array("u", "hé"), memoryview(a)[1:3].tolist())
