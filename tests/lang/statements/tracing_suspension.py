"""sys.settrace and generators: exceptions thrown in, the StopIteration that ends a delegation, jumps."""
import sys
def run(f):
    events = []
    def trace(frame, event, arg):
        if frame.f_code is not run.__code__: events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
        return trace
    sys.settrace(trace)
    try: f()
    finally: sys.settrace(None)
    for e in events: print(*e)
def returns():
    yield 1
    return 123
def delegates(): x = yield from returns()
def loop():
    for i in delegates(): pass
run(loop)                               #> loop call 0
#> loop line 1
#> delegates call 0
#> delegates line 0
#> returns call 0
#> returns line 1
#> returns return 1
#> delegates return 0
#> loop line 1
#> delegates call 0
#> returns call 1
#> returns line 2
#> returns return 2
#> delegates exception 0
#> delegates return 0
#> loop return 1
def closed(): g = returns(); next(g); g.close()
run(closed)                             #> closed call 0
#> closed line 0
#> returns call 0
#> returns line 1
#> returns return 1
#> returns call 1
#> returns exception 1
#> returns return 1
#> closed return 0
class Manager:
    async def __aenter__(self): out.append("in")
    async def __aexit__(self, *e): out.append("out")
async def waits():
    async with Manager():
        out.append(1)
    out.append(2)
    out.append(3)
def jump(to):
    def trace(frame, event, arg):
        if frame.f_code is waits.__code__ and event == "line" and frame.f_lineno == waits.__code__.co_firstlineno + 2:
            frame.f_lineno = waits.__code__.co_firstlineno + to
        return trace
    out.clear()
    coroutine = waits()
    sys.settrace(trace)
    try: coroutine.send(None)
    except StopIteration: pass
    except ValueError as e: print(e)
    sys.settrace(None)
    print(out)
out = []
jump(4)                                 #> ['in', 3]
def save(): global frame; frame = sys._getframe(1)
def implicit(x):
    save()
    if x:
        pass
implicit(1)
print(frame.f_lineno - frame.f_code.co_firstlineno)  #> 3
