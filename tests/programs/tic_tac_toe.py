"""Minimax with alpha-beta and memory: tic-tac-toe solved, Nim, and Connect-Three played to the end."""
LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]


class Board(tuple):
    def __new__(cls, cells=" " * 9): return super().__new__(cls, cells)
    @property
    def player(self): return "X" if self.count("X") == self.count("O") else "O"
    @property
    def winner(self): return next((self[a] for a, b, c in LINES if self[a] != " " and self[a] == self[b] == self[c]), None)
    @property
    def moves(self): return [] if self.winner else [i for i, c in enumerate(self) if c == " "]
    def play(self, i): return Board(self[:i] + (self.player,) + self[i + 1:])
    def canonical(self):
        images, b = [], self
        for _ in range(4):
            b = Board(b[3 * (2 - c % 3) + c // 3] for c in range(9))
            images += [b, Board(b[3 * r + 2 - c] for r in range(3) for c in range(3))]
        return min(images)
    def __str__(self): return "\n".join("|".join(self[3 * r:3 * r + 3]) for r in range(3))
    def __hash__(self): return hash("".join(self))


memory, visited = {}, 0


def value(b):
    global visited
    key = b.canonical()
    if key not in memory:
        visited += 1
        if b.winner: memory[key] = 1 if b.winner == "X" else -1
        elif not b.moves: memory[key] = 0
        else: memory[key] = (max if b.player == "X" else min)(value(b.play(m)) for m in b.moves)
    return memory[key]


print(value(Board()), visited, len(memory))
print([value(Board().play(i)) for i in range(9)], [value(Board("X   O    ").play(i)) for i in Board("X   O    ").moves])
b = Board()
while b.moves:
    b = b.play((max if b.player == "X" else min)(b.moves, key=lambda m: (value(b.play(m)), -m) if b.player == "X" else (value(b.play(m)), m)))
print(b, b.winner)
counts = {}
def games(b):
    if not b.moves:
        counts[b.winner] = counts.get(b.winner, 0) + 1
        return
    for m in b.moves: games(b.play(m))
games(Board("XOX O    "))
print(counts)


def alphabeta(b, low=-2, high=2):
    alphabeta.nodes += 1
    if b.winner: return 1 if b.winner == "X" else -1
    if not b.moves: return 0
    if b.player == "X":
        best = -2
        for m in b.moves:
            best = max(best, alphabeta(b.play(m), max(low, best), high))
            if best >= high: break
    else:
        best = 2
        for m in b.moves:
            best = min(best, alphabeta(b.play(m), low, min(high, best)))
            if best <= low: break
    return best


alphabeta.nodes = 0
print(alphabeta(Board("X        ")), alphabeta.nodes)


def nim(heaps, seen={}):
    heaps = tuple(sorted(h for h in heaps if h))
    if heaps not in seen: seen[heaps] = any(not nim(heaps[:i] + (k,) + heaps[i + 1:]) for i, h in enumerate(heaps) for k in range(h))
    return seen[heaps]


xor = lambda heaps: 0 if not heaps else heaps[0] ^ xor(heaps[1:])
print(all(nim(h) == bool(xor(h)) for h in [(a, b, c) for a in range(5) for b in range(5) for c in range(5)]), nim((3, 4, 5)), nim((1, 2, 3)), nim(()))


class Columns:
    W, H, N = 4, 4, 3
    def __init__(self, columns=("",) * 4): self.columns = columns
    def player(self): return "ab"[sum(map(len, self.columns)) % 2]
    def moves(self): return [c for c in range(self.W) if len(self.columns[c]) < self.H]
    def drop(self, c): return Columns(self.columns[:c] + (self.columns[c] + self.player(),) + self.columns[c + 1:])
    def at(self, x, y): return self.columns[x][y] if 0 <= x < self.W and 0 <= y < len(self.columns[x]) else None
    def won(self):
        for x in range(self.W):
            for y, p in enumerate(self.columns[x]):
                for dx, dy in ((1, 0), (0, 1), (1, 1), (1, -1)):
                    if all(self.at(x + k * dx, y + k * dy) == p for k in range(self.N)): return p
        return None


table = {}
def solve(g):
    key = g.columns if g.columns <= g.columns[::-1] else g.columns[::-1]
    if key in table: return table[key]
    if g.won(): result = (-1, 0)
    elif not g.moves(): result = (0, 0)
    else:
        options = [solve(g.drop(c)) for c in g.moves()]
        result = max(((-s, -d - 1 if -s > 0 else d + 1) for s, d in options), key=lambda r: (r[0], r[1]))
        result = result[0], abs(result[1])
    table[key] = result
    return result


g = Columns(("ab", "a", "b", ""))
print(solve(g), len(table), [solve(g.drop(c)) for c in g.moves()])
while g.moves() and not g.won():
    g = g.drop(min(g.moves(), key=lambda c: (solve(g.drop(c)), c)))
for y in reversed(range(4)): print("".join(g.at(x, y) or "." for x in range(4)))
print(g.won(), g.columns)
