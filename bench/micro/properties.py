"""Properties, __getattr__, descriptors."""


class Box:
    def __init__(self): self._v = 0
    @property
    def value(self): return self._v
    @value.setter
    def value(self, v): self._v = v
    def __getattr__(self, name): return 1


def run(n):
    b = Box()
    for i in range(n):
        b.value = b.value + 1
        b.missing


run(1_600_000)
