"""Plane geometry: hulls, areas, intersections, circles, point location, closest pairs, triangulation."""
import math


class P:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
    def __sub__(self, o): return P(self.x - o.x, self.y - o.y)
    def __add__(self, o): return P(self.x + o.x, self.y + o.y)
    def __mul__(self, k): return P(self.x * k, self.y * k)
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __xor__(self, o): return self.x * o.y - self.y * o.x
    def __abs__(self): return math.hypot(self.x, self.y)
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __lt__(self, o): return (self.x, self.y) < (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
    def __repr__(self): return f"({self.x:g}, {self.y:g})"
    def __iter__(self): return iter((self.x, self.y))


state = 99


def rand(n):
    global state
    state = state * 6364136223846793005 + 1442695040888963407 & 2 ** 64 - 1
    return (state >> 33) % n


def turn(a, b, c): return b - a ^ c - a


def hull(points):
    points = sorted(set(points))
    def half(points):
        out = []
        for p in points:
            while len(out) > 1 and turn(out[-2], out[-1], p) <= 0: out.pop()
            out.append(p)
        return out[:-1]
    return half(points) + half(points[::-1]) if len(points) > 1 else points


def area(polygon): return abs(sum(a ^ b for a, b in zip(polygon, polygon[1:] + polygon[:1]))) / 2
def perimeter(polygon): return sum(abs(a - b) for a, b in zip(polygon, polygon[1:] + polygon[:1]))


def inside(polygon, p):
    result = False
    for a, b in zip(polygon, polygon[1:] + polygon[:1]):
        if turn(a, b, p) == 0 and (a - p) @ (b - p) <= 0: return "edge"
        if (a.y > p.y) != (b.y > p.y) and (turn(a, b, p) > 0) == (b.y > a.y): result = not result
    return result


def cross(a, b, c, d):
    denominator = b - a ^ d - c
    if denominator == 0: return "parallel" if turn(a, b, c) else "same line"
    t, u = (c - a ^ d - c) / denominator, (c - a ^ b - a) / denominator
    return a + (b - a) * t if 0 <= t <= 1 and 0 <= u <= 1 else None


def circle(a, b, c):
    d = 2 * turn(a, b, c)
    if d == 0: raise ValueError(f"{a}, {b} and {c} are on a line")
    p, q = b - a, c - a
    center = a + P((q.y * (p @ p) - p.y * (q @ q)) / d, (p.x * (q @ q) - q.x * (p @ p)) / d)
    return center, abs(center - a)


def closest(points):
    def solve(xs, ys):
        if len(xs) <= 3:
            return min((abs(a - b), a, b) for i, a in enumerate(xs) for b in xs[i + 1:])
        mid = len(xs) // 2
        left = set(xs[:mid])
        best = min(solve(xs[:mid], [p for p in ys if p in left]), solve(xs[mid:], [p for p in ys if p not in left]))
        strip = [p for p in ys if abs(p.x - xs[mid].x) < best[0]]
        for i, a in enumerate(strip):
            for b in strip[i + 1:i + 8]: best = min(best, (abs(a - b), *sorted((a, b))))
        return best
    return solve(sorted(points), sorted(points, key=lambda p: p.y))


def ears(polygon):
    polygon, out = polygon[:], []
    while len(polygon) > 3:
        for i in range(len(polygon)):
            a, b, c = polygon[i - 1], polygon[i], polygon[(i + 1) % len(polygon)]
            if turn(a, b, c) > 0 and not any(inside([a, b, c], p) for p in polygon if p not in (a, b, c)):
                out.append((a, b, c))
                del polygon[i]
                break
        else:
            raise ValueError("not a simple polygon")
    return out + [tuple(polygon)]


points = [P(rand(100), rand(100)) for _ in range(60)]
h = hull(points)
print(h, area(h), round(perimeter(h), 6))
print(all(inside(h, p) for p in points), sum(inside(h, p) == "edge" for p in points), inside(h, P(-1, 50)))
square = [P(0, 0), P(4, 0), P(4, 4), P(0, 4)]
print([inside(square, P(*p)) for p in ((2, 2), (0, 2), (4, 4), (5, 2), (2, -1))], area(square), perimeter(square), hull(square + [P(2, 2), P(2, 0)]), hull([P(1, 1)]), hull([P(0, 0), P(1, 1), P(2, 2)]))
print(cross(P(0, 0), P(4, 4), P(0, 4), P(4, 0)), cross(P(0, 0), P(1, 1), P(2, 2), P(3, 3)), cross(P(0, 0), P(1, 0), P(0, 1), P(1, 1)), cross(P(0, 0), P(1, 1), P(5, 0), P(6, 1)), cross(P(0, 0), P(1, 1), P(3, 0), P(0, 9)))
print(circle(P(0, 0), P(4, 0), P(0, 3)), [round(v, 9) for v in (circle(P(1, 7), P(2, 0), P(-3, 4))[1],)])
try:
    circle(P(0, 0), P(1, 1), P(2, 2))
except ValueError as error:
    print(error)
distinct = sorted(set(points))
best = closest(distinct)
print(best, best[0] == min(abs(a - b) for i, a in enumerate(distinct) for b in distinct[i + 1:]))
shape = [P(0, 0), P(6, 0), P(6, 6), P(3, 2), P(0, 6)]
triangles = ears(shape)
print(triangles, sum(area(list(t)) for t in triangles) == area(shape))
koch = [P(0, 0), P(1, 0)]
for _ in range(4):
    out = []
    for a, b in zip(koch, koch[1:]):
        third = (b - a) * (1 / 3)
        peak = P(third.x / 2 - third.y * math.sqrt(3) / 2, third.x * math.sqrt(3) / 2 + third.y / 2)
        out += [a, a + third, a + third + peak, b - third]
    koch = out + [koch[-1]]
print(len(koch), round(sum(abs(a - b) for a, b in zip(koch, koch[1:])), 9), (4 / 3) ** 4)
