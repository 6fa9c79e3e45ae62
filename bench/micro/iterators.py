"""Classes with __iter__ and __next__."""


class Count:
    def __init__(self, n):
        self.i, self.n = 0, n

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i


def run(n):
    total = 0
    for x in Count(n):
        total += x
    return total


run(4_500_000)
