"""async/await driven by a loop of our own: tasks, sleeping, queues, timeouts, cancellation."""
import sys


class Sleep:
    def __init__(self, ticks):
        self.ticks = ticks

    def __await__(self):
        woke = yield ("sleep", self.ticks)
        return woke


class Cancelled(BaseException):
    pass


class Task:
    def __init__(self, loop, coroutine, name):
        self.loop, self.coroutine, self.name = loop, coroutine, name
        self.done, self.result, self.error, self.waiters, self.to_throw = False, None, None, [], None
        self.started = False

    def cancel(self):
        self.to_throw = Cancelled(self.name)
        self.loop.schedule(self, 0)

    def step(self, value):
        try:
            if self.to_throw:
                error, self.to_throw = self.to_throw, None
                request = self.coroutine.throw(error)
            else:
                request = self.coroutine.send(value if self.started else None)
        except StopIteration as stop:
            self.finish(stop.value, None)
        except (Exception, Cancelled) as error:
            self.finish(None, error)
        else:
            self.started = True
            match request:
                case "sleep", ticks:
                    self.loop.schedule(self, ticks)
                case "wait", waiters:
                    waiters.append(self)
                case _:
                    raise RuntimeError(f"bad request {request!r}")

    def finish(self, result, error):
        self.done, self.result, self.error = True, result, error
        for waiter in self.waiters:
            self.loop.schedule(waiter, 0)

    def __await__(self):
        while not self.done:
            yield ("wait", self.waiters)
        if self.error:
            raise self.error
        return self.result


class Loop:
    def __init__(self):
        self.now, self.queue, self.order = 0, [], 0

    def schedule(self, task, ticks):
        self.order += 1
        self.queue.append((self.now + ticks, self.order, task))
        self.queue.sort(key=lambda entry: entry[:2])

    def spawn(self, coroutine, name=None):
        task = Task(self, coroutine, name or coroutine.__name__)
        self.schedule(task, 0)
        return task

    def run(self, coroutine):
        main = self.spawn(coroutine)
        while self.queue and not main.done:
            self.now, _, task = self.queue.pop(0)
            if not task.done:
                task.step(self.now)
        if main.error:
            raise main.error
        return main.result


loop = Loop()


async def gather(*coroutines):
    tasks = [loop.spawn(c) for c in coroutines]
    return [await task for task in tasks]


class Queue:
    def __init__(self):
        self.items, self.getters = [], []

    def put(self, item):
        self.items.append(item)
        if self.getters:
            loop.schedule(self.getters.pop(0), 0)

    async def get(self):
        while not self.items:
            await Wait(self.getters)
        return self.items.pop(0)


class Wait:
    def __init__(self, waiters):
        self.waiters = waiters

    def __await__(self):
        return (yield ("wait", self.waiters))


class Ticker:
    """An asynchronous iterator."""

    def __init__(self, n, pause):
        self.n, self.pause = n, pause

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        return await Sleep(self.pause)


class Section:
    def __init__(self, name, swallow=()):
        self.name, self.swallow = name, swallow

    async def __aenter__(self):
        print(f"[{loop.now}] enter {self.name}")
        await Sleep(1)
        return self.name.upper()

    async def __aexit__(self, kind, error, traceback):
        await Sleep(1)
        print(f"[{loop.now}] exit {self.name} {kind.__name__ if kind else None} {error}")
        return isinstance(error, self.swallow)


async def countdown(name, n):
    while n:
        print(f"[{loop.now}] {name} {n}")
        await Sleep(n)
        n -= 1
    return name + " finished"


async def evens(limit):
    """An asynchronous generator."""
    try:
        for i in range(0, limit, 2):
            await Sleep(1)
            sent = yield i
            if sent:
                print("got", sent)
    finally:
        print(f"[{loop.now}] evens closed")


async def producer(queue):
    for i in range(3):
        await Sleep(2)
        queue.put(i)
    queue.put(None)


async def consumer(queue):
    out = []
    while (item := await queue.get()) is not None:
        out.append((loop.now, item))
    return out


async def failing():
    await Sleep(1)
    raise LookupError("task failed")


async def stubborn():
    try:
        await Sleep(1000)
    except Cancelled as error:
        print("cancelled", error)
        await Sleep(1)
        raise
    finally:
        print("cleaned up at", loop.now)


async def main():
    print(await gather(countdown("a", 3), countdown("b", 2)))
    print([tick async for tick in Ticker(3, 5)], loop.now)
    print({i: i * i async for i in evens(6) if i}, [await Sleep(n) for n in (1, 2)])
    async with Section("outer") as name, Section("inner", ValueError):
        print(name)
        raise ValueError("swallowed")
    queue = Queue()
    _, received = await gather(producer(queue), consumer(queue))
    print(received)
    try:
        await gather(failing())
    except LookupError as error:
        print("caught", error)
    task = loop.spawn(stubborn())
    await Sleep(3)
    task.cancel()
    try:
        await task
    except Cancelled:
        print("task was cancelled", task.done)
    generator = evens(10)
    print(await generator.__anext__(), await generator.asend("hello"))
    await generator.aclose()
    try:
        await anext(generator)
    except StopAsyncIteration:
        print("generator is over", await anext(generator, "default"))
    async for n in evens(4):
        if n:
            break
    else:
        print("never")
    return "main done"


print(loop.run(main()), loop.now)
for bad in ("await x", "async def f():\n yield 1\n return 2", "def f(): await x", "async def f():\n yield from x", "[x async for x in y]", "async with a: pass"):
    try:
        compile(bad, "bad", "exec")
        print("compiles:", bad)
    except SyntaxError as error:
        print(error.msg)
