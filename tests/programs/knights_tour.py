"""Warnsdorff's rule on boards of several sizes, and a random maze with its way out."""


class Random:
    def __init__(self, seed): self.x = seed
    def below(self, n):
        self.x = (1103515245 * self.x + 12345) & 0x7FFFFFFF
        return (self.x >> 8) % n
    def shuffle(self, items):
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


MOVES = [(dx, dy) for dx in (-2, -1, 1, 2) for dy in (-2, -1, 1, 2) if abs(dx) != abs(dy)]


def tour(n, start=(0, 0)):
    place, order = start, {start: 0}
    while len(order) < n * n:
        def free(x, y): return [(x + dx, y + dy) for dx, dy in MOVES if 0 <= x + dx < n and 0 <= y + dy < n and (x + dx, y + dy) not in order]
        options = free(*place)
        if not options:
            return order, False
        place = min(options, key=lambda p: (len(free(*p)), -abs(p[0] - n / 2) - abs(p[1] - n / 2), p))
        order[place] = len(order)
    return order, True


for n in (5, 6, 8, 12):
    order, complete = tour(n)
    steps = sorted(order, key=order.get)
    legal = all(abs(a - c) * abs(b - d) == 2 for (a, b), (c, d) in zip(steps, steps[1:]))
    print(n, complete, len(order), legal, steps[-1])
    if n <= 6:
        for y in range(n):
            print(" ".join(f"{order.get((x, y), -1):3}" for x in range(n)))


def maze(width, height, seed):
    random = Random(seed)
    walls = {(x, y) for x in range(2 * width + 1) for y in range(2 * height + 1)}

    def carve(x, y):
        walls.discard((2 * x + 1, 2 * y + 1))
        for dx, dy in random.shuffle([(1, 0), (0, 1), (-1, 0), (0, -1)]):
            if 0 <= x + dx < width and 0 <= y + dy < height and (2 * (x + dx) + 1, 2 * (y + dy) + 1) in walls:
                walls.discard((2 * x + 1 + dx, 2 * y + 1 + dy))
                carve(x + dx, y + dy)

    carve(0, 0)
    return walls


def solve(walls, start, goal):
    came, frontier = {start: None}, [start]
    for place in frontier:
        if place == goal:
            break
        x, y = place
        for step in ((x + 1, y), (x, y + 1), (x - 1, y), (x, y - 1)):
            if step not in walls and step not in came:
                came[step] = place
                frontier.append(step)
    path, place = [], goal
    while place is not None:
        path.append(place)
        place = came[place]
    return path[::-1]


for width, height, seed in ((10, 5, 1), (16, 6, 7)):
    walls = maze(width, height, seed)
    path = set(solve(walls, (1, 1), (2 * width - 1, 2 * height - 1)))
    print(len(walls), len(path))
    for y in range(2 * height + 1):
        print("".join("█" if (x, y) in walls else "•" if (x, y) in path else " " for x in range(2 * width + 1)))
