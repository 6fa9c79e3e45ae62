"""An exception that leaves a generator chain uncaught: the frames of the generators are in the traceback."""


def numbers():
    yield 1
    yield int("two")


def doubled(source):
    for n in source:
        yield n * 2


def total(source):
    return sum(x for x in doubled(source))


print(next(doubled(numbers())), flush=True)
total(numbers())
