#!/usr/bin/python3.11
"""The command line, the environment, the prompt and the end of the process, compared with what CPython 3.11 did.

  command_line.py [--python PROGRAM] [--jobs N] [WORDS]   runs the cases whose names have the words
  command_line.py --record [WORDS]                        writes what CPython does to command_line.json

A case is a row of CASES: name, arguments, and what it needs (`env`, `stdin`, `files`). {py} stands for the program.
Compared are standard output, standard error, and the exit status.
"""
import argparse
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ORACLE = "/usr/bin/python3.11"
HERE = os.path.dirname(os.path.abspath(__file__))
RECORD = os.path.join(HERE, "command_line.json")

FLAGS = "import sys; print(*sys.flags)"
STREAMS = ("import sys; print([(f.encoding, f.errors, f.line_buffering, f.write_through, f.mode) "
           "for f in (sys.stdin, sys.stdout, sys.stderr)])")
LOCALE = ("import sys, os, locale; print(sys.flags.utf8_mode, sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), "
          "sys.stdin.encoding, sys.stdin.errors, sys.stdout.errors, sys.stderr.errors, os.environ.get('LC_CTYPE'), "
          "locale.getpreferredencoding(False), locale.getencoding(), locale.setlocale(locale.LC_CTYPE))")
MAIN = "import sys; print(__name__, __package__, type(__spec__).__name__, __loader__ is not None, sys.argv, sys.path[0])"
SHOW = ("import sys, os; print(__name__, __package__, __spec__ and (__spec__.name, os.path.basename(__spec__.origin or '')), "
        "type(__loader__).__name__, os.path.basename(__file__), sys.argv[1:], os.path.basename(sys.path[0]))\n")

CASES = []


def case(name, *arguments, **needs):
    CASES.append((name, arguments, needs))


# -- options --
for option in ("-b", "-bb", "-B", "-d", "-E", "-I", "-O", "-OO", "-P", "-q", "-R", "-s", "-S", "-u", "-x", "-t", "-bBdEsSq", "-OOO",
               "-Xdev", "-Xutf8", "-Xutf8=0", "-Xint_max_str_digits=1000", "-Xwarn_default_encoding"):
    case("flags " + option, option, "-c", FLAGS, env={} if option in ("-R",) else {"PYTHONHASHSEED": "0"})
for name in ("PYTHONDEBUG", "PYTHONOPTIMIZE", "PYTHONDONTWRITEBYTECODE", "PYTHONNOUSERSITE", "PYTHONSAFEPATH", "PYTHONINSPECT",
             "PYTHONUNBUFFERED", "PYTHONDEVMODE", "PYTHONWARNDEFAULTENCODING", "PYTHONUTF8", "PYTHONHASHSEED"):
    for value in ("1", "2", "text", ""):
        if (name, value) in {("PYTHONUTF8", "2"), ("PYTHONUTF8", "text"), ("PYTHONHASHSEED", "text")}:
            case(f"bad {name}={value}", "-c", "pass", env={name: value})
        else:
            case(f"flags {name}={value}", "-c", FLAGS, env={name: value})
case("flags hash seed random", "-c", FLAGS, env={"PYTHONHASHSEED": "random"})
case("flags -R with seed", "-R", "-c", FLAGS, env={"PYTHONHASHSEED": "0"})
case("flags digits from environment", "-c", FLAGS, env={"PYTHONINTMAXSTRDIGITS": "700"})
case("flags digits option wins", "-X", "int_max_str_digits=0", "-c", FLAGS, env={"PYTHONINTMAXSTRDIGITS": "700"})
for value in ("639", "-1", "text", "99999999999"):
    case(f"bad digits {value}", "-X", f"int_max_str_digits={value}", "-c", "pass")
    case(f"bad digits env {value}", "-c", "pass", env={"PYTHONINTMAXSTRDIGITS": value})
for value in ("4294967296", "-1", "1.5"):
    case(f"bad hash seed {value}", "-c", "pass", env={"PYTHONHASHSEED": value})
