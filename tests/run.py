#!/usr/bin/env python3
"""Runs tests/lang and tests/programs on an interpreter and compares with what CPython 3.11 gave.

  tests/run.py [--python PATH] [--pyc] [--jobs N] [--timeout S] [--list] [--record] [WORD ...]

A test is chosen when every WORD occurs in its name (`programs/huffman`, `lang/list/insert`).
Only failures are printed; the last line is `N passed, N failed`.

programs/NAME.py   whole programs. Expected: NAME.out, NAME.err (absent: empty), NAME.status (absent: 0);
                   NAME.in is the standard input, NAME.args has one argument a line.
lang/SUBJECT/X.py  small files whose expectations stand beside the statement: `#> line of output`, more
                   lines below as comments of their own, `#! TypeError: text` for a statement that raises.

--record writes the expectations that the oracle gives (new tests are written without any).
--pyc    has the oracle compile each program and runs the .pyc file.
tests/known_failures.txt lists tests that may fail; one of them that passes fails the run, so the list can only shrink.
"""
import argparse
import ast
import concurrent.futures
import difflib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tokenize

HERE = pathlib.Path(__file__).resolve().parent
ORACLE = "/usr/bin/python3.11"
PASSED_ON = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")     # environment that reaches the tested program


class Outcome:
    """What a process did: its two texts, scratch directory and addresses taken out, and its status."""

    def __init__(self, out, err, status):
        self.out, self.err, self.status = out, err, status


