"""Traceback objects: tb_lineno, tb_next, frames, with_traceback, making them by hand."""
import sys


def outer():
    middle()


def middle():
    local = "here"
    inner()


def inner():
    raise ValueError("deep")


def chain(tb):
    while tb:
        yield tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_frame.f_lineno, tb.tb_lasti >= 0
        tb = tb.tb_next


try:
    outer()
except ValueError as error:
    saved = error
    print(*chain(error.__traceback__), sep="\n")
    print(sys.exc_info()[2] is error.__traceback__, sys.exc_info()[1] is error)
print(saved.__traceback__.tb_next.tb_next.tb_frame.f_locals)
try:
    raise saved
except ValueError as error:
    print(*chain(error.__traceback__), sep="\n")
short = saved.__traceback__.tb_next
try:
    raise saved.with_traceback(short)
except ValueError as error:
    print([name for name, *_ in chain(error.__traceback__)])
try:
    raise saved.with_traceback(None)
except ValueError as error:
    print([name for name, *_ in chain(error.__traceback__)])
TracebackType = type(short)
made = TracebackType(None, sys._getframe(), 0, 5)
print(made.tb_lineno, made.tb_next, made.tb_frame is sys._getframe())
made.tb_next = short
print([name for name, *_ in chain(made)])
for action in (lambda: TracebackType(), lambda: TracebackType(5, sys._getframe(), 0, 0), lambda: setattr(made, "tb_next", made), lambda: setattr(made, "tb_next", 5),
               lambda: setattr(made, "tb_lineno", 5), lambda: delattr(made, "tb_next"), lambda: setattr(saved, "__traceback__", 5)):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)


def generator():
    try:
        yield 1
    except KeyError as error:
        yield [name for name, *_ in chain(error.__traceback__)]
        raise


g = generator()
next(g)
print(g.throw(KeyError("thrown")))
try:
    next(g)
except KeyError as error:
    print(*chain(error.__traceback__))


def loop_lines():
    for i in range(3):
        try:
            if i == 0:
                raise IndexError
            elif i == 1:
                {}[
                    "multi"
                ]
            else:
                len(
                    5
                )
        except Exception as error:
            yield type(error).__name__, error.__traceback__.tb_lineno


print(list(loop_lines()))


class Context:
    def __enter__(self): pass
    def __exit__(self, kind, value, tb): self.lines = [n for _, n, *_ in chain(tb)]; return True


with Context() as _, (c := Context()):
    middle()
print(c.lines)
try:
    try:
        inner()
    finally:
        cleanup = [name for name, *_ in chain(sys.exc_info()[2])]
except ValueError as error:
    print(cleanup, [name for name, *_ in chain(error.__traceback__)])
try:
    exec("x = 1\n\n\nundefined()")
except NameError as error:
    print([(n, l) for n, l, *_ in chain(error.__traceback__)], error.__traceback__.tb_next.tb_frame.f_code.co_filename)
code = compile("def f():\n  return 1/0\nf()", "made_up.py", "exec")
try:
    exec(code, {})
except ZeroDivisionError as error:
    sys.excepthook(type(error), error, error.__traceback__)
