# How the library's functions read their timeouts.
import faulthandler
import queue
import socket
import threading


def answer(f, *arguments, **keywords):
    try:
        return f(*arguments, **keywords)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for value in (0, 1e-9, -1, -1.0, -2, float("nan"), 1e10, 1e20, float("inf"), 10**20, "x", None, 8762203435.012037, 9223372037, True, -0.0, -1e-9):
    print(repr(value))
    print(" lock", answer(threading.Lock().acquire, timeout=value))
    print(" not blocking", answer(threading.Lock().acquire, False, value))
    s = socket.socket()
    print(" socket", answer(s.settimeout, value), answer(s.gettimeout))
    s.close()
    q = queue.SimpleQueue()
    q.put(1)
    print(" queue", answer(q.get, True, value))
    print(" watchdog", answer(faulthandler.dump_traceback_later, value))
    faulthandler.cancel_dump_traceback_later()
