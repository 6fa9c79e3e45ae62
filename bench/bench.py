#!/usr/bin/env python3
"""Measures Taipan beside CPython 3.11 and (if installed) PyPy.

usage: bench.py [--taipan PATH] [--rounds N] [--core N] [--without-pypy] [NAME ...]

Each benchmark is a whole process, start-up included, pinned to one core. The interpreters take turns within
a round, so that a slow moment of the machine hits all of them; the table shows the median of the rounds and
the ratio to CPython (above 1: faster than CPython), with geometric means at the end.
"""
import argparse
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent


def measure(command, core):
    pin = ["taskset", "-c", str(core)] if shutil.which("taskset") else []
    env = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PATH": os.environ["PATH"]}
    start = time.perf_counter()
    done = subprocess.run([*pin, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    seconds = time.perf_counter() - start
    if done.returncode:
        return None, (done.stderr.decode(errors="replace").strip().splitlines() or [f"status {done.returncode}"])[-1]
    return seconds, done.stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--taipan", default=str(HERE.parent / "build/release/taipan"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--without-pypy", action="store_true")
    options = parser.parse_args()
    interpreters = {"cpython": "/usr/bin/python3.11", "taipan": options.taipan}
    if shutil.which("pypy3") and not options.without_pypy:
        interpreters["pypy"] = shutil.which("pypy3")
    interpreters = {name: path for name, path in interpreters.items() if os.path.exists(path)}
    files = [f for folder in ("micro", "programs") for f in sorted((HERE / folder).glob("*.py"))]
    files = [f for f in files if not options.names or any(word in str(f.relative_to(HERE)) for word in options.names)]
    others = [name for name in interpreters if name != "cpython"]
    print(f"{'benchmark':<30}" + "".join(f"{name:>10}" for name in interpreters) + "".join(f"{'x ' + name:>10}" for name in others))
    ratios = {name: {} for name in others}
    problems = []
    for file in files:
        times = {name: [] for name in interpreters}
        outputs = {}
        for round_number in range(options.rounds):
            for name, path in interpreters.items():
                if times[name] is None:
                    continue
                seconds, output = measure([path, str(file)], options.core)
                if seconds is None:
                    problems.append(f"{file.stem} fails on {name}: {output}")
                    times[name] = None
                else:
                    times[name].append(seconds)
                    outputs[name] = output
        if len(set(outputs.values())) > 1:
            problems.append(f"{file.stem}: the outputs differ between {', '.join(outputs)}")
        medians = {name: statistics.median(t) if t else None for name, t in times.items()}
        row = f"{file.parent.name + '/' + file.stem:<30}"
        row += "".join(f"{m:>9.3f}s" if (m := medians[name]) else f"{'-':>10}" for name in interpreters)
        for name in others:
            if medians[name] and medians["cpython"]:
                ratio = medians["cpython"] / medians[name]
                ratios[name].setdefault(file.parent.name, []).append(ratio)
                row += f"{ratio:>10.2f}"
            else:
                row += f"{'-':>10}"
        print(row, flush=True)
    for folder in ("micro", "programs"):
        if any(folder in r for r in ratios.values()):
            row = f"{'geometric mean, ' + folder:<30}" + " " * 10 * len(interpreters)
            for name in others:
                values = ratios[name].get(folder)
                row += f"{math.exp(sum(map(math.log, values)) / len(values)):>10.2f}" if values else f"{'-':>10}"
            print(row)
    print(*problems, sep="\n", end="\n" if problems else "")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
