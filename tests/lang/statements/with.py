"""with: order, suppression, failures."""
class CM:
    def __init__(self, name, suppress=False, fail=None): self.name, self.suppress, self.fail = name, suppress, fail
    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter": raise RuntimeError("enter failed")
        return self.name.upper()
    def __exit__(self, t, v, tb):
        print("exit", self.name, t.__name__ if t else None, v, tb is not None)
        if self.fail == "exit": raise RuntimeError("exit failed")
        return self.suppress
with CM("a") as a, CM("b") as b: print(a, b)  #> enter a
#> enter b
#> A B
#> exit b None None False
#> exit a None None False
with (CM("p") as p, CM("q")): print(p)  #> enter p
#> enter q
#> P
#> exit q None None False
#> exit p None None False
with CM("s", True): raise ValueError("gone")  #> enter s
#> exit s ValueError gone True
with CM("n"): raise ValueError("kept")  #> enter n
#> exit n ValueError kept True
#! ValueError: kept
with CM("o"), CM("i", True): raise ValueError("x")  #> enter o
#> enter i
#> exit i ValueError x True
#> exit o None None False
with CM("first"), CM("second", fail="enter"): pass  #> enter first
#> enter second
#> exit first RuntimeError enter failed True
#! RuntimeError: enter failed
with CM("e", fail="exit"): pass         #> enter e
#> exit e None None False
#! RuntimeError: exit failed
def f():
    with CM("ret"): return "value"
print(f())                              #> enter ret
#> exit ret None None False
#> value
def g():
    for i in range(2):
        with CM(str(i)):
            if i == 0: continue
            break
g()                                     #> enter 0
#> exit 0 None None False
#> enter 1
#> exit 1 None None False
with 5: pass                            #! TypeError: 'int' object does not support the context manager protocol
with 5 as x: pass                       #! TypeError: 'int' object does not support the context manager protocol
class NoExit:
    def __enter__(self): return 1
with NoExit(): pass
#! TypeError: 'NoExit' object does not support the context manager protocol (missed __exit__ method)
class NoEnter:
    def __exit__(self, *a): pass
with NoEnter(): pass                    #! TypeError: 'NoEnter' object does not support the context manager protocol
class BoolFails:
    def __enter__(self): return self
    def __exit__(self, *a):
        class T:
            def __bool__(self): raise OSError("bool")
        return T()
with BoolFails(): raise ValueError      #! OSError: bool
with CM("t") as (x, *y): print(x, y)    #> enter t
#> T []
#> exit t None None False
class Tgt: pass
t = Tgt()
with CM("attr") as t.v: print(t.v)      #> enter attr
#> ATTR
#> exit attr None None False
d = {}
with CM("item") as d["k"]: print(d)     #> enter item
#> {'k': 'ITEM'}
#> exit item None None False
with CM("bad target") as (x, y): pass   #> enter bad target
#> exit bad target ValueError too many values to unpack (expected 2) True
#! ValueError: too many values to unpack (expected 2)
with (CM("tuple")): pass                #> enter tuple
#> exit tuple None None False
with (CM("x"), CM("y"),): print("both") #> enter x
#> enter y
#> both
#> exit y None None False
#> exit x None None False
with CM("z") as z, z: pass              #> enter z
#> exit z TypeError 'str' object does not support the context manager protocol True
#! TypeError: 'str' object does not support the context manager protocol
