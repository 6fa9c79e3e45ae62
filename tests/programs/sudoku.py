"""A sudoku solver: constraint propagation, then search."""
ROWS, COLS = "ABCDEFGHI", "123456789"
CELLS = [r + c for r in ROWS for c in COLS]
UNITS = ([[r + c for c in COLS] for r in ROWS] + [[r + c for r in ROWS] for c in COLS] +
         [[r + c for r in rs for c in cs] for rs in ("ABC", "DEF", "GHI") for cs in ("123", "456", "789")])
UNITS_OF = {cell: [unit for unit in UNITS if cell in unit] for cell in CELLS}
PEERS = {cell: set().union(*UNITS_OF[cell]) - {cell} for cell in CELLS}
steps = 0


class Contradiction(Exception):
    def __init__(self, cell):
        super().__init__(f"no digit fits {cell}")
        self.cell = cell


def assign(values, cell, digit):
    for other in values[cell].replace(digit, ""):
        eliminate(values, cell, other)
    return values


def eliminate(values, cell, digit):
    global steps
    if digit not in values[cell]:
        return
    steps += 1
    values[cell] = values[cell].replace(digit, "")
    if not values[cell]:
        raise Contradiction(cell)
    if len(values[cell]) == 1:
        for peer in sorted(PEERS[cell]):
            eliminate(values, peer, values[cell])
    for unit in UNITS_OF[cell]:
        places = [c for c in unit if digit in values[c]]
        if not places:
            raise Contradiction(unit[0])
        if len(places) == 1 and len(values[places[0]]) > 1:
            assign(values, places[0], digit)


def parse(text):
    values = dict.fromkeys(CELLS, COLS)
    for cell, char in zip(CELLS, text, strict=True):
        if char in COLS:
            assign(values, cell, char)
    return values


def search(values, depth=0):
    open_cells = [c for c in CELLS if len(values[c]) > 1]
    if not open_cells:
        return values, depth
    cell = min(open_cells, key=lambda c: (len(values[c]), c))
    for digit in values[cell]:
        try:
            return search(assign(values.copy(), cell, digit), depth + 1)
        except Contradiction:
            continue
    raise Contradiction(cell)


def show(values):
    for r in ROWS:
        print(" ".join(values[r + c].ljust(1) + (" |" if c in "36" else "") for c in COLS))
        if r in "CF":
            print("------+-------+------")


for puzzle in (
    "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
    "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......",
    "11.......................................................................2.......",
):
    steps = 0
    try:
        solution, depth = search(parse(puzzle))
        show(solution)
        print("depth", depth, "eliminations", steps)
        assert all(sorted(solution[c] for c in unit) == list(COLS) for unit in UNITS)
    except Contradiction as problem:
        print("unsolvable:", problem, problem.cell)
