#!/usr/bin/env python3
"""Compares what a program sees of the front end: symbol tables, trees as objects, tokens, for every .py file below some folders.

    views_compare.py [--python PATH] [--every N] [FOLDER ...]     run it with the reference interpreter
    PYTHON views_compare.py --print                               paths on standard input, a line of digests for each

symtable      every table with its kind, line, names and each name's properties
ast           ast.dump with attributes, of the tree that ast.parse gives
tokenize      the tokens of the library's module
"""
import sys


def symbols(table, out):
    out.append((table.type, table.name, table.lineno, table.nested, table.varnames, sorted(table.symbols.items())))
    for child in table.children:
        symbols(child, out)


def attempt(work):
    try:
        return work()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def views(source, path):
    import _symtable
    import ast
    import io
    import tokenize

    def of_symbols():
        out = []
        symbols(_symtable.symtable(source, path, "exec"), out)
        return out
    yield "symtable", attempt(of_symbols)
    yield "ast", attempt(lambda: ast.dump(ast.parse(source, path, type_comments=True), include_attributes=True))
    yield "tokenize", attempt(lambda: [tuple(token) for token in tokenize.tokenize(io.BytesIO(source).readline)])


def print_all():
    for path in sys.stdin.read().splitlines():
        with open(path, "rb") as file:
            source = file.read()
        digests = []
        for name, view in views(source, path):
            text = repr(view)
            digests.append(f"{name} {len(text)} {hash(text) & 0xFFFFFFFFFFFFFFFF:016x}")
        print(*digests, sep="\t", flush=True)


def answers(python, paths):
    import subprocess
    found = []
    while len(found) < len(paths):
        rest = paths[len(found):]
        done = subprocess.run([python, "-W", "ignore", __file__, "--print"], capture_output=True, text=True, input="\n".join(rest) + "\n",
                              env={"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONPYCACHEPREFIX": "/nonexistent"})
        lines = done.stdout.splitlines()
        found += lines
        if len(lines) < len(rest):
            found.append(f"CRASH status {done.returncode}: {done.stderr[-300:]}")
    return found


def main():
    import argparse
    import concurrent.futures
    import pathlib
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", default=["/usr/lib/python3.11"])
    parser.add_argument("--python", default="build/dev/taipan")
    parser.add_argument("--every", type=int, default=1, help="take one file of N")
    options = parser.parse_args()
    paths = sorted(str(path) for folder in options.folders for path in pathlib.Path(folder).rglob("*.py"))[::options.every]
    chunks = [paths[i:i + 100] for i in range(0, len(paths), 100)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        theirs = [line for lines in pool.map(lambda part: answers(sys.executable, part), chunks) for line in lines]
        ours = [line for lines in pool.map(lambda part: answers(options.python, part), chunks) for line in lines]
    equal = 0
    for path, a, b in zip(paths, ours, theirs):
        equal += a == b
        if a != b:
            print(f"{path}:", *[f"\n  ours {x}\n  theirs {y}" for x, y in zip(a.split("\t"), b.split("\t")) if x != y])
    print(f"{equal} passed, {len(paths) - equal} failed")
    return equal != len(paths)


if __name__ == "__main__":
    sys.exit(print_all() if sys.argv[1:] == ["--print"] else main())
