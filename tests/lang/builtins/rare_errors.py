"""Errors that only unusual arguments meet: whole texts, counts, state of streams, warnings' registries."""
import io, os, pickle, sys, warnings
print(" a b ".split(None, 1), " a b ".rsplit(None, 1), b" a b ".split(None, 1), b" a b ".rsplit(None, 1))
#> ['a', 'b '] [' a', 'b'] [b'a', b'b '] [b' a', b'b']
class BadLength:
    def __iter__(self): return iter([1])
    def __len__(self): raise RuntimeError("no length")
bytearray().extend(BadLength())         #! RuntimeError: no length
min(1, key=None, default=2, foo=3)      #! TypeError: min() takes at most 2 keyword arguments (3 given)
ImportError(name=1, path=2, foo=3)      #! TypeError: ImportError() takes at most 2 keyword arguments (3 given)
e = ImportError("text", name="n"); e.__init__(); print(e.msg, e.name, e.args)  #> None None ()
s = io.StringIO("ab\n"); s.read(1); t = pickle.loads(pickle.dumps(s)); print(t.tell(), t.getvalue(), t.__getstate__())
#> 1 ab
#>  ('ab\n', '\n', 1, None)
io.StringIO().__setstate__(("", "", "x", None))  #! TypeError: third item of state must be an integer, got str
io.BytesIO().__setstate__((b"", 0, 5))  #! TypeError: third item of state should be a dict, got a int
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    os.stat(bytearray(b"/")); compile("", bytearray(b"f"), "exec")
print([str(w.message) for w in seen])
#> ['stat: path should be string, bytes, os.PathLike or integer, not bytearray', 'path should be string, bytes, or os.PathLike, not bytearray']
with warnings.catch_warnings():
    import _warnings
    warnings.simplefilter("once")
    kept, warnings.onceregistry = warnings.onceregistry, None
    try: _warnings.warn_explicit("t", Warning, "f", 1, registry=None)
    except TypeError as e: print(e)
    finally: warnings.onceregistry = kept
#> _warnings.onceregistry must be a dict, not 'NoneType'
class Shown:
    @staticmethod
    def module_repr(m): return "<shown>"
m = type(sys)("m"); m.__loader__ = Shown; print(repr(m))  #> <shown>
