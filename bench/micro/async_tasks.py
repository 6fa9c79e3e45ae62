"""Coroutines awaiting coroutines; asyncio tasks and a queue."""
import asyncio


async def leaf(x):
    return x


async def middle(x):
    return await leaf(x) + 1


async def worker(queue, n):
    total = 0
    for _ in range(n):
        total += await queue.get()
    return total


async def main(n):
    total = 0
    for i in range(n):
        total += await middle(i)
    queue = asyncio.Queue()
    task = asyncio.create_task(worker(queue, n // 20))
    for i in range(n // 20):
        await queue.put(i)
        if i % 100 == 0:
            await asyncio.sleep(0)
    return total + await task


asyncio.run(main(1_050_000))
