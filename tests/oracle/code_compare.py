#!/usr/bin/env python3
"""Compares the code objects that Taipan compiles with CPython 3.11's, field by field, for .py files.

usage: code_compare.py --python PATH [--all] [--jobs N] [FILE_OR_FOLDER ...]

Without --all and paths it takes the files of this project and a sample of the standard library; --all takes
every .py file below /usr/lib/python3.11. The oracle's answers are kept in build/oracle_code.tsv by path,
size and modification time. Look at one file with:
    PYTHONHASHSEED=0 PYTHON tests/oracle/_codedump.py --full FILE      (on both; then diff)
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ORACLE = "/usr/bin/python3.11"
LIBRARY = "/usr/lib/python3.11"
CHUNK = 60          # files a process: a crash costs only the rest of its chunk, which is then tried one by one


def find(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, names, files in os.walk(path):
            names[:] = sorted(n for n in names if n not in ("__pycache__", ".git", "build"))
            yield from (os.path.join(folder, f) for f in sorted(files) if f.endswith(".py"))


def dump(python, paths, timeout=300):
    """{path: description}; a file that crashes the interpreter is described so."""
    with tempfile.NamedTemporaryFile("w", suffix=".list", errors="surrogateescape") as listing:
        listing.write("\n".join(paths) + "\n")
        listing.flush()
        try:
            done = subprocess.run([python, "-W", "ignore", HERE / "_codedump.py", listing.name], capture_output=True, timeout=timeout,
                                  env={"LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}, stdin=subprocess.DEVNULL)
            text, status, problem = done.stdout, done.returncode, done.stderr
        except subprocess.TimeoutExpired as late:
            text, status, problem = late.stdout or b"", "timeout", b""
    found = {}
    for line in text.decode("utf-8", "replace").splitlines():
        path, tab, description = line.partition("\t")
        if tab:
            found[path] = description
    missing = [path for path in paths if ascii(path)[1:-1] not in found]
    if missing and len(paths) > 1:
        # The first missing one is the culprit; the others get a process of their own.
        found |= dump(python, missing[:1], timeout)
        if missing[1:]:
            found |= dump(python, missing[1:], timeout)
    elif missing:
        last = problem.decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
        found[ascii(missing[0])[1:-1]] = f"CRASH status {status}: {last[0][:160]}"
    return found


def stamp(path):
    info = os.stat(path)
    return f"{info.st_size}:{info.st_mtime_ns}"


def reference(paths, jobs):
    """The oracle's descriptions, from the cache where the file is unchanged."""
    cache_file = ROOT / "build/oracle_code.tsv"
    cache = {}
    if cache_file.exists():
        for line in cache_file.read_text().splitlines():
            path, when, description = line.split("\t", 2)
            cache[path, when] = description
    wanted = {path: (ascii(path)[1:-1], stamp(path)) for path in paths}
    missing = [path for path, key in wanted.items() if key not in cache]
    for found in run_all(ORACLE, missing, jobs):
        for path, description in found.items():
            cache[path, stamp(path)] = description
    if missing:
        cache_file.parent.mkdir(exist_ok=True)
        cache_file.write_text("".join(f"{path}\t{when}\t{text}\n" for (path, when), text in cache.items()))
    return {key[0]: cache[key] for key in wanted.values()}


def run_all(python, paths, jobs):
    chunks = [paths[i:i + CHUNK] for i in range(0, len(paths), CHUNK)]
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda chunk: dump(python, chunk), chunks)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--python", default=str(ROOT / "build/dev/taipan"))
    parser.add_argument("--build", help="ignored: every comparison is called with it")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=12, help="differing files to name")
    options = parser.parse_args()
    if options.paths:
        paths = list(find(options.paths))
    elif options.all:
        paths = list(find([LIBRARY, ROOT]))
    else:
        library = list(find([LIBRARY]))
        paths = list(find([ROOT])) + [p for p in library if "/test" not in p][::4] + [p for p in library if "/test/test_" in p][::8]
    theirs = reference(paths, options.jobs)
    equal, shown = 0, 0
    for found in run_all(options.python, paths, options.jobs):
        for path, description in found.items():
            if description == theirs.get(path):
                equal += 1
            elif (shown := shown + 1) <= options.show:
                print(f"DIFFERS {path}\n    ours:   {description[:150]}\n    theirs: {theirs.get(path, '?')[:150]}")
    if shown > options.show:
        print(f"… and {shown - options.show} more files differ")
    print(f"{equal} passed, {len(theirs) - equal} failed")
    return equal != len(theirs)


if __name__ == "__main__":
    sys.exit(main())
