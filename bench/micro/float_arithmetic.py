"""Floating-point arithmetic: one orbit of the logistic map and its derivative."""


def run(n):
    x, d, r = 0.5, 1.0, 3.7
    for i in range(n):
        d = d * (r - 2.0 * r * x) * 0.5 + 0.25
        x = r * x * (1.0 - x)
        if d > 1e6 or d < -1e6:
            d = d / 1e6
    return x, d


run(4_000_000)
