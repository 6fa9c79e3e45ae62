"""Threads: locks, conditions, events, barriers, timers, locals, queues, pools."""
import concurrent.futures
import queue
import threading
import time

total = 0
lock = threading.Lock()


def add(n):
    global total
    for _ in range(n):
        with lock:
            total += 1


threads = [threading.Thread(target=add, args=(500,), name=f"adder-{i}") for i in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total, [t.is_alive() for t in threads], threads[0].name, threading.current_thread() is threading.main_thread())
q, out = queue.Queue(2), queue.SimpleQueue()


def worker():
    while (job := q.get()) is not None:
        out.put(job * job)
        q.task_done()
    q.task_done()


workers = [threading.Thread(target=worker, daemon=True) for _ in range(3)]
for w in workers:
    w.start()
for i in range(10):
    q.put(i)
for _ in workers:
    q.put(None)
q.join()
print(sorted(out.get() for _ in range(10)), q.empty(), out.qsize())
for broken in (lambda: q.get_nowait(), lambda: q.get(timeout=0.01), lambda: queue.Queue(1).task_done(), lambda: lock.release(), lambda: threads[0].start(), lambda: threading.Thread(target=1, group=2)):
    try:
        print(broken())
    except BaseException as e:
        print(type(e).__name__, e)
local = threading.local()
local.x = "main"


def set_local(value, seen):
    seen.append(hasattr(local, "x"))
    local.x = value


seen = []
t = threading.Thread(target=set_local, args=("other", seen))
t.start()
t.join()
print(local.x, seen)
condition, items, log = threading.Condition(), [], []


def consume():
    with condition:
        condition.wait_for(lambda: len(items) >= 3, timeout=5)
        log.append(list(items))


t = threading.Thread(target=consume)
t.start()
for i in range(3):
    with condition:
        items.append(i)
        condition.notify_all()
t.join()
print(log)
barrier = threading.Barrier(3, action=lambda: log.append("all here"))
ts = [threading.Thread(target=barrier.wait) for _ in range(2)]
for t in ts:
    t.start()
barrier.wait()
for t in ts:
    t.join()
print(log[-1], barrier.broken, barrier.parties)
event = threading.Event()
timer = threading.Timer(0.001, event.set)
timer.start()
print(event.wait(5), threading.Semaphore(0).acquire(blocking=False), threading.BoundedSemaphore(1)._value)
rlock = threading.RLock()
with rlock, rlock:
    print("twice", repr(rlock)[:22])
with concurrent.futures.ThreadPoolExecutor(3) as pool:
    print(list(pool.map(lambda x: x**2, range(6))))
    futures = {pool.submit(divmod, 7, n): n for n in (0, 2, 3)}
    for f in concurrent.futures.as_completed(futures):
        f.done()
    print(sorted((n, repr(f.exception()) if f.exception() else f.result()) for f, n in futures.items()))
    print(pool.submit(time.sleep, 0).result(), concurrent.futures.wait([pool.submit(int, "5")]).done.pop().result())


def raises():
    raise KeyError("in a thread")


hooked = []
threading.excepthook = lambda args: hooked.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
t = threading.Thread(target=raises, name="bad")
t.start()
t.join()
print(hooked, threading.active_count() >= 1, threading.get_ident() == threading.main_thread().ident)