case("hash seed", "-c", "print(hash('abc'), hash(b'xyz'))", env={"PYTHONHASHSEED": "42"})
case("bad -X utf8", "-X", "utf8=2", "-c", "pass")
case("bad -X frozen_modules", "-X", "frozen_modules=maybe", "-c", "pass")
case("frozen modules", "-c", "import os, _imp; print(os.__spec__.origin, _imp.is_frozen('os'), _imp.find_frozen('os'), os.__file__)")
case("frozen modules off", "-X", "frozen_modules=off", "-c", "import os, _imp; print(os.__spec__.origin, _imp.is_frozen('os'), os.__file__)")
for columns in ("", "1"):
    case(f"columns of library code {columns}", "-c", "import json.decoder as d; print(list(d.JSONDecoder.decode.__code__.co_positions())[3])",
         env={"PYTHONNODEBUGRANGES": columns})
case("bad -X tracemalloc", "-X", "tracemalloc=x", "-c", "pass")
case("bad PYTHONMALLOC", "-c", "pass", env={"PYTHONMALLOC": "nothing"})
case("version", "-V")
case("version long", "--version")
case("version wins", "-V", "-c", "print(1)")
case("unknown option", "-j", "-c", "pass")
case("unknown option in group", "-Ej")
case("unknown long option", "--nothing")
case("missing -c", "-c")
case("missing -m", "-m")
case("missing -W", "-W")
case("missing -X", "-X")
case("bad hash check", "--check-hash-based-pycs", "foo")
case("hash check", "--check-hash-based-pycs", "always", "-c", "import _imp; print(_imp.check_hash_based_pycs)")
case("missing hash check", "--check-hash-based-pycs")
case("jython option", "-J")
case("x options", "-Xa", "-X", "b=c", "-Xd=", "-X", "e=f=g", "-c", "import sys; print(sys._xoptions)")
case("argv -c", "-c", "import sys; print(sys.argv)", "a", "-b", "--c")
case("argv -", "-", "a", "-b", stdin="import sys; print(sys.argv, __name__)\n")
case("argv --", "--", "-c", stdin="")
case("-c joined", "-cprint(1)")
case("-c with newlines", "-c", "\n\nif 1:\n  print(2)")
case("-c indented", "-c", "  print(1)")
case("-c syntax error", "-c", "a b")
case("-c error", "-c", "def f():\n  1/0\nf()")
case("-c undecodable", "-c", b"print(ascii('\xff'))")
case("-c non-ascii", "-c", "print(ascii('\u20ac'))")
case("-c main", "-c", MAIN, "x")
case("-c globals", "-c", "print(sorted(globals()))")
case("safe path", "-P", "-c", "import sys; print(sys.path[0] == '')")
case("isolated ignores", "-I", "-c", "import sys; print(sys.flags.dont_write_bytecode, 'x/y' in sys.path)",
     env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "x/y"})
case("PYTHONPATH", "-c", "import sys; print(sys.path[:5])", env={"PYTHONPATH": "a:b::c"})
case("PYTHONPATH empty", "-c", "import sys; print(sys.path[:2])", env={"PYTHONPATH": ""})
case("assert -O", "-O", "-c", "assert 0; print(__debug__)")
case("docstring -OO", "-OO", "-c", "def f(): 'doc'\nprint(f.__doc__)")
case("-b warning", "-b", "-c", "b'a' == 'a'")
case("-bb error", "-bb", "-c", "b'a' == 'a'")
case("-bb str", "-bb", "-c", "str(b'a')")

# -- warnings --
for option in ("ignore", "default", "error", "always", "once", "module", "all", "i", "error::DeprecationWarning", "nothing",
               "error::NoSuchWarning", "error:::x:y", "error:::x:-1", "a:b:c:d:e:f"):
    case("-W " + option, "-W", option, "-c", "import warnings, sys; print(sys.warnoptions, len(warnings.filters))\n"
         "warnings.warn('w1', DeprecationWarning)\nwarnings.warn('w2')")
case("PYTHONWARNINGS", "-Wonce::UserWarning", "-c", "import sys, warnings; print(sys.warnoptions, warnings.filters[:3])",
     env={"PYTHONWARNINGS": "ignore,always::UserWarning"})
