#!/usr/bin/env python3
"""Measures Taipan beside CPython 3.11 and (if installed) PyPy.

usage: bench.py [--taipan PATH] [--rounds N] [--core N] [--without-pypy] [--train] [NAME ...]

Micro-benchmarks and programs are files, kernels are functions. Each run is a whole process, start-up included, pinned to
one core; the interpreters take turns within a round, so that a slow moment of the machine hits all of them. The table
shows processor time (user and system) as the median of the rounds and the ratio to CPython (above 1: faster than
CPython), with geometric means and the smallest ratio of each group at the end.
--train runs everything once on Taipan alone and measures nothing: `./dev profile` does so on an instrumented build.
"""
import argparse
import math
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
GROUPS = ("micro", "programs", "kernels")


def benchmarks():
    """(group, name, arguments) of each."""
    for group in ("micro", "programs"):
        for file in sorted((HERE / group).glob("*.py")):
            yield group, file.stem, [str(file)]
    for file in sorted((HERE / "kernels").glob("*.py")):
        for name in re.findall(r"^def (\w+)\(\):$", file.read_text(), re.MULTILINE):
            yield "kernels", name, [str(HERE / "kernel.py"), file.stem, name]


def measure(command, core):
    """Seconds of processor time, or None; what was printed, or why it failed."""
    pin = ["taskset", "-c", str(core)] if shutil.which("taskset") else []
    env = {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PATH": os.environ["PATH"]}
    if "LLVM_PROFILE_FILE" in os.environ:
        env["LLVM_PROFILE_FILE"] = os.environ["LLVM_PROFILE_FILE"]
    process = subprocess.Popen([*pin, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return None, (errors.decode(errors="replace").strip().splitlines() or [f"status {process.returncode}"])[-1]
    return usage.ru_utime + usage.ru_stime, output


def train(taipan, chosen, core):
    failed = 0
    for group, name, arguments in chosen:
        seconds, output = measure([taipan, *arguments], core)
        if seconds is None:
            failed += 1
            print(f"{group}/{name}: {output}")
    return bool(failed)


def geometric_mean(values):
    return math.exp(sum(map(math.log, values)) / len(values))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--taipan", default=str(HERE.parent / "build/release/taipan"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--without-pypy", action="store_true")
    parser.add_argument("--train", action="store_true")
    options = parser.parse_args()
    chosen = [b for b in benchmarks() if not options.names or any(word in f"{b[0]}/{b[1]}" for word in options.names)]
    if options.train:
        return train(options.taipan, chosen, options.core)
    interpreters = {"cpython": "/usr/bin/python3.11", "taipan": options.taipan}
    if shutil.which("pypy3") and not options.without_pypy:
        interpreters["pypy"] = shutil.which("pypy3")
    interpreters = {name: path for name, path in interpreters.items() if os.path.exists(path)}
    others = [name for name in interpreters if name != "cpython"]
    print(f"{'benchmark':<34}" + "".join(f"{name:>10}" for name in interpreters) + "".join(f"{'x ' + name:>10}" for name in others))
    ratios = {name: {} for name in others}
    problems = []
    for group, benchmark, arguments in chosen:
        times = {name: [] for name in interpreters}
        outputs = {}
        for _ in range(options.rounds):
            for name, path in interpreters.items():
                if times[name] is None:
                    continue
                seconds, output = measure([path, *arguments], options.core)
                if seconds is None:
                    problems.append(f"{benchmark} fails on {name}: {output}")
                    times[name] = None
                else:
                    times[name].append(seconds)
                    outputs[name] = output
        if len(set(outputs.values())) > 1:
            problems.append(f"{benchmark}: the outputs differ between {', '.join(outputs)}")
        medians = {name: statistics.median(t) if t else None for name, t in times.items()}
        row = f"{group + '/' + benchmark:<34}"
        row += "".join(f"{m:>9.3f}s" if (m := medians[name]) else f"{'-':>10}" for name in interpreters)
        for name in others:
            if medians[name] and medians["cpython"]:
                ratio = medians["cpython"] / medians[name]
                ratios[name].setdefault(group, []).append(ratio)
                row += f"{ratio:>10.2f}"
            else:
                row += f"{'-':>10}"
        print(row, flush=True)
    for title, summary in (("geometric mean", geometric_mean), ("smallest", min)):
        for group in GROUPS:
            if any(group in r for r in ratios.values()):
                row = f"{title + ', ' + group:<34}" + " " * 10 * len(interpreters)
                row += "".join(f"{summary(ratios[name][group]):>10.2f}" if group in ratios[name] else f"{'-':>10}" for name in others)
                print(row)
    print(*problems, sep="\n", end="\n" if problems else "")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
