"""Generators: loops, send, yield from."""


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def delegate(n):
    yield from count(n)


def accumulate():
    total = 0
    while True:
        total += yield total


def run(n):
    for x in count(n): pass
    for x in delegate(n): pass
    a = accumulate()
    next(a)
    for i in range(n):
        a.send(i)


run(4_000_000)
