#!/usr/bin/env python3
"""Taipan runs alone: it is linked with no libpython, and starts no other process while it runs programs.

usage: alone.py EXECUTABLE

Looks at the needed libraries of the executable (ldd) and at every execve of some programs (strace).
"""
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = HERE.parent / "programs"
COMMANDS = [["-c", "pass"], ["-m", "this"], [PROGRAMS / "imports.py"], [PROGRAMS / "pyc_files.py"], [PROGRAMS / "lisp.py"]]


def started(command):
    """The files that were executed while `command` ran."""
    with tempfile.NamedTemporaryFile("r") as log, tempfile.TemporaryDirectory() as cache:
        subprocess.run(["strace", "-f", "-e", "trace=execve", "-o", log.name, *command], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd=PROGRAMS, check=False,
                       env={"LANG": "C.UTF-8", "PYTHONPYCACHEPREFIX": cache})
        return re.findall(r'execve\("([^"]*)"', log.read())


def main():
    executable = str(pathlib.Path(sys.argv[1]).resolve())
    bad = []
    libraries = subprocess.run(["ldd", executable], capture_output=True, text=True, check=True).stdout
    bad += [f"linked with {line.strip()}" for line in libraries.splitlines() if "python" in line]
    for command in COMMANDS:
        files = started([executable, *map(str, command)])
        if files != [executable]:
            bad.append(f"{command}: executes {files}")
    print(*bad, sep="\n", end="\n" if bad else "")
    print(f"{len(COMMANDS) + 1 - len(bad)} passed, {len(bad)} failed")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
