"""Producers, consumers, locks and timeouts on a scheduler of our own, all in coroutines."""


class Event:
    def __init__(self): self.set_, self.waiters = False, []
    def set(self):
        self.set_ = True
        for task in self.waiters: task.ready()
        self.waiters.clear()
    def __await__(self):
        while not self.set_:
            task = yield "me"
            self.waiters.append(task)
            yield "block"


class Lock:
    def __init__(self): self.owner, self.waiters = None, []
    async def __aenter__(self):
        me = await Me()
        while self.owner is not None:
            self.waiters.append(me)
            await Block()
        self.owner = me
        log(f"{me.name} locks")
    async def __aexit__(self, *info):
        log(f"{self.owner.name} unlocks")
        self.owner = None
        if self.waiters: self.waiters.pop(0).ready()


class Me:
    def __await__(self): return (yield "me")
class Block:
    def __await__(self): return (yield "block")
class Sleep:
    def __init__(self, n): self.n = n
    def __await__(self): yield self.n


class Timeout(Exception): pass


class Task:
    names = 0
    def __init__(self, coroutine, name=None):
        Task.names += 1
        self.coroutine, self.name = coroutine, name or f"task-{Task.names}"
        self.result = self.error = None
        self.done, self.throwing, self.finished = False, None, Event()
        self.ready()
    def ready(self, at=0): queue.append((now + at, next(serial), self))
    def step(self):
        value = None
        while True:
            try:
                if self.throwing: request = self.coroutine.throw(self.throwing.pop())
                else: request = self.coroutine.send(value)
            except StopIteration as stop: self.result = stop.value
            except Exception as error: self.error = error
            else:
                match request:
                    case "me": value = self; continue
                    case "block": return
                    case int(ticks): return self.ready(ticks)
            self.done = True
            return self.finished.set()
    def cancel(self, error):
        self.throwing = [error]
        self.ready()
    def __await__(self):
        yield from self.finished.__await__()
        if self.error: raise self.error
        return self.result


def counter():
    n = 0
    while True:
        yield n
        n += 1


now, queue, serial, lines = 0, [], counter(), []
def log(text): lines.append(f"{now:>3} {text}")


def run(main):
    global now
    task = Task(main, "main")
    while queue and not task.done:
        queue.sort(key=lambda e: e[:2])
        now, _, current = queue.pop(0)
        if not current.done: current.step()
    if task.error: raise task.error
    return task.result


class Channel:
    def __init__(self, size): self.size, self.items, self.closed, self.changed = size, [], False, Event()
    def notify(self):
        old, self.changed = self.changed, Event()
        old.set()
    async def put(self, x):
        while len(self.items) >= self.size: await self.changed
        self.items.append(x)
        self.notify()
    def close(self): self.closed = True; self.notify()
    def __aiter__(self): return self
    async def __anext__(self):
        while not self.items:
            if self.closed: raise StopAsyncIteration
            await self.changed
        x = self.items.pop(0)
        self.notify()
        return x


async def producer(channel, items, pause):
    for x in items:
        await Sleep(pause)
        await channel.put(x)
        log(f"put {x}")
    channel.close()
    return len(items)


async def consumer(channel, pause, out):
    async for x in channel:
        await Sleep(pause)
        out.append(x)
        log(f"got {x}")


async def doubled(source):
    async for x in source:
        if x == 3: continue
        yield x * 2


async def worker(name, lock, n):
    for i in range(n):
        async with lock:
            await Sleep(2)
    return name


async def with_timeout(awaitable, ticks):
    task = Task(awaitable)
    async def guard():
        await Sleep(ticks)
        if not task.done: task.cancel(Timeout(f"after {ticks}"))
    Task(guard(), "guard")
    return await task


async def slow():
    try:
        await Sleep(50)
        return "slow result"
    except Timeout:
        log("slow was stopped")
        raise
    finally:
        await Sleep(1)
        log("slow cleaned up")


async def gather(*coroutines):
    tasks = [Task(c) for c in coroutines]
    results, errors = [], []
    for t in tasks:
        try: results.append(await t)
        except Exception as error: errors.append(error)
    if errors: raise ExceptionGroup("gather", errors)
    return results


async def fails(after, error):
    await Sleep(after)
    raise error


async def main():
    channel, out = Channel(2), []
    print(await gather(producer(channel, [1, 2, 3, 4], 1), consumer(channel, 3, out)), out)
    channel = Channel(1)
    Task(producer(channel, [1, 2, 3, 4], 1))
    print([x async for x in doubled(channel)])
    lock = Lock()
    print(await gather(worker("a", lock, 2), worker("b", lock, 1)))
    for ticks in (10, 100):
        try: print(await with_timeout(slow(), ticks))
        except Timeout as error: print("timeout", error)
    try:
        await gather(fails(2, ValueError("v")), fails(1, KeyError("k")), Sleep2())
    except* ValueError as group: print("values", group.exceptions)
    except* KeyError as group: print("keys", group.exceptions)
    event = Event()
    async def waiter(n):
        await event
        return n * now
    tasks = [Task(waiter(n)) for n in range(3)]
    await Sleep(5)
    event.set()
    return [await t for t in tasks]


async def Sleep2(): await Sleep(1); return "ok"


print(run(main()))
print("\n".join(lines))
print(now, len(queue), Task.names)
