"""Functions behind a wrapper."""
import functools


def traced(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper


@traced
def add(a, b):
    return a + b


def run(n):
    for i in range(n):
        add(i, 1)


run(3_000_000)
