"""Permutations, combinations, products, partitions, Gray codes, subsets: generators compared with formulas."""
import math


def permutations(items):
    items = list(items)
    if not items:
        yield ()
    for i in range(len(items)):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield (items[i], *rest)


def next_permutation(a):
    i = len(a) - 2
    while i >= 0 and a[i] >= a[i + 1]:
        i -= 1
    if i < 0:
        return False
    j = max(k for k in range(i + 1, len(a)) if a[k] > a[i])
    a[i], a[j] = a[j], a[i]
    a[i + 1:] = a[:i:-1]
    return True


def combinations(items, k):
    pool = tuple(items)
    chosen = list(range(k))
    while True:
        yield tuple(pool[i] for i in chosen)
        for i in reversed(range(k)):
            if chosen[i] != i + len(pool) - k:
                break
        else:
            return
        chosen[i] += 1
        for j in range(i + 1, k):
            chosen[j] = chosen[j - 1] + 1


def product(*pools):
    if not pools:
        yield ()
        return
    first, *rest = pools
    for x in first:
        yield from ((x, *y) for y in product(*rest))


def subsets(items):
    items = list(items)
    return ([x for i, x in enumerate(items) if mask >> i & 1] for mask in range(1 << len(items)))


def partitions(n, largest=None):
    if n == 0:
        yield []
        return
    for first in range(min(n, largest or n), 0, -1):
        yield from ([first] + rest for rest in partitions(n - first, first))


def set_partitions(items):
    if not items:
        yield []
        return
    first, *rest = items
    for partition in set_partitions(rest):
        yield [[first]] + partition
        for i in range(len(partition)):
            yield partition[:i] + [[first] + partition[i]] + partition[i + 1:]


def gray(n):
    return [""] if n == 0 else ["0" + c for c in gray(n - 1)] + ["1" + c for c in reversed(gray(n - 1))]


def derangements(n): return sum(all(i != x for i, x in enumerate(p)) for p in permutations(range(n)))
def catalan(n): return math.comb(2 * n, n) // (n + 1)


def parentheses(n, opened=0):
    if n == 0 and opened == 0:
        yield ""
    if n:
        yield from ("(" + rest for rest in parentheses(n - 1, opened + 1))
    if opened:
        yield from (")" + rest for rest in parentheses(n, opened - 1))


def hanoi(n, a="A", b="B", c="C"):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield f"{a}{c}"
        yield from hanoi(n - 1, b, a, c)


print(list(permutations("abc")), sum(1 for _ in permutations(range(7))) == math.factorial(7))
a, count = [1, 2, 2, 3], 1
while next_permutation(a):
    count += 1
print(count, a, [p for p in (["", "".join(q)][True] for q in permutations("aab"))], len(set(permutations("aabb"))))
print(list(combinations("abcd", 2)), list(combinations("ab", 0)), all(sum(1 for _ in combinations(range(9), k)) == math.comb(9, k) for k in range(10)))
print(list(product("ab", range(2), [None])), list(product()), list(product("ab", "")), len(list(product(*["xyz"] * 5))))
print(list(subsets([1, 2, 3])), sum(sum(s) for s in subsets(range(10))))
print(list(partitions(5)), [sum(1 for _ in partitions(n)) for n in range(15)])
print(list(set_partitions([1, 2, 3])), [sum(1 for _ in set_partitions(range(n))) for n in range(8)])
print(gray(3), all(bin(int(x, 2) ^ int(y, 2)).count("1") == 1 for x, y in zip(gray(6), gray(6)[1:])))
print([derangements(n) for n in range(7)], [catalan(n) for n in range(10)], list(parentheses(3)), [sum(1 for _ in parentheses(n)) for n in range(8)])
print(list(hanoi(3)), sum(1 for _ in hanoi(10)))


def pascal(n):
    row = [1]
    for _ in range(n):
        yield row
        row = [a + b for a, b in zip([0, *row], [*row, 0])]


for row in pascal(8):
    print(" ".join(f"{x:3}" for x in row).center(40).rstrip())


def josephus(n, k):
    people, at, out = list(range(1, n + 1)), 0, []
    while people:
        at = (at + k - 1) % len(people)
        out.append(people.pop(at))
    return out


print(josephus(7, 3), josephus(41, 3)[-2:])
