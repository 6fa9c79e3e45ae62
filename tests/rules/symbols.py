#!/usr/bin/env python3
"""Fails when a folder's library needs a symbol that only a folder above it (or beside it) defines.

usage: symbols.py [BUILD_FOLDER]          (build/dev)

This finds what an include cannot show: a function declared by hand, or reached through CPython's headers.
Type objects and exception objects may be named from anywhere (the ABI makes them global data), and so may
the functions that the headers' own macros expand to: tests/rules/symbols_allowed.txt.
"""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/dev")
NM = shutil.which("llvm-nm-19") or shutil.which("nm")
EVERYWHERE = re.compile(r"_?Py\w*_Type|PyExc_\w+|_Py_(None|True|False|NotImplemented)Struct|_Py_EllipsisObject|_PyRuntime")


def read_layers():
    allowed = {}
    for line in (ROOT / "src/LAYERS").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            folder, _, below = line.partition(":")
            allowed[folder.strip()] = set(below.split())
    return allowed


def read_allowed():
    lines = (ROOT / "tests/rules/symbols_allowed.txt").read_text().splitlines()
    return {line.split("#")[0].strip() for line in lines} - {""}


def symbols(library):
    """What an archive defines, and what it needs from elsewhere with the object files that need it."""
    text = subprocess.run([NM, "-A", "-P", "-g", library], capture_output=True, text=True, check=True).stdout
    defined, needed = set(), {}
    for line in text.splitlines():
        place, name, kind, *_ = line.split()
        if kind in "UwvI":
            needed.setdefault(name, set()).add(re.sub(r".*[\[/:]([\w.-]+?)\]?:?$", r"\1", place))
        else:
            defined.add(name)
    return defined, {name: users for name, users in needed.items() if name not in defined}


def main():
    allowed, everywhere = read_layers(), read_allowed()
    libraries = {folder: symbols(file) for folder in allowed if (file := build / f"libtaipan_{folder}.a").exists()}
    if not libraries:
        print(f"no libtaipan_*.a in {build}", "0 passed, 1 failed", sep="\n")
        return 1
    owners = {}
    for folder, (defined, _) in libraries.items():
        for name in defined:
            owners.setdefault(name, set()).add(folder)
    bad = 0
    for folder, (_, needed) in libraries.items():
        problems = []
        for name, users in sorted(needed.items()):
            where = owners.get(name)       # None: the C library or another dependency; the linker checks those
            if where and not where & allowed[folder] and name not in everywhere and not EVERYWHERE.fullmatch(name):
                shown = subprocess.run(["c++filt", name], capture_output=True, text=True).stdout.strip() or name
                problems.append(f"{folder}/ ({', '.join(sorted(users)[:3])}) needs {shown}, which is in {'/, '.join(sorted(where))}/")
        print(*problems, sep="\n", end="\n" if problems else "")
        bad += bool(problems)
    print(f"{len(libraries) - bad} passed, {bad} failed")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
