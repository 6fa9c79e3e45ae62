"""yield from: values, results, throw and close through the chain."""
def inner():
    try:
        x = yield 1
        print("inner got", x)
        yield 2
    except KeyError as e:
        print("inner caught", repr(e))
        yield "recovered"
    finally:
        print("inner finally")
    return "result"
def outer():
    r = yield from inner()
    print("outer has", r)
    yield from [10, 20]
    return (yield from "")
o = outer()
print(next(o), o.gi_yieldfrom.__name__) #> 1 inner
print(o.send("S"))                      #> inner got S
#> 2
print(list(o))                          #> inner finally
#> outer has result
#> [10, 20]
o = outer()
next(o)
print(o.throw(KeyError("k")))           #> inner caught KeyError('k')
#> recovered
o.close()                               #> inner finally
o = outer()
next(o)
o.throw(ValueError("through"))          #> inner finally
#! ValueError: through
def bad(): yield from 5
next(bad())                             #! TypeError: 'int' object is not iterable
class It:
    def __iter__(self): return self
    def __next__(self): return 1
def from_iter(): yield from It()
i = from_iter()
print(next(i), i.send(None))            #> 1 1
i.send(5)                               #! AttributeError: 'It' object has no attribute 'send'
i = from_iter()
next(i)
i.throw(ValueError("no throw method"))  #! ValueError: no throw method
def tree(t):
    if isinstance(t, list):
        for x in t: yield from tree(x)
    else: yield t
print(list(tree([1, [2, [3, [4]], 5], []])))  #> [1, 2, 3, 4, 5]
def countdown(n):
    if n: yield n; yield from countdown(n - 1)
print(sum(countdown(200)))              #> 20100
def acc():
    total = 0
    while (x := (yield total)) is not None: total += x
    return total
def collect(out):
    while True: out.append((yield from acc()))
out = []
c = collect(out)
next(c)
for v in (1, 2, None, 5, None): c.send(v)
print(out)                              #> [3, 5]
