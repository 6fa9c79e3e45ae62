#!/usr/bin/env python3
"""Runs damaged .pyc files: Taipan must give an error or a result, never crash.

usage: mutate_pyc.py [--python PATH] [--count N] [--seconds N] [--seed N] [--keep FOLDER]

Code objects of small programs are changed at random: half the cases in the bytes of the marshal data, half in the
fields (instructions, exception table, line table, counts, constants, names); with --assembled N in a hundred are put
together from random instructions instead. Each is loaded and run in a process of
its own (forked from one interpreter), in an empty directory, with 2 seconds and 512 MB. A process that a signal ends is
a failure (but for the limit of time), and so is a sanitizer's report; the file is kept. See one again with
    PYTHON tests/fuzz/_run_damaged.py FILE.pyc
"""
import argparse
import collections
import importlib.util
import marshal
import os
import pathlib
import random
import re
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time
import types
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from _assembler import assemble  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUNNER = ROOT / "tests/fuzz/_run_damaged.py"
BATCH = 250
HEADER = importlib.util.MAGIC_NUMBER + bytes(12)
# Damaged programs do what they like: those that touch files or processes are left out.
HARMFUL = re.compile(r"\b(os|io|shutil|subprocess|pathlib|tempfile|signal|socket|open|threading|_thread|sys\.stdin|input)\b")
NUMBERS = (0, 1, 2, 3, 4, 5, 7, 8, 15, 63, 127, 128, 255, 256, 1000, 65535, 65536, 1 << 24, (1 << 31) - 1, -1, -2, -(1 << 31))
KNOWN_OPCODES = sorted(set(__import__("opcode").opmap.values()))
INTS = ("co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_stacksize", "co_flags")
PARTS = ("co_code", "co_consts", "co_names", "localsplusnames", "localspluskinds", "co_filename", "co_name", "co_qualname")
TABLES = ("co_linetable", "co_exceptiontable")


class Fields:
    """A code object as marshal stores it; every field may hold anything."""

    def __init__(self, code):
        for name in (*INTS, *PARTS, *TABLES, "co_firstlineno"):
            if hasattr(code, name):
                setattr(self, name, getattr(code, name))
        self.co_consts = [Fields(c) if isinstance(c, types.CodeType) else c for c in code.co_consts]
        names, kinds = list(code.co_varnames), [0x20] * len(code.co_varnames)
        for name in code.co_cellvars:
            if name in names:
                kinds[names.index(name)] |= 0x40
            else:
                names.append(name)
                kinds.append(0x40)
        self.localsplusnames = (*names, *code.co_freevars)
        self.localspluskinds = bytes(kinds + [0x80] * len(code.co_freevars))

    def dump(self):
        parts = [b"c"]
        parts += [struct.pack("<i", getattr(self, name)) for name in INTS]
        parts += [dump(getattr(self, name)) for name in PARTS]
        parts.append(struct.pack("<i", self.co_firstlineno))
        parts += [dump(getattr(self, name)) for name in TABLES]
        return b"".join(parts)

    def all(self):
        yield self
        for constant in self.co_consts if isinstance(self.co_consts, list) else ():
            if isinstance(constant, Fields):
                yield from constant.all()


def dump(value):
    if isinstance(value, Fields):
        return value.dump()
    if isinstance(value, list):   # constants: a tuple that may hold Fields
        return b"(" + struct.pack("<i", len(value)) + b"".join(map(dump, value))
    return marshal.dumps(value, 2)


def damage_bytes(data, rng):
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(data)) if data else 0
        match rng.randrange(5) if data else 3:
            case 0: data[at] = rng.randrange(256)
            case 1: data[at] ^= 1 << rng.randrange(8)
            case 2: del data[at:at + rng.randrange(1, 8)]
            case 3: data[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 5)))
            case 4: data[at:at + 4] = struct.pack("<i", rng.choice(NUMBERS))
    return bytes(data)


def damage_instructions(raw, rng):
    code = bytearray(raw)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        at = rng.randrange(0, max(len(code), 2), 2)
        other = rng.randrange(0, max(len(code), 2), 2)
        match rng.randrange(10) if len(code) > 3 else 6:
            case 0: code[at] = rng.randrange(256)
            case 1 | 2: code[at] = rng.choice(KNOWN_OPCODES)
            case 3: code[at + 1] = rng.randrange(256)
            case 4: code[at + 1] = (code[at + 1] + rng.choice((-2, -1, 1, 2))) & 255
            case 5: code[at:at + 2] = b""
            case 6: code[at:at] = bytes((rng.choice(KNOWN_OPCODES), rng.choice((0, 1, 2, 3, rng.randrange(256)))))
            case 7: code[at:at + 2], code[other:other + 2] = code[other:other + 2], code[at:at + 2]
            case 8: code[at:at + 2] = code[other:other + 2]
            case 9:  # whole instructions move with their caches
                piece = code[other:other + rng.randrange(2, 24, 2)]
                code[at:at] = piece
    return bytes(code)


ODD = (None, 0, 1, -1, 2.5, True, "", "x", b"", b"x", (), (1,), ("a", "b"), ((),), frozenset({1}), 1 << 70, "\udc80", ...)


