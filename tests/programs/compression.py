"""LZ77, LZW, run lengths, move-to-front, Burrows-Wheeler, delta: round trips over odd inputs."""


def rle(data):
    out, i = bytearray(), 0
    while i < len(data):
        n = 1
        while n < 255 and i + n < len(data) and data[i + n] == data[i]:
            n += 1
        out += bytes((n, data[i]))
        i += n
    return bytes(out)


def unrle(data): return b"".join(bytes([b]) * n for n, b in zip(data[::2], data[1::2]))


def lz77(data, window=255):
    out, i = [], 0
    while i < len(data):
        best = (0, 0)
        for start in range(max(0, i - window), i):
            n = 0
            while i + n < len(data) - 1 and data[start + n] == data[i + n] and n < 63:
                n += 1
            best = max(best, (n, i - start))
        length, distance = best
        out.append((distance, length, data[i + length]))
        i += length + 1
    return out


def unlz77(triples):
    out = bytearray()
    for distance, length, byte in triples:
        for _ in range(length):
            out.append(out[-distance])
        out.append(byte)
    return bytes(out)


def lzw(data):
    table = {bytes([i]): i for i in range(256)}
    word, out = b"", []
    for byte in data:
        longer = word + bytes([byte])
        if longer in table:
            word = longer
        else:
            out.append(table[word])
            table[longer] = len(table)
            word = longer[-1:]
    return out + [table[word]] if word else out


def unlzw(codes):
    table = [bytes([i]) for i in range(256)]
    out, previous = bytearray(), b""
    for code in codes:
        if code < len(table):
            entry = table[code]
        elif code == len(table) and previous:
            entry = previous + previous[:1]
        else:
            raise ValueError(f"bad code {code}")
        out += entry
        if previous:
            table.append(previous + entry[:1])
        previous = entry
    return bytes(out)


def bwt(data):
    n = len(data)
    order = sorted(range(n), key=lambda i: data[i:] + data[:i])
    return bytes(data[i - 1] for i in order), order.index(0) if n else 0


def unbwt(last, at):
    order = sorted(range(len(last)), key=lambda i: (last[i], i))
    out = bytearray()
    for _ in last:
        at = order[at]
        out.append(last[at])
    return bytes(out)


def mtf(data):
    alphabet, out = list(range(256)), bytearray()
    for byte in data:
        i = alphabet.index(byte)
        out.append(i)
        alphabet.insert(0, alphabet.pop(i))
    return bytes(out)


def unmtf(data):
    alphabet, out = list(range(256)), bytearray()
    for i in data:
        out.append(alphabet[i])
        alphabet.insert(0, alphabet.pop(i))
    return bytes(out)


def delta(data): return bytes((b - a) % 256 for a, b in zip(b"\0" + data, data))
def undelta(data):
    total = 0
    return bytes((total := (total + b) % 256) for b in data)


inputs = {"empty": b"", "one": b"x", "runs": b"a" * 300 + b"b", "text": b"the cat sat on the mat, the cat sat on the hat; " * 3, "bytes": bytes(range(256)), "banana": b"banana", "zigzag": bytes(i * 37 % 251 for i in range(200)), "utf8": "naïve café 日本".encode()}
for name, data in inputs.items():
    rotated, at = bwt(data)
    triples, codes = lz77(data), lzw(data)
    results = {"rle": (len(rle(data)), unrle(rle(data))), "lz77": (len(triples) * 3, unlz77(triples)), "lzw": (len(codes), unlzw(codes)), "bwt": (len(rotated), unbwt(rotated, at)), "mtf": (sum(b == 0 for b in mtf(data)), unmtf(mtf(data))), "delta": (max(delta(data), default=0), undelta(delta(data))),
               "bwt+mtf+rle": (len(rle(mtf(rotated))), unbwt(unmtf(unrle(rle(mtf(rotated)))), at))}
    print(name, len(data), {k: n for k, (n, _) in results.items()}, all(back == data for _, back in results.values()))
print(bwt(b"banana"), lz77(b"abababab"), lzw(b"TOBEORNOTTOBEORTOBEORNOT"), rle(b"aaab"), mtf(b"bananaaa"))
for codes in ([300], [65, 999]):
    try:
        unlzw(codes)
    except ValueError as error:
        print(error)


class BitWriter:
    def __init__(self): self.value, self.count = 0, 0
    def write(self, value, width): self.value, self.count = self.value << width | value, self.count + width; return self
    def __bytes__(self): return (self.value << -self.count % 8).to_bytes((self.count + 7) // 8, "big")
    def __len__(self): return self.count


class BitReader:
    def __init__(self, data): self.value, self.left = int.from_bytes(data, "big"), len(data) * 8
    def read(self, width):
        self.left -= width
        return self.value >> self.left & (1 << width) - 1


w = BitWriter()
for code in lzw(inputs["text"]):
    w.write(code, 12)
packed = bytes(w)
r = BitReader(packed)
print(len(w), len(packed), packed[:8].hex(), unlzw([r.read(12) for _ in range(len(w) // 12)]) == inputs["text"])
