"""Extension modules of the library, as CPython's own ABI has them: decimal, sqlite3, ctypes, bz2, lzma, mmap, zoneinfo, resource."""
import asyncio
import bz2
import ctypes
import decimal
import lzma
import mmap
import multiprocessing.shared_memory
import os
import resource
import sqlite3
import termios
import zoneinfo
import _hashlib
import _queue
import datetime

D = decimal.Decimal
print(D("1.10") + D("2.2"), D(1) / 3, D("1e-7") * 5, round(D("2.675"), 2), D("-0.0"), D("NaN"), D(10) ** 30, hash(D("1.5")) == hash(1.5))
with decimal.localcontext() as context:
    context.prec = 50
    print(D(2).sqrt(), context.flags[decimal.Inexact])
for bad in ("x", "1..2", None):
    try:
        print(D(bad))
    except (decimal.InvalidOperation, TypeError) as error:
        print(type(error).__name__, error)
try:
    D(1) / 0
except decimal.DivisionByZero as error:
    print(type(error).__mro__[1:3], error)
print(sorted([D("3"), 2, 2.5, D("1.1")]), "%.3f" % D("1.23456"), f"{D('1234567.891'):,.1f}", D("1.5").as_integer_ratio(), repr(D("1.50")))

base = sqlite3.connect(":memory:")
base.row_factory = sqlite3.Row
base.execute("create table t(name text, n integer, x real, b blob)")
base.executemany("insert into t values (?, ?, ?, ?)", [("a", 1, 1.5, b"\0\1"), ("b", 2**40, None, None), ("é", -3, 1e300, bytearray(b"z"))])
base.create_function("twice", 1, lambda n: n * 2)
for row in base.execute("select name, twice(n) as m, x, b from t order by n"):
    print(tuple(row), row.keys(), row["m"])
for statement in ("select * from nowhere", "insert into t values (1)", "selec"):
    try:
        base.execute(statement)
    except sqlite3.Error as error:
        print(type(error).__name__, error)
class Sum:
    def __init__(self): self.total = 0
    def step(self, n): self.total += n
    def finalize(self): return self.total
base.create_aggregate("total_of", 1, Sum)
print(base.execute("select total_of(n), count(*) from t").fetchone()[:], base.total_changes)

libc = ctypes.CDLL(None)
libc.strlen.restype = ctypes.c_size_t
print(libc.strlen(b"hello"), libc.abs(-5), ctypes.sizeof(ctypes.c_void_p))
class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_double), ("name", ctypes.c_char * 8)]
p = Point(3, 2.5, b"abc")
print(p.x, p.y, p.name, ctypes.sizeof(Point), bytes(p)[:4], Point.y.offset)
Compare = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
numbers = (ctypes.c_int * 6)(5, 3, 9, -1, 7, 0)
libc.qsort(numbers, len(numbers), ctypes.sizeof(ctypes.c_int), Compare(lambda a, b: a[0] - b[0]))
print(list(numbers))
try:
    libc.strlen(1.5)
except ctypes.ArgumentError as error:
    print(error)

text = b"the same words again and again " * 50
for module in (bz2, lzma):
    packed = module.compress(text)
    print(module.__name__, len(packed) < len(text), module.decompress(packed) == text)
    try:
        module.decompress(packed[:-5])
    except (EOFError, ValueError, lzma.LZMAError) as error:
        print(type(error).__name__, error)
with mmap.mmap(-1, 64) as memory:
    memory[:5] = b"hello"
    memory.seek(3)
    print(memory.read(4), memory.find(b"l"), len(memory), memory[4])
zone = zoneinfo.ZoneInfo("Europe/Paris")
print(datetime.datetime(2022, 7, 1, 12, tzinfo=zone).utcoffset(), datetime.datetime(2022, 1, 1, tzinfo=zone).isoformat(), zone)
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 0, type(termios.error), _hashlib.openssl_sha256(b"x").hexdigest()[:16])
q = _queue.SimpleQueue()
q.put(1)
print(q.get(), q.empty())
async def work(n):
    await asyncio.sleep(0)
    return n * n
async def main():
    tasks = [asyncio.create_task(work(n), name=f"task {n}") for n in range(4)]
    done = await asyncio.gather(*tasks)
    try:
        await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except TimeoutError as error:
        print("timeout", repr(error))
    return done, tasks[1].get_name(), tasks[2].done()
print(asyncio.run(main()), asyncio.Task.__module__)
memory = multiprocessing.shared_memory.SharedMemory(create=True, size=16)
memory.buf[:3] = b"abc"
print(bytes(memory.buf[:3]))
memory.close()
memory.unlink()
print("end")
