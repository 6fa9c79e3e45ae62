"""isinstance, issubclass, type(), is."""


class A: pass
class B(A): pass
class C(B): pass


def run(n):
    c = C()
    for i in range(n):
        isinstance(c, A)
        isinstance(i, (str, bytes, int))
        type(c) is C
        issubclass(C, A)
        isinstance(i, str)
        c.__class__ is A


run(2_500_000)
