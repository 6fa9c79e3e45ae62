"""Methods, inherited methods, class and static methods, super."""


class Base:
    def get(self): return self.value
    def base(self): return 1
    @classmethod
    def make(cls): return cls
    @staticmethod
    def static(x): return x


class Derived(Base):
    def __init__(self, value): self.value = value
    def get(self): return super().get()


def run(n):
    obj = Derived(5)
    for i in range(n):
        obj.base()
        obj.get()
        obj.make()
        obj.static(i)
        Derived.static(i)


run(1_800_000)