case("warnings order", "-X", "dev", "-bb", "-We", "-c", "import sys; print(sys.warnoptions)", env={"PYTHONWARNINGS": "default"})
case("warnings order b", "-b", "-c", "import sys; print(sys.warnoptions)")
case("dev mode", "-X", "dev", "-c", "import warnings; print(warnings.filters)\nopen(__import__('os').devnull)")

# -- programs --
case("file", "prog.py", "a", "-b", files={"prog.py": SHOW})
case("file ./", "./prog.py", files={"prog.py": SHOW + "print(__file__ == __import__('os').path.abspath('prog.py'))"})
case("file in folder", "d/prog.py", files={"d/prog.py": SHOW})
case("file missing", "nothing.py")
case("file error", "prog.py", files={"prog.py": "def f():\n    return 1 / 0\n\nf()\n"})
case("file syntax error", "prog.py", files={"prog.py": "x = 1\nif x\n  y\n"})
case("file bad encoding", "prog.py", files={"prog.py": b"x = '\xff'\n"})
case("file latin-1", "prog.py", files={"prog.py": b"# coding: latin-1\nprint(ascii('\xff'))\n"})
case("file bom crlf", "prog.py", files={"prog.py": b"\xef\xbb\xbfprint(1)\r\nprint(2)\r\n"})
case("file -x", "-x", "prog.py", files={"prog.py": "no python here\nprint(1)\n1/0\n"})
case("file without suffix", "prog", files={"prog": SHOW})
case("folder", "d", "a", files={"d/__main__.py": SHOW})
case("folder without main", "d", files={"d/x.py": ""})
case("folder safe path", "-P", "d", files={"d/__main__.py": SHOW})
case("zip file", "d.zip", "a", zip={"__main__.py": SHOW})
case("zip file without main", "d.zip", zip={"x.py": ""})
case("zip file with package", "-c", "import sys; sys.path.insert(0, 'd.zip'); import p.m; print(p.m.__name__, type(p.m.__loader__).__name__)",
     zip={"p/__init__.py": "", "p/m.py": ""})
case("module", "-m", "mod", "a", "-b", files={"mod.py": SHOW})
case("module joined", "-mmod", files={"mod.py": SHOW})
case("module package", "-m", "pack", files={"pack/__init__.py": "", "pack/__main__.py": SHOW})
case("module in package", "-m", "pack.sub", files={"pack/__init__.py": "print('init')", "pack/sub.py": SHOW})
case("module package without main", "-m", "pack", files={"pack/__init__.py": ""})
case("module namespace package", "-m", "pack.sub", files={"pack/sub.py": SHOW})
case("module missing", "-m", "nothing_there")
case("module missing parent", "-m", "nothing_there.sub")
case("module of non-package", "-m", "mod.sub", files={"mod.py": ""})
case("module relative", "-m", ".mod")
case("module builtin", "-m", "sys")
case("module error", "-m", "mod", files={"mod.py": "1/0\n"})
case("module init error", "-m", "pack.sub", files={"pack/__init__.py": "raise ValueError('x')", "pack/sub.py": ""})
case("module import error", "-m", "mod", files={"mod.py": "import nothing_there\n"})
case("module dot py", "-m", "mod.py", files={"mod.py": ""})
case("module safe path", "-P", "-m", "mod", files={"mod.py": SHOW})
case("stdin program", stdin="print(1)\nimport sys\nprint(sys.argv, __name__)\n1/0\n")
case("stdin with -", "-", stdin=SHOW.replace("os.path.basename(__file__)", "'__file__' in globals()"))
case("stdin empty", stdin="")
case("stdin syntax error", stdin="x = = 1\n")

