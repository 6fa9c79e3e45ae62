#!/usr/bin/env python3
"""Runs CPython's own test suite (package libpython3.11-testsuite), one process a file, and compares with the table.

usage: run.py [--python PATH] [--jobs N] [--timeout S] [--group NAME] [--quick] [--update] [NAME ...]

tests/conformance/reference.tsv is what CPython itself gives on this distribution; results.tsv is what Taipan
gave last, written with --update. A file fails here when fewer of its tests pass than results.tsv says: a change
never lowers the table. Columns: file, group, state (ok fail crash timeout skipped), passed, failed, errors,
skipped, seconds. A file that crashes or hangs counts as no test passed. Groups sum min(passed, reference) over
their files. Logs go to build/conformance/, and so do the .pyc files, so that only our own bytecode runs; only the
files that look at the places of .pyc files themselves run with the library's own caches, as in the reference.
--quick takes the files that results.tsv says are done in half a second.
"""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
LOGS = HERE.parents[1] / "build/conformance"
MEMORY_LIMIT = 6 << 30
QUICK_SECONDS = 0.5
# CPython itself fails in these when PYTHONPYCACHEPREFIX is set.
ABOUT_CACHES = {"test_cmd_line_script", "test_compileall", "test_import", "test_importlib", "test_py_compile", "test_runpy"}

Row = collections.namedtuple("Row", "group state passed failed errors skipped seconds")


def read_table(file):
    rows = {}
    if file.exists():
        for line in file.read_text().splitlines():
            if line and not line.startswith("#"):
                name, group, state, *numbers = line.split("\t")
                rows[name] = Row(group, state, *map(int, numbers[:4]), float(numbers[4]))
    return rows


def write_table(file, rows, order):
    lines = ["# What Taipan gives for CPython's own test suite; columns as in reference.tsv. Written by run.py --update."]
    lines += ["\t".join(map(str, [name, *rows[name]])) for name in order if name in rows]
    file.write_text("\n".join(lines) + "\n")


def run_process(command, log, timeout, own_cache):
    """The exit status, or "timeout". A process that hangs is killed together with its children."""
    environment = {"LANG": "C.UTF-8", "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    if own_cache:
        environment["PYTHONPYCACHEPREFIX"] = str(LOGS / "pycache")
    with open(log, "wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=LOGS / "cwd",
                                   env=environment, start_new_session=True)
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            return "timeout"
        finally:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()


def run(python, name, group, timeout):
    log = LOGS / f"{name}.log"
    start = time.monotonic()
    # *VSOCK* waits for ever in some virtual machines.
    status = run_process([python, "-m", "test", "-v", "--timeout", str(timeout), "-i", "*VSOCK*", name], log, timeout + 30,
                         name not in ABOUT_CACHES)
    seconds = round(time.monotonic() - start, 1)
    text = log.read_text(errors="replace")
    total = sum(int(n) for n in re.findall(r"^Ran (\d+) tests? in", text, re.M))
    count = lambda word: sum(int(n) for n in re.findall(rf"^(?:OK|FAILED) \((?:.*, )?{word}=(\d+)", text, re.M))
    failed, errors, skipped = count("failures"), count("errors"), count("skipped")
    if status == "timeout" or "Timeout (0:" in text:
        state = "timeout"
    elif status == 0:
        state = "skipped" if re.search(rf"^(?:1 test|{re.escape(name)}) skipped", text, re.M) else "ok"
    else:
        state = "crash" if status < 0 else "fail"
    passed = 0 if state in ("crash", "timeout") else max(total - failed - errors - skipped, 0)
    return Row(group, state, passed, failed, errors, skipped, seconds)


def chosen_names(options, reference, before):
    if options.names:
        return options.names
    names = [name for name, row in reference.items() if options.group in (None, row.group)]
    if options.quick:
        names = [name for name in names if name in before and before[name].state in ("ok", "fail") and before[name].passed
                 and before[name].group != "library" and before[name].seconds <= QUICK_SECONDS]
    return names


def lowered(row, before):
    return before is not None and (row.passed < before.passed or before.state == "ok" != row.state)


def print_groups(rows, reference):
    for group in sorted({row.group for row in reference.values()}):
        names = [name for name, row in reference.items() if row.group == group and name in rows]
        if not names:
            continue
        wanted = sum(reference[name].passed for name in names)
        passed = sum(min(rows[name].passed, reference[name].passed) for name in names)
        print(f"{group}: {passed:,} of {wanted:,} ({100 * passed / max(wanted, 1):.1f} %) in {len(names)} files")
        for state in ("crash", "timeout"):
            bad = [name for name in names if rows[name].state == state]
            if bad:
                print(f"    {state}: {' '.join(bad)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--python", default=str(HERE.parents[1] / "build/release/taipan"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--timeout", type=int, default=300)
    parser.add_argument("--group")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    reference, before = read_table(HERE / "reference.tsv"), read_table(HERE / "results.tsv")
    names = chosen_names(options, reference, before)
    shutil.rmtree(LOGS / "pycache", ignore_errors=True)
    (LOGS / "cwd").mkdir(parents=True, exist_ok=True)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    group_of = lambda name: reference[name].group if name in reference else "?"
    rows = {}
    worse = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = pool.map(lambda name: run(os.path.abspath(options.python), name, group_of(name), options.timeout), names)
        for name, row in zip(names, runs):
            rows[name] = row
            bad = lowered(row, before.get(name))
            worse += bad
            if options.quick and not bad:
                continue
            wanted = reference.get(name)
            print(f"{name:<32}{row.state:<9}{row.passed:>6} passed {row.failed + row.errors:>5} failed {row.skipped:>5} skipped {row.seconds:>7} s"
                  + (f"   CPython: {wanted.state} {wanted.passed}" if wanted else "") + (f"   LOWERED from {before[name].passed}" if bad else ""), flush=True)
    if options.update:
        write_table(HERE / "results.tsv", before | rows, reference)
    print_groups(rows, reference)
    print(f"{len(rows) - worse} passed, {worse} failed")
    return worse > 0


if __name__ == "__main__":
    sys.exit(main())
