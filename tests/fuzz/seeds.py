#!/usr/bin/env python3
"""Writes the first corpus of a fuzzer (run it with CPython 3.11).

usage: seeds.py FUZZER FOLDER
"""
import marshal
import pathlib
import random
import sys
import types

ROOT = pathlib.Path(__file__).resolve().parents[2]


def sources():
    for path in sorted([*(ROOT / "tests/lang").rglob("*.py"), *(ROOT / "tests/programs").glob("*.py")]):
        yield path, path.read_bytes()


def functions(code):
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from functions(constant)


def seeds(fuzzer):
    if fuzzer == "parser":
        for path, text in sources():
            yield b"x" + text
    elif fuzzer == "marshal":
        for path, text in sources():
            try:
                code = compile(text, "f", "exec")
            except (SyntaxError, ValueError):
                continue
            for part in (code, *functions(code)):
                data = marshal.dumps(part, 2)
                if len(data) < 1500:
                    yield data
        for value in ((1, 2.5, 3j, None, ...), [1, {2: "a"}], {1, 2}, frozenset({b"x"}), "é\ud800", -2 ** 100):
            yield marshal.dumps(value)
    else:
        rng = random.Random(1)
        for _ in range(300):
            yield bytes(rng.randrange(rng.choice((16, 256, 250))) for _ in range(rng.randrange(20, 600)))


def main():
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(sys.argv[1])):
        (folder / f"seed{number:05}").write_bytes(data)


main()
