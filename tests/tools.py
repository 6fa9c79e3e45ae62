#!/usr/bin/env python3
"""Compares what the library's own command-line tools say on Taipan and on CPython.

  tests/tools.py [--python PATH] [WORD ...]

Each row of TOOLS is a command line behind the interpreter; it runs in a folder of its own that holds FILES. Outputs, error texts,
statuses and the files that the tool leaves must be equal. A row that ends in SHAPE is compared with every number as `N`, since it shows
times, and one that ends in NAMES only by its first word, since it shows the interpreter itself. (Built-in types have docstrings in words
of their own, so that pydoc is asked only for what is written in Python.) Taipan is called `python3.11` here, too: usage texts are
wrapped by the length of the name. Rows chosen: those in which every WORD occurs.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ORACLE = "/usr/bin/python3.11"
SHAPE, NAMES = "SHAPE", "NAMES"

FILES = {
    "data.json": '{"b": [1, 2.50, {"a": null}], "a": "\\u00e9\\n", "c": true}',
    "lines.json": '{"a": 1}\n{"b": [2]}\n',
    "wrong.json": '{"a": }',
    "sample.py": '''"""A module to be looked at.

>>> double(4)
8
"""
import os

LIMIT = 10


def double(x: int = 1, *rest, key=None, **kw) -> int:
    """Twice x.

    >>> double(2)
    4
    """
    return x * 2


class Base:
    """The base."""

    def method(self):
        """A method."""
        return [i async for i in self] if False else {k: v for k, v in ()}

    @property
    def p(self):
        "A property."

    @classmethod
    def c(cls): pass

    @staticmethod
    def s(a, /, b): pass


class Derived(Base):
    attr = 5

    def __init__(self, a=1):
        self.a = a


if __name__ == "__main__":
    print(f"{double(LIMIT)!r:>5}", os.sep)
'''.replace("[i async for i in self] if False else ", ""),
    "failing.py": '"""\n>>> 1 + 1\n3\n>>> 1/0\n"""\n',
    "wrong.py": "def f(:\n    pass\n",
    "tabs.py": "if 1:\n        x = 1\n\ty = 2\n",
    "text.txt": "Some text.\n\n>>> 2 * 3\n6\n>>> print('a')\na\n",
    "test_things.py": '''import unittest


class Things(unittest.TestCase):
    def test_good(self):
        self.assertTrue(True)

    def test_bad(self):
        self.assertEqual([1, 2], [1, 3])

    @unittest.skip("no")
    def test_skipped(self): pass


class Good(unittest.TestCase):
    def test_one(self): pass
''',
    "app/__main__.py": "import sys, helper\nprint('app', sys.argv[1:], helper.value)\n",
    "app/helper.py": "value = 42\n",
    "package/__init__.py": "",
    "package/inner.py": "import sample\n",
}

TOOLS = [
    "-m json.tool data.json", "-m json.tool --sort-keys --indent 2 data.json", "-m json.tool --compact --no-ensure-ascii data.json",
    "-m json.tool --json-lines lines.json", "-m json.tool --tab data.json out.json", "-m json.tool wrong.json", "-m json.tool < data.json",
    "-m json.tool --no-such-option", "-m json.tool --help",
    "-m ast sample.py", "-m ast -m eval -a < text.txt", "-m ast --help", "-m ast -i 2 --mode single -", "-m ast wrong.py",
    "-m dis sample.py", "-m dis wrong.py", "-m dis --help", "-m dis < app/helper.py",
    "-m tokenize sample.py", "-m tokenize -e sample.py", "-m tokenize wrong.py", "-m tokenize tabs.py", "-m tokenize nothing.py",
    "-m symtable", "-m inspect sample", "-m inspect --details sample:double", "-m inspect sample:Base.method", "-m inspect json:nothing",
    "-m inspect --details json", "-m inspect sys",
    "-m calendar 2024", "-m calendar 2024 2", "-m calendar -t html 2023 1", "-m calendar -w 3 -l 1 -m 2 2025", "-m calendar --locale xx",
    "-m timeit -n 10 -r 2 pass SHAPE", "-m timeit -n 5 -r 1 -u usec -s x=1 x+=1 SHAPE", "-m timeit -n 1 1/0", "-m timeit -h", "-m timeit -v -n 2 -r 2 pass SHAPE",
    "-m unittest SHAPE", "-m unittest -v test_things SHAPE", "-m unittest test_things.Good SHAPE", "-m unittest -q test_things.Things.test_good SHAPE",
    "-m unittest discover -p test_* -f SHAPE", "-m unittest no_such_module SHAPE", "-m unittest -k one -v SHAPE", "-m unittest --help",
    "-m unittest -b -c --locals test_things SHAPE",
    "-m doctest sample.py", "-m doctest -v sample.py", "-m doctest failing.py", "-m doctest text.txt", "-m doctest -o ELLIPSIS -f failing.py",
    "-m pydoc sample.double", "-m pydoc no.such.thing", "-m pydoc if", "-m pydoc -k zzzznothing",
    "-m pydoc json.dumps", "-m pydoc textwrap.dedent", "-m pydoc abc.ABC", "-m pydoc", "-m pydoc -w no.such.thing", "-m pydoc keyword",
    "-m compileall -q .", "-m compileall sample.py", "-m compileall app package", "-m compileall -f -o 0 -o 2 app", "-m compileall -b app",
    "-m compileall --invalidation-mode unchecked-hash app", "-m compileall nothing", "-m compileall -s app -p /x app",
    "-m py_compile sample.py", "-m py_compile wrong.py", "-m py_compile nothing.py", "-m py_compile -q wrong.py sample.py", "-m py_compile - < text.txt",
    "-m zipapp app -o app.pyz", "-m zipapp package -m inner:main -c", "-m zipapp package", "-m zipapp -h",
    "app a b", "sample.py", "-m package.inner", "-m package", "-m sample", "-x text.txt", "wrong.py", "tabs.py", "nothing.py",
    "-m this", "-m platform NAMES", "-m site --user-site", "-m site --help", "-m sysconfig NAMES", "-m gzip data.json", "-m gzip --help",
    "-m zipfile -c z.zip sample.py app", "-m zipfile -l no.zip", "-m zipfile", "-m tarfile -c t.tar sample.py", "-m tarfile -l text.txt", "-m tarfile",
    "-m base64 -e text.txt", "-m base64 -t", "-m quopri -q < text.txt", "-m quopri < text.txt", "-m uu text.txt",
    "-m textwrap", "-m trace --count -C counts sample.py", "-m trace --listfuncs sample.py SHAPE", "-m trace -t app", "-m trace",
    "-m pickletools pickle.bin", "-m pickle pickle.bin", "-m pickletools -a -m pickle.bin", "-m pickle -t", "-m difflib", "-m filecmp",
    "-m mimetypes a.html b.tar.gz c.zzz", "-m mimetypes -e text/html", "-m secrets", "-m modulefinder sample.py NAMES",
    "-m pyclbr sample.py", "-m tabnanny -v tabs.py", "-m tabnanny sample.py", "-m reprlib", "-m fileinput text.txt", "-m encodings.rot_13 < text.txt",
    "-m cProfile -s name app NAMES", "-m profile -s name app/helper.py NAMES", "-m http.server --help", "-m ensurepip --help NAMES", "-m venv --help NAMES",
    "-m pdb sample.py < commands.pdb", "-m code -q < empty", "-m asyncio < empty NAMES", "-m lib2to3 sample.py", "-m idlelib.nothing", "-m turtledemo.nothing",
    "-m webbrowser", "-m getopt", "-m xml.sax.saxutils", "-m html.entities", "-m stat", "-m locale NAMES", "-m antigravity.nothing", "-m __hello__", "-m __phello__", "-m poplib.nothing",
    "-m smtpd.nothing", "-m imghdr text.txt", "-m sndhdr text.txt", "-m nntplib.nothing", "-m ftplib", "-m telnetlib.nothing", "-m netrc", "-m wsgiref.simple_server.nothing", "-m test.nothing",
    "-c import\\ sample;help(sample.double)", "-c import\\ sys;print(sys.version_info[:3],sys.implementation.cache_tag)", "-i -c print(1) < empty", "-X importtime -c pass NAMES",
]
EXTRA = {"pickle.bin": b"\x80\x04\x95\x17\x00\x00\x00\x00\x00\x00\x00}\x94(\x8c\x01a\x94]\x94(K\x01K\x02e\x8c\x01b\x94)u.", "empty": b"",
         "commands.pdb": b"next\nstep\nlist\nargs\nbreak 15\ncontinue\nwhere\np LIMIT\nup\nlocals\nquit\n"}


def words_of(row):
    return [w.replace("\0", " ") for w in row.replace("\\ ", "\0").split(" ")]


def run(python, row, folder):
    words = words_of(row)
    words = [w for w in words if w not in (SHAPE, NAMES)]
    stdin = b""
    if "<" in words:
        i = words.index("<")
        stdin = (folder / words[i + 1]).read_bytes()
        del words[i:i + 2]
    environment = {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin", "COLUMNS": "80", "HOME": "/nonexistent", "TERM": "dumb",
                   "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([python, *words], cwd=folder, env=environment, input=stdin, capture_output=True, timeout=120, check=False)
    return done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), done.returncode


def tidy(text, row, python, folder):
    text = text.replace(str(folder), "FOLDER").replace(python, "PYTHON").replace(os.path.basename(python) + " -m", "PYTHON -m")
    text = re.sub(r"\b0x[0-9a-f]{6,}", "0xADDRESS", text).replace(f"usage: {os.path.basename(python)} ", "usage: PYTHON ")
    text = text.replace("Usage: " + os.path.basename(python) + " ", "Usage: PYTHON ")
    if SHAPE in row:
        text = re.sub(r"\d+(\.\d+)?(e[-+]\d+)?", "N", text)
        text = re.sub(r"\b(n|u|m)?sec\b", "sec", re.sub(r"(?m)^.*UserWarning.*\n", "", text))
    if NAMES in row:
        text = " ".join(text.split()[:1])
    return text


def outcome(python, row):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, text in FILES.items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(text, encoding="utf-8")
            os.utime(folder / file, (1700000000, 1700000000))
        for file, data in EXTRA.items():
            (folder / file).write_bytes(data)
        out, err, status = run(python, row, folder)
        made = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if str(p.relative_to(folder)) not in FILES and str(p.relative_to(folder)) not in EXTRA)
        contents = []
        for file in made:
            path = folder / file
            if path.is_file() and path.suffix in (".json", ".cover"):
                contents.append(f"{file}: {path.read_text()}")
        parts = [tidy(out, row, python, folder), tidy(err, row, python, folder), f"status {status}", *(made if NAMES not in row else []), *contents]
        return "\n".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default="build/dev/taipan")
    parser.add_argument("--show", action="store_true", help="show both outcomes")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    bin_folder = tempfile.TemporaryDirectory()
    python = f"{bin_folder.name}/{os.path.basename(ORACLE)}"
    os.symlink(pathlib.Path(options.python).resolve(), python)
    rows = [row for row in TOOLS if all(word in row for word in options.words)]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        pairs = [(row, pool.submit(outcome, ORACLE, row), pool.submit(outcome, python, row)) for row in rows]
        for row, expected, got in pairs:
            try:
                expected, got = expected.result(), got.result()
            except subprocess.TimeoutExpired as e:
                expected, got = "", f"timed out: {e.cmd[0]}"
            if expected == got and not options.show:
                continue
            failed += expected != got
            print("FAILED" if expected != got else "equal", row)
            wanted, have = expected.splitlines(), got.splitlines()
            if options.show:
                print(expected)
            shown = 0
            for i in range(max(len(wanted), len(have))):
                a, b = (lines[i] if i < len(lines) else "<nothing>" for lines in (wanted, have))
                if a != b and shown < 4:
                    shown += 1
                    print(f"    {i + 1}: - {a[:200]}\n    {i + 1}: + {b[:200]}")
    print(f"{len(rows) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
