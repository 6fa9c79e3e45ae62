"""Integer arithmetic in a while loop."""


def run(n):
    a, b, c = 1, 2, 3
    while n > 0:
        a = (a * 31 + b) & 0xFFFFFF
        b = (b ^ a) % 65521
        c = c + (a >> 3) - (b // 7)
        n -= 1
    return a, b, c


run(2_500_000)
