"""Generators that end early run their finally blocks."""
log = []
def g(name):
    try:
        yield 1
        yield 2
    finally:
        log.append("closed " + name)
for x in g("loop"): break
print(log)                              #> ['closed loop']
a = g("del")
next(a)
del a
print(log)                              #> ['closed loop', 'closed del']
b = g("never started")
del b
print(log)                              #> ['closed loop', 'closed del']
def nested():
    try: yield from g("inner")
    finally: log.append("closed outer")
n = nested()
next(n)
n.close()
print(log[2:])                          #> ['closed inner', 'closed outer']
def with_return():
    for i in range(3):
        try: yield i
        finally:
            log.append(i)
            if i == 1: return
log.clear()
print(list(with_return()), log)         #> [0, 1] [0, 1]
def swallow():
    try: yield 1
    except GeneratorExit: log.append("exit"); return "r"
s = swallow()
next(s)
print(s.close(), log[-1])               #> None exit
def raises_on_close():
    try: yield 1
    finally: raise RuntimeError("in close")
r = raises_on_close()
next(r)
r.close()                               #! RuntimeError: in close
def ctx():
    try: yield
    except ValueError as e: raise KeyError("k") from e
c = ctx()
next(c)
try: c.throw(ValueError("v"))
except KeyError as e: print(repr(e), repr(e.__cause__), repr(e.__context__))
#> KeyError('k') ValueError('v') ValueError('v')
