#!/usr/bin/env python3
"""Counts instructions of some micro-benchmarks under valgrind, for Taipan and CPython: unlike time, they hardly vary.

usage: instructions.py [--taipan PATH] [--part N] [NAME ...]

Each benchmark runs with 1/N and with 2/N of its rounds; the difference leaves start-up and compilation out. Printed are
millions of instructions for 1/N of the rounds.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TEN = ["attributes", "calls_positional", "calls_methods", "dicts", "formatting", "generators", "int_arithmetic", "lists",
       "loops", "type_checks"]


def instructions(python, text, factor):
    """With the last call `run(n)` of the file given factor * n rounds."""
    *_, last = re.finditer(r"^(\s*run\()([\d_]+)\)", text, re.MULTILINE)
    rounds = max(1, int(int(last[2].replace("_", "")) * factor))
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(text[:last.start(2)] + str(rounds) + text[last.end(2):])
        file.flush()
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", python, file.name]
        done = subprocess.run(command, capture_output=True, text=True)
    return int(re.search(r"Collected : (\d+)", done.stderr)[1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--taipan", default=str(HERE.parent / "build/release/taipan"))
    parser.add_argument("--part", type=int, default=80)
    options = parser.parse_args()
    folder = tempfile.TemporaryDirectory()
    taipan = folder.name + "/taipan"  # without debug information, whose form valgrind may not know
    subprocess.run(["strip", "-g", "-o", taipan, options.taipan], check=True)
    print(f"{'benchmark':<24}{'cpython':>10}{'taipan':>10}{'ratio':>8}")
    for name in options.names or TEN:
        text = (HERE / "micro" / f"{name}.py").read_text()
        counts = []
        for python in ("/usr/bin/python3.11", taipan):
            counts.append(instructions(python, text, 2 / options.part) - instructions(python, text, 1 / options.part))
        print(f"{name:<24}{counts[0] / 1e6:>10.1f}{counts[1] / 1e6:>10.1f}{counts[0] / counts[1]:>8.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
