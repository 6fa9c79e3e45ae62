"""bytes and bytearray: indexing, slicing, joining."""


def run(n):
    data = bytes(range(256))
    out = bytearray()
    total = 0
    for i in range(n):
        total += data[i & 255]
        out.append(i & 255)
        data[10:20]
        if len(out) > 1000:
            out.clear()
    return total


run(2_500_000)
