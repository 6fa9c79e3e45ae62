"""Slices of lists: copying, replacing, reversing."""


def run(n):
    items = list(range(100))
    for i in range(n):
        items[10:20]
        items[:]
        items[::2]
        items[5:10] = items[15:20]
        items[::-1]


run(675_000)
