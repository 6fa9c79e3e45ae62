"""faulthandler: tracebacks on demand, on signals, after a time; what it refuses."""
import faulthandler
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time


def dumped(work):
    with tempfile.TemporaryFile("w+") as f:
        work(f)
        f.seek(0)
        text = f.read()
    text = re.sub(r'File ".*[/\\]', 'File "', text)
    return re.sub(r"0x[0-9a-f]+", "0x…", text)


def show(work):
    try:
        print(repr(work()))
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


def inner(f, all_threads):
    faulthandler.dump_traceback(f, all_threads=all_threads)


print(dumped(lambda f: inner(f, False)))
print(dumped(lambda f: inner(f, True)))

go = threading.Event()
started = threading.Event()


def waiting_thread():
    started.set()
    go.wait()


t = threading.Thread(target=waiting_thread)
t.start()
started.wait()
time.sleep(0.05)
text = dumped(lambda f: inner(f, True))
print(text.count("Thread 0x…"), text.count("Current thread 0x…"), "in waiting_thread" in text)
go.set()
t.join()

print(dumped(lambda f: (faulthandler.register(signal.SIGUSR1, f, all_threads=False), signal.raise_signal(signal.SIGUSR1),
                        print(faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR1)))).splitlines()[0])


def later(f):
    faulthandler.dump_traceback_later(0.05, file=f)
    time.sleep(0.3)
    faulthandler.cancel_dump_traceback_later()


text = dumped(later)
print(text.splitlines()[:2], "in later" in text)

for work in [
    lambda: faulthandler.is_enabled(), lambda: faulthandler.enable(), lambda: faulthandler.is_enabled(), lambda: faulthandler.disable(),
    lambda: faulthandler.disable(), lambda: faulthandler.enable(-1), lambda: faulthandler.enable("x"), lambda: faulthandler.dump_traceback(object()),
    lambda: faulthandler.register(signal.SIGSEGV), lambda: faulthandler.register(0), lambda: faulthandler.register(1000), lambda: faulthandler.unregister(-1),
    lambda: faulthandler.dump_traceback_later(0), lambda: faulthandler.dump_traceback_later(-1), lambda: faulthandler.dump_traceback_later("x"),
    lambda: faulthandler.cancel_dump_traceback_later(),
]:
    show(work)

for code in [
    "import faulthandler; faulthandler.enable(); faulthandler._sigsegv()",
    "import faulthandler\ndef f():\n    faulthandler._read_null()\nfaulthandler.enable()\nf()",
    "import faulthandler; faulthandler.enable(all_threads=False); faulthandler._sigfpe()",
    "import faulthandler, os; faulthandler.enable(); faulthandler._sigabrt()",
    "import faulthandler; faulthandler._stack_overflow()",
    "import faulthandler; faulthandler.dump_traceback_later(0.05, exit=True)\nimport time\nwhile True: time.sleep(1)",
]:
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", code], capture_output=True, text=True)
    lines = [re.sub(r"0x[0-9a-f]+", "0x…", line) for line in done.stderr.splitlines()]
    print(done.returncode, [line for line in lines if line and not line.startswith("Extension modules")])
print(subprocess.run([sys.executable, "-c", "import faulthandler; print(faulthandler.is_enabled())"], capture_output=True, text=True,
                     env=os.environ | {"PYTHONFAULTHANDLER": "1"}).stdout)
