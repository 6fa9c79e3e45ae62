#!/usr/bin/env python3
"""Resident memory of a million small objects of several kinds, Taipan beside CPython 3.11.

usage: memory.py [--taipan PATH]      (run it with /usr/bin/python3.11)
"""
import argparse
import subprocess
import sys

KINDS = {
    "instances": "[P(i, i) for i in range(N)]", "slots": "[S(1, 2) for i in range(N)]", "dicts": '[{"a": 1, "b": 2} for i in range(N)]',
    "strings": "[str(i) for i in range(N)]", "lists": "[[i] for i in range(N)]", "tuples": "[(i, i) for i in range(N)]",
    "floats": "[float(i) for i in range(N)]",
}
WORKER = """
def resident():
    with open("/proc/self/status") as file:
        return int(file.read().partition("VmRSS:")[2].split()[0])
class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y
class S:
    __slots__ = ("x", "y")
    def __init__(self, x, y):
        self.x = x
        self.y = y
N = 1_000_000
before = resident()
kept = {expression}
print(resident() - before)
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--taipan", default="build/release/taipan")
    options = parser.parse_args()
    for kind, expression in KINDS.items():
        ours, theirs = (int(subprocess.run([python, "-I", "-c", WORKER.replace("{expression}", expression)], capture_output=True, text=True, check=True).stdout)
                        for python in (options.taipan, sys.executable))
        print(f"{kind:10} taipan {ours / 1024:6.1f} MB, cpython {theirs / 1024:6.1f} MB: ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
