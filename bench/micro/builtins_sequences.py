"""sum, min, max, sorted, map, filter, any, all over short lists."""


def run(n):
    items = [5, 3, 8, 1, 9, 2]
    for i in range(n):
        sum(items)
        min(items)
        max(3, i)
        sorted(items)
        list(map(abs, items))
        all(items)
        abs(i)


run(525_000)
