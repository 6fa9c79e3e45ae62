"""super() along three classes."""


class A:
    def method(self, x): return x


class B(A):
    def method(self, x): return super().method(x)


class C(B):
    def method(self, x): return super().method(x)


def run(n):
    c = C()
    for i in range(n):
        c.method(i)


run(1_800_000)
