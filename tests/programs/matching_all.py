"""Patterns against many subjects: a grid, then captures and guards, then dispatch by class."""
import sys


class P2:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
    def __repr__(self): return f"P2({self.x!r}, {self.y!r})"


class P3(P2):
    __match_args__ = ("x", "y", "z")
    def __init__(self, x, y, z): super().__init__(x, y); self.z = z


class K:
    ONE, NAME, EMPTY = 1, "name", ()


class Seq:
    """Looks like a sequence but is not registered as one."""
    def __len__(self): return 2
    def __getitem__(self, i): return (1, 2)[i]


class Map(dict):
    def __missing__(self, key): return "missing"


patterns = ["0", "-1", "1.5", "2+1j", "-3-2j", "'a'", "b'x'", "None", "True", "x", "_", "K.ONE", "K.NAME", "[]", "()", "[x]", "(x,)", "[x, y]", "[1, *_]", "[*_, 2]", "[x, *r]", "[x, *_, y]", "[[x], *_]", "{}", "{'k': v}", "{'k': 1, **r}", "{1: x}", "{K.NAME: x}", "{None: x}",
            "P2()", "P2(x, y)", "P2(1)", "P2(x=1)", "P2(0, y=b)", "P3(x, y, z)", "P2(x=P2())", "int()", "int(x)", "str(x)", "float()", "list([x])", "dict(d)", "tuple((x, y))", "bool()", "bytes(b)", "0 | 1 | 'a'", "int() | str() as x", "[int() as a, str() as b]", "[(1 | 2) as x, _]", "(1 as a) | (2 as a)", "object()", "type()", "{'k': [x, {'z': z}]}", "object(real=r)"]
subjects = ["0", "-1", "1", "True", "False", "1.5", "2", "2+1j", "-3-2j", "'a'", "'name'", "''", "b'x'", "None", "[]", "()", "[1]", "[1, 2]", "(1, 2, 3)", "[[5], 6]", "[1, 'b']", "range(2)", "'ab'", "b'ab'", "bytearray(b'ab')", "{1, 2}", "iter([1])", "{}", "{'k': 1}", "{'k': 1, 'm': 2}", "{1: 2}", "{'name': 5}", "{None: 0}", "{'k': [1, {'z': 9}]}",
            "P2(1, 2)", "P2(0, 5)", "P3(1, 2, 3)", "P2(P2(1, 1), 0)", "Seq()", "Map()", "int", "object()", "memoryview(b'ab')", "sys.version_info[:2]"]
for pattern in patterns:
    source = f"match subject:\n    case {pattern}:\n        matched = {{n: v for n, v in sorted(locals().items()) if n in 'abdrvxyz'}}"
    code = compile(source, "pattern", "exec")
    hits = []
    for subject in subjects:
        names = {"subject": eval(subject), "P2": P2, "P3": P3, "K": K}
        exec(code, names, local := {})
        if "matched" in local:
            hits.append(subject + (f" {local['matched']}" if local["matched"] else ""))
    print(f"{pattern}: {'; '.join(hits)}".split(" at 0x")[0])


def shape(item):
    match item:
        case {"type": "circle", "r": (int() | float()) as r} if r > 0: return f"circle {r}"
        case {"type": "circle"}: return "bad circle"
        case {"type": "poly", "points": [(_, _), (_, _), (_, _), *more] as points}: return f"poly {len(points)} {len(more)}"
        case {"type": str(kind), **rest} if not rest: return f"bare {kind}"
        case {"type": kind}: return f"unknown {kind!r}"
        case [first, second] | (first, second, _) if first == second: return f"pair of {first}"
        case [] | {}: return "empty"
        case str() as s if s.isdigit(): return f"digits {s}"
        case x if callable(x): return f"callable {x.__name__}"
    return None


for item in ({"type": "circle", "r": 2}, {"type": "circle", "r": -1}, {"type": "circle", "r": True}, {"type": "poly", "points": [(0, 0), (1, 0), [2, 2], "ab"]}, {"type": "poly", "points": [(0, 0)]}, {"type": "dot"}, {"type": 5, "a": 1}, [1, 1], (2, 2, 3), [1, 2], [], {}, {"a": 1}, "42", "x", len, None):
    print(item, "->", shape(item))


class Lazy:
    """Says which attributes a class pattern asks for, in which order."""
    __match_args__ = ("first", "second")
    log = []
    def __getattr__(self, name):
        self.log.append(name)
        if name == "absent": raise AttributeError(name)
        if name == "broken": raise ValueError("broken attribute")
        return name.upper()


def probe(x):
    match x:
        case Lazy(absent=_): return "absent"
        case Lazy("FIRST", "nope"): return 1
        case Lazy("FIRST", third="THIRD"): return 2


print(probe(Lazy()), Lazy.log)
try:
    match Lazy():
        case Lazy(broken=x): pass
except ValueError as error:
    print(error)
side = []
match (side.append("once") or 5):
    case 1 | 2 | 3: pass
    case n if side.append(n): pass
    case n if not side.append(n + 1): print(side, n)
