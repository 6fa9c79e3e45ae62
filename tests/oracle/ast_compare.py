#!/usr/bin/env python3
"""Compare the parser's trees with those of the reference interpreter, for every .py file below some folders.

usage: ast_compare.py TOOL [FOLDER ...]        (run it with the reference interpreter)

Each file is parsed by both. Files that only one of the two accepts, trees that differ, errors that differ and
crashes are listed; the exit status tells whether there are any.
"""
import ast
import os
import subprocess
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(100000)


def find(folders):
    for folder in folders:
        if os.path.isfile(folder):
            yield folder
        for path, names, files in os.walk(folder):
            names[:] = sorted(n for n in names if n != "__pycache__")
            for name in sorted(files):
                if name.endswith(".py"):
                    yield os.path.join(path, name)


def reference(path):
    with open(path, "rb") as f:
        data = f.read()
    try:
        return ast.dump(ast.parse(data, path), include_attributes=True)
    except SyntaxError as e:
        return "|".join([type(e).__name__, e.msg, *map(str, (e.lineno, e.offset, e.end_lineno, e.end_offset))])
    except Exception as e:
        return "|".join([type(e).__name__, str(e), "-", ""])


def same(ours, theirs):
    if ours.startswith("Module("):
        return ours == theirs
    return ours.startswith(theirs + "|") or ours == theirs


def main():
    tool, folders = sys.argv[1], sys.argv[2:] or ["/usr/lib/python3.11"]
    files = list(find(folders))
    with tempfile.TemporaryDirectory() as out:
        listing = os.path.join(out, "list")
        with open(listing, "w") as f:
            f.write("\n".join(files) + "\n")
        status = subprocess.run([tool, "--attributes", "--out", out, "--list", listing]).returncode
        if status:
            print("the tool ended with", status)
        equal = 0
        for n, path in enumerate(files):
            theirs = reference(path)
            try:
                with open(os.path.join(out, str(n)), encoding="utf-8", errors="replace") as f:
                    ours = f.read()[:-1]
            except FileNotFoundError:
                print("CRASH", path)
                continue
            if same(ours, theirs):
                equal += 1
                continue
            at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
            begin = max(0, at - 100)
            print(f"DIFFERS {path}\n  ours:   {ours[begin:at + 150]}\n  theirs: {theirs[begin:at + 150]}")
    print(f"{equal} of {len(files)} equal")
    return equal != len(files) or status != 0


if __name__ == "__main__":
    sys.exit(main())
