"""When objects die: immediately, in order, with resurrection; what runs at exit."""


class Noisy:
    alive = 0

    def __init__(self, name, *keep):
        self.name, self.keep = name, keep
        Noisy.alive += 1

    def __del__(self):
        Noisy.alive -= 1
        print("del", self.name)


def scope():
    a, b = Noisy("a"), Noisy("b")
    print("in scope")
    b = None
    print("rebound")
    return "returned"


print(scope())
Noisy("temporary")
print("after temporary")
x = Noisy("first")
x = Noisy("second")
print("rebound x")
del x
nested = Noisy("outer", Noisy("inner", Noisy("innermost")))
nested = None
items = [Noisy(i) for i in range(4)]
del items[1]
items[0] = None
items.pop()
print("left", [i and i.name for i in items])
items = None
d = {k: Noisy(k) for k in "pq"}
d["p"] = 1
d.popitem()
print("dict done", d)


def exchange(obj):
    print("got", obj.name)
    del obj
    print("parameter deleted")


exchange(Noisy("argument"))
for n in (Noisy(i) for i in ("g1", "g2")):
    print("loop", n.name)
del n


def raiser():
    local = Noisy("in frame")
    raise ValueError


try:
    raiser()
except ValueError as error:
    print("handling")
print("handled")
saved = []


class Phoenix:
    def __init__(self): self.count = 0

    def __del__(self):
        self.count += 1
        saved.append(self)
        print("resurrected", self.count)


Phoenix()
print(saved[0].count)
saved.clear()
print("gone for good", len(saved))
t = (Noisy("t1"), Noisy("t2"))
a, b = t
del t
print("tuple gone")
del b, a


def gen():
    n = Noisy("in generator")
    yield 1
    yield 2


g = gen()
next(g)
g.close()
print("closed")
g = gen()
next(g)
g = None
print("dropped")


class Slots:
    __slots__ = ("v",)


s = Slots()
s.v = Noisy("slot")
del s
f = lambda keep=Noisy("default"): keep
del f


def closure():
    n = Noisy("cell")
    return lambda: n


c = closure()
print("closure made")
del c
print(Noisy.alive)
keep = Noisy("global at exit")
print("end")
