#!/usr/bin/python3.11
"""Start-up against CPython: processor time (user + system) and peak memory of whole processes.

  startup.py [--taipan PATH] [--rounds N] [NAME...]

Each round runs both interpreters in turn, so that what disturbs the machine disturbs both. Printed are medians and the
median of the ratios Taipan / CPython; below 1 is better than CPython.
"""
import argparse
import os
import statistics
import subprocess
import tempfile

CASES = {
    "pass": ["-c", "pass"],
    "isolated": ["-I", "-S", "-c", "pass"],
    "imports": ["-c", "import json, re, argparse, typing, dataclasses, asyncio"],
    "script": ["-c", "import os, sys, collections, functools, re"],
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
    return usage.ru_utime + usage.ru_stime


def peak_memory(command, env):
    """Megabytes at the program's end, as the process itself sees it: rusage would show the parent's."""
    show = "; print([l for l in open('/proc/self/status') if l.startswith('VmHWM')][0].split()[1])"
    text = subprocess.run([*command[:-1], command[-1] + show], env=env, capture_output=True, text=True, check=True).stdout
    return int(text) / 1024


def measure(name, programs, rounds, cache):
    rows = {program: [] for program in programs}
    memory = []
    for i in range(-2, rounds):
        for program in programs:
            env = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "PYTHONPYCACHEPREFIX": f"{cache}/{programs.index(program)}"}
            seconds = run([program, *CASES[name]], env)
            if i >= 0:  # the first runs write the caches
                rows[program].append(seconds)
    for program in programs:
        memory.append(statistics.median(peak_memory([program, *CASES[name]], env) for _ in range(9)))
    ours, theirs = (rows[p] for p in programs)
    ratio = statistics.median(a / b for a, b in zip(ours, theirs))
    ms = [1000 * statistics.median(rows[p]) for p in programs]
    print(f"{name:10} {ms[0]:8.2f} ms {ms[1]:8.2f} ms {ratio:6.2f}   "
          f"{memory[0]:7.1f} MB {memory[1]:7.1f} MB {memory[0] / memory[1]:6.2f}")


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
