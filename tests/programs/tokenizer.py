"""A tokenizer for a Python-like language with indentation, checked by printing the tokens back."""
KEYWORDS = frozenset("def return if else while for in and or not pass class None True False".split())
OPERATORS = sorted("+ - * / // % ** == != < <= > >= = += -= ( ) [ ] { } , : . -> := @ | & ^ ~ << >>".split(), key=len, reverse=True)


class Token:
    __slots__ = ("kind", "text", "line", "column")
    __match_args__ = ("kind", "text")
    def __init__(self, kind, text, line, column): self.kind, self.text, self.line, self.column = kind, text, line, column
    def __repr__(self): return f"{self.kind}({self.text!r})@{self.line}:{self.column}"
    def __eq__(self, o): return (self.kind, self.text) == (o.kind, o.text)


class LexError(Exception):
    def __init__(self, why, line, column, source):
        super().__init__(why)
        self.place, self.source = (line, column), source
    def __str__(self):
        line, column = self.place
        return f"{line}:{column}: {super().__str__()}\n    {self.source}\n    {' ' * column}^"


def lex(text):
    indents, depth = [0], 0
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        i = len(line) - len(line.lstrip(" "))
        if depth == 0:
            if not line.strip() or line.lstrip().startswith("#"): continue
            if i > indents[-1]:
                indents.append(i)
                yield Token("INDENT", line[:i], number, 0)
            while i < indents[-1]:
                indents.pop()
                yield Token("DEDENT", "", number, i)
            if i != indents[-1]: raise LexError("unindent does not match", number, i, line)
        while i < len(line):
            c, start = line[i], i
            if c == " ": i += 1; continue
            if c == "#": break
            if c.isdigit() or c == "." and line[i + 1:i + 2].isdigit():
                while i < len(line) and (line[i].isalnum() or line[i] in "._" or line[i] in "+-" and line[i - 1] in "eE"): i += 1
                word = line[start:i]
                try: float(word) if not word.startswith("0x") else int(word, 16)
                except ValueError: raise LexError(f"bad number {word}", number, start, line) from None
                yield Token("NUMBER", word, number, start)
            elif c.isidentifier():
                while i < len(line) and line[start:i + 1].isidentifier(): i += 1
                word = line[start:i]
                yield Token("KEYWORD" if word in KEYWORDS else "NAME", word, number, start)
            elif c in "'\"":
                i += 1
                while i < len(line) and line[i] != c: i += 1 + (line[i] == "\\")
                if i >= len(line): raise LexError("string never closed", number, start, line)
                i += 1
                yield Token("STRING", line[start:i], number, start)
            else:
                for op in OPERATORS:
                    if line.startswith(op, i): break
                else: raise LexError(f"unexpected {c!r}", number, i, line)
                i += len(op)
                depth += (op in "([{") - (op in ")]}")
                if depth < 0: raise LexError(f"unmatched {op!r}", number, start, line)
                yield Token("OP", op, number, start)
        if depth == 0: yield Token("NEWLINE", "\n", number, len(line))
    if depth: raise LexError("bracket never closed", number, 0, lines[-1])
    for _ in indents[1:]: yield Token("DEDENT", "", number, 0)
    yield Token("END", "", number, 0)


def untokenize(tokens):
    out, level, fresh = [], 0, True
    for t in tokens:
        match t:
            case Token("INDENT"): level += 1
            case Token("DEDENT"): level -= 1
            case Token("NEWLINE"): out.append("\n"); fresh = True
            case Token("END"): pass
            case Token(text=text):
                out.append("    " * level if fresh else " ")
                out.append(text)
                fresh = False
    return "".join(out)


source = '''
# a comment
def area(width, height=2.5e-3):
    if width > 0 and height != 0x1F:
        total = [width ** 2,
            # inside brackets
                 {"k": 'it\\'s'}]
        return total[0] // -1
    else:

        pass   # trailing
größe = area(.5, 1_000) -> x
class C: a.b := ~c << 2
'''
tokens = list(lex(source))
print(len(tokens))
for line in sorted({t.line for t in tokens}): print(line, *[t for t in tokens if t.line == line])
again = untokenize(tokens)
print(again)
print(list(lex(again)) == tokens)
kinds = {}
for t in tokens: kinds[t.kind] = kinds.get(t.kind, 0) + 1
print(kinds, max(tokens, key=lambda t: len(t.text)), tokens[0].line)
for bad in ("x = 'open", "if x:\n        y\n    z", "a = (1, 2", "a = 1)", "x = 3$4", "n = 12abc", "d = {1: [2}", "f(\n'x\n)"):
    try:
        print([t.text for t in lex(bad)])
    except LexError as error:
        print(error)
print(list(lex("")), list(lex("\n\n# only\n")), [t.kind for t in lex("if a:\n  if b:\n    c")])
