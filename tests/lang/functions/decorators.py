"""Decorators: order, expressions, classes."""
log = []
def note(name):
    log.append("eval " + name)
    def apply(f):
        log.append("apply " + name)
        return f
    return apply
@note("a")
@note("b")
def f(): pass
print(log)                              #> ['eval a', 'eval b', 'apply b', 'apply a']
@lambda f: 5
def g(): pass
print(g)                                #> 5
@print
class C: x = 1
#> <class '__main__.C'>
print(C)                                #> None
@[str, repr][0]
def h(): pass
print(h.startswith("<function h"))      #> True
@5
def bad(): pass
#! TypeError: 'int' object is not callable
@missing
def bad(): pass
#! NameError: name 'missing' is not defined
def twice(f):
    def wrapper(*args, **kw): return f(f(*args, **kw))
    wrapper.__name__ = f.__name__
    return wrapper
@twice
@twice
def add1(x): return x + 1
print(add1(0), add1.__name__)           #> 4 add1
class Count:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *args):
        self.n += 1
        return self.f(*args)
@Count
def sq(x): return x * x
print(sq(3), sq(4), sq.n)               #> 9 16 2
def tag(**attrs):
    def apply(cls):
        for k, v in attrs.items(): setattr(cls, k, v)
        return cls
    return apply
@tag(color="red", size=3)
class Thing: pass
print(Thing.color, Thing.size)          #> red 3
