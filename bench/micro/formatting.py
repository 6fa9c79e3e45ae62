"""f-strings, str.format, %, str() and int()."""


def run(n):
    for i in range(n):
        f"{i} and {i:>8}"
        f"{i / 7:.3f}"
        "{} {}".format(i, "x")
        "%d %s" % (i, "y")
        int(str(i))
        repr(i)


run(500_000)