# -- the prompt --
for name, text in {
    "expression": "1+1\n_\nNone\n_\n", "statements": "x = 3\nfor i in range(2):\n  print(i)\n\nx\n", "error": "1/0\nprint('on')\n",
    "syntax error": "a b\nprint('on')\n", "indentation": "  x\nif 1:\nx\nprint('on')\n", "unfinished": "def f(:\nprint(1)\n(1,\n2)\n",
    "string": "'''a\nb'''\n", "decorator": "@int\ndef f(): pass\n\n", "class": "class A:\n  x = 1\n\n  y = 2\n\nA.x\n",
    "end inside block": "if 1:\n  print(5)\n", "end inside bracket": "(1,\n", "exit": "exit(3)\nprint(4)\n",
    "system exit": "raise SystemExit('bye')\n", "prompts": "import sys\nsys.ps1 = '$ '\nsys.ps2 = '% '\nif 1:\n  2\n\n",
    "future": "from __future__ import annotations\ndef f(x: y): pass\n\nf.__annotations__\n", "backslash": "1 + \\\n2\n",
    "comment": "# nothing\n\n   # more\n1\n", "semicolons": "1; 2; None; 3\n", "displayhook": "import sys\nsys.displayhook = print\n5\n",
    "nested error": "def f():\n  g()\n\ndef g():\n  1/0\n\nf()\n", "try": "try:\n  1/0\nexcept ZeroDivisionError:\n  'caught'\n\n",
    "ps1 object": "import sys\nclass P:\n  n = 0\n  def __str__(self):\n    P.n += 1\n    return f'[{P.n}]'\n\nsys.ps1 = P()\n1\n2\n",
    "last traceback": "1/0\nimport sys\nsys.last_type, sys.last_value\n", "no newline": "1+1", "await": "await x\n",
    "excepthook": "import sys\nsys.excepthook = lambda *a: print('hook', a[1])\n1/0\n", "match": "match 1:\n  case 1:\n    'one'\n\n",
}.items():
    case("prompt " + name, "-i", "-q", stdin=text)
case("prompt after -c", "-i", "-c", "x = 5", stdin="x\n")
case("prompt after error", "-i", "-c", "x = 5; 1/0", stdin="x\nimport sys\nsys.last_type\n")
case("prompt after exit", "-i", "-c", "x = 5; raise SystemExit(7)", stdin="x\n")
case("prompt after file", "-i", "prog.py", files={"prog.py": "y = 1\n"}, stdin="y, __name__\n")
case("prompt after module", "-i", "-m", "mod", files={"mod.py": "y = 1\n"}, stdin="__name__\n")
case("PYTHONSTARTUP", "-i", "-q", env={"PYTHONSTARTUP": "start.py"}, files={"start.py": "z = 9\n"}, stdin="z\n'__file__' in globals()\n")
case("PYTHONSTARTUP missing", "-i", "-q", env={"PYTHONSTARTUP": "nothing.py"}, stdin="1\n")
case("PYTHONSTARTUP error", "-i", "-q", env={"PYTHONSTARTUP": "start.py"}, files={"start.py": "1/0\n"}, stdin="1\n")
case("PYTHONSTARTUP isolated", "-I", "-i", "-q", env={"PYTHONSTARTUP": "start.py"}, files={"start.py": "z = 9\n"}, stdin="'z' in globals()\n")
case("PYTHONINSPECT", "-c", "x = 1", env={"PYTHONINSPECT": "1"}, stdin="x\n")
case("PYTHONINSPECT set later", "-c", "import os; os.environ['PYTHONINSPECT'] = '1'", stdin="5\n")
case("no banner without terminal", "-i", "-c", "pass", stdin="1\n")

