"""Reference cycles: found by gc, __del__ once, weak-free behaviour."""
import gc

gc.disable()


class Node:
    def __init__(self, name): self.name, self.links = name, []
    def __del__(self): log.append(self.name)


log = []
a, b = Node("a"), Node("b")
a.links.append(b)
b.links.append(a)
del a, b
print("before", log)
gc.collect()
print("after", sorted(log))
log.clear()
n = Node("self")
n.links.append(n)
n.me = n
del n
print(gc.collect() > 0, log)
log.clear()


def in_closure():
    x = Node("closure")
    def f(): return x, f
    x.f = f


in_closure()
gc.collect()
print(log)
log.clear()


class Resurrect:
    def __init__(self): self.me = self

    def __del__(self):
        log.append("resurrected")
        back.append(self)


back = []
Resurrect()
gc.collect()
print(log, len(back), back[0].me is back[0])
back.clear()
gc.collect()
print(log)
log.clear()
d = {}
d["d"] = d
l = [d]
l.append(l)
d["l"] = l
del d, l
print(gc.collect() >= 2)


def generator():
    me = yield
    n = Node("generator")
    try:
        yield me
    finally:
        log.append("finally")


g = generator()
next(g)
g.send(g)
del g
gc.collect()
print(log)
log.clear()


class C: pass
C.me = C
C.node = Node("class attribute")
del C
gc.collect()
print(log)
log.clear()
try:
    raise ValueError
except ValueError as e:
    saved = e
    node = Node("in traceback frame")


def holder():
    node = Node("frame")
    try:
        1 / 0
    except ZeroDivisionError as error:
        keep = error


holder()
print(log)
gc.collect()
print(log)
print(gc.isenabled(), gc.get_threshold(), gc.is_tracked([]), gc.is_tracked(1), gc.is_tracked("a"), gc.is_tracked((1, 2)), gc.is_tracked({}), gc.is_tracked({"a": []}))
gc.enable()
log.clear()
for i in range(3000):
    x = Node(i)
    x.links.append(x)
print(len(log) > 0)
del x, node
gc.collect()
log_length = len(log)
print(log_length)
class Quiet:
    def __del__(self): pass
print(gc.get_referents([1, "a"]), gc.garbage, gc.callbacks)
log = []
