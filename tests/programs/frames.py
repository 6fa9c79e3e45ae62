"""Frames: sys._getframe, f_locals, f_back, f_lineno, f_globals, and generators' frames."""
import sys


def caller_name(depth=1):
    return sys._getframe(depth + 1).f_code.co_name


def outer():
    return inner()


def inner():
    names = []
    frame = sys._getframe()
    while frame:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return names, caller_name(0), caller_name()


print(outer())
print([outer() for _ in range(1)][0][0], (lambda: outer()[0])())


def variables(a, *args, k=1, **kw):
    b = a * 2
    unset: int
    frame = sys._getframe()
    before = dict(frame.f_locals)
    c = 3
    del b
    after = frame.f_locals
    return sorted(before), sorted(after), frame.f_locals is after, frame.f_globals is globals(), frame.f_builtins is vars(__import__("builtins"))


print(variables(1, 2, z=3))


def lines():
    f = sys._getframe()
    result = [f.f_lineno]
    result.append(f.f_lineno)

    result += [f.f_lineno,
               f.f_lineno]
    return [n - f.f_code.co_firstlineno for n in result], f.f_lasti > 0


print(lines())


class Body:
    frame = sys._getframe()
    names = sorted(n for n in frame.f_locals if n[0] != "_")
    code_name = frame.f_code.co_name
    is_locals = frame.f_locals is locals()


print(Body.names, Body.code_name, Body.is_locals, Body.frame.f_back is None)
module = sys._getframe()
print(module.f_code.co_name, module.f_locals is globals(), module.f_back)


def closure():
    cell, plain = 1, 2

    def reader():
        return cell, sorted(sys._getframe().f_locals.items())
    return reader(), sorted(k for k in locals())


print(closure())


def gen(n):
    for i in range(n):
        got = yield i


g = gen(3)
print(g.gi_frame.f_locals, g.gi_frame.f_lasti, g.gi_frame.f_back)
next(g)
print(g.gi_frame.f_locals, g.gi_frame.f_lineno - gen.__code__.co_firstlineno)
g.send("sent")
print(g.gi_frame.f_locals, g.gi_frame.f_back, g.gi_frame.f_code is gen.__code__)
frame = g.gi_frame
list(g)
print(g.gi_frame, frame.f_locals)


def keep():
    x = "kept"
    return sys._getframe()


old = keep()
print(old.f_locals, old.f_back is None or old.f_back.f_code.co_name, old.f_lineno - keep.__code__.co_firstlineno)
old.clear()
print(old.f_locals)


def running():
    try:
        sys._getframe().clear()
    except RuntimeError as error:
        return str(error)


print(running())
g = gen(2)
next(g)
g.gi_frame.clear()
print(list(g))
for action in (lambda: sys._getframe(1000), lambda: sys._getframe("x"), lambda: setattr(old, "f_lineno", 1), lambda: setattr(old, "f_locals", {}), lambda: type(old)(), lambda: setattr(old, "f_trace_lines", 5), lambda: sys._getframe(-1).f_code.co_name):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def tracer_test():
    events = []

    def tracer(frame, event, arg):
        if frame.f_code.co_name == "traced":
            events.append((event, frame.f_lineno - frame.f_code.co_firstlineno, arg if not isinstance(arg, tuple) else arg[0].__name__))
            return tracer

    def traced(n):
        x = 1
        for i in range(n):
            x += i
        try:
            x / 0
        except ZeroDivisionError:
            pass
        return x

    sys.settrace(tracer)
    traced(2)
    sys.settrace(None)
    return events


print(*tracer_test(), sep="\n")


def profile_test():
    events = []

    def profiler(frame, event, arg):
        events.append((event, getattr(arg, "__name__", None) if event.startswith("c_") else frame.f_code.co_name))

    def work():
        return len("abc") + abs(-1)

    sys.setprofile(profiler)
    work()
    sys.setprofile(None)
    return events


print(profile_test())
