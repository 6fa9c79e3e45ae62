"""What compile() makes of texts: one line each, on either interpreter. Used by outcomes.py.

usage: PYTHON _outcomes.py MODE       texts on standard input, each after a line with its length in bytes
"""
import sys
import warnings

from _codedump import canonical

sys.setrecursionlimit(5000)


def describe(source, mode):
    shown = []
    warnings.showwarning = lambda message, category, filename, lineno, *rest: shown.append((category.__name__, str(message), lineno))
    warnings.simplefilter("always")
    try:
        code = compile(source, "F", mode, 0, True)
    except SyntaxError as error:
        return f"{type(error).__name__}: {error.msg!r} {error.lineno}:{error.offset}-{error.end_lineno}:{error.end_offset} {error.text!r} {shown}"
    except Exception as error:
        return f"{type(error).__name__}: {error} {shown}"
    out = []
    canonical(code, out)
    text = "".join(out)
    return f"code {len(text)} {hash(text) & 0xFFFFFFFFFFFFFFFF:016x} {shown}"


def main():
    mode = sys.argv[1]
    stream = sys.stdin.buffer
    while head := stream.readline():
        source = stream.read(int(head))
        sys.stdout.write(ascii(describe(source, mode)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
