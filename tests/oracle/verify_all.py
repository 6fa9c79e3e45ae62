#!/usr/bin/env python3
"""Shows that the verifier refuses nothing that CPython's compiler makes: every code object of the library must pass.

usage: verify_all.py TOOL [--all] [--optimize 0,1,2] [--repeat N] [FILE_OR_FOLDER ...]

TOOL is the program verify_pyc of a build. The .py files are compiled by CPython 3.11 into build/oracle_pyc (kept, by
path and modification time). Without --all and paths: the files of this project and a sample of the library; --all
takes all below /usr/lib/python3.11 and /usr/lib/python3, and the .pyc files that lie there already.
"""
import argparse
import concurrent.futures
import hashlib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ORACLE = "/usr/bin/python3.11"
LIBRARY = "/usr/lib/python3.11"
CACHE = ROOT / "build/oracle_pyc"
COMPILE = """
import importlib._bootstrap_external as machinery, sys, warnings
warnings.simplefilter("ignore")
sys.setrecursionlimit(10000)
for line in sys.stdin:
    source, target, level = line.rstrip("\\n").split("\\t")
    try:
        code = compile(open(source, "rb").read(), source, "exec", dont_inherit=True, optimize=int(level))
    except (SyntaxError, ValueError, RecursionError):
        continue
    with open(target, "wb") as file:
        file.write(machinery._code_to_timestamp_pyc(code))
"""


def find(paths, suffix):
    for path in paths:
        if os.path.isfile(path):
            yield str(path)
        for folder, names, files in os.walk(path):
            names[:] = sorted(n for n in names if n not in (".git", "build"))
            yield from (os.path.join(folder, f) for f in sorted(files) if f.endswith(suffix))


def compiled(sources, levels):
    """The .pyc files of sources; those that are no Python 3.11 are left out."""
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted = {}
    for source in sources:
        for level in levels:
            name = hashlib.sha1(f"{source}:{os.stat(source).st_mtime_ns}:{level}".encode(errors="surrogateescape")).hexdigest()
            wanted[str(CACHE / f"{name}.pyc")] = f"{source}\t{CACHE / name}.pyc\t{level}"
    missing = [row for path, row in wanted.items() if not os.path.exists(path)]
    def work(rows):
        subprocess.run([ORACLE, "-c", COMPILE], input="\n".join(rows), text=True, errors="surrogateescape",
                       env={"LANG": "C.UTF-8", "PYTHONHASHSEED": "0"})
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(work, (missing[i:i + 100] for i in range(0, len(missing), 100))))
    return [path for path in wanted if os.path.exists(path)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--optimize", default="0")
    parser.add_argument("--repeat", type=int, help="verify each code object so often, and print the time it takes")
    options = parser.parse_args()
    if options.paths:
        sources, pycs = list(find(options.paths, ".py")), []
    elif options.all:
        folders = [LIBRARY, "/usr/lib/python3"]
        sources, pycs = list(find([*folders, ROOT], ".py")), [p for p in find(folders, ".pyc") if "cpython-311" in p]
    else:
        library = list(find([LIBRARY], ".py"))
        sources = list(find([ROOT], ".py")) + [p for p in library if "/test" not in p][::6] + [p for p in library if "/test/test_" in p][::20]
        pycs = []
    pycs += compiled(sources, options.optimize.split(","))
    command = [options.tool] + ([str(options.repeat)] if options.repeat else [])
    return subprocess.run(command, input="\n".join(pycs) + "\n", text=True, errors="surrogateescape").returncode


if __name__ == "__main__":
    sys.exit(main())
