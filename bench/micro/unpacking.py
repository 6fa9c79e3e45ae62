"""Multiple assignment, swapping, starred targets."""


def run(n):
    a, b, c = 1, 2, 3
    pair = (1, 2)
    items = [1, 2, 3, 4]
    for i in range(n):
        a, b = b, a
        a, b, c = c, a, b
        x, y = pair
        first, *rest = items
    return a, b, c


run(2_700_000)
