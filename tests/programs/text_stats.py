"""Word counting and text layout without libraries; the text comes from standard input."""
import sys


def words(text):
    word = []
    for char in text + " ":
        if char.isalpha() or char == "'" and word:
            word.append(char.casefold())
        elif word:
            yield "".join(word).rstrip("'")
            word.clear()


def wrap(text, width):
    line, length = [], 0
    for word in text.split():
        if line and length + len(line) + len(word) > width:
            yield line
            line, length = [], 0
        line.append(word)
        length += len(word)
    if line:
        yield line


def justify(lines, width):
    lines = list(lines)
    for i, line in enumerate(lines):
        if i == len(lines) - 1 or len(line) == 1:
            yield " ".join(line).ljust(width)
            continue
        gaps = len(line) - 1
        spaces, extra = divmod(width - sum(map(len, line)), gaps)
        yield "".join(word + " " * (spaces + (k < extra)) * (k < gaps) for k, word in enumerate(line))


text = sys.stdin.read()
lines = text.splitlines()
print(len(text), len(text.encode()), len(lines), len(text.split()))
counts = {}
for word in words(text):
    counts[word] = counts.get(word, 0) + 1
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:12]:
    print(f"{word:.<15}{count:.>5}")
lengths = {}
for word in counts:
    lengths.setdefault(len(word), []).append(word)
for length in sorted(lengths):
    print(f"{length:>2} {'#' * len(lengths[length])} {min(lengths[length])}")
for paragraph in text.split("\n\n"):
    for line in justify(wrap(paragraph, 40), 40):
        print("|" + line + "|")
    print("|" + "-" * 40 + "|")
longest = max(counts, key=len)
print(longest, longest.center(30, "*"), longest[::-1], longest.title(), longest.upper().encode("utf-8"))
print(sorted({c for c in text if not c.isascii()}))
print(sorted(set(text.lower()) - set("abcdefghijklmnopqrstuvwxyz"), key=ord))
acrostic = "".join(line.lstrip()[:1] for line in lines)
print(repr(acrostic), acrostic.isprintable())
