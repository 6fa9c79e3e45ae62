"""Tasks, queues, locks, time-outs, groups and streams of asyncio."""
import asyncio
import contextvars

user = contextvars.ContextVar("user", default="nobody")


async def producer(queue, name, n):
    for i in range(n):
        await queue.put((name, i))
        await asyncio.sleep(0)
    await queue.put((name, None))


async def consumer(queue, producers):
    seen = []
    while producers:
        name, i = await queue.get()
        queue.task_done()
        if i is None:
            producers -= 1
        else:
            seen.append(f"{name}{i}")
    return seen


async def locked(lock, name, log):
    async with lock:
        log.append(f"{name} in")
        await asyncio.sleep(0.001)
        log.append(f"{name} out")


async def fails(after):
    await asyncio.sleep(after)
    raise ValueError(f"failed after {after}")


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def streams():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for text in ("hello\n", "world\n"):
        writer.write(text.encode())
        print("echo", await reader.readline())
    writer.write_eof()
    print("end", await reader.read(), reader.at_eof())
    writer.close()
    server.close()
    await server.wait_closed()


async def gen(n):
    try:
        for i in range(n):
            yield i
            await asyncio.sleep(0)
    finally:
        print("generator closed")


async def show_user(name):
    user.set(name)
    await asyncio.sleep(0)
    return user.get()


async def main():
    queue = asyncio.Queue(3)
    results = await asyncio.gather(consumer(queue, 2), producer(queue, "a", 3), producer(queue, "b", 4))
    print(results)
    log = []
    lock = asyncio.Lock()
    await asyncio.gather(*(locked(lock, n, log) for n in "xyz"))
    print(log, lock.locked())
    print(await asyncio.gather(fails(0), asyncio.sleep(0, "fine"), return_exceptions=True))
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(10)
    except TimeoutError as e:
        print("timed out", repr(e))
    try:
        await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except TimeoutError as e:
        print("timed out", repr(e))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails(0))
            other = group.create_task(asyncio.sleep(10))
    except* ValueError as e:
        print(e.exceptions, other.cancelled())
    task = asyncio.create_task(asyncio.sleep(10), name="sleeper")
    await asyncio.sleep(0)
    print(task.get_name(), task.done(), task.cancel("enough"), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as e:
        print("cancelled", e.args, task.cancelled())
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(0, i)) for i in range(3)] + [asyncio.create_task(asyncio.sleep(5))], timeout=0.05)
    print(sorted(t.result() for t in done), len(pending))
    for t in pending:
        t.cancel()
    print([await f for f in asyncio.as_completed([asyncio.sleep(0.01, "slow"), asyncio.sleep(0, "fast")])])
    event, condition, semaphore = asyncio.Event(), asyncio.Condition(), asyncio.Semaphore(2)
    asyncio.get_running_loop().call_later(0.001, event.set)
    print(await event.wait(), event.is_set(), semaphore.locked())
    async with condition:
        asyncio.get_running_loop().call_soon(lambda: asyncio.ensure_future(notify(condition)))
        print(await asyncio.wait_for(condition.wait(), 1))
    async for i in gen(5):
        if i == 2:
            break
    print([i async for i in gen(3)], await asyncio.gather(show_user("ann"), show_user("bob")), user.get())
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(lambda f: print("callback", f.result()))
    future.set_result(5)
    await asyncio.sleep(0)
    print(await asyncio.to_thread(sum, [1, 2, 3]), await asyncio.get_running_loop().run_in_executor(None, len, "abc"))
    await streams()
    proc = await asyncio.create_subprocess_exec("/bin/sh", "-c", "read x; echo got $x; exit 3", stdin=-1, stdout=-1)
    print(await proc.communicate(b"line\n"), proc.returncode)
    await asyncio.shield(asyncio.sleep(0))
    pq = asyncio.PriorityQueue()
    for n in (3, 1, 2):
        pq.put_nowait(n)
    print([pq.get_nowait() for _ in range(3)], pq.empty())
    barrier = asyncio.Barrier(2)
    print(sorted(await asyncio.gather(barrier.wait(), barrier.wait())))


async def notify(condition):
    async with condition:
        condition.notify_all()


asyncio.run(main())
with asyncio.Runner() as runner:
    print(runner.run(asyncio.sleep(0, "by a runner")))
try:
    asyncio.get_running_loop()
except RuntimeError as e:
    print(e)
