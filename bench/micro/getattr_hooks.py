"""getattr(), hasattr(), setattr() and __getattr__."""


class C:
    def __init__(self): self.x = 1
    def __getattr__(self, name): return 7


def run(n):
    c = C()
    for i in range(n):
        getattr(c, "x")
        getattr(c, "missing")
        hasattr(c, "x")
        setattr(c, "x", i)


run(1_000_000)
