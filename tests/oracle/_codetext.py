"""Prints the code of source files as text, one instruction a line with its place: what compiler_compare.py compares.

usage: PYTHON _codetext.py LEVEL     paths on standard input, one a line; each is answered by a line
                                     "PATH<tab>length" and that many bytes

It imports only what an unfinished interpreter has.
"""
import sys
from opcode import opname

CodeType = type(sys._getframe().f_code)
FIELDS = ("co_name", "co_qualname", "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals",
          "co_stacksize", "co_flags", "co_firstlineno", "co_names", "co_varnames", "co_freevars", "co_cellvars",
          "co_code", "co_linetable", "co_exceptiontable", "co_consts")


def add_code(code, out, depth):
    out.append("code(")
    for name in FIELDS:
        value = getattr(code, name)
        out.append("\n" + "  " * depth + name + "=")
        if name == "co_code":
            places = list(code.co_positions())
            for i in range(0, len(value), 2):
                out.append("\n            %s %d" % (opname[value[i]], value[i + 1]))
                if value[i]:
                    out.append(" %s %s %s %s" % places[i // 2])
        else:
            add(value, out, depth + 1)
    out.append(")")


def add(value, out, depth):
    kind = type(value)
    if kind is CodeType:
        add_code(value, out, depth)
    elif kind is tuple:
        out.append("(")
        for item in value:
            add(item, out, depth + 1)
            out.append(",")
        out.append(")")
    elif kind is frozenset:
        items = []
        for item in value:
            text = []
            add(item, text, depth)
            items.append("".join(text))
        out.append("frozenset{" + ",".join(sorted(items)) + "}")
    elif kind is int:
        out.append("int:%x" % value)      # no limit on digits
    elif kind is str:
        out.append(ascii(value))
    else:
        out.append(kind.__name__ + ":" + repr(value))


def describe(path, level):
    with open(path, "rb") as f:
        source = f.read()
    out = []
    try:
        code = compile(source, "F", "exec", 0, True, level)
    except SyntaxError as e:
        add((type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset), out, 0)
    except Exception as e:
        add((type(e).__name__, str(e)), out, 0)
    else:
        add_code(code, out, 1)
    return "".join(out)


if __name__ == "__main__":
    for line in sys.stdin.buffer:
        text = describe(line[:-1], int(sys.argv[1])).encode("ascii")
        sys.stdout.buffer.write(line[:-1] + b"\t%d\n" % len(text) + text)
        sys.stdout.buffer.flush()