def execute(command, cwd, timeout, stdin=None):
    env = {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONPYCACHEPREFIX": f"{cwd}/.pycache"}
    env.update({name: os.environ[name] for name in PASSED_ON if name in os.environ})
    try:
        done = subprocess.run(command, cwd=cwd, env=env, timeout=timeout, capture_output=True,
                              **({"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}))
        out, err, status = done.stdout, done.stderr, str(done.returncode)
    except subprocess.TimeoutExpired as late:
        out, err, status = late.stdout or b"", late.stderr or b"", f"timeout after {timeout} s"
    except OSError as problem:
        out, err, status = b"", str(problem).encode(), "not started"

    def clean(raw):
        text = raw.replace(f"{cwd}/".encode(), b"").replace(str(cwd).encode(), b"<dir>").decode("utf-8", "backslashreplace")
        text = re.sub(r"(?m)^==\d+==WARNING: AddressSanitizer failed to allocate .*\n", "", text)    # it tells of refused blocks
        return re.sub(r"\b(at|from|instance) 0x[0-9a-f]{6,}", r"\1 0xADDRESS", text)

    return Outcome(clean(out), clean(err), status)


def diff(what, expected, actual, limit=14):
    lines = list(difflib.unified_diff(expected.splitlines(), actual.splitlines(), "expected", "actual", "", n=1))[2:]
    more = [f"    … {len(lines) - limit} more lines"] if len(lines) > limit else []
    return [f"  {what}:"] + ["    " + line.rstrip("\n") for line in lines[:limit]] + more


class Program:
    def __init__(self, path, pyc=False):
        self.path, self.pyc = path, pyc
        self.name = ("pyc/" if pyc else "programs/") + path.stem

    def companion(self, suffix, default):
        file = self.path.with_suffix(suffix)
        return file.read_bytes().decode() if file.exists() else default     # no newline translation

    def run(self, options, python):
        scratch = options.scratch / self.name
        scratch.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.path, scratch)
        for folder in self.path.parent.glob("lib_*"):
            (scratch / folder.name).symlink_to(folder)
        file = self.path.name
        if self.pyc:
            file = self.path.stem + ".pyc"
            compiled = subprocess.run(
                [options.oracle, "-c", "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2], sys.argv[3], doraise=True)",
                 self.path, scratch / file, scratch / self.path.name], capture_output=True, text=True)
            if compiled.returncode:
                return Outcome("", compiled.stderr, "not compiled by the oracle")
        stdin = self.path.with_suffix(".in")
        return execute([python, file, *self.companion(".args", "").splitlines()], scratch, options.timeout,
                       stdin.read_bytes() if stdin.exists() else None)

    def check(self, options):
        got = self.run(options, options.python)
        expected = Outcome(self.companion(".out", ""), self.companion(".err", ""), self.companion(".status", "0").strip())
        problems = []
        if expected.status != got.status:
            problems.append(f"  status {got.status}, expected {expected.status}")
        if expected.out != got.out:
            problems += diff("stdout", expected.out, got.out)
        if expected.err != got.err:
            problems += diff("stderr", expected.err, got.err)
        return problems

    def record(self, options):
        got = self.run(options, options.oracle)
        if not got.status.lstrip("-").isdigit():
            return [f"  {got.status}"]
        again = Program(self.path)
        again.name += "/again"
        second = again.run(options, options.oracle)
        if (got.out, got.err, got.status) != (second.out, second.err, second.status):
            return ["  two runs differ"] + diff("stdout", got.out, second.out) + diff("stderr", got.err, second.err)
        for suffix, text, default in (".out", got.out, None), (".err", got.err, ""), (".status", got.status + "\n", "0\n"):
            file = self.path.with_suffix(suffix)
            if text != default:
                file.write_bytes(text.encode())
            else:
                file.unlink(missing_ok=True)
        return []


def markers(source):
    """The expectations of a lang file: {line: [text]}, each text with its `>` or `!` in front."""
    found = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.string[:2] in ("#>", "#!"):
            found.setdefault(token.start[0], []).append((token.start[1], token.string[1:].rstrip()))
    return found


SEPARATOR = "\x01"
# What a lang file runs inside: each statement that should raise is wrapped, so that the others go on.
CATCH = (f"except BaseException as _error: print('{SEPARATOR}!', type(_error).__name__ + "
         "(': ' if str(_error) else '') + str(_error).replace(chr(10), chr(92) + 'n'), sep=' ')")


class Lang:
    def __init__(self, path):
        self.path = path
        self.name = "lang/" + str(path.relative_to(HERE / "lang").with_suffix(""))

    def statements(self, source):
        """Top-level statements as (first line, last line); decorators belong to their function, and what
        shares a line (`a; b`) counts as one."""
        spans = []
        for node in ast.parse(source).body:
            first = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])
            if spans and first <= spans[-1][1]:
                spans[-1] = spans[-1][0], node.end_lineno
            else:
                spans.append((first, node.end_lineno))
        return spans

    def rewrite(self, source, raising):
        """The file as it is run: a separator before each statement, `try` around those in `raising`."""
        lines = source.splitlines()
        text = []
        position = 0
        started = False
        for first, last in self.statements(source):
            text += lines[position:first - 1]
            body = lines[first - 1:last]
            future = body[0].startswith("from __future__")
            docstring = not started and body[0].lstrip()[:1] in "\"'"
            if not future and not docstring:
                text.append(f"print('{SEPARATOR}@', {first})")
            if first in raising:
                text += ["try:"] + ["    " + line for line in body] + [CATCH]
            else:
                text += body
            started = True
            position = last
        return "\n".join(text + lines[position:]) + "\n"

    def run(self, options, python, source, raising):
        scratch = options.scratch / self.name
        scratch.mkdir(parents=True, exist_ok=True)
        (scratch / self.path.name).write_text(self.rewrite(source, raising))
        return execute([python, self.path.name], scratch, options.timeout)

    def parts(self, out):
        """Output by statement: {first line: [expectation text]}."""
        result, current = {}, 0
        for line in out.splitlines():
            if line.startswith(SEPARATOR + "@"):
                current = int(line.split()[1])
            else:
                mark, text = ("!", line[3:]) if line.startswith(SEPARATOR + "!") else (">", line)
                result.setdefault(current, []).append((mark + " " + text).rstrip())
        return result

    def check(self, options):
        source = self.path.read_text()
        found = markers(source)
        spans = list(self.statements(source))
        expected, raising = {}, set()
        for index, (first, last) in enumerate(spans):
            following = spans[index + 1][0] if index + 1 < len(spans) else 10 ** 9
            texts = [text for line in sorted(found) if first <= line < following for _, text in found[line]]
            if texts:
                expected[first] = texts
            if any(text[0] == "!" for text in texts):
                raising.add(first)
        got = self.run(options, options.python, source, raising)
        actual = self.parts(got.out)
        problems = []
        for first in sorted(expected.keys() | actual.keys()):
            if expected.get(first, []) != actual.get(first, []):
                problems += diff(f"tests/{self.name}.py:{first}", "\n".join(expected.get(first, [])),
                                 "\n".join(actual.get(first, [])), 8)
            if len(problems) > 24:
                break
        if got.status != "0" or got.err:
            problems += [f"  status {got.status}"] + ["    " + line for line in got.err.splitlines()[-4:]]
        return problems

    def record(self, options):
        # Old expectations go, then each statement gets the lines that it printed or the error that it raised.
        source = self.path.read_text()
        lines = source.splitlines()
        for number, marks in markers(source).items():
            lines[number - 1] = lines[number - 1][:marks[0][0]].rstrip() or None
        source = "\n".join(line for line in lines if line is not None) + "\n"
        raising = set()
        while True:        # each pass finds one more statement that raises
            got = self.run(options, options.oracle, source, raising)
            if got.status == "0":
                break
            reached = [int(line.split()[1]) for line in got.out.splitlines() if line.startswith(SEPARATOR + "@")]
            if not reached or reached[-1] in raising:
                return ["  " + line for line in got.err.splitlines()[-4:]]
            raising.add(reached[-1])
        if got.err:
            return ["  writes to stderr:"] + ["    " + line for line in got.err.splitlines()[-4:]]
        parts = self.parts(got.out)
        lines = source.splitlines()
        for first, last in sorted(self.statements(source), reverse=True):
            texts = ["#" + text for text in parts.get(first, [])]
            if texts and first == last and len(lines[first - 1]) + len(texts[0]) < 118:
                lines[first - 1] = f"{lines[first - 1]:<39} {texts[0]}" if len(lines[first - 1]) < 40 else \
                    f"{lines[first - 1]}  {texts[0]}"
                texts = texts[1:]
            lines[last:last] = texts
        self.path.write_text("\n".join(lines) + "\n")
        return []


def collect(options):
    tests = []
    if not options.pyc:
        tests += [Lang(path) for path in sorted((HERE / "lang").rglob("*.py"))]
        tests += [Program(path) for path in sorted((HERE / "programs").glob("*.py"))]
    else:
        # A file that says so is about what only compiling or reading the source shows.
        tests += [Program(path, True) for path in sorted((HERE / "programs").glob("*.py"))
                  if not path.read_text().startswith("# from source only")]
    return [test for test in tests if all(word in test.name for word in options.words)]


def known_failures():
    file = HERE / "known_failures.txt"
    lines = file.read_text().splitlines() if file.exists() else []
    return {line.split("#")[0].strip() for line in lines} - {""}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("words", nargs="*")
    parser.add_argument("--python", default=str(HERE.parent / "build/dev/taipan"))
    parser.add_argument("--oracle", default=ORACLE)
    parser.add_argument("--pyc", action="store_true")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=30)
    options = parser.parse_args()
    options.python = shutil.which(options.python) or options.python
    if os.sep in options.python:
        options.python = os.path.abspath(options.python)
    tests = collect(options)
    if options.list:
        print(*(test.name for test in tests), sep="\n")
        return 0
    known = known_failures()
    passed = failed = 0
    skipped = []
    with tempfile.TemporaryDirectory(prefix="taipan-tests-") as scratch:
        options.scratch = pathlib.Path(scratch).resolve()
        def work(test):
            try:
                return test.record(options) if options.record else test.check(options)
            except Exception as problem:           # a broken test file must not hide the other results
                return [f"  {type(problem).__name__}: {problem}"]
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for test, problems in zip(tests, pool.map(work, tests)):
                if test.name in known and not options.record:
                    if problems:
                        skipped.append(test.name)
                        continue
                    problems = ["  passes now: take it out of tests/known_failures.txt"]
                if problems:
                    failed += 1
                    print(f"FAILED {test.name}", *problems, sep="\n", flush=True)
                else:
                    passed += 1
    if skipped:
        print(f"skipped {len(skipped)} known failures: {' '.join(skipped)}")
    print(f"{passed} {'recorded' if options.record else 'passed'}, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
