"""Built-in functions over a grid of values: results and errors."""
values = [0, -5, 3, 2.5, "abc", "", b"ab", [3, 1, 2], (1, 2), {"k": 1}, {1, 2}, None, True, range(3), 2j]
functions = [abs, all, any, ascii, bin, bool, bytes, callable, chr, dict, enumerate, float, frozenset, hex, int, iter, len, list, max, min, next, oct, ord, repr, reversed, round, set, sorted, str, sum, tuple, zip, hash, complex, bytearray]
for f in functions:
    for v in values:
        if f is hash and isinstance(v, (bytes, str, type(None), range)) or f is bytes and v == -5:
            continue
        try:
            result = f(v)
            shown = repr(result) if not hasattr(result, "__next__") else f"{type(result).__name__} {list(result)}"
        except Exception as error:
            shown = f"{type(error).__name__}: {error}"
        print(f"{f.__name__}({v!r}) = {shown}")
two = [("divmod", (7, 3)), ("divmod", (-7, 3.5)), ("divmod", (1, 0)), ("pow", (2, -1)), ("pow", (2.5, 2)), ("pow", ("a", 2)), ("isinstance", (1, (str, int))), ("isinstance", (1, "int")), ("issubclass", (bool, int)), ("issubclass", (1, int)), ("getattr", ("a", "upper")), ("getattr", (1, "nope", 5)), ("getattr", (1, 5)), ("hasattr", ([], "append")), ("hasattr", ([], 5)), ("round", (2.345, 2)), ("round", (2.5, None)), ("round", (1234, -2)), ("format", (255, "x")), ("max", (3, 1, 2)), ("max", ("a", "b", "ab")), ("max", (1, "a")), ("min", ((1, 2), (1, 1))), ("sum", ([1, 2], 10)), ("sum", ([[1], [2]], [])), ("sum", (["a"], "")), ("map", (len, ["a", "bb"])), ("filter", (None, [0, 1])), ("zip", ("ab", [1, 2, 3])), ("enumerate", ("ab", 5)), ("iter", ([].pop, 1)), ("next", (iter([]), "d")), ("sorted", ("bca",)), ("slice", (1, 2)), ("range", (5, 0, -2)), ("int", ("ff", 16)), ("int", (5, 2)), ("str", (b"ab", "ascii")), ("bytes", ("é", "utf-8")), ("bytes", ([1, 256],)), ("complex", (1, 2)), ("float", ("x",)), ("vars", (5,)), ("dir", (5, 6)), ("type", (5,)), ("type", (1, 2)), ("setattr", (5, "x", 1)), ("delattr", ("a", "upper")), ("object", (1,)), ("memoryview", (b"ab",)), ("open", ("nope",)), ("compile", ("1+", "f", "eval")), ("eval", ("1 + 1",)), ("exec", ("x y",)), ("__import__", ("nope",)), ("super", (int, "x")), ("property", (1, 2, 3, "doc")), ("staticmethod", (5,)), ("classmethod", (5,)), ("id", ()), ("hash", ([],)), ("print", ()), ("input", (1, 2)), ("chr", (0x110000,)), ("ord", ("ab",)), ("bin", (1.5,)), ("all", (5,)), ("callable", (len,)), ("aiter", (5,)), ("anext", (5,))]
for name, args in two:
    try:
        result = getattr(__builtins__, name)(*args)
        if hasattr(result, "__next__"):
            result = list(result)
        shown = repr(result).split(" at 0x")[0]
    except Exception as error:
        shown = f"{type(error).__name__}: {error}"
    print(f"{name}{args!r:.60} = {shown}".split(" at 0x")[0])
print(max([1, 5, 3], key=lambda x: -x), min("bca", default="z"), max([], default=None), max({"a": 2, "b": 1}, key={"a": 2, "b": 1}.get), sorted([3, 1, 2], key=lambda x: -x), sorted(["b", "A"], key=str.lower, reverse=True))
print(any(x > 2 for x in [1, 2, 3]), all(x > 0 for x in []), sum(x for x in range(4)), sum([0.1] * 3), sum([1, 2.5, True]), list(zip(*[[1, 2], [3, 4]])), dict(zip("ab", [1, 2])), [*map(pow, [2, 3], [3, 2])], list(map(lambda *a: a, "ab", "cde")))
print(sorted(name for name in dir(__builtins__) if name[0].islower() and name not in ("copyright", "credits", "exit", "quit", "license", "help")))
print(sorted(name for name in dir(__builtins__) if name[0].isupper()))
x = 10
print(eval("x + 1"), eval("x", {"x": 5}), eval("x + y", {"x": 1}, {"y": 2}), exec("x = 20"), x, locals() is globals(), vars() is globals(), __import__("sys").__name__, type(__builtins__).__name__)
print([abs(-3), abs(-2.5), abs(3 + 4j), abs(True)], [round(-2.5), round(0.5), round(1.005, 2), round(12345, -3), round(True)], [chr(97), ord("é"), ascii("é"), hex(255), oct(8), bin(-5)], [bool([]), bool("0"), bool(0.0), bool([0])], [repr("a'b"), repr('a"b'), repr("a'\"b")])
