"""Counters in attributes: self.x += …"""


class Counter:
    def __init__(self):
        self.n = 0
        self.total = 0.0

    def add(self, x):
        self.n += 1
        self.total += x


def run(n):
    c = Counter()
    for i in range(n):
        c.add(0.5)
    return c.n, c.total


run(5_000_000)
