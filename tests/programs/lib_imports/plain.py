value = 42
counter = 1


def function(n):
    return n * value
