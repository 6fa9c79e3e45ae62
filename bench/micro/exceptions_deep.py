"""An exception through several frames, with finally and context."""


def leaf(x):
    raise ValueError(x)


def middle(x):
    try:
        leaf(x)
    finally:
        x += 1


def run(n):
    caught = 0
    for i in range(n):
        try:
            middle(i)
        except (KeyError, ValueError) as error:
            caught += error.args[0] == i
        try:
            {}["x"]
        except KeyError:
            pass
    return caught


run(500_000)
