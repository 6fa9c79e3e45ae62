"""Prints one line per source file: path, TAB, a digest of its compiled code (or its error) in a canonical form.

usage: PYTHON _codedump.py LISTFILE        one path a line; runs on both interpreters, under PYTHONHASHSEED=0
       PYTHON _codedump.py --full PATH     the canonical form itself, to be compared by eye

It imports nothing but sys, so that an unfinished interpreter can run it. Two interpreters with the same hash
seed have the same str hash: that is the digest.
"""
import sys

CodeType = type(sys._getframe().f_code)
FIELDS = ("co_name", "co_qualname", "co_filename", "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals",
          "co_stacksize", "co_flags", "co_firstlineno", "co_names", "co_varnames", "co_freevars", "co_cellvars",
          "co_code", "co_linetable", "co_exceptiontable")


def canonical(value, out, depth=0):
    """Appends the text of a constant; frozensets are sorted, since their order is not part of the contract."""
    kind = type(value)
    if kind is CodeType:
        pad = "\n" + "  " * depth
        out.append(pad + "code(")
        for name in FIELDS:
            out.append(f"{pad}  {name}={getattr(value, name)!r}")
        out.append(pad + "  co_consts=")
        for constant in value.co_consts:
            canonical(constant, out, depth + 1)
            out.append(",")
        out.append(")")
    elif kind is tuple:
        out.append("(")
        for item in value:
            canonical(item, out, depth)
            out.append(",")
        out.append(")")
    elif kind is frozenset:
        items = []
        for item in value:
            inner = []
            canonical(item, inner, depth)
            items.append("".join(inner))
        out.append("frozenset{" + ",".join(sorted(items)) + "}")
    else:
        out.append(f"{kind.__name__}:{value!r}")


def describe(path):
    with open(path, "rb") as f:
        source = f.read()
    try:
        code = compile(source, "F", "exec", 0, True)
    except SyntaxError as error:
        return f"{type(error).__name__}: {error.msg} @{error.lineno}:{error.offset}-{error.end_lineno}:{error.end_offset}"
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return f"{type(error).__name__}: {error}"
    out = []
    canonical(code, out)
    return "".join(out)


def main():
    sys.setrecursionlimit(5000)
    if sys.argv[1] == "--full":
        print(describe(sys.argv[2]))
        return
    with open(sys.argv[1], encoding="utf-8", errors="surrogateescape") as f:
        paths = f.read().splitlines()
    for path in paths:
        text = describe(path)
        if text.startswith("\ncode("):
            text = f"code {len(text)} {hash(text) & 0xFFFFFFFFFFFFFFFF:016x}"
        sys.stdout.write(ascii(path)[1:-1] + "\t" + ascii(text)[1:-1] + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
