"""Instances with __call__."""


class Adder:
    def __init__(self, n): self.n = n
    def __call__(self, x): return x + self.n


def run(n):
    add = Adder(3)
    total = 0
    for i in range(n):
        total = add(total)
    return total


run(5_000_000)
