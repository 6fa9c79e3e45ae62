#!/usr/bin/env python3
"""Compiles damaged sources with Taipan and with CPython and compares: code or error, message and place.

usage: mutate_source.py [--python PATH] [--seconds N] [--seed N]

Statements and lines of the test files are cut out, and tokens are deleted, doubled, swapped and replaced.
"""
import argparse
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ORACLE = "/usr/bin/python3.11"
TOKEN = re.compile(r"[A-Za-z_]\w*|\d[\w.]*|'[^'\n]*'|\"[^\"\n]*\"|[-+*/%@&|^<>=!:]=|\*\*|//|<<|>>|->|\n *|[^\w\s]| +")
SPARE = ("if", "else", "for", "in", "while", "def", "class", "lambda", "return", "yield", "await", "async", "with", "as", "try", "except", "finally", "not", "and", "or", "is",
         "import", "from", "None", "True", "match", "case", "global", "nonlocal", "del", "pass", "raise", "(", ")", "[", "]", "{", "}", ",", ":", "=", ":=", "==", "*", "**", "->", ".", "...", "@", "-", "~",
         "1", "0x", "1e5", "1_", "'a'", "f'{x}'", "f'{", "b'x'", "x", "_", "é", "\n", "\n    ", "\n        ", ";", "\\", "#", "!", "$", " ")
PROBE = """
import sys
for text in open(sys.argv[1], encoding="utf-8", errors="surrogatepass", newline="").read().split("\\x1e"):
    try:
        code = compile(text, "F", "exec", 0, True)
        print("code", len(code.co_code), hash(code.co_code) & 0xffffffff, hash(code.co_linetable) & 0xffffffff)
    except SyntaxError as e:
        print(type(e).__name__, ascii(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset)
    except (ValueError, RecursionError, MemoryError, OverflowError) as e:
        print(type(e).__name__, ascii(str(e)))
    sys.stdout.flush()
"""


def damaged(sources, rng):
    lines = rng.choice(sources)
    start = rng.randrange(len(lines))
    piece = "\n".join(lines[start:start + rng.randrange(1, 12)])
    tokens = TOKEN.findall(piece)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if not tokens:
            break
        at = rng.randrange(len(tokens))
        match rng.randrange(5):
            case 0: del tokens[at]
            case 1: tokens.insert(at, tokens[at])
            case 2: tokens.insert(at, rng.choice(SPARE))
            case 3: tokens[at] = rng.choice(SPARE)
            case 4:
                other = rng.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
    return "".join(tokens).replace("\x1e", "")


def outcomes(python, listing):
    try:
        done = subprocess.run([python, "-W", "ignore", "-c", PROBE, listing], capture_output=True, text=True, errors="replace", timeout=120,
                              stdin=subprocess.DEVNULL, env={"PYTHONHASHSEED": "0", "LANG": "C.UTF-8"})
        return done.stdout.splitlines(), done.returncode
    except subprocess.TimeoutExpired:
        return [], "timeout"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", default=str(ROOT / "build/dev/taipan"))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    rng = random.Random(options.seed)
    sources = [f.read_text().splitlines() for f in sorted((ROOT / "tests").rglob("*.py")) if "lib_broken" not in str(f)]
    sources = [s for s in sources if s]
    good = bad = 0
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        texts = [damaged(sources, rng) for _ in range(400)]
        with tempfile.NamedTemporaryFile("w", newline="", encoding="utf-8", errors="surrogatepass") as listing:
            listing.write("\x1e".join(texts))
            listing.flush()
            theirs, _ = outcomes(ORACLE, listing.name)
            ours, status = outcomes(options.python, listing.name)
        for n, (text, want) in enumerate(zip(texts, theirs)):
            got = ours[n] if n < len(ours) else f"CRASH {status}"
            if got == want:
                good += 1
                continue
            bad += 1
            if bad <= 20:
                print(f"{text!r}\n    ours:   {got}\n    theirs: {want}", flush=True)
            if got.startswith("CRASH"):
                break
    print(f"seed {options.seed}")
    print(f"{good} passed, {bad} failed")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
