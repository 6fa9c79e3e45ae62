"""Classes with __getitem__, __setitem__, __len__, __contains__ and __bool__."""


class Grid:
    def __init__(self, n): self.cells = [0] * n
    def __getitem__(self, i): return self.cells[i]
    def __setitem__(self, i, value): self.cells[i] = value
    def __len__(self): return len(self.cells)
    def __contains__(self, x): return x == 3
    def __bool__(self): return True


def run(n):
    grid = Grid(64)
    for i in range(n):
        grid[i & 63] = i
        grid[i & 63]
        len(grid)
        3 in grid
        if grid:
            pass


run(1_350_000)
