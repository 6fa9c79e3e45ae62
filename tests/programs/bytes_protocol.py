"""Binary formats by hand: packing integers, a small archive, checksums, hex dumps, UTF-8 by hand."""


def u32(n): return n.to_bytes(4, "little")
def leb(n):
    out = bytearray()
    while True:
        n, low = n >> 7, n & 127
        out.append(low | (128 if n else 0))
        if not n:
            return bytes(out)


class Reader:
    def __init__(self, data):
        self.view, self.at = memoryview(data), 0

    def take(self, n):
        if self.at + n > len(self.view):
            raise EOFError(f"{n} bytes wanted at {self.at}, {len(self.view) - self.at} left")
        piece = self.view[self.at:self.at + n]
        self.at += n
        return piece

    def u32(self): return int.from_bytes(self.take(4), "little")

    def leb(self):
        shift = value = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7


def crc(data, table=[]):
    if not table:
        for n in range(256):
            for _ in range(8):
                n = n >> 1 ^ (0xEDB88320 if n & 1 else 0)
            table.append(n)
    value = 0xFFFFFFFF
    for byte in data:
        value = table[(value ^ byte) & 255] ^ value >> 8
    return value ^ 0xFFFFFFFF


def adler(data):
    a, b = 1, 0
    for byte in data:
        a = (a + byte) % 65521
        b = (b + a) % 65521
    return b << 16 | a


def archive(files):
    out = bytearray(b"ARC1" + leb(len(files)))
    for name, data in files.items():
        raw = name.encode()
        out += leb(len(raw)) + raw + leb(len(data)) + u32(crc(data)) + data
    return bytes(out)


def extract(data):
    r = Reader(data)
    if bytes(r.take(4)) != b"ARC1":
        raise ValueError("not an archive")
    files = {}
    for _ in range(r.leb()):
        name = str(r.take(r.leb()), "utf-8")
        size, check = r.leb(), r.u32()
        body = bytes(r.take(size))
        if crc(body) != check:
            raise ValueError(f"{name} is damaged")
        files[name] = body
    return files


def dump(data, width=12):
    for i in range(0, len(data), width):
        row = data[i:i + width]
        yield f"{i:06x}  {row.hex(' '):<{width * 3}} {''.join(chr(b) if 32 <= b < 127 else '.' for b in row)}"


def utf8(text):
    out = []
    for char in map(ord, text):
        if char < 0x80:
            out.append(char)
        elif char < 0x800:
            out += 0xC0 | char >> 6, 0x80 | char & 63
        elif char < 0x10000:
            out += 0xE0 | char >> 12, 0x80 | char >> 6 & 63, 0x80 | char & 63
        else:
            out += 0xF0 | char >> 18, 0x80 | char >> 12 & 63, 0x80 | char >> 6 & 63, 0x80 | char & 63
    return bytes(out)


files = {"readme.txt": b"hello, world\n", "größe.bin": bytes(range(0, 256, 15)), "empty": b""}
packed = archive(files)
print(*dump(packed), sep="\n")
print(extract(packed) == files, len(packed))
damaged = bytearray(packed)
damaged[20] ^= 1
for data in (bytes(damaged), b"NOPE", packed[:-20], b""):
    try:
        extract(data)
    except (ValueError, EOFError) as error:
        print(type(error).__name__, error)
print(hex(crc(b"123456789")), hex(adler(b"Wikipedia")), crc(b""))
for n in (0, 127, 128, 300, 2 ** 32, 10 ** 18):
    encoded = leb(n)
    print(n, encoded.hex(), Reader(encoded).leb() == n)
for text in ("abc", "é", "€", "日本語", "😀", "\x7f\x80\u07ff\u0800\uffff\U00010000"):
    print(ascii(text), utf8(text).hex(), utf8(text) == text.encode(), utf8(text).decode() == text)
for bad in (b"\x80", b"\xc3", b"\xc0\x80", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"a\xffb", b"\xf0\x9f\x98", b"\xe6\x97a"):
    try:
        bad.decode()
    except UnicodeDecodeError as error:
        print(error, "|", bad.decode(errors="replace"), "|", bad.decode(errors="ignore"), "|", bad.decode(errors="backslashreplace"), "|", ascii(bad.decode(errors="surrogateescape")), bad.decode(errors="surrogateescape").encode(errors="surrogateescape") == bad)
swap = memoryview(bytearray(range(8)))
swap[::2], swap[1::2] = bytes(swap[1::2]), bytes(swap[::2])
print(swap.tobytes(), bytes(reversed(b"abc")), bytes(b ^ 255 for b in b"\x00\x0f"), bytearray(b"x" * 3).replace(b"x", b"yz", 2))
ring = bytearray(5)
for i, byte in enumerate(b"ring buffer"):
    ring[i % 5] = byte
print(ring, ring.find(b"f"), int.from_bytes(ring, "big"), ring[1:4].hex("-"))
