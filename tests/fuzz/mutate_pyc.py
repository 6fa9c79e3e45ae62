#!/usr/bin/env python3
"""Runs damaged .pyc files: Taipan must give an error or a result, never crash.

usage: mutate_pyc.py [--python PATH] [--seconds N] [--seed N] [--keep FOLDER]

Code objects of the test programs are changed at random (bytes of the marshal data, or fields of the code) and
run with little memory and time. A process that ends by a signal is a failure; its file is kept.
"""
import argparse
import importlib.util
import marshal
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import types
import warnings

ROOT = pathlib.Path(__file__).resolve().parents[2]


def damage_bytes(data, rng):
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(data))
        match rng.randrange(4):
            case 0: data[at] = rng.randrange(256)
            case 1: data[at] ^= 1 << rng.randrange(8)
            case 2: del data[at:at + rng.randrange(1, 8)]
            case 3: data[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 5)))
        if not data:
            break
    return bytes(data)


def damage_code(code, rng):
    """One field of one code object somewhere in the tree, so that loading works and running is what is tested."""
    constants = list(code.co_consts)
    inner = [i for i, c in enumerate(constants) if isinstance(c, types.CodeType)]
    if inner and rng.random() < 0.7:
        i = rng.choice(inner)
        constants[i] = damage_code(constants[i], rng)
        return code.replace(co_consts=tuple(constants))
    raw = bytearray(code.co_code)
    try:
        match rng.randrange(8):
            case 0 | 1 | 2 | 3:
                for _ in range(rng.choice((1, 1, 2, 5))):
                    raw[rng.randrange(len(raw))] = rng.randrange(256)
                return code.replace(co_code=bytes(raw))
            case 4: return code.replace(co_stacksize=rng.choice((0, 1, code.co_stacksize // 2, 10 ** 6)))
            case 5: return code.replace(co_exceptiontable=damage_bytes(code.co_exceptiontable or b"\0\0\0\0", rng))
            case 6: return code.replace(co_linetable=damage_bytes(code.co_linetable or b"\0", rng))
            case 7: return code.replace(co_consts=tuple(constants[:-1]) or (None,), co_names=code.co_names[:-1])
    except (ValueError, OverflowError):
        return code


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (4, 5))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", default=str(ROOT / "build/dev/taipan"))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", type=pathlib.Path, default=ROOT / "build/fuzz/pyc")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    rng = random.Random(options.seed)
    sources = sorted((ROOT / "tests/programs").glob("*.py"))
    header = importlib.util.MAGIC_NUMBER + bytes(12)
    good = bad = 0
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as scratch:
        while time.monotonic() < end:
            source = rng.choice(sources)
            try:
                code = compile(source.read_bytes(), source.name, "exec")
            except (SyntaxError, ValueError):
                continue
            if rng.random() < 0.3:
                data = header + damage_bytes(marshal.dumps(code), rng)
            else:
                data = header + marshal.dumps(damage_code(code, rng))
            file = pathlib.Path(scratch) / "damaged.pyc"
            file.write_bytes(data)
            try:
                done = subprocess.run([options.python, file.name], cwd=scratch, preexec_fn=limits, timeout=10,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                      env={"PYTHONHASHSEED": "0", "LANG": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=0"})
                status, text = done.returncode, done.stderr.decode(errors="replace")
            except subprocess.TimeoutExpired:
                status, text = 0, ""
            # SIGXCPU and SIGKILL come from the limits: an endless loop is a legal program.
            if status < 0 and -status not in (2, 9, 24) or "AddressSanitizer" in text or "runtime error:" in text:
                bad += 1
                options.keep.mkdir(parents=True, exist_ok=True)
                kept = options.keep / f"{source.stem}-{options.seed}-{good + bad}.pyc"
                shutil.copy(file, kept)
                print(f"status {status}: {kept} {text.strip().splitlines()[-1][:150] if text.strip() else ''}", flush=True)
            else:
                good += 1
    print(f"seed {options.seed}")
    print(f"{good} passed, {bad} failed")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
