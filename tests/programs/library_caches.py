# Caches of library modules: each reading makes new objects, and what the bytes say counts, not where they come from.
import importlib
import importlib.util
import marshal
import py_compile
import sys
import types


def marshalled(name):
    spec = importlib.util.find_spec(name)
    with open(py_compile.compile(spec.origin, doraise=True), "rb") as file:
        return file.read()[16:]


def functions(code):
    return [c for c in code.co_consts if isinstance(c, types.CodeType)]


for name in "textwrap", "queue", "fnmatch", "json.scanner":
    data = marshalled(name)
    first, second = marshal.loads(data), marshal.loads(data)
    print(name, first is second, first == second, hash(first) == hash(second), first.co_filename == second.co_filename)
    print([f.co_name for f in functions(first)] == [f.co_name for f in functions(second)],
          not any(f is g for f, g in zip(functions(first), functions(second))))
    print([k for k in dir(first) if getattr(first, k) != getattr(second, k) and k.startswith("co_") and k not in ("co_lines", "co_positions")])
    one, two = {"__name__": "one"}, {"__name__": "two"}
    exec(first, one)
    exec(second, two)
    print(sorted(k for k in one if not k.startswith("__")) == sorted(k for k in two if not k.startswith("__")))

# One byte of a text changed: that is what is read.
data = marshalled("textwrap")
changed = data.replace(b"Text wrapping and filling.", b"Text wrapping and FILLING.")
print(len(changed) == len(data), changed != data)
print(marshal.loads(changed).co_consts[0], "/", marshal.loads(data).co_consts[0])

import heapq
before = heapq.merge
importlib.reload(heapq)
print(heapq.merge is before, heapq.merge.__code__ == before.__code__, heapq.merge.__code__ is before.__code__, list(heapq.merge([1, 3], [2])))

# Names in code are interned, wherever the code comes from.
import string
print(string.Template.substitute.__code__.co_name is sys.intern("".join(["subs", "titute"])),
      all(n is sys.intern(n) for n in string.Template.substitute.__code__.co_names))
import re
print(re.escape.__defaults__, re.compile("a(?P<x>b)").groupindex, frozenset({"a", "b"}) == {"b", "a"})
