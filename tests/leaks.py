#!/usr/bin/env python3
"""Runs each program of tests/programs several times in one process: the number of live objects must return to its start.

usage: leaks.py [--python PATH] [--rounds N] [--timeout S] [WORD ...]

A program's first rounds may fill caches (of imports, of types, of specialised code); after that each round must leave
exactly as many objects as it found, or no more of them than in CPython. Output and errors of the programs are thrown away here: tests/run.py looks at those.
"""
import argparse
import concurrent.futures
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ORACLE = "/usr/bin/python3.11"
# Programs that keep something on purpose each time they run, with what.
KEEPS = {
    "exit_codes": "callbacks of atexit",
    "finalisation_order": "callbacks of atexit",
    "imports": "finders in sys.meta_path, modules in sys.modules",
    "sys_module": "audit hooks, which can never be taken away",
}
# Programs that cannot run as part of another, with why not.
ALONE = {
    "parallel_processes": "its pools look for their functions in the module __main__",
}
DRIVER = """
import gc, io, sys
path, rounds, stdin, *arguments = sys.argv[1:]
with open(path, "rb") as file:
    source = file.read()
def run():
    kept = sys.argv, sys.stdout, sys.stderr, sys.stdin, sys.path[:]
    limit = sys.getrecursionlimit()
    sys.argv = [path, *arguments]
    sys.stdout, sys.stderr, sys.stdin = io.StringIO(), io.StringIO(), io.StringIO(stdin)
    try:
        exec(compile(source, path, "exec"), {"__name__": "__main__", "__file__": path})
    except BaseException:
        pass
    sys.argv, sys.stdout, sys.stderr, sys.stdin, sys.path[:] = kept
    sys.setrecursionlimit(limit)
growth = []
before = 0
for _ in range(int(rounds)):
    run()
    gc.collect()
    gc.collect()
    now = sys.getallocatedblocks()
    growth.append(now - before)
    before = now
print(*growth[1:], file=sys.__stdout__)
"""


def measure(python, program, options, scratch):
    """How much each round but the first left; a str: what went wrong."""
    folder = scratch / program.stem
    folder.mkdir(exist_ok=True)
    for library in program.parent.glob("lib_*"):
        if not (folder / library.name).exists():
            (folder / library.name).symlink_to(library)
    stdin, arguments = program.with_suffix(".in"), program.with_suffix(".args")
    command = [python, "-c", DRIVER, program, str(options.rounds), stdin.read_text() if stdin.exists() else "",
               *(arguments.read_text().splitlines() if arguments.exists() else [])]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=options.timeout,
                              stdin=subprocess.DEVNULL, env={"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0",
                                                             "PYTHONPATH": str(folder), "PYTHONPYCACHEPREFIX": str(scratch / "cache")})
    except subprocess.TimeoutExpired:
        return f"no end after {options.timeout} s"
    lines = done.stdout.splitlines()
    try:
        return [int(word) for word in lines[-1].split()]
    except (IndexError, ValueError):
        return f"no count, status {done.returncode}: {done.stderr[-300:]}"


def check(program, options, scratch):
    growth = measure(options.python, program, options, scratch)
    if isinstance(growth, str):
        return f"{program.stem}: {growth}"
    if min(growth[-2:]) <= 0 or program.stem in KEEPS:
        return None
    # What the library itself keeps (registries, caches, handlers) is kept in CPython too, as blocks of memory.
    theirs = measure(ORACLE, program, options, scratch)
    if isinstance(theirs, str) or min(growth[-2:]) > max(theirs[-2:]):
        return f"{program.stem}: each round leaves more objects: {growth}, in CPython {theirs}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--python", default="build/dev/taipan", type=lambda text: str(pathlib.Path(text).resolve()))
    parser.add_argument("--rounds", default=5, type=int)
    parser.add_argument("--timeout", default=60, type=float)
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    programs = [file for file in sorted((HERE / "programs").glob("*.py")) if all(word in file.stem for word in options.words)]
    # A program with a wrong syntax has nothing to run.
    programs = [file for file in programs if not file.stem.startswith("broken_") and file.stem not in ALONE]
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ThreadPoolExecutor(2) as pool:
        problems = list(pool.map(lambda program: check(program, options, pathlib.Path(scratch)), programs))
    bad = [problem for problem in problems if problem]
    print(*bad, sep="\n", end="\n" if bad else "")
    print(f"{len(programs) - len(bad)} passed, {len(bad)} failed")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
