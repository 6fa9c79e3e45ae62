"""isinstance, issubclass, type(), is, comparison of types, match."""


class A: pass
class B(A): pass
class C(B): pass


def classify(x):
    match x:
        case int(): return 1
        case str(): return 2
        case [a, b]: return 3
        case C(): return 4
    return 0


def run(n):
    c, items = C(), (1, "a", [1, 2], C())
    for i in range(n):
        isinstance(c, A)
        isinstance(i, (str, bytes, int))
        type(c) is C
        issubclass(C, A)
        classify(items[i & 3])


run(2_500_000)
