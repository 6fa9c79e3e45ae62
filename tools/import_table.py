#!/usr/bin/env python3
"""Imports every module of the library, each in a process of its own, and says what happened.

  tools/import_table.py [--python PATH] [--jobs N] [--timeout S] [--all] [WORD ...]

Run it with CPython 3.11. The modules are the names in sys.stdlib_module_names that the oracle itself can import, and the
modules inside the library's packages. Lines that are `ok` are shown with --all only; the causes are counted at the end,
the most frequent first. The last line is `N of M import`.
"""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import sysconfig
import tempfile

LEFT_OUT = {"test", "idlelib", "tkinter", "turtledemo", "lib2to3", "pydoc_data", "ensurepip", "antigravity", "this",
            "turtle", "__phello__", "__hello__", "site-packages", "dist-packages", "__pycache__", "lib-dynload"}
# Other systems' modules, and those that act when they are imported.
ABSENT = {"msilib", "winreg", "winsound", "_winapi", "_winreg", "nt", "msvcrt", "_msi", "_scproxy", "_overlapped", "nturl2path",
          "asyncio.windows_events", "asyncio.windows_utils", "multiprocessing.popen_spawn_win32", "encodings.mbcs", "encodings.oem",
          "ctypes.wintypes", "encodings.cp65001", "distutils.msvc9compiler", "distutils._msvccompiler", "distutils.msvccompiler",
          "distutils.command.bdist_msi"}


def modules():
    library = pathlib.Path(sysconfig.get_paths()["stdlib"])
    names = {n for n in sys.stdlib_module_names if n not in LEFT_OUT}
    for folder, folders, files in os.walk(library):
        inside = pathlib.Path(folder).relative_to(library).parts
        folders[:] = [f for f in folders if f not in LEFT_OUT and not f.startswith(("config-", "test", "idle")) and "." not in f]
        if inside and "__init__.py" not in files:
            folders[:] = []
            continue
        for file in files:
            stem, suffix = os.path.splitext(file)
            if suffix == ".py" and not stem.startswith("__") and stem not in LEFT_OUT and "-" not in stem:
                names.add(".".join((*inside, stem)))
        if inside:
            names.add(".".join(inside))
    return sorted(n for n in names if n not in ABSENT)


def attempt(python, name, timeout, cwd):
    env = {"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", ""), "HOME": cwd, "PYTHONPYCACHEPREFIX": f"{cwd}/cache"}
    try:
        done = subprocess.run([python, "-c", f"import {name}"], cwd=cwd, env=env, timeout=timeout, stdin=subprocess.DEVNULL,
                              capture_output=True)
    except subprocess.TimeoutExpired:
        return f"timeout after {timeout:g} s"
    if done.returncode == 0:
        return "ok"
    last = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"])[-1]
    return f"crash: signal {-done.returncode}: {last[:120]}" if done.returncode < 0 else last[:160]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", default="build/dev/taipan")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=20)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    names = [n for n in modules() if all(w in n for w in options.words)]
    python = os.path.abspath(options.python)
    causes = collections.Counter()
    good = total = 0
    with tempfile.TemporaryDirectory() as cwd, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for name, result in zip(names, pool.map(lambda n: attempt(python, n, options.timeout, cwd), names)):
            # What CPython here cannot import either (a package of the system is missing) is no business of ours.
            if result != "ok" and attempt(sys.executable, name, options.timeout, cwd) != "ok":
                continue
            total += 1
            good += result == "ok"
            if result != "ok":
                causes[result] += 1
            if result != "ok" or options.all:
                print(f"{name:40} {result}", flush=True)
    print()
    for cause, n in causes.most_common():
        print(f"{n:5}  {cause}")
    print(f"{good} of {total} import")


if __name__ == "__main__":
    main()
