"""Text and binary files in the working directory: modes, seeking, iteration, encodings, errors."""
import sys


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


with open("text.txt", "w") as f:
    print(f.write("first\n"), f.writelines(["second\n", "third"]), f.tell(), f.mode, f.name, f.encoding, f.closed, f.writable(), f.readable(), f.line_buffering)
    print("printed", 1, 2, sep=",", file=f)
print(f.closed, attempt(lambda: f.write("x")), attempt(lambda: f.read()))
with open("text.txt") as f:
    print(f.readline(), f.readline(3), f.readline(), f.read(), repr(f.read()), f.seek(0), f.readlines(), sep="|")
    f.seek(6)
    print([line for line in f], attempt(lambda: f.write("x")), f.seekable(), f.fileno() > 2, f.isatty())
with open("text.txt", "a+") as f:
    print(f.tell() > 0)
    f.write("appended\n")
    f.seek(0)
    print(len(f.read()))
with open("text.txt", "r+") as f:
    f.write("FIRST")
    f.seek(0)
    print(f.readline())
    f.seek(0, 2)
    end = f.tell()
    f.truncate(11)
    print(end, f.seek(0), f.read())
print(attempt(lambda: open("text.txt", "x")), attempt(lambda: open("absent.txt")), attempt(lambda: open("text.txt", "q")), attempt(lambda: open("text.txt", "rw")), attempt(lambda: open("text.txt", "rb", encoding="utf-8")), attempt(lambda: open(".")), attempt(lambda: open("")), attempt(lambda: open("a\0b")), attempt(lambda: open("no/such/dir/x", "w")), attempt(lambda: open(5.5)), attempt(lambda: open(-1)), attempt(lambda: open("text.txt", "")), attempt(lambda: open("text.txt", "r", 0)), sep="\n")
with open("bin.dat", "wb") as f:
    print(f.write(bytes(range(10))), attempt(lambda: f.write("text")), f.tell(), f.mode)
with open("bin.dat", "rb") as f:
    buffer = bytearray(4)
    print(f.read(3), f.peek(2)[:2], f.readinto(buffer), buffer, f.seek(-2, 1), f.read(), f.read(), f.seek(-3, 2), f.read1(2), attempt(lambda: f.seek(-1)), attempt(lambda: f.seek(0, 9)))
with open("bin.dat", "r+b") as f:
    f.seek(2)
    f.write(b"XY")
    f.seek(0)
    print(f.read())
with open("bin.dat", "rb", buffering=0) as f:
    print(type(f).__name__, f.read(2), f.readall(), f.read())
with open("lines.txt", "w", newline="") as f:
    f.write("unix\nmac\rdos\r\nend")
for newline in (None, "", "\n", "\r", "\r\n"):
    with open("lines.txt", newline=newline) as f:
        print(repr(newline), f.readlines(), f.newlines)
for newline in (None, "", "\n", "\r\n", "\r"):
    with open("out.txt", "w", newline=newline) as f:
        f.write("a\nb\r\n")
    with open("out.txt", "rb") as f:
        print(repr(newline), f.read())
print(attempt(lambda: open("out.txt", newline="x")))
for encoding in ("utf-8", "latin-1", "utf-16", "utf-16-le", "utf-8-sig", "ascii"):
    def write():
        with open("enc.txt", "w", encoding=encoding) as f:
            f.write("é€\n" if encoding != "latin-1" else "é\n")
        with open("enc.txt", "rb") as f:
            raw = f.read()
        with open("enc.txt", encoding=encoding) as f:
            return raw, f.read()
    print(encoding, attempt(write))
with open("bad.txt", "wb") as f:
    f.write(b"ok\xff\xfe\n")
for errors in ("strict", "ignore", "replace", "surrogateescape", "backslashreplace"):
    def read():
        with open("bad.txt", encoding="utf-8", errors=errors) as f:
            return ascii(f.read())
    print(errors, attempt(read))
print(attempt(lambda: open("bad.txt", encoding="nope")), attempt(lambda: open("bad.txt", errors="nope")), attempt(lambda: open("bad.txt", "rb", errors="strict")))
with open("uni.txt", "w") as f:
    f.write("日本語テキスト\nzwei\n" * 2000)
with open("uni.txt") as f:
    f.readline()
    place = f.tell()
    second = f.readline()
    f.read(5000)
    f.seek(place)
    print(place, second == f.readline(), sum(1 for _ in f), attempt(lambda: f.seek(5, 1)), attempt(lambda: (f.seek(0), next(f), f.tell())))
f = open("uni.txt")
f.close()
f.close()
print(f.closed, attempt(lambda: next(f)), attempt(lambda: f.__enter__()), attempt(lambda: f.tell()), attempt(lambda: list(f)))
with open("multi.txt", "w") as a, open("multi2.txt", "w") as b:
    for i in range(3):
        print(i, file=a)
        print(i * i, file=b, end=";")
with open("multi.txt") as a, open("multi2.txt") as b:
    print([int(x) for x in a], b.read().split(";"))
descriptor = open("text.txt").fileno() if False else None
with open("text.txt", "rb") as f, open(f.fileno(), "r", closefd=False) as g:
    print(g.name == f.fileno(), g.readline())
print(sys.stdout.encoding, sys.stdin.readline() == "", sys.stdout.name, sys.stderr.name, sys.stdout.writable(), sys.stdin.readable(), sys.stdout.errors, sys.stdout.mode)


def opener(path, flags):
    import posix
    return posix.open(path.replace("alias", "text.txt"), flags)


with open("alias", opener=opener) as f:
    print(f.read(5), f.name, repr(f))
print(repr(open("text.txt", "rb")).split("name")[1], repr(sys.stdout))
