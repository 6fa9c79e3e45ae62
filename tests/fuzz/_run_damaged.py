"""The part of mutate_pyc.py that runs on Taipan: executes .pyc data in forked children, where crashes are seen.

usage: _run_damaged.py CASES FIRST      each case of the file (4 bytes of length, then the data) from number FIRST on
       _run_damaged.py FILE.pyc         one file, in this process

For each case a line "NUMBER STATUS VERDICT" is printed: the child's wait status, and what became of the code.
"""
import gc
import marshal
import os
import sys
import traceback

SECONDS = 2


class Null:
    """A stream that forgets."""
    encoding = "utf-8"
    def write(self, text): return len(text)
    def flush(self): pass


def look_at(code, depth=0):
    """What debuggers and tools do with a code object must not crash either."""
    hash(code), repr(code), code == code.replace(co_firstlineno=1), code.co_code
    code.co_varnames, code.co_cellvars, code.co_freevars, code.co_lnotab
    for iterator in (code.co_lines(), code.co_positions()):
        for n, _ in enumerate(iterator):
            if n > 2000:
                break
    if depth < 20:
        for constant in code.co_consts:
            if isinstance(constant, type(code)):
                look_at(constant, depth + 1)


def call(function):
    """As a call, and what it gives as an iterator."""
    result = function()
    if hasattr(result, "throw"):
        try:
            result.send(None)
            result.throw(ValueError)
        finally:
            result.close()
    elif hasattr(result, "__next__"):
        for n, _ in enumerate(result):
            if n > 100:
                break


def guarded(function, *args):
    try:
        return function(*args)
    except BaseException:
        # Printing walks over line tables and frames.
        traceback.print_exc()
        sys.excepthook(*sys.exc_info())


def run(data):
    """"unread": no code object, "refused": the verifier did not like it, "run"."""
    try:
        code = marshal.loads(data[16:])
    except BaseException:
        return "unread"
    if not hasattr(code, "co_code"):
        return "unread"
    guarded(look_at, code)
    space = {"__name__": "__main__", "__builtins__": __builtins__}
    verdict = "run"
    try:
        exec(code, space)
    except SystemError as problem:
        verdict = "refused" if "invalid bytecode" in str(problem) else "run"
        traceback.print_exc()
    except BaseException:
        traceback.print_exc()
        sys.excepthook(*sys.exc_info())
    for name, value in list(space.items()):
        if type(value).__name__ == "function" and value.__code__.co_argcount == 0 and name not in ("main",):
            guarded(call, value)
    space.clear()
    guarded(gc.collect)
    return verdict


def in_child(data):
    """The wait status of a child that runs the data, and what it says of it."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        import signal
        signal.alarm(SECONDS)
        os.close(reader)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        if "keep_errors" not in sys.argv:
            os.dup2(null, 2)
        sys.stdout = sys.stderr = Null()
        verdict = "?"
        try:
            verdict = run(data)
        except BaseException:
            pass
        os.write(writer, verdict.encode())
        os._exit(0)
    os.close(writer)
    verdict = os.read(reader, 20).decode()
    os.close(reader)
    return os.waitpid(child, 0)[1], verdict or "-"


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    if sys.argv[1].endswith(".pyc"):
        print(run(data))
        return
    first = int(sys.argv[2])
    at = number = 0
    while at < len(data):
        size = int.from_bytes(data[at:at + 4], "little")
        case = data[at + 4:at + 4 + size]
        at += 4 + size
        if number >= first:
            status, verdict = in_child(case)
            print(number, status, verdict, flush=True)
        number += 1


main()
