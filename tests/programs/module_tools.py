"""importlib, runpy, pkgutil, zipimport, zipapp, modules made on the fly, resources, site-like paths."""
import importlib
import importlib.abc
import importlib.machinery
import importlib.metadata
import importlib.resources
import importlib.util
import os
import pkgutil
import runpy
import shutil
import sys
import tempfile
import types
import zipapp
import zipfile
import zipimport

folder = tempfile.mkdtemp()
for name, text in {"pkg/__init__.py": "'''A package.'''\nfrom .a import value\n__all__ = ['value']\n", "pkg/a.py": "value = 1\ndef __getattr__(n): return n * 2\n", "pkg/sub/__init__.py": "", "pkg/sub/deep.py": "from ..a import value as v\nfrom . import __name__ as here\n",
                   "pkg/__main__.py": "import sys\nprint('running', __name__, __package__, sys.argv[1:])\n", "pkg/data.txt": "data\n", "space/one.py": "x = 1", "broken.py": "def f(:\n", "cyclic1.py": "import cyclic2\nb = cyclic2.a", "cyclic2.py": "import cyclic1\na = 5\n",
                   "thing-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: thing\nVersion: 1.0\nSummary: A thing\nRequires-Dist: other\n", "thing-1.0.dist-info/entry_points.txt": "[console_scripts]\nrun = pkg.a:value\n", "script.py": "result = [__name__, __file__ is not None]\n"}.items():
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
sys.path.insert(0, folder)
sys.dont_write_bytecode = True
importlib.invalidate_caches()
import pkg
from pkg import a
from pkg.sub import deep
print(pkg.value, pkg.__doc__, a.anything, deep.v, deep.here, pkg.__spec__.name, pkg.__spec__.submodule_search_locations == [os.path.join(folder, "pkg")], a.__loader__.__class__.__name__)
print([m.name for m in pkgutil.walk_packages(pkg.__path__, "pkg.")], importlib.util.find_spec("pkg.a").origin.endswith("a.py"), importlib.util.find_spec("nope"), importlib.util.resolve_name("..x", "p.q.r"))
import space.one
print(space.__path__.__class__.__name__, space.__file__ if hasattr(space, "__file__") else None, importlib.import_module(".one", "space").x)
for broken in ("import broken", "import nope.nope", "from pkg import nope", "import pkg.nope", "from . import x", "import cyclic1", "from pkg.a.b import c", "importlib.import_module('.x')"):
    try:
        exec(broken)
        print(broken, "fine")
    except Exception as e:
        print(broken, "->", type(e).__name__, str(e).replace(folder, "FOLDER"))
print(runpy.run_path(os.path.join(folder, "script.py"), run_name="named")["result"], runpy.run_module("pkg.a")["value"])
sys.argv[1:] = ["arg"]
runpy.run_module("pkg", run_name="__main__", alter_sys=True)
with zipfile.ZipFile(os.path.join(folder, "z.zip"), "w") as z:
    z.writestr("inzip.py", "def f(): return __file__\ndef g(): 1/0\n")
    z.writestr("zpkg/__init__.py", "y = 2")
sys.path.insert(0, os.path.join(folder, "z.zip"))
import inzip
import zpkg
print(inzip.f().replace(folder, ""), zpkg.y, type(inzip.__loader__).__name__, zipimport.zipimporter(os.path.join(folder, "z.zip")).get_source("inzip")[:7])


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        return importlib.machinery.ModuleSpec(name, self, origin="thin air") if name.startswith("virtual") else None

    def exec_module(self, module):
        module.made = module.__name__.upper()


sys.meta_path.append(Finder())
import virtual_thing
print(virtual_thing.made, virtual_thing, importlib.reload(virtual_thing) is virtual_thing)
lazy = importlib.util.module_from_spec(importlib.util.spec_from_loader("dyn", None))
exec("z = 3", lazy.__dict__)
print(lazy.z, lazy, types.ModuleType("m", "doc").__doc__, importlib.util.cache_from_source("/x/a.py", optimization=1).endswith("opt-1.pyc"), importlib.machinery.SOURCE_SUFFIXES)
print(importlib.resources.files("pkg").joinpath("data.txt").read_text(), sorted(p.name for p in importlib.resources.files(pkg).iterdir()), pkgutil.get_data("pkg", "data.txt"), pkgutil.resolve_name("pkg.a:value"))
print(importlib.metadata.version("thing"), importlib.metadata.requires("thing"), [e.value for e in importlib.metadata.distribution("thing").entry_points])
zipapp.create_archive(os.path.join(folder, "pkg"), os.path.join(folder, "app.pyz"), interpreter="/usr/bin/env python3", filter=lambda p: p.suffix == ".py")
print(open(os.path.join(folder, "app.pyz"), "rb").readline(), runpy.run_path(os.path.join(folder, "app.pyz"), run_name="x")["__name__"])
shutil.rmtree(folder)
