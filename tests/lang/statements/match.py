"""match: every kind of pattern."""
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Color: RED = 1; BLUE = "b"
def m(v):
    match v:
        case 0 | -1: return "zero or minus one"
        case 1.5: return "float"
        case 2 + 3j: return "complex"
        case "a" "b": return "text ab"
        case b"x": return "bytes"
        case None: return "None"
        case True: return "True"
        case Color.BLUE: return "value pattern"
        case []: return "empty"
        case [x]: return f"one {x}"
        case [1, y, *rest] if y != 9: return f"1,{y},{rest}"
        case (first, *_, last): return f"ends {first} {last}"
        case {"k": {"deep": d}, **more}: return f"deep {d} {more}"
        case {"k": k, "j": 5}: return f"k {k}"
        case {}: return "some mapping"
        case P(0, y=yy): return f"P0 {yy}"
        case P(x=int(n) as xx): return f"P int {n} {xx}"
        case str(s): return f"str {s}"
        case int() | float() as num: return f"num {num}"
        case set() as q: return f"set {q}"
        case _: return "other"
for v in (0, -1, 1.5, 2 + 3j, "ab", b"x", None, True, "b", [], [7], [1, 2, 3], [1, 9, 3], (4, 5), range(3), {"k": {"deep": 1}, "z": 2}, {"k": 1, "j": 5}, {"q": 1}, {}, P(0, 1), P(5, 1), P("s", 2), "str", 99, 9.9, {1}, b"yy", bytearray(b"x"), "", False, iter([])): print(m(v))
#> zero or minus one
#> zero or minus one
#> float
#> complex
#> text ab
#> bytes
#> None
#> True
#> value pattern
#> empty
#> one 7
#> 1,2,[3]
#> ends 1 3
#> ends 4 5
#> ends 0 2
#> deep 1 {'z': 2}
#> k 1
#> some mapping
#> some mapping
#> P0 1
#> P int 5 5
#> other
#> str str
#> num 99
#> num 9.9
#> set {1}
#> other
#> bytes
#> str
#> zero or minus one
#> other
def bad(v):
    match v:
        case P(1, 2, 3): return 1
bad(P(1, 2))                            #! TypeError: P() accepts 2 positional sub-patterns (3 given)
class NoArgs: pass
def bad2(v):
    match v:
        case NoArgs(1): return 1
bad2(NoArgs())                          #! TypeError: NoArgs() accepts 0 positional sub-patterns (1 given)
class BadArgs: __match_args__ = ["x"]
def bad3(v):
    match v:
        case BadArgs(1): return 1
bad3(BadArgs())                         #! TypeError: BadArgs.__match_args__ must be a tuple (got list)
class BadArgs2: __match_args__ = (5,)
def bad4(v):
    match v:
        case BadArgs2(1): return 1
bad4(BadArgs2())                        #! TypeError: __match_args__ elements must be strings (got int)
five = 5
def bad5(v):
    match v:
        case five(): return 1
bad5(1)                                 #! TypeError: called match pattern must be a type
def bad6(v):
    match v:
        case P(1, x=2): return 1
bad6(P(1, 2))                           #! TypeError: P() got multiple sub-patterns for attribute 'x'
match 5, 6:
    case a, b: print("tuple subject", a, b)
#> tuple subject 5 6
match [1, [2, [3, 4]]]:
    case [a, [b, [*c]]]: print(a, b, c)
#> 1 2 [3, 4]
match = 5
case = 6
print(match + case)                     #> 11
match match:
    case case: print("soft keywords", case)
#> soft keywords 5
match(1)                                #! TypeError: 'int' object is not callable
match {"a": 1, "b": 2}:
    case {"a": 1, **rest}: print(rest)
#> {'b': 2}
match "abc":
    case [*_]: print("no")
    case str(): print("strings are not sequences")
#> strings are not sequences
for source in ("match x:\n case a: pass\n case b: pass", "match x:\n case a | b: pass", "match x:\n case [a, a]: pass", "match x:\n case {'k': 1, 'k': 2}: pass", "match x:\n case [*a, *b]: pass", "match x:\n case a.b as _: pass", "match x:\n case {**_}: pass", "match x:\n case -a: pass", "match x:\n case 1 + 2: pass", "match x:\n case f'a': pass", "match x:\n case {**r, 'a': 1}: pass", "match x:\n case P(a=1, a=2): pass", "match x:\n case P(a=1, 2): pass", "match x:\n pass", "match x:\n case 1\n  pass", "match x:\n case {a: 1}: pass", "match x:\n case 1 as a.b: pass"):
    try: compile(source, "s", "exec"); print("ok", repr(source))
    except SyntaxError as e: print(repr(source), "->", e.msg)
#> 'match x:\n case a: pass\n case b: pass' -> name capture 'a' makes remaining patterns unreachable
#> 'match x:\n case a | b: pass' -> name capture 'a' makes remaining patterns unreachable
#> 'match x:\n case [a, a]: pass' -> multiple assignments to name 'a' in pattern
#> "match x:\n case {'k': 1, 'k': 2}: pass" -> mapping pattern checks duplicate key ('k')
#> 'match x:\n case [*a, *b]: pass' -> multiple starred names in sequence pattern
#> 'match x:\n case a.b as _: pass' -> cannot use '_' as a target
#> 'match x:\n case {**_}: pass' -> invalid syntax
#> 'match x:\n case -a: pass' -> invalid syntax
#> 'match x:\n case 1 + 2: pass' -> imaginary number required in complex literal
#> "match x:\n case f'a': pass" -> patterns may only match literals and attribute lookups
#> "match x:\n case {**r, 'a': 1}: pass" -> invalid syntax
#> 'match x:\n case P(a=1, a=2): pass' -> attribute name repeated in class pattern: a
#> 'match x:\n case P(a=1, 2): pass' -> positional patterns follow keyword patterns
#> 'match x:\n pass' -> invalid syntax
#> 'match x:\n case 1\n  pass' -> expected ':'
#> 'match x:\n case {a: 1}: pass' -> invalid syntax
#> 'match x:\n case 1 as a.b: pass' -> invalid syntax
