"""try without and with an exception, finally, nested handlers."""


def thrower(n):
    if n & 1:
        raise ValueError(n)
    return n


def run(n):
    caught = 0
    for i in range(n):
        try:
            thrower(i)
        except ValueError as error:
            caught += 1
        try:
            caught += 0
        finally:
            caught += 0
        try:
            [][i]
        except (KeyError, IndexError):
            pass


run(1_200_000)
