"""queue.SimpleQueue between threads; the private modules _tokenize and _statistics; syslog's constants."""
import _queue
import _statistics
import _tokenize
import queue
import statistics
import syslog
import threading
import time


def show(work):
    try:
        print(repr(work()))
    except BaseException as e:
        print(f"{type(e).__name__}: {e}")


q = _queue.SimpleQueue()
for work in [
    lambda: q.get_nowait(), lambda: q.get(timeout=0.01), lambda: q.get(False), lambda: q.get(timeout=-1), lambda: q.get(timeout="x"),
    lambda: q.get(timeout=1e300), lambda: q.put(1), lambda: q.put(2, False, 3), lambda: q.put_nowait(3), lambda: q.qsize(), lambda: q.empty(),
    lambda: [q.get(), q.get(timeout=1), q.get_nowait()], lambda: q.empty(), lambda: _queue.SimpleQueue(5), lambda: _queue.SimpleQueue[int],
    lambda: queue.Empty is _queue.Empty, lambda: _queue.Empty.__mro__, lambda: q.put(), lambda: q.get(1, 2, 3),
]:
    show(work)

received = []


def consume():
    while (item := q.get()) is not None:
        received.append(item)


consumers = [threading.Thread(target=consume) for _ in range(4)]
for t in consumers:
    t.start()
producers = [threading.Thread(target=lambda base=base: [q.put(base + i) for i in range(500)]) for base in (0, 1000, 2000)]
for t in producers:
    t.start()
for t in producers:
    t.join()
for _ in consumers:
    q.put(None)
for t in consumers:
    t.join()
print(sorted(received) == [b + i for b in (0, 1000, 2000) for i in range(500)], q.empty())
begin = time.monotonic()
show(lambda: q.get(timeout=0.1))
print(0.09 < time.monotonic() - begin < 5)

for source in [
    "x = 1\nif y:\n  '''a\nb''' # c\nz", "", "a b", "\n\n# c\n\nx\n", "(1,\n\n 2)\n", "é=1\n", "$\n", "'abc\n", "'''abc\n",
    "if 1:\n    x\n  y\n", "a\\\nb\n", "1_\n", "f'{x}'", "(]", "x\ty\r\nz", "!=<> -> :=", "async def f(): await x\n", "x # type: int\n",
    "\f x\n", "(", "if 1:\n  if 2:\n    x\n# c\n", "x\\ y\n", "0777\n", "'''a\nb\nc'''+'d'\n",
]:
    print(repr(source))
    try:
        for token in _tokenize.TokenizerIter(source):
            print("  ", token)
    except SyntaxError as e:
        print("  ", repr(e))
show(lambda: _tokenize.TokenizerIter())
show(lambda: _tokenize.TokenizerIter(1))
show(lambda: _tokenize.TokenizerIter("a", "b"))
show(lambda: _tokenize.TokenizerIter("a\0b"))

print([_statistics._normal_dist_inv_cdf(p, 1.5, 2.0) for p in (1e-300, 1e-9, 0.001, 0.07, 0.3, 0.5, 0.6, 0.95, 0.999999)])
print(statistics.NormalDist(100, 15).quantiles(5))
print(syslog.LOG_MASK(3), syslog.LOG_UPTO(4), syslog.setlogmask(255), syslog.LOG_LOCAL7, syslog.LOG_AUTHPRIV)
show(lambda: syslog.syslog())
show(lambda: syslog.syslog(1, 2))
show(lambda: syslog.LOG_MASK("x"))
show(lambda: syslog.openlog(5))
