"""Integers of some hundred digits."""


def run(n):
    a, b, m = 3 ** 200, 7 ** 150, 2 ** 521 - 1
    for i in range(n):
        a = (a * b + i) % m
        b = (a >> 13) + b
        if b > m:
            b -= m
    return a, b


run(500_000)
