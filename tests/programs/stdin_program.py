"""Reading standard input in several ways: input(), iteration, read, readline."""
import sys


def numbers(line):
    for word in line.split():
        try:
            yield int(word)
        except ValueError:
            print(f"(skipped {word!r})", end=" ")


name = input("name? ")
print(f"hello {name!r}")
count = int(input())
totals = [sum(numbers(input(f"{i}: "))) for i in range(count)]
print(totals)
print(repr(sys.stdin.readline()), repr(sys.stdin.readline()))
for line in sys.stdin:
    if line.strip() == "end":
        break
    print(line.rstrip().upper())
matrix = [[int(x) for x in input().split()] for _ in range(3)]
print(matrix, sum(matrix[i][i] for i in range(3)))
print(repr(input("prompt without newline|")))
rest = sys.stdin.read()
print(repr(rest), len(rest.splitlines()))
print(repr(sys.stdin.read()), repr(sys.stdin.readline()))
try:
    input("nothing left? ")
except EOFError as error:
    print(type(error).__name__, error)


class Prompt:
    def __str__(self): return "prompt object: "


try:
    input(Prompt())
except EOFError:
    print("EOF again")


class Reader:
    def __init__(self, *lines): self.lines = list(lines)
    def readline(self): return self.lines.pop(0) if self.lines else ""


sys.stdin = Reader("first\n", "no newline", 5)
print(input(), input())
try:
    input()
except TypeError as error:
    print(error)
del sys.stdin
try:
    input()
except RuntimeError as error:
    print(error)
sys.stdin = None
try:
    input()
except RuntimeError as error:
    print(error)
