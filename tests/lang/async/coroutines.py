"""async def, await and coroutine objects without a loop."""
class Y:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return got
async def f(x):
    a = await Y(x)
    b = await Y(a)
    return a, b
c = f(1)
print(c.send(None), c.send(2))          #> 1 2
c.send(3)                               #! StopIteration: (2, 3)
c.send(4)                               #! RuntimeError: cannot reuse already awaited coroutine
c.close()
def drive(c, *values):
    out = []
    try:
        for v in (None, *values): out.append(c.send(v))
    except StopIteration as s: return out, s.value
    return out, "still running", c.close()
print(drive(f(1), "x", "y"), drive(f(1)))  #> ([1, 'x'], ('x', 'y')) ([1], 'still running', None)
async def g(): return await f(5)
print(drive(g(), 6, 7))                 #> ([5, 6], (6, 7))
async def h():
    try: await Y(1)
    except ValueError as e: return "caught " + str(e)
    finally: print("finally")
c = h()
print(c.send(None))                     #> 1
c.throw(ValueError("v"))                #> finally
#! StopIteration: caught v
async def bad(x): return await x
bad(5).send(None)                       #! TypeError: object int can't be used in 'await' expression
bad(None).send(None)                    #! TypeError: object NoneType can't be used in 'await' expression
async def agen():
    yield 1
    x = yield 2
    yield x
async def collect(): return [x async for x in agen()], {x: 1 async for x in agen() if x}, [y for y in [1] if await Y(0) is None]
print(drive(collect(), None))           #> ([0], ([1, 2, None], {1: 1, 2: 1}, [1]))
print(type(agen()), type(agen().asend(1)))  #> <class 'async_generator'> <class 'async_generator_asend'>
agen().__anext__().send(5)              #! TypeError: can't send non-None value to a just-started async generator
async def it():
    async for x in 5: pass
drive(it())                             #! TypeError: 'async for' requires an object with __aiter__ method, got int
async def w():
    async with 5: pass
drive(w())                              #! TypeError: 'int' object does not support the asynchronous context manager protocol
async def deco(): pass
c = deco()
print(c.cr_code.co_name, c.cr_frame is not None, c.cr_await, c.cr_running, c.__name__, c.close(), c.cr_frame)
#> deco True None False deco None None
iter(deco)                              #! TypeError: 'function' object is not iterable
for source in ("await x", "async for x in y: pass", "async with x: pass", "def f(): await x", "def f():\n async with x: pass", "[x async for x in y]", "async def f(): yield from x", "async def f():\n yield\n return 5", "async def f(): [x for x in await y]", "async def f(): (await y for _ in z)", "async def f(): lambda: await x", "def f(): [x async for x in y]", "async def f():\n class C: await x", "async lambda: 1", "await = 5", "async = 5", "async def f(): await", "async def f(): await await x", "async def f(): -await x ** 2", "async def f(): return (await x)()", "async def f(x=await y): pass"):
    try: compile(source, "s", "exec"); print("ok   ", repr(source))
    except SyntaxError as e: print("error", repr(source), "->", e.msg)
#> error 'await x' -> 'await' outside function
#> error 'async for x in y: pass' -> 'async for' outside async function
#> error 'async with x: pass' -> 'async with' outside async function
#> error 'def f(): await x' -> 'await' outside async function
#> error 'def f():\n async with x: pass' -> 'async with' outside async function
#> error '[x async for x in y]' -> asynchronous comprehension outside of an asynchronous function
#> error 'async def f(): yield from x' -> 'yield from' inside async function
#> error 'async def f():\n yield\n return 5' -> 'return' with value in async generator
#> ok    'async def f(): [x for x in await y]'
#> ok    'async def f(): (await y for _ in z)'
#> error 'async def f(): lambda: await x' -> 'await' outside async function
#> error 'def f(): [x async for x in y]' -> asynchronous comprehension outside of an asynchronous function
#> error 'async def f():\n class C: await x' -> 'await' outside function
#> error 'async lambda: 1' -> invalid syntax
#> error 'await = 5' -> invalid syntax
#> error 'async = 5' -> invalid syntax
#> error 'async def f(): await' -> invalid syntax
#> error 'async def f(): await await x' -> invalid syntax
#> ok    'async def f(): -await x ** 2'
#> ok    'async def f(): return (await x)()'
#> error 'async def f(x=await y): pass' -> 'await' outside function
