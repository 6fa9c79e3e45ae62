"""Conway's game of life on a torus of lists and on an unbounded set of cells."""


def step(grid):
    height, width = len(grid), len(grid[0])
    new = []
    for y in range(height):
        above, here, below = grid[y - 1], grid[y], grid[(y + 1) % height]
        row = []
        for x in range(width):
            left, right = x - 1, (x + 1) % width
            n = (above[left] + above[x] + above[right] + here[left] + here[right] +
                 below[left] + below[x] + below[right])
            row.append(1 if n == 3 or (n == 2 and here[x]) else 0)
        new.append(row)
    return new


def step_cells(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    key = (x + dx, y + dy)
                    counts[key] = counts.get(key, 0) + 1
    return {cell for cell, n in counts.items() if n == 3 or (n == 2 and cell in cells)}


def main():
    grid = [[0] * 80 for _ in range(60)]
    cells = set()
    state = 1
    for i in range(1500):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        x, y = (state >> 8) % 80, (state >> 16) % 60
        grid[y][x] = 1
        cells.add((x, y))
    for _ in range(240):
        grid = step(grid)
    for _ in range(90):
        cells = step_cells(cells)
    print(sum(map(sum, grid)), len(cells))


main()
