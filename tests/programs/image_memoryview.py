"""Pictures as buffers: array, memoryview, struct, bytes; a BMP and a PNG written by hand and read back."""
import array
import binascii
import io
import itertools
import math
import struct
import zlib


class Image:
    def __init__(self, width, height, fill=0):
        self.width, self.height = width, height
        self.data = array.array("B", [fill]) * (width * height)
        self.rows = memoryview(self.data)

    def __getitem__(self, at):
        x, y = at
        return self.data[y * self.width + x]

    def __setitem__(self, at, value):
        x, y = at
        if 0 <= x < self.width and 0 <= y < self.height:
            self.data[y * self.width + x] = max(0, min(255, int(value)))

    def row(self, y):
        return self.rows[y * self.width:(y + 1) * self.width]

    def line(self, x0, y0, x1, y1, value=255):
        dx, dy = abs(x1 - x0), -abs(y1 - y0)
        sx, sy, error = (1 if x0 < x1 else -1), (1 if y0 < y1 else -1), dx + dy
        while True:
            self[x0, y0] = value
            if (x0, y0) == (x1, y1):
                return
            twice = 2 * error
            if twice >= dy:
                error, x0 = error + dy, x0 + sx
            if twice <= dx:
                error, y0 = error + dx, y0 + sy

    def blurred(self):
        out = Image(self.width, self.height)
        for x, y in itertools.product(range(1, self.width - 1), range(1, self.height - 1)):
            out[x, y] = sum(self[x + i, y + j] for i, j in itertools.product((-1, 0, 1), repeat=2)) // 9
        return out

    def show(self):
        return "\n".join("".join(" .:-=+*#%@"[v * 9 // 255] for v in self.row(y)) for y in range(self.height))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", binascii.crc32(kind + data))


def png(image):
    raw = b"".join(b"\0" + bytes(image.row(y)) for y in range(image.height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", image.width, image.height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")


def read_png(data):
    stream = io.BytesIO(data)
    assert stream.read(8)[1:4] == b"PNG"
    while head := stream.read(8):
        size, kind = struct.unpack(">I4s", head)
        body = stream.read(size)
        assert struct.unpack(">I", stream.read(4))[0] == binascii.crc32(kind + body)
        if kind == b"IHDR":
            image = Image(*struct.unpack_from(">II", body))
        elif kind == b"IDAT":
            raw = memoryview(zlib.decompress(body))
            for y in range(image.height):
                image.row(y)[:] = raw[y * (image.width + 1) + 1:(y + 1) * (image.width + 1)]
    return image


image = Image(36, 14)
for i in range(12):
    a = i * math.pi / 6
    image.line(18, 7, 18 + round(15 * math.cos(a)), 7 + round(6 * math.sin(a)), 80 + 15 * i)
print(image.show())
print(image.blurred().show())
data = png(image)
print(len(data), binascii.crc32(data[16:29]), read_png(data).data == image.data)
bmp = struct.pack("<2sIHHIIiiHHIIiiII", b"BM", 54 + 36 * 14, 0, 0, 54, 40, 36, 14, 1, 8, 0, 36 * 14, 2835, 2835, 256, 0) + bytes(itertools.chain.from_iterable(image.row(y) for y in reversed(range(14))))
print(len(bmp), struct.unpack_from("<2sI4xI", bmp), hash(bytes(bmp[54:90])) == hash(image.row(13).tobytes()))
view = memoryview(image.data)
print(view.cast("B", (14, 36))[7, 18], view[::36].tolist()[:5], view.nbytes, view.contiguous, view[5:8].hex(), view.toreadonly().readonly, memoryview(b"abcdefgh").cast("H").tolist(), memoryview(array.array("d", [1.5])).format)
for broken in (lambda: view.cast("I", (3, 5)), lambda: view.toreadonly().__setitem__(0, 1), lambda: image.data.append(1), lambda: view["a"], lambda: view[99999], lambda: memoryview("x"), lambda: struct.pack("B", 300), lambda: array.array("B", [256]), lambda: memoryview(b"abc").cast("H")):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
