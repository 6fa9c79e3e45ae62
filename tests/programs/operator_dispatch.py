"""Binary operators on mixed built-in types: every pair, every operator, results and errors."""
values = [2, 2.5, 1j, True, "ab", b"ab", [1], (1,), {"k": 1}, {1}, frozenset([2]), None, range(2), bytearray(b"c"), {}.keys()]
operators = ["+", "-", "*", "/", "//", "%", "**", "@", "<<", "&", "|", "^", "<", "==", "in"]
for op in operators:
    for a in values:
        row = []
        for b in values:
            try:
                result = repr(eval(f"a {op} b", {"a": a, "b": b}))
            except Exception as error:
                result = f"{type(error).__name__}: {error}"
            row.append(result)
        # Rows are long: the distinct results with the number of times that each occurs.
        counts = {}
        for result in row:
            counts[result] = counts.get(result, 0) + 1
        print(op, repr(a), *(f"{k} x{n}" if n > 1 else k for k, n in counts.items()), sep=" | ")
for op in ("+=", "-=", "*=", "/=", "//=", "%=", "**=", "@=", "<<=", ">>=", "&=", "|=", "^="):
    row = []
    for a in (5, 2.5, "ab", [1], (1,), {1, 5}, {"k": 1}, bytearray(b"x"), None):
        for b in (2, [3], {5}, "z", {"j": 2}.items()):
            original = a.copy() if hasattr(a, "copy") else a[:] if isinstance(a, bytearray) else a
            names = {"x": original, "b": b}
            try:
                exec(f"x {op} b", names)
                row.append(f"{names['x']!r}{'' if names['x'] is original else '*'}")
            except Exception as error:
                row.append(f"{type(error).__name__}: {error}")
    print(op, *dict.fromkeys(row), sep=" | ")
for op in ("-", "+", "~", "not "):
    row = []
    for a in values:
        try:
            row.append(repr(eval(f"{op}a", {"a": a})))
        except TypeError as error:
            row.append(str(error))
    print(op, *row, sep=" | ")
for a, b in ((1, 1.0), ("a", "b"), ([1], [1, 2]), ((1, "a"), (1, 2)), ({1}, {1, 2}), (None, None), (1, "a"), ([1], (1,)), (b"a", "a"), ({1: 1}, {1: 1}), (1j, 1j), (range(2), range(2)), ({}.keys(), set())):
    row = []
    for op in ("<", "<=", "==", "!=", ">=", ">", "is not", "not in"):
        try:
            row.append(str(eval(f"a {op} b", {"a": a, "b": b})))
        except TypeError as error:
            row.append(str(error))
    print(repr(a), repr(b), *row, sep=" | ")
print([3] * 2.0 if False else "", 3 * "x" * 2, [[0] * 2] * 2, () * 5, "a" * 0, b"ab" * 3, (1, 2) * -1, "%s" % 5 + "x", 5 % 3, "%d%%" % 5, [1, 2] + list((3,)), {1} | frozenset([2]), frozenset([1]) | {2}, True + True, True & 1, 1 & True, ~True, -True, +False, 2 ** True, 7 // True)
