"""KeyboardInterrupt that nobody catches."""


def work(n):
    try:
        if n == 3:
            raise KeyboardInterrupt
        return work(n + 1)
    finally:
        if n == 0:
            print("cleaning up", flush=True)


try:
    work(2)
except Exception:
    print("not an Exception")
except KeyboardInterrupt as error:
    print("caught", repr(error), flush=True)
work(0)
