"""What a program sees of sys."""
import sys


def attempt(action):
    try:
        return action()
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


print(sys.version_info[:3], sys.version_info.releaselevel, sys.version_info >= (3, 11), sys.hexversion, sys.api_version, sys.version.split()[0], sys.implementation.name, sys.implementation.cache_tag, sys.implementation.hexversion == sys.hexversion)
print(sys.byteorder, sys.maxsize, sys.maxunicode, sys.platform, sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.float_info.max, sys.int_info, sys.hash_info)
print(len(sys.argv), sys.argv[1:], sys.orig_argv[1:] == sys.argv, sys.flags.hash_randomization, sys.flags.optimize, sys.flags.utf8_mode, sys.dont_write_bytecode, sys.flags.dev_mode)
print(sys.getrecursionlimit(), sys.getswitchinterval(), sys.gettrace(), sys.getprofile(), sys.exc_info(), sys.is_finalizing(), sys.getallocatedblocks() >= 0)
print(sys.intern("abc def") is sys.intern("abc" + " def"), attempt(lambda: sys.intern(5)), attempt(lambda: sys.intern()))
x = object()
print(sys.getrefcount(x), attempt(lambda: sys.getrefcount()), type(sys.getsizeof([])), attempt(lambda: sys.getsizeof()), sys.getsizeof(5, 1) > 0)


class Sized:
    def __sizeof__(self): return 1000


class BadSized:
    def __sizeof__(self): return -1


class NotSized:
    def __sizeof__(self): return "x"


print(sys.getsizeof(Sized()) >= 1000, attempt(lambda: sys.getsizeof(BadSized())), attempt(lambda: sys.getsizeof(NotSized())), sys.getsizeof(0), sys.getsizeof(1), sys.getsizeof(2 ** 100), sys.getsizeof(""), sys.getsizeof("abc"), sys.getsizeof("é"), sys.getsizeof("日"), sys.getsizeof(()), sys.getsizeof((1, 2)), sys.getsizeof(b"ab"), sys.getsizeof(1.5), sys.getsizeof([]), sys.getsizeof({}), sys.getsizeof(set()), sys.getsizeof(None), sys.getsizeof(True))
print("sys" in sys.modules, sys.modules["sys"] is sys, "builtins" in sys.builtin_module_names, "marshal" in sys.builtin_module_names, sys.modules["__main__"].__name__, type(sys.path), all(isinstance(p, str) for p in sys.path))
hook_calls = []
sys.displayhook = lambda value: hook_calls.append(value)
exec(compile("1 + 1\n", "<s>", "single"))
exec(compile("None\n", "<s>", "single"))
sys.displayhook = sys.__displayhook__
print(hook_calls)


def hook(kind, value, traceback):
    print("excepthook:", kind.__name__, value, traceback is not None, flush=True)


audited = []
print(attempt(lambda: sys.audit("my.event", 1, 2)), attempt(lambda: sys.audit()), attempt(lambda: sys.audit(5)))
sys.addaudithook(lambda name, args: audited.append((name, args)) if name == "my.event" else None)
sys.audit("my.event", "heard")
print(audited)
print(sys.call_tracing(lambda a: a * 2, (4,)), attempt(lambda: sys.call_tracing(5)), attempt(lambda: sys.setswitchinterval(0)), attempt(lambda: sys.setswitchinterval("x")))
print(attempt(lambda: sys._getframe().f_code.co_name), len(sys.prefix) > 0, sys.base_prefix == sys.prefix, sys.executable != "")
print(attempt(lambda: sys.version_info.nope), attempt(lambda: sys.nope), sys.version_info[0], sys.version_info.major, *sys.version_info[:2], attempt(lambda: type(sys.version_info)((1, 2))), sys.thread_info.name)
print(attempt(lambda: sys.settrace()), attempt(lambda: sys.setrecursionlimit(-1)), sys.exception(), sys.getandroidapilevel if hasattr(sys, "getandroidapilevel") else "no android", sys.stdin.name, sys.warnoptions, sys._xoptions, sys.pycache_prefix is not None, sys.platlibdir, sys.abiflags == "")
try:
    raise KeyError("k")
except KeyError:
    print(sys.exc_info()[0], sys.exception(), [sys.exc_info()[1] for _ in "a"])
print(sys.exc_info(), [n for n in ("meta_path", "path_hooks", "path_importer_cache", "stdlib_module_names", "ps1", "last_type") if hasattr(sys, n)], "os" in sys.stdlib_module_names)
sys.excepthook = hook
sys.stdout.flush()
raise LookupError("at the end")
