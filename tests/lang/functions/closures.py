"""Cells: shared, late, rebound, deleted."""
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    def get(): return n
    return inc, get
inc, get = counter()
inc(); inc()
print(get(), inc.__closure__[0].cell_contents, inc.__code__.co_freevars)  #> 2 2 ('n',)
inc.__closure__[0].cell_contents = 40
print(inc())                            #> 41
def unbound():
    def inner(): return later
    inner()
    later = 1
unbound()                               #! NameError: cannot access free variable 'later' where it is not associated with a value in enclosing scope
def deleted():
    x = 1
    def inner(): return x
    del x
    return inner()
deleted()                               #! NameError: cannot access free variable 'x' where it is not associated with a value in enclosing scope
def local_unbound():
    print(y)
    y = 1
local_unbound()                         #! UnboundLocalError: cannot access local variable 'y' where it is not associated with a value
def del_local():
    z = 1
    del z
    return z
del_local()                             #! UnboundLocalError: cannot access local variable 'z' where it is not associated with a value
undefined                               #! NameError: name 'undefined' is not defined
del undefined                           #! NameError: name 'undefined' is not defined
def three():
    a = 1
    def two():
        def one():
            nonlocal a
            a += 1
            return a
        return one
    return two()()
print(three())                          #> 2
class K:
    v = 5
    w = [v for _ in range(1)]
#! NameError: name 'v' is not defined
class K2:
    v = 5
    def m(self): return v
K2().m()                                #! NameError: name 'v' is not defined
x = "global"
def shadow():
    x = "local"
    class Inner:
        y = x
        x = "class"
        z = x
    return Inner.y, Inner.z
print(shadow())                         #> ('global', 'class')
def shadow2():
    x = "local"
    class Inner:
        y = x
    return Inner.y
print(shadow2())                        #> local
def g():
    global made
    made = 1
g()
print(made)                             #> 1
def cellvar_arg(a, *b, **c):
    return lambda: (a, b, c)
print(cellvar_arg(1, 2, k=3)())         #> (1, (2,), {'k': 3})
def empty_cell():
    def f(): return q
    if 0: q = 1
    return f.__closure__[0]
empty_cell().cell_contents              #! ValueError: Cell is empty
print(type(empty_cell()), empty_cell() == empty_cell())  #> <class 'cell'> True
