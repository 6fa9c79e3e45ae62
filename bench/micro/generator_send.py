"""send() and yield from."""


def average():
    total = count = 0
    while True:
        x = yield total
        total += x
        count += 1


def inner(n):
    for i in range(n):
        yield i


def outer(n):
    yield from inner(n)


def run(n):
    g = average()
    next(g)
    for i in range(n):
        g.send(i)
    for x in outer(n):
        pass


run(3_000_000)
