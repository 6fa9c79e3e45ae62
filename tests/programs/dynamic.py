"""Dynamic programming: knapsack, edit distance, subsequences, coins, partitions, matrix chains."""


def memo(function):
    cache = {}

    def wrapper(*args):
        if args not in cache:
            cache[args] = function(*args)
        return cache[args]

    wrapper.cache = cache
    return wrapper


def knapsack(items, capacity):
    table = [[0] * (capacity + 1)]
    for weight, value in items:
        previous = table[-1]
        table.append([max(previous[c], previous[c - weight] + value if c >= weight else 0) for c in range(capacity + 1)])
    chosen, c = [], capacity
    for i in range(len(items), 0, -1):
        if table[i][c] != table[i - 1][c]:
            chosen.append(i - 1)
            c -= items[i - 1][0]
    return table[-1][-1], chosen[::-1]


def edit(a, b):
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (x != y))
    script, i, j = [], len(a), len(b)
    while i or j:
        if i and j and table[i, j] == table[i - 1, j - 1] + (a[i - 1] != b[j - 1]):
            script.append("=" if a[i - 1] == b[j - 1] else f"{a[i - 1]}>{b[j - 1]}")
            i, j = i - 1, j - 1
        elif i and table[i, j] == table[i - 1, j] + 1:
            i -= 1
            script.append(f"-{a[i]}")
        else:
            j -= 1
            script.append(f"+{b[j]}")
    return table[len(a), len(b)], " ".join(reversed(script))


@memo
def lcs(a, b):
    if not a or not b:
        return ""
    if a[0] == b[0]:
        return a[0] + lcs(a[1:], b[1:])
    return max(lcs(a[1:], b), lcs(a, b[1:]), key=len)


def rising(numbers):
    best = [[x] for x in numbers]
    for i, x in enumerate(numbers):
        for j in range(i):
            if numbers[j] < x and len(best[j]) >= len(best[i]):
                best[i] = best[j] + [x]
    return max(best, key=len, default=[])


def change(coins, amount):
    ways = [1] + [0] * amount
    fewest = [0] + [None] * amount
    for coin in coins:
        for a in range(coin, amount + 1):
            ways[a] += ways[a - coin]
    for a in range(1, amount + 1):
        options = [fewest[a - c] for c in coins if c <= a and fewest[a - c] is not None]
        fewest[a] = min(options) + 1 if options else None
    return ways[amount], fewest[amount]


@memo
def partitions(n, largest):
    if n == 0:
        return 1
    return sum(partitions(n - k, k) for k in range(1, min(n, largest) + 1))


@memo
def chain(dims):
    if len(dims) == 2:
        return 0, "M"
    options = []
    for k in range(1, len(dims) - 1):
        left, right = chain(dims[:k + 1]), chain(dims[k:])
        options.append((left[0] + right[0] + dims[0] * dims[k] * dims[-1], f"({left[1]}{right[1]})"))
    return min(options)


print(knapsack([(12, 4), (2, 2), (1, 1), (1, 2), (4, 10)], 15), knapsack([], 5), knapsack([(5, 9)], 4))
for pair in (("kitten", "sitting"), ("", "abc"), ("saturday", "sunday"), ("same", "same")):
    print(pair, *edit(*pair))
print(lcs("AGGTABXCAYB", "GXTXAYBABXX"), len(lcs.cache))
print(rising([10, 9, 2, 5, 3, 7, 101, 18, 4, 20, 1]), rising([]), rising([3, 2, 1]))
print(change((1, 5, 10, 25, 50), 100), change((5, 7), 13), change((2, 4), 7), change((1,), 0))
print([partitions(n, n) for n in (0, 1, 5, 10, 30, 60)])
print(chain((10, 30, 5, 60)), chain((40, 20, 30, 10, 30)))
