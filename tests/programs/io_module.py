"""_io's classes directly: StringIO, BytesIO, buffers over a raw stream of ours, TextIOWrapper, incremental newlines."""
import _io


def attempt(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


s = _io.StringIO("line one\nline two\nthree")
print(s.read(4), s.readline(), s.readlines(), s.read(), s.tell(), s.seek(0), list(s), s.seek(5), s.truncate(), s.getvalue(), s.write("more"), s.getvalue(), s.closed)
print(attempt(lambda: s.write(5)), attempt(lambda: s.write(b"x")), attempt(lambda: s.seek(-1)), attempt(lambda: s.seek(1, 1)), attempt(lambda: s.read("x")), s.seek(0, 2), s.write(""), s.readable(), s.writable(), s.seekable(), s.line_buffering, s.encoding, s.newlines)
s.close()
print(s.closed, attempt(lambda: s.read()), attempt(lambda: s.getvalue()), repr(_io.StringIO("a\r\nb\rc\n", newline=None).read()), repr(_io.StringIO("a\r\nb", newline="").read()), _io.StringIO("a\nb", newline="\r\n").getvalue().encode())
s = _io.StringIO()
s.seek(3)
s.write("x")
print(repr(s.getvalue()), print("to stringio", 1, file=s), s.getvalue()[3:])
b = _io.BytesIO(b"binary\ndata\n\xff")
print(b.read(3), b.readline(), b.readlines(), b.seek(-2, 2), b.read(), b.seek(2), b.write(b"XX"), b.getvalue(), b.getbuffer()[:4].tobytes(), b.read1(2), b.seek(100), b.read(), b.tell(), b.truncate(3), b.getvalue())
view = b.getbuffer()
print(attempt(lambda: b.write(b"long enough to grow")), attempt(lambda: b.truncate(0)), attempt(lambda: b.close()))
view.release()
into = bytearray(2)
print(b.seek(0), b.readinto(into), into, attempt(lambda: b.write("x")), attempt(lambda: b.seek(-5)), b.isatty(), attempt(lambda: b.fileno()), list(_io.BytesIO(b"a\nb")), b.detach if hasattr(b, "nope") else "", attempt(lambda: b.detach()))


class Raw(_io._RawIOBase):
    """A raw stream over a list of chunks."""

    def __init__(self, *chunks): self.chunks, self.written, self.log = list(chunks), [], []
    def readable(self): return True
    def writable(self): return True

    def readinto(self, buffer):
        self.log.append(len(buffer))
        if not self.chunks:
            return 0
        chunk = self.chunks.pop(0)
        if chunk is None:
            return None
        if isinstance(chunk, Exception):
            raise chunk
        buffer[:len(chunk)] = chunk
        return len(chunk)

    def write(self, data):
        self.written.append(bytes(data))
        return len(data)


r = _io.BufferedReader(Raw(b"abc", b"def\ngh", b"i"), 8)
print(r.read(2), r.peek(1), r.readline(), r.read(), r.read(), r.raw.log, r.readable())
r = _io.BufferedReader(Raw(b"ab", None, b"cd"), 16)
print(r.read(4), r.read(4), r.read(4))
r = _io.BufferedReader(Raw(b"ab", OSError(5, "broken")), 16)
print(r.peek(1), r.read1(5), attempt(lambda: r.read(3)))
raw = Raw()
w = _io.BufferedWriter(raw, 4)
print(w.write(b"ab"), raw.written, w.write(b"cdef"), raw.written, w.flush(), raw.written, attempt(lambda: w.write("x")))
t = _io.TextIOWrapper(_io.BytesIO("zeile eins\r\nzwei é\r\n".encode("utf-8")), encoding="utf-8")
print(t.readline(), t.tell() > 0, t.read(), t.newlines, t.encoding, t.errors, t.buffer.getvalue()[:5], t.seek(0), t.readline(3))
raw = _io.BytesIO()
t = _io.TextIOWrapper(raw, encoding="latin-1", errors="replace", newline="\r\n", line_buffering=True)
print(t.write("é\n"), raw.getvalue(), t.write("€"), t.flush(), raw.getvalue(), t.reconfigure(encoding="utf-8"), t.write("€"), t.flush(), raw.getvalue(), t.detach() is raw, attempt(lambda: t.write("x")))
print(attempt(lambda: _io.TextIOWrapper(5)), attempt(lambda: _io.TextIOWrapper(_io.BytesIO(), encoding="nope")), attempt(lambda: _io.BufferedReader(5)), attempt(lambda: _io.BufferedReader(_io.BytesIO(), 0)), attempt(lambda: _io.StringIO(5)), attempt(lambda: _io.BytesIO("x")), attempt(lambda: _io.StringIO(newline="x")), attempt(lambda: _io.FileIO("nope")), attempt(lambda: _io.FileIO("x", "q")), attempt(lambda: _io.TextIOWrapper(_io.StringIO()).read()))
d = _io.IncrementalNewlineDecoder(None, True)
print([d.decode(x) for x in ("a\r", "\nb\r", "c", "\n")], d.newlines, d.getstate(), d.reset(), d.getstate())
with _io.FileIO("raw.bin", "w+") as f:
    print(f.write(b"raw data"), f.seek(0), f.read(3), f.readall(), f.tell(), f.mode, f.name, f.closefd, repr(f), f.truncate(2), f.seek(0), f.read())
with _io.open("raw.bin", "r+b") as f:
    print(type(f).__name__, f.write(b"RAW"), f.seek(0), f.read(), f.raw.mode, repr(f)[:20])
print(_io.DEFAULT_BUFFER_SIZE, _io.open is open, issubclass(_io.StringIO, _io._TextIOBase), _io.UnsupportedOperation.__mro__[1].__name__, _io.text_encoding(None), _io.text_encoding("x"))


class Text(_io.StringIO):
    def write(self, text): return super().write(text.upper())


text = Text()
print("shout", file=text)
print(repr(text.getvalue()), isinstance(text, _io._IOBase), text.__class__.__mro__[1].__name__, vars(text))
