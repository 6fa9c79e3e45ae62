#!/usr/bin/env python3
"""Compare syntax errors with those of the reference interpreter, on texts with one token changed.

usage: error_compare.py TOOL [--count N] [--seed N] [--show N] [--file TEXTS] [--changes N] [--dump] [--characters]
                        [--mode M] [--type-comments] [--incomplete] [--feature-version N]
                        [--warnings] [--warnings-are-errors] [FOLDER ...]

From statements of library files texts are made by deleting, doubling, swapping, replacing or inserting one token, or
cutting the text off (or, with --characters, characters). Both sides must agree on acceptance, and on type, message, place and shown line of the error.
With --file the texts are read from a file, with lines `@@` between them; with --dump the trees of texts that both
accept are compared too. Run it with the reference interpreter.
"""
import argparse
import ast
import collections
import io
import os
import random
import subprocess
import sys
import tempfile
import tokenize
import warnings

warnings.simplefilter("ignore")
MARK = "\0@@\n"
WORDS = """( ) [ ] { } : , ; . ... -> @ = := + - * / // % ** << >> & | ^ ~ == != < <= > >= += -= **= False None True and as
assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal
not or pass raise return try while with yield x print match case _ 1 1.5 2j 0777 'a' b'b' f'{x}' f'{x y}' " ''' ! $ ? \\
# 1_ 0x""".split() + ["\n", "\n    ", " ", "\t", "# type: int\n"]


def statements(path):
    try:
        with tokenize.open(path) as f:
            text = f.read()
        tree = ast.parse(text)
    except (SyntaxError, UnicodeError, ValueError):
        return
    lines = text.splitlines(keepends=True)
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and 1 <= node.end_lineno - node.lineno + 1 <= 25:
            first = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])
            part = lines[first - 1 : node.end_lineno]
            indent = len(part[0]) - len(part[0].lstrip())
            if node.col_offset == indent and all(not l.strip() or l[:indent].isspace() or not indent for l in part):
                yield "".join(l[indent:] if l[:indent].isspace() else l for l in part)


def expressions(path):
    try:
        with tokenize.open(path) as f:
            text = f.read()
        tree = ast.parse(text)
    except (SyntaxError, UnicodeError, ValueError):
        return
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.expr)]
    for node in random.sample(nodes, min(20, len(nodes))):
        if node.end_lineno - node.lineno < 10:
            part = ast.get_source_segment(text, node)
            if part:
                yield part if random.random() < 0.9 else f"({part}) -> int"


def tokens(text):
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    try:
        for t in tokenize.generate_tokens(io.StringIO(text).readline):
            a = starts[t.start[0] - 1] + t.start[1] if t.start[0] <= len(lines) else len(text)
            b = starts[t.end[0] - 1] + t.end[1] if t.end[0] <= len(lines) else len(text)
            if b > a:
                yield a, b
    except (tokenize.TokenError, SyntaxError):
        return


def mutate(text, rnd):
    spans = list(tokens(text))
    if not spans:
        return None
    i = rnd.randrange(len(spans))
    a, b = spans[i]
    kind = rnd.randrange(7)
    if kind == 0:
        return text[:a] + text[b:]
    if kind == 1:
        return text[:b] + " " + text[a:b] + text[b:]
    if kind == 2 and i + 1 < len(spans):
        c, d = spans[i + 1]
        return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    if kind == 3:
        return text[:a] + rnd.choice(WORDS) + text[b:]
    if kind == 4:
        return text[:a] + rnd.choice(WORDS) + " " + text[a:]
    if kind == 5:
        return text[:a]
    c, d = spans[rnd.randrange(len(spans))]
    return text[:a] + text[c:d] + text[b:]


CHARACTERS = list("()[]{}:,;.=+-*/%@&|^~<>!$?`#\\'\"\n\t\f _abfjrnuxNoeE0123456789é€ſ²\u00b7\u0660\u00a0\u200b\U0001d7d8\U0001f600\x01\x1a\x7f")


def mutate_characters(text, rnd):
    at = rnd.randrange(len(text) + 1)
    kind = rnd.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + rnd.choice(CHARACTERS) + text[at + 1 :]
    return text[:at] + rnd.choice(CHARACTERS) * rnd.choice((1, 1, 1, 2, 3)) + text[at:]


