#!/usr/bin/env python3
"""Compare how sources given as bytes are decoded and what is wrong with them, with the reference interpreter.

usage: source_compare.py TOOL          (run it with the reference interpreter)
"""
import ast
import os
import subprocess
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")
COOKIES = [b"", b"\xef\xbb\xbf", b"# coding: utf-8\n", b"# coding: utf8\n", b"#coding=UTF_8\n", b"# vim: set fileencoding=latin-1 :\n",
           b"# -*- coding: Latin_1 -*-\n", b"# coding: latin1\n", b"# coding: iso-8859-15\n", b"\n# coding: koi8-r\n",
           b"\n\n# coding: foo\n", b"# coding: foo\n", b"\xef\xbb\xbf# coding: latin-1\n", b"\xef\xbb\xbf# coding: utf-8\n",
           b"# coding: ascii\n", b"x = 1\n# coding: foo\n", b"\f# coding: latin-1\n", b"# coding:\n# coding: latin-1\n",
           b"#\r# coding: latin-1\r", b"'''\n# coding: latin-1\n'''\n", b"# coding : latin-1\n", b"# coding:latin-1.x\n"]
TEXTS = [b"", b"x = 1", b"x = '\xe9'", b"x = '\xc3\xa9' y", b"x\xe9 = 1", b"# \xff\nx = 1", b"x = \xff\xfe", b"x = 'ab\\n\xe9'", b"x = '\xe2\x82'",
         b"x = f'ab{y}\xe2\x82'", b"x = f'a\\n{y}\xe2\x82a'", b"\xc3\xa9 y z", b"x = 1\r\ny = = 2\r\n", b"x = '''a\r\nb\rc'''\r", b"\\", b"\\\n", b"\n\n",
         b"#", b"\f\n  x", b"x = '\xe9' 1_", b"'\xc3\xa9' \xe2\x82\xac", b"'\xc3\xa9' '", b"if x:\n \xc3\xa9\n  y", b"(\n'\xc3\xa9'\n", b"b'\xc3\xa9'",
         b"f'\xc3\xa9{\xc3\xa9 \xc3\xa9}'", b"x = '\\N{foo}\xc3\xa9'", b"x = '\xc3\xa9\\N{foo}'", b"'\xe9' \\ x", b"'\xc3\xa9\\\xc3\xa9'", b"x = '\xed\xa0\x80'",
         b"x = '\xf4\x90\x80\x80' 1", b"\xe9 = '\xe9' $"]


def reference(data):
    try:
        return ast.dump(compile(data, "<s>", "exec", ast.PyCF_ONLY_AST), include_attributes=True)
    except SyntaxError as e:
        shown = "None" if e.text is None else e.text.replace("\n", "\\n")
        return "|".join([type(e).__name__, e.msg, *map(str, (e.lineno, e.offset, e.end_lineno, e.end_offset)), shown])


def main():
    texts = [c + t for c in COOKIES for t in TEXTS]
    wrong = 0
    with tempfile.TemporaryDirectory() as out:
        listing = os.path.join(out, "list")
        with open(listing, "w") as names:
            for n, data in enumerate(texts):
                path = os.path.join(out, f"in{n}")
                names.write(path + "\n")
                with open(path, "wb") as f:
                    f.write(data)
        subprocess.run([sys.argv[1], "--attributes", "--out", out, "--list", listing])
        for n, data in enumerate(texts):
            with open(os.path.join(out, str(n)), newline="", encoding="utf-8", errors="replace") as f:
                ours = f.read()[:-1]
            theirs = reference(data)
            if ours != theirs:
                wrong += 1
                print(data, "\n   ours  ", ours[:300], "\n   theirs", theirs[:300])
    print(f"{len(texts) - wrong} of {len(texts)} equal")
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
