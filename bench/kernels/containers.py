"""Kernels: lists, dicts, sets, sorting, heaps, collections, itertools."""
import bisect
import collections
import copy
import heapq
import itertools

NUMBERS = [(i * 7919) % 100_003 for i in range(100_000)]
WORDS = [f"key{i * 7919 % 10007}" for i in range(30_000)]
FLOATS = [n / 7 for n in NUMBERS]


def sort_ints():
    for _ in range(10):
        sorted(NUMBERS)


def sort_floats():
    for _ in range(10):
        sorted(FLOATS)


def sort_strings():
    for _ in range(15):
        sorted(WORDS)


def sort_by_key():
    for _ in range(8):
        sorted(NUMBERS, key=lambda n: -n)


def sort_tuples():
    pairs = [(n % 100, n) for n in NUMBERS]
    for _ in range(4):
        sorted(pairs)


def heap():
    queue = []
    for n in NUMBERS:
        heapq.heappush(queue, n)
    while queue:
        heapq.heappop(queue)


def bisection():
    items = sorted(NUMBERS)
    for n in NUMBERS:
        bisect.bisect_left(items, n)


def dict_of_strings():
    for _ in range(8):
        d = {}
        for w in WORDS:
            d[w] = d.get(w, 0) + 1


def dict_of_ints():
    for _ in range(5):
        d = dict.fromkeys(NUMBERS, 0)
        for n in NUMBERS:
            d[n] += 1


def set_algebra():
    a, b = set(NUMBERS[:60_000]), set(NUMBERS[40_000:])
    for _ in range(15):
        (a | b) - (a & b)


def counter():
    for _ in range(15):
        collections.Counter(WORDS).most_common(10)


def deque_rotation():
    d = collections.deque(NUMBERS)
    for i in range(3000):
        d.rotate(i % 50)
        d.append(d.popleft())


def list_extend_copy():
    for _ in range(200):
        items = list(NUMBERS)
        items.extend(NUMBERS)
        items.reverse()


def deep_copy():
    tree = {"a": [1, 2, {"b": (3, 4)}], "c": [[i] for i in range(50)]}
    for _ in range(250):
        copy.deepcopy(tree)


def iteration_tools():
    for _ in range(6):
        sum(itertools.chain(NUMBERS, itertools.islice(NUMBERS, 1000)))
        list(itertools.accumulate(NUMBERS))
        list(itertools.combinations(range(60), 3))
        [list(g) for _, g in itertools.groupby(NUMBERS, key=lambda n: n // 1000)]
