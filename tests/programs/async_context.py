"""async with in all its forms, nested, suppressed, failing at entry and exit."""
log = []


class Manager:
    def __init__(self, name, suppress=False, fail=""): self.name, self.suppress, self.fail = name, suppress, fail

    async def __aenter__(self):
        log.append(f"+{self.name}")
        await self.pause()
        if "enter" in self.fail: raise RuntimeError(f"enter {self.name}")
        return self.name.upper()

    async def __aexit__(self, kind, value, traceback):
        log.append(f"-{self.name}:{kind.__name__ if kind else ''}")
        await self.pause()
        if "exit" in self.fail: raise RuntimeError(f"exit {self.name}")
        return self.suppress

    def pause(self): return Pause(self.name)


class Pause:
    def __init__(self, name): self.name = name
    def __await__(self): yield self.name


async def plain():
    async with Manager("a") as a, Manager("b") as b:
        return a + b


async def suppressed():
    async with Manager("outer"):
        async with Manager("inner", True):
            raise ValueError("gone")
    return "after"


async def failing(where):
    async with Manager("x"), Manager("y", fail=where):
        log.append("body")


async def exit_replaces():
    async with Manager("r", fail="exit"):
        raise KeyError("body")


async def loops():
    for i in range(3):
        async with Manager(str(i)):
            if i == 0: continue
            if i == 1: break
    else:
        return "else"
    return "broke"


async def parenthesised():
    async with (Manager("p") as p, Manager("q"), Manager("r") as (first, *rest)):
        return p, first, rest


async def mixed():
    class Sync:
        def __enter__(self): log.append("sync"); return self
        def __exit__(self, *a): log.append("sync exit")
    with Sync():
        async with Manager("m") as m:
            with Sync():
                return m


async def finally_await():
    try:
        async with Manager("f"):
            raise ValueError("v")
    except ValueError as error:
        await Pause("in except")
        return str(error)
    finally:
        await Pause("in finally")
        log.append("finally")


def run(coroutine):
    log.clear()
    pauses = []
    try:
        while True:
            pauses.append(coroutine.send(None))
    except StopIteration as stop:
        result = stop.value
    except Exception as error:
        result = f"{error!r} from {error.__context__!r}"
    print(coroutine.__name__, result, log, pauses)


for coroutine in (plain(), suppressed(), failing(""), failing("enter"), failing("exit"), exit_replaces(), loops(), parenthesised(), mixed(), finally_await()):
    run(coroutine)


class Cancel(BaseException): pass


async def cancelled():
    try:
        async with Manager("c"):
            await Pause("waiting")
    except Cancel:
        log.append("cancel seen")
        raise


log.clear()
c = cancelled()
print(c.send(None), c.send(None), c.throw(Cancel()))
try:
    c.send(None)
except Cancel:
    print("cancelled", log)
c = cancelled()
c.send(None)
c.close()
print(log)


class NoExit:
    async def __aenter__(self): pass
class NoEnter:
    async def __aexit__(self, *a): pass
class SyncMethods:
    def __aenter__(self): return 5
    def __aexit__(self, *a): return 5
class ExitSync:
    async def __aenter__(self): pass
    def __aexit__(self, *a): return 5


async def use(x):
    async with x: pass


for x in (NoExit(), NoEnter(), SyncMethods(), ExitSync(), 5, open.__class__):
    run(use(x))
