"""Lists: append, index, slice, iterate, sort."""


def run(n):
    out = []
    for i in range(n):
        out.append((i * 7919) % 10007)
    total = 0
    for i in range(len(out)):
        total += out[i]
        out[i] = total & 1023
    for x in out:
        total -= x
    out.sort()
    for i in range(0, n, 100):
        total += len(out[i:i + 50])
    while out:
        out.pop()
    return total


for _ in range(3):
    run(600_000)
