"""Operator overloading on a small vector class."""


class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + o.x)
    def __mul__(self, k): return V(self.x * k)
    def __eq__(self, o): return self.x == o.x
    def __lt__(self, o): return self.x < o.x
    def __getitem__(self, i): return i
    def __len__(self): return 3


def run(n):
    a, b = V(1), V(2)
    for i in range(n):
        c = a + b
        c = b * 3
        c == a
        a < b
        a[i]
        len(a)


run(1_800_000)
