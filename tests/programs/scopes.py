"""Name resolution: locals, cells, globals, builtins, class bodies, comprehensions, exec."""
import builtins
x = "global"


def reads(): return x


def writes():
    x = "local"
    return x, reads()


def declared():
    global x, y
    x, y = "changed", "made"
    def inner(): return x
    return inner()


def nested():
    x = "outer"

    def middle():
        def inner():
            nonlocal x
            x += "!"
            return x
        return inner
    f = middle()
    return f(), f(), x


def mixed():
    x = "function"

    class C:
        a = x
        x = "class"
        b = x

        def method(self): return x
        c = [x for _ in range(1)]
        d = (lambda: x)()
        e = [y for y in [x]]
    return C.a, C.b, C().method(), C.c, C.d, C.e


def class_global():
    class C:
        global x
        x = "from class body"
        v = x
    return C.v, hasattr(C, "x"), x


print(reads(), writes(), declared(), y, nested(), mixed(), class_global(), x)


def unbound():
    try:
        print(z)
    except UnboundLocalError as error:
        print(error, error.name)
    z = 1
    del z
    try:
        z
    except UnboundLocalError as error:
        print(error)


def free_unbound():
    def inner():
        try:
            return later
        except NameError as error:
            return str(error)
    first = inner()
    later = 1
    return first, inner()


unbound()
print(free_unbound())
len_before = len
len = lambda x: "shadowed"
print(len("abc"), builtins.len("abc"))
del len
print(len("abc"), len is len_before)
builtins.injected = "from builtins"
print(injected)
del builtins.injected
try:
    injected
except NameError as error:
    print(error, error.name)


def default_scope(x=x, f=lambda: x):
    x = x + "+"
    return x, f()


print(default_scope())
print([(lambda: i)() for i in range(3)], [f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]])
print([i for i in range(2) for i in range(i, 3)], [[i for i in range(i)] for i in range(3)])
i = "untouched"
{i: i for i in range(3)}
print(i, [w := 5 for _ in "a"], w)


def walrus():
    data = [1, 5, 2]
    if any((big := n) > 3 for n in data):
        return big, sorted(locals())


print(walrus())


def counter():
    count = 0

    def get(): return count

    def bump(by=1):
        nonlocal count
        count += by
        return count
    return get, bump


(get1, bump1), (get2, bump2) = counter(), counter()
bump1(), bump1(5), bump2()
print(get1(), get2(), bump1.__closure__[0] is get1.__closure__[0], bump1.__closure__[0] is bump2.__closure__[0])


def loop_cells():
    out = []
    for n in range(3):
        def f(): return n
        out.append(f)
    return [f() for f in out], len({id(f.__closure__[0]) for f in out})


print(loop_cells())


class Meta(type):
    @classmethod
    def __prepare__(m, name, bases):
        return {"from_prepare": 5}


class Prepared(metaclass=Meta):
    value = from_prepare + 1

    def method(self):
        try:
            return from_prepare
        except NameError as error:
            return str(error)


print(Prepared.value, Prepared().method())


def exec_scopes():
    local = 1
    exec("made = local + 1; print(made)")
    space = {}
    exec("def f():\n    return g()\ndef g():\n    return 'g'", space)
    return space["f"](), "made" in locals()


print(exec_scopes())
try:
    exec("a = 1\ndef f(): return a\nprint(f())", {}, {})
except NameError as error:
    print(error)


def delete_global():
    global temporary
    temporary = 1
    del temporary
    try:
        del temporary
    except NameError as error:
        return str(error)


print(delete_global())
try:
    raise ValueError
except ValueError as x:
    pass
try:
    x
except NameError as error:
    print(error)
globals()["dynamic"] = "via globals()"
print(dynamic, "dynamic" in vars(), __name__, __doc__[:4])


def del_cell():
    v = 1
    def f():
        nonlocal v
        del v
    f()
    try: return v
    except UnboundLocalError as error: return str(error)


print(del_cell())
