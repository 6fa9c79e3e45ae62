"""Functions beyond the small sizes: many locals, constants, names, arguments, branches, long jumps, deep nesting."""


def build(lines):
    space = {}
    exec("\n".join(lines), space)
    return space


# 400 locals, each used: indices beyond one byte.
space = build(["def f(start):"] + ["    v0 = start"] + [f"    v{i} = v{i - 1} + {i}" for i in range(1, 400)] + ["    return v399, v0, v255, v256"])
print(space["f"](1), space["f"].__code__.co_nlocals)
# 1000 constants and names.
space = build([f"name_{i} = {i * 1000003}" for i in range(1000)] + ["total = " + " + ".join(f"name_{i}" for i in range(0, 1000, 7))])
print(space["total"], space["name_999"])
# 300 parameters.
parameters = ", ".join(f"p{i}" for i in range(300))
space = build([f"def f({parameters}): return p0, p255, p256, p299"])
print(space["f"](*range(300)), space["f"](**{f"p{i}": -i for i in range(300)}))
try:
    space["f"](*range(298))
except TypeError as error:
    print(error)
try:
    space["f"](*range(301))
except TypeError as error:
    print(error)
space = build([f"def f({', '.join(f'p{i}={i}' for i in range(300))}, *, {', '.join(f'k{i}={i}' for i in range(300))}): return p299, k299, p17, k280"])
print(space["f"](), space["f"](5, k280=1))
# A loop whose body is longer than 256 and 65536 bytes of code.
for count in (100, 8000):
    body = [f"        x = (x * {i % 7 + 1} + {i}) % 1000003" for i in range(count)]
    space = build(["def f(n):", "    x = 1", "    for i in range(n):", "        if i == 2:", "            continue", "        if x < 0:", "            break", *body, "    else:", "        x = -x", "    return x"])
    print(count, space["f"](0), space["f"](3), len(space["f"].__code__.co_code) > count * 10)
# try around a long body.
body = [f"        x += {i}" for i in range(3000)]
space = build(["def f(d):", "    x = 0", "    try:", *body, "        x /= d", "    except ZeroDivisionError:", "        return 'caught', x", "    finally:", "        x = None", "    return x"])
print(space["f"](2), space["f"](0))
# Many elif branches, a long match, many cells.
space = build(["def f(n):", "    if n == 0: return 'zero'"] + [f"    elif n == {i}: return 'case {i}'" for i in range(1, 1500)] + ["    else: return 'other'"])
print(space["f"](0), space["f"](700), space["f"](1499), space["f"](5000))
space = build(["def f(n):", "    match n:"] + [f"        case {i}: return {i * i}" for i in range(600)] + ["        case _: return 'default'"])
print(space["f"](0), space["f"](599), space["f"]("x"))
space = build(["def f():"] + [f"    c{i} = {i}" for i in range(300)] + ["    def g():", "        return " + " + ".join(f"c{i}" for i in range(300)), "    return g"])
print(space["f"]()(), len(space["f"]().__closure__))
# Large displays and calls.
print(len(eval("[" + ", ".join(map(str, range(3000))) + "]")), len(eval("{" + ", ".join(f"{i}: {i}" for i in range(3000)) + "}")), len(eval("(" + ", ".join(f"x + {i}" for i in range(2000)) + ")", {"x": 1})))
print(sum(eval("[" + ", ".join(f"x + {i}" for i in range(2000)) + "]", {"x": 1})), len(eval("{" + ", ".join(f"x + {i}" for i in range(500)) + "}", {"x": 1})), len(eval("f(" + ", ".join(f"k{i}={i}" for i in range(500)) + ")", {"f": lambda **k: k})))
print(eval("f(" + ", ".join(f"x{i % 3}" for i in range(1000)) + ")", {"f": lambda *a: sum(a), "x0": 1, "x1": 2, "x2": 3}), eval("''.join([" + ", ".join(f"f'{{x}}{i}'" for i in range(300)) + "])", {"x": "-"})[-20:])
# Nesting.
print(eval("(" * 90 + "1" + ")" * 90), eval("[" * 90 + "]" * 90) != 0, eval("-" * 60 + "1"), eval("not " * 61 + "1"), eval("+".join("1" for _ in range(1000))))
for depth in (99, 150, 250):
    for text in ("(" * depth + ")" * depth, "[" * depth + "]" * depth):
        try:
            eval(text)
            print(depth, "fine")
        except (SyntaxError, MemoryError, RecursionError) as error:
            print(depth, type(error).__name__, error)
nested = [" " * i + f"if x > {i}:" for i in range(60)] + [" " * 60 + "y = x"]
space = build(["x, y = 100, 0"] + nested)
print(space["y"])
try:
    build([" " * i + "if x:" for i in range(101)] + [" " * 101 + "pass"])
except IndentationError as error:
    print(error.msg)
for blocks in (18, 21):
    try:
        build(["for a%d in b:" % i if not i else " " * i + "for a%d in b:" % i for i in range(blocks)] + [" " * blocks + "pass"]) if False else compile("\n".join(" " * i + f"for a{i} in b:" for i in range(blocks)) + "\n" + " " * blocks + "pass", "n", "exec")
        print(blocks, "fine")
    except SyntaxError as error:
        print(blocks, error.msg)
