"""Calling built-in functions and methods."""


def run(n):
    items, text = [1, 2, 3], "hello"
    for i in range(n):
        len(items)
        abs(i)
        min(i, 5)
        text.startswith("he")
        ord("a")
        divmod(i, 7)


run(2_500_000)
