"""multiprocessing and process pools."""
import concurrent.futures
import multiprocessing as mp
import os
import sys


def square(x):
    return x * x


def fail(x):
    raise ValueError(f"bad {x}")


def child(conn, q, lock, event):
    conn.send({"got": conn.recv()})
    with lock:
        q.put(("queue", os.getpid() != os.getppid()))
    event.set()
    conn.close()


def main():
    for method in ("fork",):
        ctx = mp.get_context(method)
        here, there = ctx.Pipe()
        q, lock, event = ctx.SimpleQueue(), ctx.Lock(), ctx.Event()
        p = ctx.Process(target=child, args=(there, q, lock, event), name="kid")
        p.start()
        here.send([1, 2])
        print(here.recv(), q.get(), event.wait(5))
        p.join()
        print(p.name, p.exitcode, p.is_alive())
        p = ctx.Process(target=sys.exit, args=(3,))
        p.start()
        p.join()
        print(p.exitcode)
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=mp.get_context("fork")) as pool:
        print(list(pool.map(square, range(5))), repr(pool.submit(fail, 1).exception()))
    with mp.get_context("fork").Pool(2) as pool:
        print(pool.map(square, [1, 2, 3]), pool.apply(square, (5,)), sorted(pool.imap_unordered(square, range(4))), pool.starmap(pow, [(2, 3)]))
        try:
            pool.apply(fail, (2,))
        except ValueError as e:
            print(e)


if __name__ == "__main__":
    main()
