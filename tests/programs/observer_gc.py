"""Caches, parents and children without weak references: explicit release, __del__ at the right moment."""
events = []


class Resource:
    open_count = 0

    def __init__(self, name):
        self.name, self.closed = name, False
        Resource.open_count += 1

    def close(self):
        if not self.closed:
            self.closed = True
            Resource.open_count -= 1
            events.append(f"close {self.name}")

    def __del__(self): self.close()
    def __enter__(self): return self
    def __exit__(self, *info): self.close()


class Pool:
    """Hands out resources; what comes back is used again."""
    def __init__(self, limit): self.free, self.limit, self.made = [], limit, 0

    def take(self):
        if self.free: return Lease(self, self.free.pop())
        if self.made >= self.limit: raise RuntimeError("pool is empty")
        self.made += 1
        return Lease(self, Resource(f"r{self.made}"))


class Lease:
    def __init__(self, pool, resource): self.pool, self.resource = pool, resource
    def __getattr__(self, name): return getattr(self.resource, name)
    def __del__(self):
        if not self.resource.closed:
            self.pool.free.append(self.resource)
            events.append(f"back {self.resource.name}")


def flush(label):
    print(label, events, Resource.open_count)
    events.clear()


pool = Pool(2)
a, b = pool.take(), pool.take()
print(a.name, b.name)
try:
    pool.take()
except RuntimeError as error:
    print(error)
del a
flush("a gone")
c = pool.take()
print(c.name, len(pool.free))
b = None
flush("b rebound")
c.resource.close()
del c
flush("c closed")


def uses():
    with Resource("with") as r:
        inner = Resource("inner")
        events.append(f"using {r.name}")
        return inner.name


print(uses())
flush("uses")


def failing():
    first = Resource("first")
    second = Resource("second")
    raise ValueError("in the middle")


try:
    failing()
except ValueError as error:
    flush("caught, the frame still lives")
    error.__traceback__ = None
    flush("traceback dropped")
flush("after")


def generator():
    with Resource("in generator") as r:
        yield r.name
        yield "more"


g = generator()
next(g)
flush("suspended")
del g
flush("generator gone")
for name in generator():
    break
flush("loop left")
holder = [Resource(i) for i in range(4)]
del holder[::2]
flush("slice deleted")
holder[0] = Resource("new")
flush("item replaced")
holder.sort(key=lambda r: str(r.name))
holder = holder[:1] + [holder]
flush("still there")
holder = None
flush("all gone")
d = {k: Resource(k) for k in "xyz"}
d["x"] = d.pop("y")
flush("dict moved")
d |= {"z": None}
flush("dict merged")
d.clear()
flush("dict cleared")
s = {Resource("in set")}
s.clear()
flush("set cleared")
t = (Resource("t0"), [Resource("t1")])
t[1].clear()
flush("nested list cleared")
t = t[1:]
flush("tuple sliced")
x = y = Resource("shared")
x = 1
flush("one name left")
y = 2
flush("no name left")
f = (lambda r: lambda: r.name)(Resource("closed over"))
print(f())
f = None
flush("closure gone")


class Node:
    def __init__(self, name, parent=None): self.resource, self.parent, self.children = Resource(name), parent, []; parent and parent.children.append(self)
    def release(self):
        for child in self.children: child.release()
        self.children.clear()
        self.parent = None


root = Node("root")
Node("leaf", Node("branch", root))
root.release()
flush("released")
root = None
flush("root gone")
[Resource("temporary") for _ in range(2)]
flush("expression")
print(Resource("argument").name, len(events))
flush("argument")
_ = Resource("k") if Resource("test") else Resource("never")
flush("conditional")
del _
Resource("chain").close() or events.append("after close")
flush("end")
kept = Resource("until exit")
print(Resource.open_count)
