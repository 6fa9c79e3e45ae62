"""A gap buffer, an undo stack and a piece table over bytearrays; edits checked against str."""


class Gap:
    def __init__(self, text=b"", size=8): self.b, self.start, self.end = bytearray(text) + bytearray(size), len(text), len(text) + size
    def __len__(self): return len(self.b) - (self.end - self.start)
    def move(self, at):
        if at < self.start:
            n = self.start - at
            self.b[self.end - n:self.end] = self.b[at:self.start]
            self.start, self.end = at, self.end - n
        elif at > self.start:
            n = at - self.start
            self.b[self.start:self.start + n] = self.b[self.end:self.end + n]
            self.start, self.end = at, self.end + n
    def insert(self, at, data):
        self.move(at)
        if len(data) > self.end - self.start:
            more = max(len(data), len(self.b))
            self.b[self.end:self.end] = bytes(more)
            self.end += more
        self.b[self.start:self.start + len(data)] = data
        self.start += len(data)
    def delete(self, at, n):
        self.move(at)
        n = min(n, len(self.b) - self.end)
        gone = bytes(self.b[self.end:self.end + n])
        self.end += n
        return gone
    def __bytes__(self): return bytes(self.b[:self.start] + self.b[self.end:])
    def __getitem__(self, i): return self.b[i if i < self.start else i + self.end - self.start]


class Editor:
    def __init__(self): self.gap, self.done, self.undone = Gap(), [], []
    def insert(self, at, text):
        data = text.encode()
        self.gap.insert(at, data)
        self.done.append(("insert", at, data))
        self.undone.clear()
    def delete(self, at, n):
        self.done.append(("delete", at, self.gap.delete(at, n)))
        self.undone.clear()
    def undo(self):
        match self.done.pop():
            case ("insert", at, data) as step: self.gap.delete(at, len(data))
            case ("delete", at, data) as step: self.gap.insert(at, data)
        self.undone.append(step)
    def redo(self):
        kind, at, data = step = self.undone.pop()
        self.gap.insert(at, data) if kind == "insert" else self.gap.delete(at, len(data))
        self.done.append(step)
    def __str__(self): return bytes(self.gap).decode(errors="replace")


e = Editor()
for action, *args in [("insert", 0, "hello"), ("insert", 5, " world"), ("insert", 0, ">> "), ("delete", 3, 5), ("insert", 3, "größe"), ("undo",), ("undo",), ("redo",), ("insert", 3, "bye"), ("undo",), ("undo",), ("undo",), ("redo",), ("delete", 0, 100), ("undo",)]:
    getattr(e, action)(*args)
    print(action, args, repr(str(e)), len(e.gap), len(e.gap.b), e.gap.start, e.gap.end)
try:
    e.redo(); e.redo()
except IndexError as error:
    print(error)
state, text, gap = 7, "", Gap()
for _ in range(400):
    state = (state * 1103515245 + 12345) % 2 ** 31
    at = state // 7 % (len(text) + 1)
    if state % 3:
        piece = "abcdefgh"[: state % 8 + 1]
        text = text[:at] + piece + text[at:]
        gap.insert(at, piece.encode())
    else:
        n = state % 11
        text = text[:at] + text[at + n:]
        gap.delete(at, n)
    assert bytes(gap) == text.encode()
print(len(text), text[:40], len(gap), gap[0], gap[len(gap) - 1], sum(gap[i] for i in range(len(gap))) == sum(text.encode()))
b = bytearray(b"the quick brown fox")
view = memoryview(b)
words = [bytes(w) for w in (view[0:3], view[4:9], view[10:15], view[16:])]
view[4:9] = b"QUICK"
view[::-1][:3] = b"XOF"[::1]
print(words, b, view[4:9] == b"QUICK", view[::2].tobytes(), bytes(view[::-1]))
for bad in (lambda: b.append(1), lambda: b.extend(b"x"), lambda: b.__delitem__(0), lambda: b.clear(), lambda: b.pop(), lambda: b.__setitem__(slice(0, 3), b"long!"), lambda: b.__imul__(2)):
    try:
        bad()
    except BufferError as error:
        print(error)
b[0:3] = b"THE"
view.release()
b += b"!"
del b[:4]
print(b, b.translate(None, b"aeiou"), b.title(), b.partition(b" "), b.rindex(b"o"), b.isupper(), bytearray().join([b"x", bytearray(b"y")]), b.maketrans(b"ab", b"xy")[97:99])
