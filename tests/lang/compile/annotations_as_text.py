"""from __future__ import annotations: annotations are kept as text."""
from __future__ import annotations
def f(a: 5, b: x[1:2, ...], c: -1 ** 2, d: (lambda a, /, b=1, *c, d=2, **e: a)(1), e: f"{x!r:>{w}}{{", *g: *Ts, **h: {**a, 'b': 1}) -> "q": pass
for k, v in f.__annotations__.items(): print(k, v)  #> a 5
#> b x[1:2, ...]
#> c -1 ** 2
#> d (lambda a, /, b=1, *c, d=2, **e: a)(1)
#> e f'{x!r:>{w}}{{'
#> g *Ts
#> h {**a, 'b': 1}
#> return 'q'
class C:
    a: not (x and y) or z
    b: x if y else (z if w else v)
    c: [i async for i in x if y if z]
    d: a < b <= c is not d not in e
    e: (1,)
    f: 1 .real
    g: (a + b) * c // ~d @ e
    h: u'x' if 0 else 1e999 + 1j
for k, v in C.__annotations__.items(): print(k, v)  #> a not (x and y) or z
#> b x if y else z if w else v
#> c [i async for i in x if y if z]
#> d a < b <= c is not d not in e
#> e (1,)
#> f 1 .real
#> g (a + b) * c // ~d @ e
#> h u'x' if 0 else 1e309 + 1j
