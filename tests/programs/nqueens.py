"""N queens: recursive generator, bit masks, and permutations."""


def recursive(n, placed=()):
    if len(placed) == n:
        yield placed
        return
    row = len(placed)
    for column in range(n):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(placed)):
            yield from recursive(n, placed + (column,))


def bits(n):
    full = (1 << n) - 1
    count = 0

    def place(columns, left, right):
        nonlocal count
        if columns == full:
            count += 1
            return
        free = full & ~(columns | left | right)
        while free:
            bit = free & -free
            free ^= bit
            place(columns | bit, (left | bit) << 1, (right | bit) >> 1)

    place(0, 0, 0)
    return count


def permutations(items):
    if not items:
        yield []
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [x] + rest


def by_permutation(n):
    return sum(len({c + r for r, c in enumerate(p)}) == len({c - r for r, c in enumerate(p)}) == n
               for p in permutations(list(range(n))))


def board(solution):
    n = len(solution)
    return "\n".join("".join("Q" if c == q else "·" for c in range(n)) for q in solution)


def symmetric(solution):
    """The eight images of a board under the square's symmetries."""
    n = len(solution)
    images = set()
    current = solution
    for _ in range(4):
        current = tuple(current.index(n - 1 - i) for i in range(n))
        images.add(current)
        images.add(current[::-1])
    return images


for n in range(1, 9):
    print(n, sum(1 for _ in recursive(n)), bits(n), by_permutation(n) if n < 7 else "-")
first = next(recursive(8))
print(first)
print(board(first))
fundamental, seen = [], set()
for solution in recursive(8):
    if solution not in seen:
        fundamental.append(solution)
        seen |= symmetric(solution)
print(len(fundamental), len(seen))
for solution in fundamental:
    print(*solution, len(symmetric(solution)))
