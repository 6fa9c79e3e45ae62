"""Generators that read generators; generator expressions into sum and any."""


def numbers(n):
    for i in range(n):
        yield i


def odd(items):
    for x in items:
        if x & 1:
            yield x


def squares(items):
    for x in items:
        yield x * x


def run(n):
    total = sum(squares(odd(numbers(n))))
    total += sum(x + 1 for x in range(n))
    any(x > n for x in range(n))
    return total


run(2_250_000)
