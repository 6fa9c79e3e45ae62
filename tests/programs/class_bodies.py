"""Class statements: bodies, namespaces, annotations, errors inside, nesting, keyword arguments."""


class Body:
    """The docstring."""
    order = []
    for i in range(3):
        order.append(i)
    else:
        order.append("else")
    if order:
        conditional = True
    del i
    try:
        1 / 0
    except ZeroDivisionError as e:
        error = str(e)
    with open("/dev/null") as f:
        inside = f.closed
    closed = f.closed
    del f
    first, *rest = order
    locals()["dynamic"] = 5
    names = sorted(n for n in locals() if not n.startswith("__"))
    here = __qualname__, __module__

    def method(self): return __class__
    lam = lambda self: self.order
    nested = [[x for x in range(y)] for y in order[:3]]
    exec("made = 'by exec'")
    global leaked
    leaked = "global from class"

    class Inner:
        value = "inner"
        class Deeper: pass

        def get(self): return self.value
    instance = Inner()


print(Body.__doc__, Body.order, Body.conditional, Body.error, Body.inside, Body.closed, Body.rest, Body.dynamic, Body.names, Body.here, Body.made, leaked)
print(Body().method() is Body, Body().lam(), Body.nested, Body.Inner.Deeper.__qualname__, Body.instance.get(), Body.Inner.get.__qualname__)

