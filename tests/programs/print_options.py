"""print and the standard streams: sep, end, file, flush, objects that misbehave."""
import sys


class Writer:
    def __init__(self): self.parts, self.flushed = [], 0
    def write(self, text): self.parts.append(text); return len(text)
    def flush(self): self.flushed += 1


w = Writer()
print(1, "two", [3], file=w)
print(file=w)
print("a", "b", sep="", end="", file=w, flush=True)
print("x", sep="ignored", end=None, file=w)
print(*range(4), sep=", ", end=".\n", file=w)
print(w.parts, w.flushed)
print("default", "sep", None, True, 1.5, 2j, b"bytes", ...)
print("no newline", end="")
print(" <- joined")
print("multi\nline", "tab\there", sep="\n--\n")
print(sep="x")
print("", "", sep="|")
print(*[], sep="y", end="empty\n")
print("a", "b", sep=None, end="\n\n")
for kwargs in ({"sep": 5}, {"end": 5}, {"sep": b"x"}, {"file": 5}, {"nope": 1}, {"flush": "yes"}, {"file": None}, {"file": Writer}):
    try:
        print("text", **kwargs)
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)


class BadStr:
    def __str__(self): raise ValueError("no text")


class NotStr:
    def __str__(self): return 5


class OnlyRepr:
    def __repr__(self): return "from repr"


class StrSub(str):
    def __str__(self): return "from __str__ of a str subclass"


for value in (BadStr(), NotStr(), OnlyRepr(), StrSub("raw")):
    try:
        print(value, end="!\n")
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


class BadFile:
    def write(self, text): raise OSError(28, "disk full")


try:
    print("x", file=BadFile())
except OSError as error:
    print(error)
saved = sys.stdout
sys.stdout = w
print("redirected")
sys.stdout = saved
print(w.parts[-2:])
sys.stdout = None
print("to nowhere")
sys.stdout = saved
del sys.stdout
try:
    print("lost")
except RuntimeError as error:
    sys.stdout = saved
    print(error)
print(sys.stdout is sys.__stdout__, sys.stdout.write("written\n"), sys.stdout.writelines(["l1\n", "l2\n"]))
print("to stderr", file=sys.stderr)
print("ünïcödé → ✓ 😀", ascii("ünï"), repr("q'\"\n"))
sys.stdout.reconfigure(line_buffering=True)
try:
    print("\ud800")
except UnicodeEncodeError as error:
    print(error)
sys.stdout.reconfigure(errors="backslashreplace")
print("\ud800 replaced")
print(repr(sys.displayhook).split(" at")[0], sys.displayhook(5), sys.displayhook(None), sys.displayhook("text"))
import builtins
print(builtins._)
print(print("inner"), print.__name__, print.__self__ is builtins)
