"""Accounts with concurrent transfers: asyncio locks, back-pressure, retries with cancellation, exception groups, task names, context variables."""
import asyncio
import contextlib
import contextvars
import itertools
import random
from decimal import Decimal

who = contextvars.ContextVar("who")


class Refused(Exception):
    pass


class Account:
    numbers = itertools.count(1)

    def __init__(self, balance):
        self.number, self.balance, self.lock, self.history = next(self.numbers), Decimal(balance), asyncio.Lock(), []

    def __repr__(self):
        return f"<{self.number}: {self.balance}>"


async def transfer(a, b, amount):
    first, second = sorted((a, b), key=lambda account: account.number)
    async with first.lock, second.lock:
        if a.balance < amount:
            raise Refused(f"{who.get('nobody')}: {a} has less than {amount}")
        a.balance -= amount
        await asyncio.sleep(0)
        b.balance += amount
        for account, sign in ((a, -1), (b, 1)):
            account.history.append((who.get("nobody"), sign * amount))


async def customer(name, accounts, gate, chance, refused):
    who.set(name)
    for _ in range(20):
        async with gate:
            a, b = chance.sample(accounts, 2)
            try:
                await transfer(a, b, Decimal(chance.randrange(1, 3000)) / 100)
            except Refused as e:
                refused.append(str(e).split(":")[0])
    return f"{name} is done"


@contextlib.asynccontextmanager
async def ticker(log, every):
    async def tick():
        for n in itertools.count():
            await asyncio.sleep(every)
            log.append(n)
    task = asyncio.create_task(tick(), name="ticker")
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def flaky(n, tries):
    for attempt in itertools.count(1):
        try:
            if attempt < tries:
                raise ConnectionError(f"try {attempt}")
            return f"{n} after {attempt}"
        except ConnectionError:
            if attempt == 3:
                raise
            await asyncio.sleep(0)


async def main():
    accounts, refused, chance = [Account(50) for _ in range(4)], [], random.Random(5)
    gate = asyncio.BoundedSemaphore(3)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(customer(name, accounts, gate, random.Random(name), refused), name=name) for name in ("ann", "bob", "cid")]
    print([t.result() for t in tasks], accounts, sum(a.balance for a in accounts), len(refused), {n for a in accounts for n, _ in a.history} <= {"ann", "bob", "cid"})
    print(all(a.balance == 50 + sum(amount for _, amount in a.history) for a in accounts), chance.random())
    log = []
    async with ticker(log, 0.001) as task:
        await asyncio.sleep(0.02)
        print(task.get_name(), not task.done())
    print(len(log) > 2, log[:3], task.cancelled())
    try:
        async with asyncio.TaskGroup() as group:
            for n, tries in enumerate((1, 2, 5, 9)):
                group.create_task(flaky(n, tries), name=f"flaky-{n}")
    except* ConnectionError as errors:
        print(errors.message, sorted(str(e) for e in errors.exceptions))
    try:
        await asyncio.wait_for(transfer(accounts[0], accounts[1], Decimal("1e9")), 1)
    except Refused as e:
        print("refused", str(e).split(" has")[1])
    results = asyncio.Queue(maxsize=2)

    async def stage(source, sink, f):
        while (item := await source.get()) is not None:
            await sink.put(f(item))
        await sink.put(None)

    start, middle, collected = asyncio.Queue(1), asyncio.Queue(1), []
    async with asyncio.TaskGroup() as group:
        group.create_task(stage(start, middle, lambda x: x * x))
        group.create_task(stage(middle, results, str))

        async def feed():
            for i in range(6):
                await start.put(i)
            await start.put(None)

        group.create_task(feed())
        while (item := await results.get()) is not None:
            collected.append(item)
    print(collected, results.empty(), [t.get_name() for t in asyncio.all_tasks() if t is not asyncio.current_task()])


asyncio.run(main(), debug=False)