# -- streams and locale --
for locale in ("C", "POSIX", "C.UTF-8", "C.utf8", "nothing"):
    for variable in ("LC_ALL", "LC_CTYPE", "LANG"):
        case(f"locale {variable}={locale}", "-c", LOCALE, env={variable: locale, **({} if variable == "LANG" else {"LANG": ""})})
    case(f"coercion off {locale}", "-c", LOCALE, env={"LANG": locale, "PYTHONCOERCECLOCALE": "0"})
    case(f"coercion warn {locale}", "-c", LOCALE, env={"LANG": locale, "PYTHONCOERCECLOCALE": "warn"})
    case(f"coercion warn LC_ALL {locale}", "-c", LOCALE, env={"LC_ALL": locale, "PYTHONCOERCECLOCALE": "warn"})
    case(f"utf8 off {locale}", "-X", "utf8=0", "-c", LOCALE, env={"LC_ALL": locale})
    case(f"utf8 on {locale}", "-X", "utf8", "-c", LOCALE, env={"LC_ALL": locale})
    case(f"PYTHONUTF8=0 {locale}", "-c", LOCALE, env={"LANG": locale, "PYTHONUTF8": "0"})
    case(f"isolated {locale}", "-I", "-c", LOCALE, env={"LANG": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
for value in ("latin-1", "ascii:replace", ":ignore", "utf-8:", "cp1252:strict", "nothing", "utf-8:nothing", "UTF-8"):
    case(f"PYTHONIOENCODING={value}", "-c", STREAMS, env={"PYTHONIOENCODING": value})
case("PYTHONIOENCODING writes", "-c", "print('\\xe9\\u20ac')", env={"PYTHONIOENCODING": "ascii:xmlcharrefreplace"})
case("streams", "-c", STREAMS)
case("streams unbuffered", "-u", "-c", STREAMS)
case("streams names", "-c", "import sys; print([(f.name, f.buffer.name, f.fileno(), f.newlines, f.closed) for f in "
     "(sys.stdin, sys.stdout, sys.stderr)], sys.stdin is sys.__stdin__)")
case("stderr surrogates", "-c", "import sys; print('\\udc80\\u20ac', file=sys.stderr)", env={"PYTHONIOENCODING": "ascii"})
case("stdout surrogates", "-c", "print('\\udc80')")
case("closed stdin", "-c", "import sys; print(sys.stdin)", close=[0])
case("closed stdout", "-c", "import sys; sys.stderr.write(repr(sys.stdout)); print(1)", close=[1])
case("closed stderr", "-c", "import sys; print(sys.stderr); 1/0", close=[2])

# -- the end --
case("exit status", "-c", "raise SystemExit(5)")
for value in ("None", "0", "1", "256", "-1", "2**70", "'text'", "(1, 2)", "True", "1.5", "''", "b'x'", "[1]"):
    case(f"exit({value})", "-c", f"import sys; sys.exit({value})")
case("exit two arguments", "-c", "raise SystemExit(1, 2)")
case("os._exit", "-c", "import os; os._exit(9)")
case("uncaught", "-c", "raise ValueError('x')")
case("uncaught in thread", "-c", "import threading; t = threading.Thread(target=lambda: 1/0, name='T'); t.start(); t.join(); print('on')")
case("keyboard interrupt", "-c", "raise KeyboardInterrupt")
case("keyboard interrupt caught", "-c", "try:\n  raise KeyboardInterrupt\nexcept KeyboardInterrupt: print('caught')")
case("SIGINT", "-c", "import os, signal; os.kill(os.getpid(), signal.SIGINT)\nwhile 1: pass")
case("SIGTERM", "-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)\nwhile 1: pass")
case("atexit order", "-c", "import atexit\natexit.register(print, 1); atexit.register(print, 2)\nprint(0)")
case("atexit error", "-c", "import atexit\natexit.register(lambda: 1/0); atexit.register(print, 2)")
case("atexit exit", "-c", "import atexit, sys\natexit.register(sys.exit, 3); atexit.register(print, 2)")
case("atexit after error", "-c", "import atexit\natexit.register(print, 'end'); 1/0")
case("finalizer of a global", "-c", "class A:\n  def __del__(self): print('del', __name__)\na = A()")
case("finalizer of a cycle", "-c", "class A:\n  def __del__(self): print('del')\na = A(); a.a = a; del a")
case("finalizer of a global cycle", "-c", "class A:\n  def __del__(self): print('del')\na = A(); a.a = a")
case("finalizer in module", "-c", "import mod", files={"mod.py": "import sys\nclass A:\n  def __del__(self): print('del', sys is None, __name__)\na = A()\n"})
case("finalizer order", "-c", "class A:\n  def __init__(self, n): self.n = n\n  def __del__(self): print('del', self.n)\n"
     "_a = A('_a'); b = A('b'); _c = A('_c'); d = A('d')")
case("finalizer in sys", "-c", "import sys\nclass A:\n  def __del__(self): print('del')\nsys.x = A()")
case("finalizer in builtins", "-c", "import builtins\nclass A:\n  def __del__(self): print('del')\nbuiltins.x = A()")
case("finalizer imports", "-c", "class A:\n  def __del__(self):\n    import json; print('imported')\na = A()")
case("finalizer raises", "-c", "class A:\n  def __del__(self): raise ValueError('x')\na = A()")
case("threads joined", "-c", "import threading, time\nthreading.Thread(target=lambda: (time.sleep(.2), print('thread'))).start()\nprint('main')")
case("daemon threads", "-c", "import threading, time\nthreading.Thread(target=lambda: (time.sleep(20), print('thread')), daemon=True).start()\nprint('main')")
case("daemon busy", "-c", "import threading\ndef f():\n  while 1: pass\nthreading.Thread(target=f, daemon=True).start()\nprint('main')")
case("full disk", "-c", "print('x')", stdout="/dev/full")
case("full disk stderr", "-c", "import sys; sys.stderr.write('x')", stderr="/dev/full")
case("full disk flush", "-c", "print('x', flush=True)", stdout="/dev/full")
case("full disk exit status", "-c", "import sys; print('x'); sys.exit(3)", stdout="/dev/full")
case("closed by program", "-c", "import sys; sys.stdout.close()")
case("stdout deleted", "-c", "import sys; del sys.stdout; print(1)")
case("stdout None", "-c", "import sys; sys.stdout = None; print(1)")
case("stderr None", "-c", "import sys; sys.stderr = None; 1/0")
case("excepthook raises", "-c", "import sys\ndef h(*a): raise ValueError('hook')\nsys.excepthook = h\n1/0")
case("excepthook deleted", "-c", "import sys\ndel sys.excepthook\n1/0")
case("excepthook exits", "-c", "import sys\ndef h(*a): sys.exit(4)\nsys.excepthook = h\n1/0")
case("weakref callback at end", "-c", "import weakref\nclass A: pass\na = A()\nr = weakref.ref(a, lambda r: print('gone'))")
case("weakref.finalize", "-c", "import weakref\nclass A: pass\na = A()\nweakref.finalize(a, print, 'finalized')")
case("modules at end", "-c", "import sys\nclass A:\n  def __del__(self): print(type(sys.modules).__name__, len(sys.modules) > 5, sys.path, sys.meta_path)\na = A()")
case("pending at end", "-c", "import atexit, threading\ndef f(): print(threading.main_thread().is_alive())\natexit.register(f)")

# -- importing --
case("pth file", "-c", "import site; site.addsitedir('d'); import found; print(found.__name__)",
     files={"d/x.pth": "# comment\nsub\nimport sys; sys.flag = 1\n/nonexistent\n", "d/sub/found.py": ""})
case("pth error", "-c", "import site; site.addsitedir('d')", files={"d/x.pth": "import nothing_there\nsub\n"})
case("namespace", "-c", "import sys; sys.path[:0] = ['a', 'b']; import n.x, n.y; print(n.__path__, n.__spec__.origin, n.__loader__.__class__.__name__)",
     files={"a/n/x.py": "", "b/n/y.py": ""})
case("cached", "-c", "import mod, os; print(os.path.basename(mod.__cached__), os.path.exists(mod.__cached__))", files={"mod.py": ""}, cache=True)
case("cached -B", "-B", "-c", "import mod, os; print(os.path.exists(mod.__cached__))", files={"mod.py": ""}, cache=True)
case("cached -O", "-O", "-c", "import mod, os; print(os.path.basename(mod.__cached__))", files={"mod.py": ""}, cache=True)
case("cache prefix", "-X", "pycache_prefix=pc", "-c", "import mod, os; print(os.path.relpath(mod.__cached__).startswith('pc'))", files={"mod.py": ""})
case("cache prefix empty", "-X", "pycache_prefix=", "-c", "import sys; print(sys.pycache_prefix)", env={"PYTHONPYCACHEPREFIX": "x"})
case("cache prefix no value", "-X", "pycache_prefix", "-c", "import sys; print(sys.pycache_prefix)", env={"PYTHONPYCACHEPREFIX": "x"})
case("cache prefix env", "-c", "import sys; print(sys.pycache_prefix)", env={"PYTHONPYCACHEPREFIX": "x"})
case("circular import", "-c", "import a", files={"a.py": "from b import y\nx = 1\n", "b.py": "from a import x\ny = 1\n"})
case("import error", "-c", "from os import nothing_there")
case("import star", "-c", "from mod import *; print(a, '_b' in globals())", files={"mod.py": "a = 1\n_b = 2\n"})
case("import of broken", "-c", "import mod", files={"mod.py": "x = (\n"})
case("import chain", "-c", "import a", files={"a.py": "import b\n", "b.py": "1/0\n"})
case("sys.path", "-S", "-c", "import sys; print(sys.path)")
case("prefixes", "-c", "import sys; print(sys.prefix, sys.exec_prefix, sys.base_prefix, sys.platlibdir, sys._stdlib_dir)")
case("PYTHONHOME", "-S", "-c", "pass", env={"PYTHONHOME": "/nowhere"})
case("site -s", "-s", "-c", "import site; print(site.ENABLE_USER_SITE)")
case("audit", "-c", "import sys; sys.addaudithook(lambda e, a: print(e, a[0]) if e == 'import' else None); import mod", files={"mod.py": ""})

VERSION = re.compile(r"Python 3\.11\.2 .*")


def prepare(folder, needs):
    for name, text in needs.get("files", {}).items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
    if "zip" in needs:
        with zipfile.ZipFile(os.path.join(folder, "d.zip"), "w") as z:
            for name, text in needs["zip"].items():
                z.writestr(name, text)


def run(python, arguments, needs):
    top = tempfile.mkdtemp(prefix="command_line")
    folder = os.path.join(top, "here")
    os.mkdir(folder)
    try:
        prepare(folder, needs)
        env = {"LANG": "C.UTF-8", "HOME": folder, "PATH": "/usr/bin:/bin"}
        if not needs.get("cache"):
            env["PYTHONPYCACHEPREFIX"] = folder + "/.cache"
        env.update(needs.get("env", {}))
        if env["LANG"] == "":
            del env["LANG"]

        def close():
            for fd in needs.get("close", ()):
                os.close(fd)
        streams = {name: open(needs[name], "w") if name in needs else subprocess.PIPE for name in ("stdout", "stderr")}
        p = subprocess.run([python, *arguments], input=needs.get("stdin", "").encode(), cwd=folder, env=env, timeout=30,
                           preexec_fn=close if "close" in needs else None, **streams)

        def shown(data):
            text = (data or b"").decode("utf-8", "backslashreplace").replace(os.path.realpath(folder), "{folder}").replace(folder, "{folder}")
            text = text.replace(python, "{py}")
            text = re.sub(r"0x[0-9a-f]{6,}", "0x...", text)
            return VERSION.sub("Python 3.11.2 ...", text)
        return {"out": shown(p.stdout), "err": shown(p.stderr), "status": p.returncode}
    except subprocess.TimeoutExpired:
        return {"out": "", "err": "timed out", "status": None}
    finally:
        shutil.rmtree(top, ignore_errors=True)


def differences(wanted, got):
    for key in wanted:
        if wanted[key] != got[key]:
            yield f"    {key} expected: {wanted[key]!r}\n    {key} got:      {got[key]!r}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", default=os.path.join(HERE, "../build/dev/taipan"))
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    known = {}
    if os.path.exists(RECORD):
        with open(RECORD) as f:
            known = json.load(f)
    python = ORACLE if options.record else os.path.abspath(options.python)
    chosen = [c for c in CASES if all(w in c[0] for w in options.words)]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda c: run(python, c[1], c[2]), chosen))
    if options.record:
        known.update({c[0]: r for c, r in zip(chosen, results)})
        names = {c[0] for c in CASES}
        with open(RECORD, "w") as f:
            json.dump({k: known[k] for k in known if k in names}, f, indent=1)
            f.write("\n")
        return 0
    failed = 0
    for (name, _, _), result in zip(chosen, results):
        wrong = list(differences(known.get(name, {"status": "not recorded"}), result))
        if wrong:
            failed += 1
            print(f"command line: {name}", *wrong, sep="\n")
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
