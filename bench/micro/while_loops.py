"""while with break and continue."""


def run(n):
    i = total = 0
    while True:
        i += 1
        if i > n:
            break
        if i % 3 == 0:
            continue
        total += i
    return total


run(7_500_000)
