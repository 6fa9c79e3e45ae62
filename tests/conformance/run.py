#!/usr/bin/env python3
"""Runs CPython's own test suite (package libpython3.11-testsuite), one process a file, and compares with the table.

usage: run.py [--python PATH] [--jobs N] [--timeout S] [--group NAME] [--update] [NAME ...]

tests/conformance/reference.tsv is what CPython itself gives on this distribution; results.tsv is what Taipan
gave last, written with --update. A file fails here when fewer of its tests pass than results.tsv says: a change
never lowers the table. Columns: file, group, state (ok fail crash timeout skipped), passed, failed, errors,
skipped, seconds. Logs go to build/conformance/.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
LOGS = HERE.parents[1] / "build/conformance"


def read_table(file):
    rows = {}
    if file.exists():
        for line in file.read_text().splitlines():
            if line and not line.startswith("#"):
                name, group, state, *numbers = line.split("\t")
                rows[name] = [group, state, *map(int, numbers[:4]), float(numbers[4])]
    return rows


def run(python, name, timeout):
    log = LOGS / f"{name}.log"
    scratch = LOGS / "cwd"
    scratch.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with open(log, "wb") as out:
        try:
            # *VSOCK* waits for ever in some virtual machines.
            status = subprocess.run([python, "-m", "test", "-v", "--timeout", str(timeout), "-i", "*VSOCK*", name],
                                    stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, timeout=timeout + 30, cwd=scratch).returncode
        except subprocess.TimeoutExpired:
            status = "timeout"
    seconds = round(time.monotonic() - start, 1)
    text = log.read_text(errors="replace")
    total = sum(int(n) for n in re.findall(r"^Ran (\d+) tests? in", text, re.M))
    count = lambda word: sum(int(n) for n in re.findall(rf"^(?:OK|FAILED) \(.*?\b{word}=(\d+)", text, re.M))
    failed, errors, skipped = count("failures"), count("errors"), count("skipped")
    if status == "timeout" or "Timeout (0:" in text:
        state = "timeout"
    elif status == 0:
        state = "skipped" if re.search(rf"^(?:1 test|{re.escape(name)}) skipped", text, re.M) else "ok"
    else:
        state = "crash" if status < 0 else "fail"
    return [state, max(total - failed - errors - skipped, 0), failed, errors, skipped, seconds]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--python", default=str(HERE.parents[1] / "build/release/taipan"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--timeout", type=int, default=300)
    parser.add_argument("--group")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    reference, before = read_table(HERE / "reference.tsv"), read_table(HERE / "results.tsv")
    names = options.names or [name for name, row in reference.items() if options.group in (None, row[0])]
    good = worse = 0
    LOGS.mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for name, row in zip(names, pool.map(lambda n: run(options.python, n, options.timeout), names)):
            group, wanted = reference.get(name, ["?"])[0], reference.get(name, [None] * 4)
            lowered = name in before and (row[1] < before[name][2] or before[name][1] == "ok" != row[0])
            good, worse = good + (not lowered), worse + lowered
            print(f"{name:<32}{row[0]:<9}{row[1]:>6} passed {row[2] + row[3]:>5} failed {row[4]:>5} skipped {row[5]:>7} s   CPython: {wanted[1]} {wanted[2]}"
                  + ("   LOWERED" if lowered else ""), flush=True)
            before[name] = [group, *row]
    ok = sum(row[1] == "ok" or row[1] == reference.get(name, [0, 0])[1] for name, row in before.items())
    print(f"{ok} of {len(reference)} files end as with CPython; {sum(row[2] for row in before.values())} of {sum(row[2] for row in reference.values())} tests pass")
    if options.update:
        lines = ["# What Taipan gives for CPython's own test suite; columns as in reference.tsv. Written by run.py --update."]
        lines += ["\t".join(map(str, [name, *before[name]])) for name in reference if name in before]
        (HERE / "results.tsv").write_text("\n".join(lines) + "\n")
    print(f"{good} passed, {worse} failed")
    return worse > 0


if __name__ == "__main__":
    sys.exit(main())
