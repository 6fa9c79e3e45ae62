"""Asynchronous generators: asend, athrow, aclose, finally, hooks, comprehensions."""
import sys


class Pause:
    def __await__(self):
        return (yield "pause")


def run(coroutine):
    """Drives a coroutine, counting how often it pauses."""
    pauses = 0
    try:
        while True:
            assert coroutine.send(None) == "pause"
            pauses += 1
    except StopIteration as stop:
        return stop.value, pauses


async def count(n):
    try:
        for i in range(n):
            await Pause()
            got = yield i
            if got is not None:
                print("got", got)
    except KeyError as error:
        yield f"caught {error}"
    finally:
        await Pause()
        print("finally of count", n)


async def squares(source):
    async for x in source:
        yield x * x


async def main():
    print([x async for x in count(3)])
    print({x: y async for x in count(2) for y in "ab"}, {x % 2 async for x in count(4) if x})
    print([x async for x in squares(count(4)) if x > 1], [[y async for y in count(x)] for x in range(3)])
    g = (x + await value(10) async for x in count(2))
    print(type(g).__name__, [x async for x in g])
    g = count(5)
    print(await anext(g), await g.asend("hello"), await g.athrow(KeyError("k")))
    try:
        await anext(g)
    except StopAsyncIteration:
        print("over")
    g = count(5)
    await anext(g)
    await g.aclose()
    print(await anext(g, "closed"), g.ag_frame, g.ag_running)
    g = count(5)
    await g.aclose()
    g = count(5)
    try:
        await g.athrow(ValueError("before the start"))
    except ValueError as error:
        print(error)
    async for x in count(10):
        if x == 1:
            break
    else:
        print("never")
    async for x in count(1):
        pass
    else:
        print("else")
    return "done"


async def value(x):
    await Pause()
    return x


first, finalized = [], []
sys.set_asyncgen_hooks(lambda g: first.append(g.__name__), lambda g: (finalized.append(g.__name__), g.aclose().close()))
print(run(main()), len(first), finalized)
print(sys.get_asyncgen_hooks()[0] is not None)
sys.set_asyncgen_hooks(None, None)


async def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


async def close_stubborn():
    g = stubborn()
    await anext(g)
    try:
        await g.aclose()
    except RuntimeError as error:
        return str(error)


print(run(close_stubborn()))


async def raises_stop():
    yield 1
    raise StopAsyncIteration


async def returns_early():
    yield 1
    return
    yield 2


async def consume():
    print([x async for x in returns_early()])
    try:
        print([x async for x in raises_stop()])
    except RuntimeError as error:
        return repr(error), repr(error.__cause__)


print(run(consume()))


async def both():
    g = count(3)
    one, two = g.__anext__(), g.__anext__()
    print(one.send(None))
    try:
        two.send(None)
    except RuntimeError as error:
        print(error)
    one.close()


run(both())


class Manual:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        self.n -= 1
        if self.n < 0:
            raise StopAsyncIteration
        await Pause()
        return self.n


async def manual():
    return [x async for x in Manual(3)], [await anext(Manual(1)), await anext(Manual(0), "default")], [f(x) async for x in Manual(2) for f in (str, float)]


print(run(manual()))
for bad in (lambda: aiter([]), lambda: anext(5), lambda: aiter(Manual(1)).send, lambda: count(1).__next__, lambda: list(count(1)), lambda: next(count(1)), lambda: anext()):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
