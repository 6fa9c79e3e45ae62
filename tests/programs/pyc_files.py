"""Writing a .pyc by hand and importing it; stale and damaged ones."""
import marshal
import sys
import posix
posix.mkdir("made")
sys.path.insert(0, "made")
sys.dont_write_bytecode = True
MAGIC = (3495).to_bytes(2, "little") + b"\r\n"


def write(name, data):
    with open(f"made/{name}", "wb") as f:
        f.write(data)


def pyc(source, flags=0, field1=0, field2=0, magic=MAGIC, name="x"):
    return magic + flags.to_bytes(4, "little") + field1.to_bytes(4, "little") + field2.to_bytes(4, "little") + marshal.dumps(compile(source, name, "exec"))


def attempt(name):
    sys.path_importer_cache.clear()
    try:
        module = __import__(name)
        return {k: v for k, v in vars(module).items() if not k.startswith("__")}, module.__file__.rpartition("/")[2], module.__cached__ and module.__cached__.rpartition("/")[2]
    except BaseException as error:
        return f"{type(error).__name__}: {error}".replace(posix.getcwd() + "/", "")


write("sourceless.pyc", pyc("value = 42\ndef f(): return __file__.endswith('.pyc')\nr = f()\ndel f"))
print(attempt("sourceless"))
write("unchecked.pyc", pyc("value = 'hash based'", flags=1, field1=1, field2=2))
print(attempt("unchecked"))
write("bad_magic.pyc", pyc("value = 1", magic=b"\x00\x01\r\n"))
print(attempt("bad_magic"))
write("short.pyc", MAGIC + b"\0\0")
print(attempt("short"))
write("no_code.pyc", MAGIC + bytes(12) + marshal.dumps([1, 2]))
print(attempt("no_code"))
write("truncated.pyc", pyc("value = 'some longer text' * 3")[:-30])
print(attempt("truncated"))
write("empty.pyc", b"")
print(attempt("empty"))
write("flags.pyc", pyc("value = 1", flags=8))
print(attempt("flags"))
write("both.py", b"value = 'from source'\n")
write("both.pyc", pyc("value = 'from pyc'"))
print(attempt("both"))
write("raises.pyc", pyc("def f():\n    return 1 / 0\nf()", name="original_name.py"))
try:
    import raises
except ZeroDivisionError as error:
    tb = error.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    print(tb.tb_frame.f_code.co_filename, tb.tb_lineno)
posix.mkdir("made/package")
write("package/__init__.pyc", pyc("name = __name__; from . import child"))
write("package/child.pyc", pyc("value = __package__"))
print(attempt("package")[0]["child"].value)
import package
print(package.child.__name__, package.__path__ != [], type(package.__loader__).__name__)
write("encoded.py", b"# -*- coding: latin-1 -*-\ntext = '\xe9\xe8'\n")
write("bom.py", b"\xef\xbb\xbftext = '\xc3\xa9'\r\nlines = __name__\r\n")
write("bad_utf8.py", b"text = '\xe9'\n")
write("bad_cookie.py", b"# coding: martian\nx = 1\n")
write("nul.py", b"x = 1\0\n")
write("mac.py", b"a = 1\rb = 2\rif a:\r    c = 3\r")
write("noeol.py", b"def f():\n    return 5\nresult = f()")
write("tabs.py", b"if 1:\n\tx = 1\n\tif x:\n\t\ty = 2\n")
write("mixed.py", b"if 1:\n\tx = 1\n        y = 2\n")
write("formfeed.py", b"x = 1\n\x0c\ny = 2\n")
for name in ("encoded", "bom", "bad_utf8", "bad_cookie", "nul", "mac", "noeol", "tabs", "mixed", "formfeed"):
    print(name, attempt(name))