def damage_fields(top, rng):
    """One to three fields of code objects somewhere in the tree."""
    everything = list(top.all())
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        code = rng.choice(everything)
        match rng.randrange(20):
            case 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 if isinstance(code.co_code, bytes):
                code.co_code = damage_instructions(code.co_code, rng)
            case 8 | 9 | 10 if isinstance(code.co_exceptiontable, bytes):
                code.co_exceptiontable = damage_bytes(code.co_exceptiontable or b"\x81\x01\x01\x00", rng)
            case 11 if isinstance(code.co_linetable, bytes):
                code.co_linetable = damage_bytes(code.co_linetable, rng)
            case 12 | 13:
                name = rng.choice((*INTS, "co_firstlineno"))
                old = getattr(code, name)
                new = rng.choice((old + 1, old - 1, old // 2, old ^ (1 << rng.randrange(12)), rng.choice(NUMBERS)))
                setattr(code, name, max(min(new, (1 << 31) - 1), -(1 << 31)))
            case 14 | 15 if isinstance(code.co_consts, list) and code.co_consts:
                at = rng.randrange(len(code.co_consts))
                match rng.randrange(3):
                    case 0: del code.co_consts[at]
                    case 1: code.co_consts[at] = rng.choice(ODD)
                    case 2: rng.shuffle(code.co_consts)
            case 16 if isinstance(code.localspluskinds, bytes):
                code.localspluskinds = damage_bytes(code.localspluskinds, rng) if rng.random() < 0.5 else \
                    bytes(rng.choice((0x20, 0x40, 0x60, 0x80, k)) for k in code.localspluskinds)
            case 17 if isinstance(code.co_names, tuple):
                code.co_names = rng.choice((code.co_names[:-1], code.co_names[::-1], code.co_names + ("x",), (*code.co_names[1:], 1)))
            case 18:
                setattr(code, rng.choice((*PARTS, *TABLES)), rng.choice(ODD))
            case 19:
                for name in ("co_code", "co_linetable"):   # that of another function
                    setattr(code, name, getattr(rng.choice(everything), name))
    return top


def make_case(codes, rng, assembled):
    if rng.randrange(100) < assembled:
        code = assemble(rng)
        return HEADER + (marshal.dumps(code) if rng.random() < 0.7 else damage_fields(Fields(code), rng).dump())
    code = rng.choice(codes)
    if rng.random() < 0.5:
        return HEADER + damage_bytes(marshal.dumps(code), rng)
    return HEADER + damage_fields(Fields(code), rng).dump()


def load_corpus():
    codes = []
    for source in sorted([*(ROOT / "tests/lang").rglob("*.py"), *(ROOT / "tests/programs").glob("*.py")]):
        text = source.read_text(errors="replace")
        if len(text) > 12000 or HARMFUL.search(text):
            continue
        try:
            codes.append(compile(text, source.name, "exec"))
        except (SyntaxError, ValueError):
            pass
    return codes


def limits(sanitized):
    def apply():
        if not sanitized:   # a sanitizer reserves terabytes
            resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    return apply


class Run:
    def __init__(self, options):
        self.options = options
        self.python = str(pathlib.Path(options.python).resolve())
        self.sanitized = b"__asan_init" in pathlib.Path(self.python).read_bytes()
        self.good = self.bad = 0
        self.verdicts = collections.Counter()

    def batch(self, cases, number):
        with tempfile.TemporaryDirectory() as scratch:
            listing = pathlib.Path(scratch) / "cases"
            empty = pathlib.Path(scratch) / "empty"
            empty.mkdir()
            listing.write_bytes(b"".join(struct.pack("<i", len(case)) + case for case in cases))
            done = 0
            while done < len(cases):
                process = subprocess.run([self.python, str(RUNNER), str(listing), str(done)], cwd=empty, preexec_fn=limits(self.sanitized),
                                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
                                         env={"PYTHONHASHSEED": "0", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1",
                                              "ASAN_OPTIONS": "detect_leaks=0:exitcode=99:max_allocation_size_mb=512:allocator_may_return_null=1:detect_stack_use_after_return=0",
                                              "UBSAN_OPTIONS": "exitcode=99"})
                for line in process.stdout.splitlines():
                    index, status, verdict = line.split()
                    self.judge(cases[int(index)], number + int(index), int(status), verdict)
                    done = int(index) + 1
                if done < len(cases):
                    self.judge(cases[done], number + done, process.returncode & 127 or 98 << 8, f"server: {process.stderr[-200:]}")
                    done += 1

    def judge(self, case, number, status, verdict):
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if ended_by in (0, signal.SIGALRM) and (not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0):
            self.good += 1
            self.verdicts["too slow" if ended_by else verdict] += 1
            return
        self.bad += 1
        self.options.keep.mkdir(parents=True, exist_ok=True)
        kept = self.options.keep / f"{self.options.seed}-{number}.pyc"
        kept.write_bytes(case)
        print(f"status {status}: {kept} {verdict}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", default=str(ROOT / "build/dev/taipan"))
    parser.add_argument("--count", type=int)
    parser.add_argument("--seconds", type=float, default=60, help="unless --count is given")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--assembled", type=int, default=0)
    parser.add_argument("--keep", type=pathlib.Path, default=ROOT / "build/fuzz/pyc")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    rng = random.Random(options.seed)
    codes = load_corpus()
    run = Run(options)
    end = time.monotonic() + options.seconds
    number = 0
    while number < options.count if options.count else time.monotonic() < end:
        cases = [make_case(codes, rng, options.assembled) for _ in range(min(BATCH, options.count - number) if options.count else BATCH)]
        run.batch(cases, number)
        number += len(cases)
    print(f"seed {options.seed}; {', '.join(f'{n} {name}' for name, n in run.verdicts.most_common())}")
    print(f"{run.good} passed, {run.bad} failed")
    return run.bad > 0


if __name__ == "__main__":
    sys.exit(main())
