#!/usr/bin/python3.11
"""Start-up against CPython: processor time (user + system) and peak memory of whole processes.

  startup.py [--taipan PATH] [--rounds N] [NAME...]

Each round runs both interpreters in turn, so that what disturbs the machine disturbs both. Printed are medians and the
median of the ratios Taipan / CPython; below 1 is better than CPython.
"""
import argparse
import os
import statistics
import tempfile

CASES = {
    "pass": ["-c", "pass"],
    "isolated": ["-I", "-S", "-c", "pass"],
    "imports": ["-c", "import json, re, argparse, typing, dataclasses, asyncio"],
    "module": ["-m", "this"],
}


def run(command, env):
    """Seconds and kilobytes."""
    pid = os.fork()
    if not pid:
        null = os.open(os.devnull, os.O_RDWR)
        for fd in 0, 1, 2:
            os.dup2(null, fd)
        os.execve(command[0], command, env)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{command} ended with status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def measure(name, programs, rounds, cache):
    rows = {program: [] for program in programs}
    for i in range(-2, rounds):
        for program in programs:
            env = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "PYTHONPYCACHEPREFIX": f"{cache}/{programs.index(program)}"}
            row = run([program, *CASES[name]], env)
            if i >= 0:  # the first runs write the caches
                rows[program].append(row)
    ours, theirs = (rows[p] for p in programs)
    time_ratio = statistics.median(a[0] / b[0] for a, b in zip(ours, theirs))
    memory_ratio = statistics.median(a[1] / b[1] for a, b in zip(ours, theirs))
    ms = [1000 * statistics.median(r[0] for r in rows[p]) for p in programs]
    mb = [statistics.median(r[1] for r in rows[p]) / 1024 for p in programs]
    print(f"{name:10} {ms[0]:8.2f} ms {ms[1]:8.2f} ms {time_ratio:6.2f}   {mb[0]:7.1f} MB {mb[1]:7.1f} MB {memory_ratio:6.2f}")


def main():
    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser = argparse.ArgumentParser()
    parser.add_argument("--taipan", default=f"{top}/build/release/taipan")
    parser.add_argument("--cpython", default="/usr/bin/python3.11")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("names", nargs="*", default=list(CASES))
    options = parser.parse_args()
    print(f"{'':10} {'Taipan':>11} {'CPython':>11} {'ratio':>6}   {'Taipan':>10} {'CPython':>10} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as cache:
        for name in options.names or CASES:
            measure(name, [options.taipan, options.cpython], options.rounds, cache)


if __name__ == "__main__":
    main()
