"""collections.deque as a queue and as a stack."""
from collections import deque


def run(n):
    d = deque(range(100))
    for i in range(n):
        d.append(i)
        d.popleft()
        d.appendleft(i)
        d.pop()
    return len(d)


run(6_250_000)
