"""An exception that leaves awaits, async with and async for uncaught."""


class Manager:
    async def __aenter__(self): return self
    async def __aexit__(self, *info): print("exit", info[0].__name__, flush=True)


async def items():
    yield 1
    yield 2


async def fetch(n):
    if n == 2:
        raise LookupError(f"item {n}")
    return n


async def main():
    async with Manager():
        async for n in items():
            print(await fetch(n), flush=True)


main().send(None)
