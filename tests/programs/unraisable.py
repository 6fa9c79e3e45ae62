"""Exceptions in __del__ and other places that cannot raise; sys.unraisablehook."""
import sys


class Bad:
    def __init__(self, name): self.name = name
    def __repr__(self): return f"<Bad {self.name}>"

    def __del__(self):
        raise ValueError(f"in __del__ of {self.name}")


def hook(info):
    print("hook:", info.exc_type.__name__, info.exc_value, info.err_msg, getattr(info.object, "__qualname__", info.object), info.exc_traceback is not None)


Bad("default hook")
print("after", flush=True)
sys.unraisablehook = hook
Bad("ours")
b = Bad("by del")
del b
items = [Bad("in a list"), Bad("second")]
items.clear()


def f():
    local = Bad("local")
    return 5


print(f())


def generator():
    try:
        yield
    finally:
        raise KeyError("closing")


g = generator()
next(g)
del g
try:
    x = Bad("during handling")
    raise RuntimeError("real")
except RuntimeError as error:
    del x
    print("still", repr(error), sys.exc_info()[0].__name__)


class Hash:
    def __hash__(self): return 1
    def __eq__(self, other): raise OSError("eq")


def stubborn():
    try:
        yield
    except GeneratorExit:
        yield


s = stubborn()
next(s)
del s


def broken_hook(info):
    raise LookupError("the hook fails")


sys.unraisablehook = broken_hook
Bad("broken hook")
sys.unraisablehook = sys.__unraisablehook__
print("end", flush=True)
