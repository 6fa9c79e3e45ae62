#!/usr/bin/env python3
"""Fails when a header of src/ does not compile alone: it must include or declare all that it uses.

usage: headers.py [BUILD_FOLDER]
The flags are those of a source file in BUILD_FOLDER/compile_commands.json. A header whose text, with that
of every project header below it, has not changed since it last compiled is not compiled again.
"""
import concurrent.futures
import hashlib
import json
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/dev")


def flags():
    """Include paths and language flags, from any C++ file of the build that sees CPython's headers."""
    fallback = ["clang++-19", "-std=gnu++23", "-fno-exceptions", "-fno-rtti", "-isystem", "/usr/include/python3.11"]
    try:
        commands = json.loads((build / "compile_commands.json").read_text())
    except OSError:
        return fallback + [f"-I{SRC}"]
    best = max((shlex.split(entry["command"]) for entry in commands if entry["file"].endswith(".cpp")),
               key=lambda words: any("python3.11" in word for word in words), default=fallback)
    keep, words = [], iter(best)
    for word in words:
        if word == "-isystem":
            keep += [word, next(words)]
        elif re.match(r"-[IDWf]|-std=", word) and "pch" not in word:
            keep.append(word)
    return ["clang++-19", *keep, f"-I{SRC}", "-isystem", "/usr/include/python3.11"]


def closure(header, seen):
    """The header and every project file that it includes."""
    if header in seen or not header.exists():
        return seen
    seen.add(header)
    for name in re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', header.read_text(), re.MULTILINE):
        for base in (header.parent, SRC):
            if (base / name).exists():
                closure((base / name).resolve(), seen)
                break
    return seen


def main():
    command = flags()
    stamps = build / "headers_compiled.json"
    try:
        done = json.loads(stamps.read_text())
    except (OSError, ValueError):
        done = {}

    def check(header):
        name = str(header.relative_to(SRC))
        digest = hashlib.sha256("\0".join(command).encode())
        for file in sorted(closure(header.resolve(), set())):
            digest.update(file.read_bytes())
        digest = digest.hexdigest()
        if done.get(name) == digest:
            return name, digest, ""
        result = subprocess.run([*command, "-x", "c++", "-fsyntax-only", "-Wno-pragma-once-outside-header", "-"], cwd=ROOT,
                                input=f'#include "{name}"\n', capture_output=True, text=True)
        return name, digest if result.returncode == 0 else None, result.stderr

    good = bad = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, digest, errors in pool.map(check, sorted(SRC.rglob("*.h"))):
            if digest is None:
                print(f"src/{name} does not compile alone:", *errors.splitlines()[:6], sep="\n  ")
                done.pop(name, None)
                bad += 1
            else:
                done[name] = digest
                good += 1
    if build.is_dir():
        stamps.write_text(json.dumps(done))
    print(f"{good} passed, {bad} failed")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
