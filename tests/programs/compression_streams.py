"""zlib piece by piece, and gzip and zip files made of it."""
import copy
import gzip
import io
import zipfile
import zlib

data = b"".join(b"line %d of the text that is to be compressed\n" % (i * i % 97) for i in range(3000))


def show(work):
    try:
        print(repr(work()))
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


print(zlib.crc32(data), zlib.adler32(data), zlib.crc32(data[1000:], zlib.crc32(data[:1000])) == zlib.crc32(data), zlib.crc32(b"", 7))
for level in -1, 0, 1, 6, 9:
    packed = zlib.compress(data, level)
    print(level, len(packed), zlib.crc32(packed), zlib.decompress(packed) == data)
for wbits in 15, -15, 31, 9, -9:
    c = zlib.compressobj(6, zlib.DEFLATED, wbits)
    packed = b"".join(c.compress(data[i:i + 777]) for i in range(0, len(data), 777)) + c.flush()
    print(wbits, len(packed), zlib.decompress(packed, wbits, 10) == data)

c = zlib.compressobj()
first = c.compress(data[:50_000]) + c.flush(zlib.Z_SYNC_FLUSH)
twin = c.copy()
packed = first + c.compress(data[50_000:]) + c.flush()
print(zlib.decompress(packed) == data, zlib.decompress(first + copy.deepcopy(twin).flush()) == data[:50_000])
d = zlib.decompressobj()
pieces, rest = [], packed + b"trailing"
while not d.eof:
    pieces.append(d.decompress(rest, 1000))
    rest = d.unconsumed_tail
print(len(pieces), max(map(len, pieces)), d.eof, d.unused_data, b"".join(pieces) + d.flush() == data)
half = zlib.decompressobj()
start = half.decompress(packed[:500])
other = half.copy()
print(start + half.decompress(packed[500:]) == data, start + other.decompress(packed[500:]) == data, half.eof)

words = b"compressed text line of the"
c = zlib.compressobj(zdict=words)
packed = c.compress(b"the text of the line") + c.flush()
print(len(packed), zlib.decompressobj(zdict=words).decompress(packed))
for work in [
    lambda: zlib.decompress(b"no"), lambda: zlib.decompress(zlib.compress(b"abc")[:-3]), lambda: zlib.decompress(b""),
    lambda: zlib.decompress(packed), lambda: zlib.compress(b"x", 10), lambda: zlib.compress("x"), lambda: zlib.compress(),
    lambda: zlib.compressobj(level=77), lambda: zlib.compressobj(zdict=None), lambda: zlib.compressobj(wbits=99),
    lambda: zlib.decompressobj(wbits=99), lambda: zlib.decompressobj(zdict=5), lambda: zlib.decompressobj().decompress(b"", -1),
    lambda: zlib.decompressobj().decompress(b"garbage"), lambda: zlib.decompressobj().flush(0), lambda: zlib.decompressobj().flush(),
    lambda: zlib.decompressobj(zdict=b"wrong").decompress(packed), lambda: zlib.decompress(b"x", bufsize=-1),
    lambda: zlib.crc32("x"), lambda: zlib.adler32(b"x", "y"), lambda: zlib.compressobj().flush(99),
    lambda: zlib.Z_TREES, lambda: type(zlib.compressobj())(), lambda: zlib.error.__mro__,
]:
    show(work)

buffer = io.BytesIO()
with gzip.GzipFile("name.txt", "wb", 9, buffer, mtime=0) as f:
    f.write(data[:1000])
    f.write(data[1000:])
packed = buffer.getvalue()
print(len(packed), zlib.crc32(packed), gzip.decompress(packed) == data, gzip.decompress(packed + packed) == data * 2)
with gzip.open(io.BytesIO(packed), "rt") as f:
    print(f.readline(), sum(1 for _ in f))
show(lambda: gzip.decompress(packed[:-10]))
show(lambda: gzip.decompress(b"not gzip at all"))

buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr(zipfile.ZipInfo("a.txt", (2020, 1, 2, 3, 4, 6)), data, zipfile.ZIP_DEFLATED)
    z.writestr(zipfile.ZipInfo("dir/b.bin", (2020, 1, 2, 3, 4, 6)), bytes(range(256)), zipfile.ZIP_STORED)
    with z.open(zipfile.ZipInfo("c", (2021, 5, 5, 5, 5, 6)), "w") as member:
        member.write(b"streamed " * 100)
with zipfile.ZipFile(buffer) as z:
    for info in z.infolist():
        print(info.filename, info.file_size, info.compress_size, hex(info.CRC), info.date_time)
    print(z.testzip(), z.read("a.txt") == data, z.open("c").read(20), len(buffer.getvalue()))
