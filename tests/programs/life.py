"""Conway's game of life on an endless board of sets; patterns, periods, a glider's way."""


def parse(text):
    return frozenset((x, y) for y, line in enumerate(text.split()) for x, c in enumerate(line) if c == "O")


def step(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    counts[x + dx, y + dy] = counts.get((x + dx, y + dy), 0) + 1
    return frozenset(cell for cell, n in counts.items() if n == 3 or n == 2 and cell in cells)


def show(cells, size=8):
    return "\n".join("".join(".O"[(x, y) in cells] for x in range(size)) for y in range(size))


def moved(cells):
    left, top = min(x for x, _ in cells), min(y for _, y in cells)
    return (left, top), frozenset((x - left, y - top) for x, y in cells)


def fate(cells, limit=120):
    seen = {}
    for generation in range(limit):
        if not cells:
            return f"dies at {generation}"
        place, shape = moved(cells)
        if shape in seen:
            before, where = seen[shape]
            dx, dy = place[0] - where[0], place[1] - where[1]
            return f"period {generation - before}" + (f" moving {dx},{dy}" if dx or dy else "") + f" from {before}"
        seen[shape] = generation, place
        cells = step(cells)
    return f"still {len(cells)} cells at {limit}"


patterns = {
    "block": "OO OO", "blinker": "OOO", "glider": ".O. ..O OOO", "toad": ".OOO OOO.", "beacon": "OO.. OO.. ..OO ..OO",
    "spaceship": ".O..O O.... O...O OOOO.", "r-pentomino": ".OO OO. .O.", "die-hard": "......O. OO...... .O...OOO", "single": "O", "line": "OOOOOOOOOO",
}
for name, text in patterns.items():
    cells = parse(text)
    print(f"{name:<12} {len(cells):>2} cells: {fate(cells)}")
cells = parse(patterns["glider"])
for generation in range(5):
    print(generation, sorted(cells))
    print(show(cells, 6))
    cells = step(cells)
population, cells = [], parse(patterns["r-pentomino"])
for _ in range(80):
    population.append(len(cells))
    cells = step(cells)
print(population)
bars = max(population)
for level in range(0, 80, 8):
    print("#" * population[level])
