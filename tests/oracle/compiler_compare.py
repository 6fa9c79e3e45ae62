#!/usr/bin/env python3.11
"""Compares code objects with CPython 3.11's and shows where they differ; code_compare.py only says whether.

usage: compiler_compare.py PYTHON [-O|-OO] [--full] [--show N] FILE_OR_FOLDER ...    (run it with the reference interpreter)

Differences are grouped by the first field that differs; --full shows the lines around it.
"""
import collections
import os
import re
import subprocess
import sys
import warnings

from _codetext import describe

SERVER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_codetext.py")

warnings.simplefilter("ignore")
sys.setrecursionlimit(1000)


def find(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, names, files in os.walk(path):
            names[:] = sorted(n for n in names if n not in ("__pycache__", ".git", "build"))
            for f in sorted(files):
                if f.endswith(".py"):
                    yield os.path.join(folder, f)


def explain(ours, theirs):
    a, b = ours.split("\n"), theirs.split("\n")

    def first_difference(a, b):
        return next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))

    def without_distances(lines):
        return [re.sub(r"(JUMP\w*|FOR_ITER|SEND|EXTENDED_ARG) \d+", r"\1", line) for line in lines]

    # A distance differs because of what lies between: show that.
    i = first_difference(without_distances(a), without_distances(b))
    if i == min(len(a), len(b)):
        i = first_difference(a, b)
    field = next((line.strip().split("=")[0] for line in reversed(b[:i + 1]) if line.strip().startswith("co_") and "=" in line), "error")
    context = []
    for name, lines in (("ours", a), ("theirs", b)):
        context.append(f"  -- {name}")
        context += ["  " + line[:300] for line in [x for x in lines[max(0, i - 16):i + 24] if "CACHE" not in x]]
    qualname = next((line.strip() for line in reversed(b[:i + 1]) if "co_qualname=" in line), "?")
    return field, qualname, context


def main():
    args = sys.argv[1:]
    tool, level, full, limit, paths = args.pop(0), 0, False, 10, []
    while args:
        a = args.pop(0)
        if a in ("-O", "-OO"):
            level = len(a) - 1
        elif a == "--full":
            full = True
        elif a == "--show":
            limit = int(args.pop(0))
        else:
            paths.append(a)
    files = list(find(paths))
    groups, equal, crashed, process = collections.defaultdict(list), 0, [], None
    for path in files:
        if process is None:
            process = subprocess.Popen([tool, "-W", "ignore", SERVER, str(level)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdin.write(path.encode("utf-8", "surrogateescape") + b"\n")
        process.stdin.flush()
        head = process.stdout.readline()
        if not head:
            crashed.append((path, process.wait()))
            process = None
            continue
        size = int(head.rpartition(b"\t")[2])
        ours = process.stdout.read(size).decode("ascii")
        theirs = describe(path, level)
        if ours == theirs:
            equal += 1
        else:
            field, qualname, context = explain(ours, theirs)
            groups[field].append((path, qualname, context))
    for field, found in sorted(groups.items(), key=lambda g: -len(g[1])):
        print(f"== {field}: {len(found)} files")
        for path, qualname, context in found[:limit]:
            print("  ", path, qualname)
            if full:
                print("\n".join(context))
    for path, status in crashed[:20]:
        print("CRASH", status, path)
    print(f"{equal} of {len(files)} equal, {len(crashed)} crashes")
    return equal != len(files)


if __name__ == "__main__":
    sys.exit(main())
