"""Dicts with int and str keys: store, load, get, in, iterate, delete."""


def run(n):
    numbers, words = {}, {}
    names = [f"key{i}" for i in range(1000)]
    for i in range(n):
        numbers[i & 4095] = i
        name = names[i % 1000]
        words[name] = words.get(name, 0) + 1
        if i in numbers:
            numbers[i] += 1
    total = 0
    for key, value in words.items():
        total += value
    for key in list(numbers):
        del numbers[key]
    return total


run(4_000_000)
