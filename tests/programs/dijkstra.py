"""Shortest paths with a heap of our own, on a grid and on a graph with names."""


class Heap:
    def __init__(self, items=()):
        self._items = []
        for item in items:
            self.push(item)

    def __len__(self):
        return len(self._items)

    def push(self, item):
        items = self._items
        items.append(item)
        i = len(items) - 1
        while i and items[i] < items[(i - 1) // 2]:
            items[i], items[(i - 1) // 2] = items[(i - 1) // 2], items[i]
            i = (i - 1) // 2

    def pop(self):
        items = self._items
        if not items:
            raise IndexError("pop from an empty heap")
        last = items.pop()
        if not items:
            return last
        top, items[0], i = items[0], last, 0
        while True:
            smallest = min((j for j in (i, 2 * i + 1, 2 * i + 2) if j < len(items)), key=items.__getitem__)
            if smallest == i:
                return top
            items[i], items[smallest] = items[smallest], items[i]
            i = smallest


class Graph:
    def __init__(self):
        self.edges = {}

    def connect(self, a, b, cost):
        self.edges.setdefault(a, {})[b] = cost
        self.edges.setdefault(b, {})[a] = cost
        return self

    def shortest(self, start, goal):
        best, came, queue = {start: 0}, {}, Heap([(0, start)])
        visited = 0
        while queue:
            cost, node = queue.pop()
            if cost > best[node]:
                continue
            visited += 1
            if node == goal:
                path = [node]
                while node in came:
                    node = came[node]
                    path.append(node)
                return cost, path[::-1], visited
            for other, step in self.edges[node].items():
                if cost + step < best.get(other, float("inf")):
                    best[other] = cost + step
                    came[other] = node
                    queue.push((cost + step, other))
        return None


towns = Graph()
for line in """Aalen Ulm 72
Ulm Kempten 90
Aalen Crailsheim 40
Crailsheim Ansbach 48
Ansbach Nürnberg 42
Ulm Augsburg 80
Augsburg München 66
Nürnberg München 170
Nürnberg Ingolstadt 95
Ingolstadt München 82
Kempten München 127""".splitlines():
    a, b, km = line.split()
    towns.connect(a, b, int(km))
for start, goal in (("Aalen", "München"), ("Kempten", "Ansbach"), ("Ulm", "Ingolstadt")):
    cost, path, visited = towns.shortest(start, goal)
    print(f"{start} to {goal}: {cost} km via {' > '.join(path)} ({visited} visited)")
towns.edges["Nowhere"] = {}
print(towns.shortest("Ulm", "Nowhere"))

maze = """
S.#.......
.##.#####.
....#...#.
.####.#.#.
......#..G
""".strip().split("\n")
grid = Graph()
for y, row in enumerate(maze):
    for x, cell in enumerate(row):
        for dx, dy in ((1, 0), (0, 1)):
            if x + dx < len(row) and y + dy < len(maze) and cell != "#" != maze[y + dy][x + dx]:
                grid.connect((x, y), (x + dx, y + dy), 1)
cost, path, visited = grid.shortest((0, 0), (9, 4))
print(cost, visited)
on_path = set(path)
for y, row in enumerate(maze):
    print("".join("o" if (x, y) in on_path and cell == "." else cell for x, cell in enumerate(row)))
heap = Heap([5, 3, 8, 1, 9, 2])
print([heap.pop() for _ in range(len(heap))])
try:
    heap.pop()
except IndexError as error:
    print("IndexError:", error)
