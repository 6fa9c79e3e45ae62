"""Importing modules and packages of ours: forms, errors, caching, side effects, cycles."""
import sys
import lib_imports
import lib_imports.plain
import lib_imports.plain as plain
import lib_imports.sub.deep as deep
from lib_imports import plain as again, sub
from lib_imports.plain import value, function as f
from lib_imports.star import *
from lib_imports.sub import deep as d2, leaf

print(lib_imports.__name__, lib_imports.__package__, lib_imports.__doc__, lib_imports.loaded)
print(plain is again is lib_imports.plain, deep is d2, value, f(3), plain.__name__, plain.__package__, deep.__name__, deep.__package__)
print(public, also, "_private" in globals(), "hidden" in globals())
print(leaf.relative(), deep.up(), deep.sibling())
print(sorted(name for name in sys.modules if name.startswith("lib_imports")))
print(lib_imports.__path__ != [], hasattr(plain, "__path__"), plain.__spec__.name, plain.__spec__.parent, type(plain.__loader__).__name__, plain.__file__.endswith("lib_imports/plain.py"), plain.__cached__.endswith(".cpython-311.pyc"))
print(__import__("lib_imports.sub.deep").__name__, __import__("lib_imports.sub.deep", fromlist=["x"]).__name__)


def attempt(statement):
    try:
        exec(statement, {"__name__": "attempt", "__builtins__": __builtins__})
        print("fine:", statement)
    except BaseException as error:
        print(f"{type(error).__name__}: {str(error).split(' (/')[0].split(' (lib')[0]} | name={getattr(error, 'name', None)}")


for statement in ("import nothing_here", "import lib_imports.nothing", "from lib_imports import nothing", "from lib_imports.nothing import x", "import lib_imports.plain.value", "from lib_imports.plain import missing", "from . import x", "from .x import y",
                  "import lib_imports.fails", "import lib_imports.fails", "import lib_imports.bad_syntax", "from lib_imports.bad_all import *", "import lib_imports.cycle_a", "from lib_imports.cycle_c import late", "from lib_imports.getattr_module import anything, other", "from lib_imports.getattr_module import nope",
                  "import lib_imports.exits", "from sys import path, nope", "from lib_imports import *", "import sys.path", "from lib_imports.sub.deep import *", "import lib_imports.returns_other as r; print(r)"):
    attempt(statement)
print("lib_imports.fails" in sys.modules, "lib_imports.bad_syntax" in sys.modules)
print(sys.modules["lib_imports.cycle_a"].b.seen, sys.modules["lib_imports.cycle_b"].seen)
sys.modules["made_up"] = type(sys)("made_up", "doc of made up")
import made_up
print(made_up, made_up.__doc__, made_up.__spec__, made_up.__loader__)
sys.modules["blocked"] = None
attempt("import blocked")
del sys.modules["lib_imports.plain"]
import lib_imports.plain as fresh
print(fresh is plain, lib_imports.plain is fresh, fresh.counter)
m = type(sys)("m")
m.x = 1
print(m, vars(m)["x"], sorted(n for n in dir(m)))
for action in (lambda: m.y, lambda: setattr(m, "__dict__", {}), lambda: type(sys)(), lambda: type(sys)(5), lambda: delattr(m, "y"), lambda: fresh.nothing):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)


class Finder:
    """A finder of our own that makes modules from a dictionary."""
    sources = {"virtual": "x = 1\nname = __name__", "virtual.child": "y = 2", "virtual.broken": "1/0"}

    def find_spec(self, name, path=None, target=None):
        if name in self.sources:
            spec = type(sys.__spec__)(name, self, origin="memory", is_package="." not in name)
            return spec

    def create_module(self, spec): return None

    def exec_module(self, module): exec(self.sources[module.__name__], vars(module))


sys.meta_path.insert(0, Finder())
import virtual.child
print(virtual.x, virtual.name, virtual.child.y, virtual, virtual.__path__)
attempt("import virtual.broken")
attempt("import virtual.none")
print("virtual.broken" in sys.modules)
