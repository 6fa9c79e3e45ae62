#!/usr/bin/env python3
"""Compiles many texts on Taipan and on the reference interpreter: the same code object, or the same error and warnings.

usage: outcomes.py [--python PATH] [--seed N] [--count N] [--show N] mutations|snippets      (run it with the reference interpreter)

mutations  whole library files with one token deleted, doubled, swapped with the next, replaced, inserted, or the text cut off there
snippets   every string constant, and every example in a docstring, of CPython's own tests of the grammar
"""
import argparse
import ast
import collections
import concurrent.futures
import doctest
import io
import os
import pathlib
import random
import re
import subprocess
import sys
import tokenize

HERE = pathlib.Path(__file__).resolve().parent
LIBRARY = pathlib.Path("/usr/lib/python3.11")
SNIPPETS = ("test_syntax test_exceptions test_fstring test_positional_only_arg test_unpack_ex test_named_expressions test_patma test_grammar "
            "test_generators test_genexps test_coroutines test_compile test_except_star test_eof test_string_literals test_global test_scope "
            "test_type_comments test_unparse test_ast test_lambda test_keywordonlyarg test_peepholer test_dis test_tokenize test_codeop "
            "test_future test_flufl test_cmd_line_script test_traceback test_unpack test_extcall test_with test_int_literal test_super "
            "test_symtable test_annotations test_dictcomps test_listcomps test_setcomps test_metaclass test_decorators").split()
WORDS = """( ) [ ] { } : , ; . ... -> @ = := + - * / // % ** << >> & | ^ ~ == != < <= > >= += False None True and as assert async await break
class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with
yield x print match case _ 1 1.5 2j 0777 'a' b'b' f'{x}' f'{x y}' " ''' ! $ ? \\ # 1_ 0x""".split() + ["\n", "\n    ", " ", "\t"]


def token_spans(text):
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    spans = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.string and token.type not in (tokenize.COMMENT, tokenize.NL):
                spans.append((starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1]))
    except (tokenize.TokenError, SyntaxError):
        pass
    return spans


def mutations(seed, count):
    choose = random.Random(seed)
    files = sorted(str(path) for path in LIBRARY.rglob("*.py") if path.stat().st_size < 40_000)
    while count:
        try:
            with tokenize.open(choose.choice(files)) as file:
                text = file.read()
        except (SyntaxError, UnicodeError):
            continue
        spans = token_spans(text)
        if len(spans) < 3:
            continue
        i = choose.randrange(len(spans) - 1)
        (a, b), (c, d) = spans[i], spans[i + 1]
        kind = choose.randrange(6)
        word = choose.choice(WORDS)
        yield [text[:a] + text[b:], text[:b] + " " + text[a:], text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:], text[:a] + word + text[b:],
               text[:a] + word + " " + text[a:], text[:a]][kind].encode()
        count -= 1


def snippets():
    parser = doctest.DocTestParser()
    seen = set()
    for name in SNIPPETS:
        path = LIBRARY / "test" / f"{name}.py"
        if not path.exists():
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, (str, bytes)):
                continue
            texts = [node.value]
            if isinstance(node.value, str):
                texts.append(re.sub(r"(?m)^ {4}", "", node.value))
                if ">>>" in node.value:
                    try:
                        texts += [example.source for example in parser.get_examples(node.value)]
                    except ValueError:
                        pass
            for text in texts:
                raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
                if raw not in seen:
                    seen.add(raw)
                    yield raw


def answers(python, mode, texts):
    """One line for each text; a text that ends the interpreter gets its status, and the others go on after it."""
    found = []
    while len(found) < len(texts):
        rest = texts[len(found):]
        done = subprocess.run([python, HERE / "_outcomes.py", mode], capture_output=True, input=b"".join(b"%d\n%s" % (len(t), t) for t in rest),
                              env={"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONPYCACHEPREFIX": "/nonexistent"})
        lines = done.stdout.decode().splitlines()[:len(rest)]
        found += lines
        if len(lines) < len(rest):
            found.append(f"CRASH status {done.returncode}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=("mutations", "snippets"))
    parser.add_argument("--python", default="build/dev/taipan")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    python = os.path.abspath(options.python)
    texts = list(mutations(options.seed, options.count) if options.what == "mutations" else snippets())
    counts = collections.Counter()
    for mode in ("exec",) if options.what == "mutations" else ("exec", "single", "eval"):
        for start in range(0, len(texts), 500):
            part = texts[start:start + 500]
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                ours, theirs = pool.map(lambda p: answers(p, mode, part), (python, sys.executable))
            for text, a, b in zip(part, ours, theirs):
                kind = "compiling" if b.startswith("'code ") else "failing"
                counts[kind, a == b] += 1
                if a != b and counts["failing", False] + counts["compiling", False] <= options.show:
                    print(f"{mode}: {text[:200] if len(text) < 400 else '(long)'}\n  ours   {a[:300]}\n  theirs {b[:300]}")
                    if options.what == "mutations":
                        file = pathlib.Path("/tmp") / f"outcome_{counts['failing', False] + counts['compiling', False]}.py"
                        file.write_bytes(text)
                        print(f"  text   {file}")
    for kind in ("compiling", "failing"):
        good, bad = counts[kind, True], counts[kind, False]
        print(f"{kind}: {good} of {good + bad} equal ({100 * good / max(1, good + bad):.2f} %)")
    bad = counts["failing", False] + counts["compiling", False]
    print(f"{sum(counts.values()) - bad} passed, {bad} failed")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
