#!/usr/bin/env python3
"""Lines per second of parsing and compiling the whole library, and the memory that it takes, against CPython 3.11.

usage: compile_library.py [--taipan PATH] [--rounds N] [--parse]      (run it with /usr/bin/python3.11)

Every .py file of /usr/lib/python3.11 is read first; then compile() runs on the bytes in memory, one process a round, the two
interpreters in turn. Time is the CPU time of that loop; memory is how far the peak of the process (VmHWM) rises during the loop.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys

WORKER = """
import sys, time
def peak():
    with open("/proc/self/status") as f:
        return int(f.read().partition("VmHWM:")[2].split()[0])
flags = 0x400 if sys.argv[1] == "parse" else 0
sources = []
for path in sys.stdin.read().splitlines():
    with open(path, "rb") as f:
        sources.append((path, f.read()))
before = peak()
lines = 0
start = time.process_time()
for path, source in sources:
    try:
        compile(source, path, "exec", flags, True)
    except (SyntaxError, ValueError):
        continue
    lines += source.count(b"\\n")
print(lines, time.process_time() - start, peak() - before, peak())
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--taipan", default="build/release/taipan")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--parse", action="store_true", help="trees as ast objects, not code")
    options = parser.parse_args()
    paths = "\n".join(sorted(str(p) for p in pathlib.Path("/usr/lib/python3.11").rglob("*.py")))
    rates, peaks = {}, {}
    for _ in range(options.rounds):
        for name, python in (("taipan", options.taipan), ("cpython", sys.executable)):
            done = subprocess.run([python, "-I", "-W", "ignore", "-c", WORKER, "parse" if options.parse else "code"], input=paths, text=True,
                                  capture_output=True, check=True)
            lines, seconds, rise, peak = map(float, done.stdout.split())
            rates.setdefault(name, []).append(lines / seconds)
            peaks.setdefault(name, []).append((rise, peak))
    ours, theirs = (statistics.median(rates[name]) for name in ("taipan", "cpython"))
    print(f"lines per second: taipan {ours:,.0f}, cpython {theirs:,.0f}: ratio {ours / theirs:.2f}")
    for i, what in enumerate(("rise of the peak during the loop", "peak of the process")):
        ours, theirs = (statistics.median(p[i] for p in peaks[name]) for name in ("taipan", "cpython"))
        print(f"memory, {what}: taipan {ours / 1024:.1f} MB, cpython {theirs / 1024:.1f} MB: ratio {ours / max(theirs, 1):.2f}")


if __name__ == "__main__":
    main()
