"""Coroutine objects by hand: send, throw, close, states, errors, `never awaited`."""
import sys


class Suspend:
    def __init__(self, value): self.value = value
    def __await__(self): return (yield self.value)


async def simple(a):
    b = await Suspend(a + 1)
    try:
        c = await Suspend(b * 2)
    except ValueError as error:
        c = f"recovered from {error}"
    return a, b, c


def drive(coroutine, *values):
    out = [coroutine.send(None)]
    try:
        for value in values:
            out.append(coroutine.throw(value) if isinstance(value, BaseException) else coroutine.send(value))
    except StopIteration as stop:
        out.append(("returned", stop.value))
    except Exception as error:
        out.append(("raised", repr(error)))
    return out


print(drive(simple(1), 10, 20))
print(drive(simple(1), 10, ValueError("oops")))
print(drive(simple(1), KeyError("early")))
c = simple(5)
print(c.__name__, c.__qualname__, c.cr_running, c.cr_await, c.cr_frame.f_locals, c.cr_code.co_name, type(c))
print(c.send(None), c.cr_frame.f_lineno, c.cr_suspended, type(c.cr_await).__name__)
c.close()
print(c.cr_frame, c.cr_suspended)
for action in (lambda: c.send(None), lambda: c.throw(ValueError("late")), lambda: simple(1).send(5), lambda: next(simple(1)), lambda: iter(simple(1)),
               lambda: [*simple(1)], lambda: len(simple(1))):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


async def awaits(x):
    return await x


class BadAwait:
    def __await__(self): return 5


class CoroutineAwait:
    def __await__(self): return simple(1)


class NoIter:
    pass


for x in (5, None, [], BadAwait(), CoroutineAwait(), NoIter(), (i for i in [1])):
    try:
        awaits(x).send(None)
    except TypeError as error:
        print("TypeError:", error)
done = simple(0)
done.send(None)
done.send(1)
try:
    done.send(2)
except StopIteration as stop:
    print(stop.value)
try:
    awaits(done).send(None)
except RuntimeError as error:
    print("RuntimeError:", error)


async def raises_stop():
    raise StopIteration("inside")


try:
    raises_stop().send(None)
except RuntimeError as error:
    print(repr(error), repr(error.__cause__))


async def stubborn():
    try:
        await Suspend(1)
    except GeneratorExit:
        await Suspend(2)


s = stubborn()
s.send(None)
try:
    s.close()
except RuntimeError as error:
    print(error)


async def with_bad(x):
    async with x:
        pass


async def for_bad(x):
    async for _ in x:
        pass


class AIterNotAsync:
    def __aiter__(self): return 5


class AnextNotAwaitable:
    def __aiter__(self): return self
    def __anext__(self): return 5


class OnlyEnter:
    async def __aenter__(self): return 1


for function, x in ((with_bad, 5), (with_bad, OnlyEnter()), (for_bad, 5), (for_bad, AIterNotAsync()), (for_bad, AnextNotAwaitable())):
    try:
        function(x).send(None)
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


async def agen():
    got = yield 1
    yield got


g = agen()
print(type(g), g.__name__, g.ag_running, g.ag_await)
step = g.__anext__()
try:
    step.send(None)
except StopIteration as stop:
    print("yielded", stop.value)
for action in (lambda: step.send(None), lambda: g.asend(7).send(None), lambda: g.asend(None).send(None), lambda: g.__anext__().send(None), lambda: agen().asend(1).send(None),
               lambda: agen().athrow(KeyError("k")).send(None)):
    try:
        print(action())
    except BaseException as error:
        print(type(error).__name__, error)
sys.stdout.flush()
simple(99)
print("after the warning", flush=True)