def reference(text, o):
    if not (o.warnings or o.warnings_are_errors):
        return reference_quietly(text, o)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("error" if o.warnings_are_errors else "always")
        result = reference_quietly(text, o)
    return result + "".join(f" W|{w.category.__name__}|{w.message}|{w.lineno}" for w in heard)


def reference_quietly(text, o):
    flags = ast.PyCF_ONLY_AST | (o.type_comments and ast.PyCF_TYPE_COMMENTS) | (o.incomplete and 0x4000)
    try:
        tree = compile(text, "<s>", o.mode, flags, _feature_version=o.feature_version)
        return ast.dump(tree, include_attributes=True) if o.dump else "OK"
    except SyntaxError as e:
        shown = "None" if e.text is None else e.text.replace("\n", "\\n")
        return "|".join([type(e).__name__, e.msg, *map(str, (e.lineno, e.offset, e.end_lineno, e.end_offset)), shown])
    except RecursionError:
        return "OK"
    except Exception as e:
        return "|".join([type(e).__name__, str(e), "-", ""])


def main():
    p = argparse.ArgumentParser()
    p.add_argument("tool")
    p.add_argument("--count", type=int, default=2000)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--show", type=int, default=10)
    p.add_argument("--file")
    p.add_argument("--changes", type=int, default=1)
    p.add_argument("--mode", default="exec")
    p.add_argument("--characters", action="store_true")
    p.add_argument("--warnings", action="store_true")
    p.add_argument("--warnings-are-errors", action="store_true")
    p.add_argument("--dump", action="store_true")
    p.add_argument("--type-comments", action="store_true")
    p.add_argument("--incomplete", action="store_true")
    p.add_argument("--feature-version", type=int, default=-1)
    p.add_argument("folders", nargs="*", default=["/usr/lib/python3.11"])
    o = p.parse_args()
    rnd = random.Random(o.seed)
    if o.file:
        with open(o.file, newline="") as f:
            texts = f.read().split("\n@@\n")
    else:
        files = [os.path.join(d, n) for f in o.folders for d, _, ns in os.walk(f) for n in ns if n.endswith(".py")]
        files.sort()
        texts = []
        while len(texts) < o.count:
            parts = list((expressions if o.mode in ("eval", "func_type") else statements)(rnd.choice(files)))
            for part in rnd.sample(parts, min(len(parts), 10)):
                if o.mode == "single" and rnd.random() < 0.5:
                    part = part.rstrip("\n")
                text = part
                for _ in range(o.changes):
                    text = text and (mutate_characters if o.characters else mutate)(text, rnd)
                if text and "\0" not in text and "\r" not in text:
                    texts.append(text)
    with tempfile.TemporaryDirectory() as out:
        path = os.path.join(out, "texts")
        with open(path, "w", newline="", encoding="utf-8", errors="surrogatepass") as f:
            f.write(MARK.join(texts))
        command = [o.tool, "--blocks", "--mode", o.mode]
        command += ["--attributes", "--dump"] * o.dump + ["--type-comments"] * o.type_comments
        command += ["--incomplete"] * o.incomplete + ["--warnings"] * o.warnings
        command += ["--warnings-are-errors"] * o.warnings_are_errors
        if o.feature_version >= 0:
            command += ["--feature-version", str(o.feature_version)]
        run = subprocess.run(command + [path], capture_output=True)
    ours = run.stdout.decode("utf-8", "replace").split("\n")[:-1]
    if run.returncode or len(ours) != len(texts):
        print("the tool ended with", run.returncode, "after", len(ours), "of", len(texts))
        if len(ours) < len(texts):
            print(repr(texts[len(ours)]))
    kinds = collections.defaultdict(list)
    for text, our in zip(texts, ours):
        their = reference(text, o).replace("\r", "")
        if our != their:
            kinds[tuple(s.split("|")[1] if "|" in s else s for s in (our, their))].append((text, our, their))
    wrong = sum(map(len, kinds.values()))
    for (our, their), cases in sorted(kinds.items(), key=lambda k: -len(k[1]))[: o.show]:
        print(f"{len(cases)} times: ours {our!r}, theirs {their!r}")
        text, our, their = min(cases, key=lambda c: len(c[0]))
        print("   ", repr(text)[-300:], "\n     ours  ", our[:250], "\n     theirs", their[:250])
    print(f"{len(texts) - wrong} of {len(texts)} equal ({100 * (len(texts) - wrong) / len(texts):.2f} %)")
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
