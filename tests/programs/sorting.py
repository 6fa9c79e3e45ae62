"""Sorting algorithms checked against each other and against sorted()."""


class Random:
    """A small linear congruential generator: the same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def next(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
        return (self.state >> 33) % bound


def bubble(a):
    for end in range(len(a) - 1, 0, -1):
        swapped = False
        for i in range(end):
            if a[i] > a[i + 1]:
                a[i], a[i + 1] = a[i + 1], a[i]
                swapped = True
        if not swapped:
            break
    return a


def insertion(a):
    for i in range(1, len(a)):
        x, j = a[i], i
        while j and a[j - 1] > x:
            a[j] = a[j - 1]
            j -= 1
        a[j] = x
    return a


def quick(a):
    if len(a) < 2:
        return a
    pivot, *rest = a
    return quick([x for x in rest if x < pivot]) + [pivot] + quick([x for x in rest if x >= pivot])


def merge(a):
    if len(a) < 2:
        return a
    middle = len(a) // 2
    left, right = merge(a[:middle]), merge(a[middle:])
    out, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if right[j] < left[i]:
            out.append(right[j])
            j += 1
        else:
            out.append(left[i])
            i += 1
    return out + left[i:] + right[j:]


def heap(a):
    def sift(root, end):
        while (child := 2 * root + 1) < end:
            if child + 1 < end and a[child] < a[child + 1]:
                child += 1
            if a[root] >= a[child]:
                return
            a[root], a[child] = a[child], a[root]
            root = child

    for start in reversed(range(len(a) // 2)):
        sift(start, len(a))
    for end in reversed(range(1, len(a))):
        a[0], a[end] = a[end], a[0]
        sift(0, end)
    return a


def shell(a):
    gap = len(a) // 2
    while gap:
        for i in range(gap, len(a)):
            x = a[i]
            while i >= gap and a[i - gap] > x:
                a[i] = a[i - gap]
                i -= gap
            a[i] = x
        gap //= 2
    return a


def radix(a):
    shift = 0
    while any(x >> shift for x in a):
        buckets = [[] for _ in range(16)]
        for x in a:
            buckets[x >> shift & 15].append(x)
        a = [x for bucket in buckets for x in bucket]
        shift += 4
    return a


random = Random(42)
cases = [[], [1], [2, 1], [5] * 4, list(range(10)), list(range(10, 0, -1))]
cases += [[random.next(1000) for _ in range(n)] for n in (7, 33, 100, 257)]
for sort in (bubble, insertion, quick, merge, heap, shell, radix, sorted):
    results = [sort(list(case)) == sorted(case) for case in cases]
    print(f"{sort.__name__:<10} {all(results)} {sort(list(cases[6]))}")
print("checksum", sum(i * x for i, x in enumerate(sorted(cases[-1]))))
