"""C's own functions and structures, and other extension modules: ctypes, mmap, bz2, lzma, resource, decimal's contexts, cProfile."""
import bz2
import cProfile
import ctypes
import decimal
import io
import lzma
import mmap
import pstats
import resource
import struct
import tempfile

libc = ctypes.CDLL(None)
libc.strlen.restype, libc.strlen.argtypes = ctypes.c_size_t, [ctypes.c_char_p]
print(libc.strlen(b"hello"), libc.abs(-5), libc.toupper(ord("a")))


class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_double), ("bits", ctypes.c_uint, 3)]


class Both(ctypes.Union):
    _fields_ = [("i", ctypes.c_uint32), ("f", ctypes.c_float)]


p = Point(1, 2.5, 9)
u = Both(f=1.0)
print(p.x, p.y, p.bits, ctypes.sizeof(Point), hex(u.i), Point.y.offset, bytes(p)[:4])
numbers = (ctypes.c_int * 5)(5, 3, 9, 1, 7)
COMPARE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
libc.qsort(numbers, len(numbers), ctypes.sizeof(ctypes.c_int), COMPARE(lambda a, b: a[0] - b[0]))
print(list(numbers), numbers[1:3], ctypes.cast(numbers, ctypes.POINTER(ctypes.c_int))[4])
buffer = ctypes.create_string_buffer(b"abc", 10)
libc.snprintf(buffer, ctypes.c_size_t(10), b"%d-%s", 42, b"x")
print(buffer.value, buffer.raw, ctypes.byref(p) is not None, ctypes.pointer(p).contents.x, ctypes.string_at(buffer, 2))
for broken in (lambda: libc.no_such_function, lambda: libc.strlen(5), lambda: Point("a"), lambda: numbers[9], lambda: ctypes.CDLL("no_such_lib.so")):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, str(e).split(": ")[-1])
data = b"squeeze me " * 1000
for module in (bz2, lzma):
    packed = module.compress(data)
    print(module.__name__, len(packed) < 500, module.decompress(packed) == data, module.open(io.BytesIO(packed)).read(7))
    try:
        module.decompress(b"garbage!")
    except (OSError, lzma.LZMAError) as e:
        print(type(e).__name__, e)
with tempfile.TemporaryFile() as f:
    f.write(b"line one\nline two\n" + bytes(100))
    f.flush()
    with mmap.mmap(f.fileno(), 0) as m:
        print(m[:8], m.find(b"two"), m.readline(), len(m), m.rfind(b"line"), m.size())
        m[0:4] = b"LINE"
        m.flush()
    f.seek(0)
    print(f.readline())
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0)
with decimal.localcontext(prec=6, rounding=decimal.ROUND_CEILING) as c:
    print(decimal.Decimal(1) / 3, decimal.Decimal(-1) / 3, c.flags[decimal.Inexact], decimal.Decimal("1.1").fma(2, 3), c.create_decimal("1.23456789"), repr(c)[:30])
    c.traps[decimal.Inexact] = True
    try:
        decimal.Decimal(2).sqrt()
    except decimal.Inexact as e:
        print(type(e).__name__, e.args)


def work(n):
    return sum(inner(i) for i in range(n))


def inner(i):
    return i * i


profiler = cProfile.Profile()
print(profiler.runcall(work, 10))
stats = pstats.Stats(profiler, stream=io.StringIO())
print(sorted((k[2], v[0], v[1]) for k, v in stats.stats.items() if k[2] in ("work", "inner", "<built-in method builtins.sum>")), struct.calcsize("P"))
