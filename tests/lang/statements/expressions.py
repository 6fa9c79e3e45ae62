"""Precedence and order of evaluation."""
print(2 + 3 * 4 ** 2 // 5 % 6, -2 ** 2, 2 ** -1, 2 ** 3 ** 2, not 1 == 2, 1 + 2 << 3 & 4 | 5 ^ 6, ~1 + 2)
#> 5 -4 0.5 512 True 3 0
print(1 if 0 else 2 if 0 else 3, (lambda: 1 if 0 else 2)(), 1 or 0 and 0, not 0 and 1, 1 < 2 == 2 != 3, 1 in [1] in [[1]], x_is_none := None is not None)
#> 3 2 1 1 True True False
print(1 == 1 in [1], 5 - 3 - 1, 100 / 10 / 2, 2 ** 2 ** 0, -3 // 2, -(3 // 2), +-+5, not not 5)
#> True 1 5.0 2 -2 -1 -5 True
log = []
def v(x): log.append(x); return x
v(1) + v(2) * v(3)
print(log); log.clear()                 #> [1, 2, 3]
v(1) if v(0) else v(2)
print(log); log.clear()                 #> [0, 2]
v(1) < v(3) < v(2) < v(9)
print(log); log.clear()                 #> [1, 3, 2]
{v("k1"): v("v1"), v("k2"): v("v2")}
print(log); log.clear()                 #> ['k1', 'v1', 'k2', 'v2']
(lambda *a, **k: None)(v(1), *[v(2)], k=v(3), **{"j": v(4)})
print(log); log.clear()                 #> [1, 2, 3, 4]
[v(1), v(2)][v(0)]
[1, 2, 3][v(0):v(2):v(1)]
print(log); log.clear()                 #> [1, 2, 0, 0, 2, 1]
v(0) or v("") or v(3) and v(4)
print(log); log.clear()                 #> [0, '', 3, 4]
print((1, 2)[0], [1, 2][-1], {"a": 1}["a"], "abc"[1], (lambda x, y=2, *z, k=3, **w: (x, y, z, k, w))(1, 5, 6, q=7))
#> 1 2 1 b (1, 5, (6,), 3, {'q': 7})
print(*[1, 2], *"ab", sep=","), print("a", "b", end="!\n")  #> 1,2,a,b
#> a b!
print(0x1F, 0b101, 0o17, 1_000, 1e3, 1E-3, .5, 5., 1_0.0_1, 1j, 1e400, 0o0, 00, 0_0)
#> 31 5 15 1000 1000.0 0.001 0.5 5.0 10.01 1j inf 0 0 0
print(1 if 1 else 2, [0x1 for x in (1, 2)])  #> 1 [1, 1]
print("a" 'b' """c""" '''d''' r"\e" u"u", len("\
"), "a""b" == "ab")
#> abcd\eu 0 True
print((1), (1,), (), ((1, 2), 3), [1, ], {1, }, {1: 2, }, (1, *[2], 3))
#> 1 (1,) () ((1, 2), 3) [1] {1} {1: 2} (1, 2, 3)
print(type(...), ... == Ellipsis, x if (x := 3) > 2 else 0, (yy := [1, 2]) + yy)
#> <class 'ellipsis'> True 3 [1, 2, 1, 2]
print(1 .__class__, 1.0.__class__, 1..__class__, 1j.__class__, "".__class__, [].__class__, {}.__class__, {1}.__class__, ().__class__)
#> <class 'int'> <class 'float'> <class 'float'> <class 'complex'> <class 'str'> <class 'list'> <class 'dict'> <class 'set'> <class 'tuple'>
print("yes" if [] == [] else "no", None is None is True, (None is None) is True)  #> yes False True
print([1, 2, 3][True], {True: "t"}[1], 3 * "ab" + "c" * 2, "a" < "b" < "c", b"a" + b"b", b'a' rb'\x')
#> 2 t abababcc True b'ab' b'a\\x'
