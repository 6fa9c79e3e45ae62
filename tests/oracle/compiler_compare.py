#!/usr/bin/env python3.11
"""Compares what tools/code_dump.cpp prints with CPython 3.11's own code objects, field by field.

usage: compiler_compare.py TOOL [-O|-OO] [--full] [--show N] FILE_OR_FOLDER ...    (run it with the reference interpreter)

Differences are grouped by the first field that differs; --full shows the lines around it.
"""
import collections
import dis
import os
import re
import struct
import subprocess
import sys
import types
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(1000)


def show_str(s):
    return '"' + "".join(c if 32 <= ord(c) < 127 and c not in '\\"' else "\\x{%x}" % ord(c) for c in s) + '"'


def show_double(d):
    if d != d:
        return "7ff8000000000000"
    return struct.pack(">d", d).hex()


def show_int(n):
    digits, m = "", abs(n)
    parts = []
    while m:
        parts.append("%08x." % (m & 0x3fffffff))
        m >>= 30
    return ("-" if n < 0 else "") + "".join(reversed(parts))


def add_code(c, out, depth):
    out.append("code(")
    pad = "\n" + "  " * depth
    for name in ("co_name", "co_qualname", "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals",
                 "co_stacksize", "co_flags", "co_firstlineno", "co_names", "co_varnames", "co_freevars",
                 "co_cellvars", "co_code", "co_linetable", "co_exceptiontable", "co_consts"):
        value = getattr(c, name)
        out.append(pad + name + "=")
        if name == "co_code":
            places = list(c.co_positions())
            for i in range(0, len(value), 2):
                out.append("\n            %s %d" % (dis.opname[value[i]], value[i + 1]))
                if value[i]:
                    out.append(" %s %s %s %s" % places[i // 2])
        elif type(value) is int:
            out.append(str(value))
        else:
            add(value, out, depth + 1)
    out.append(")")


def add(x, out, depth):
    t = type(x)
    if t is types.CodeType:
        add_code(x, out, depth)
    elif t is str:
        out.append(show_str(x))
    elif t is tuple:
        out.append("(")
        for i in x:
            add(i, out, depth + 1)
            out.append(",")
        out.append(")")
    elif t is frozenset:
        items = []
        for i in x:
            o = []
            add(i, o, depth)
            items.append("".join(o))
        out.append("frozenset{" + "".join(i + "," for i in sorted(items)) + "}")
    elif t is int:
        out.append("int:" + show_int(x))
    elif t is float:
        out.append("float:" + show_double(x))
    elif t is complex:
        out.append("complex:" + show_double(x.real) + "," + show_double(x.imag))
    elif t is bytes:
        out.append("bytes:" + x.hex())
    else:
        out.append({None: "None", True: "True", False: "False", ...: "..."}[x])


def describe(path, optimize):
    with open(path, "rb") as f:
        source = f.read()
    out = []
    try:
        code = compile(source, "F", "exec", dont_inherit=True, optimize=optimize)
    except SyntaxError as e:
        out.append(type(e).__name__ + ": ")
        for x in (e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset):
            add(x, out, 0)
            out.append(" ")
        return "".join(out)[:-1]
    except Exception as e:
        return type(e).__name__ + ": " + show_str(e.args[0] if e.args and isinstance(e.args[0], str) else "")
    add_code(code, out, 1)
    return "".join(out)


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
            process = subprocess.Popen([tool] + ["-" + "O" * level] * bool(level) + ["-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdin.write(path.encode("utf-8", "surrogateescape") + b"\n")
        process.stdin.flush()
        head = process.stdout.readline()
        if not head:
            crashed.append((path, process.wait()))
            process = None
            continue
        size = int(head.rpartition(b"\t")[2])
        ours = process.stdout.read(size).decode("utf-8", "replace")
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
