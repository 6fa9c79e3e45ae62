"""Many call shapes against many signatures: what each parameter receives, or the TypeError."""


def f0(): return ()
def f1(a): return a,
def f2(a, b=2): return a, b
def f3(a, /, b): return a, b
def f4(a, b=2, /, c=3): return a, b, c
def f5(*args): return args
def f6(a, *args): return a, args
def f7(*, k): return k
def f8(*, k=1, l): return k, l
def f9(**kw): return kw
def f10(a, **kw): return a, kw
def f11(a, /, **kw): return a, kw
def f12(a, b=2, *args, k, l=4, **kw): return a, b, args, k, l, kw
def f13(a=1, /, *args, **kw): return a, args, kw
def f14(a, b, c, d=4, *, e): return a, b, c, d, e
def f15(self, args, kwargs): return self, args, kwargs


class Callable:
    def __call__(self, a, b=2): return a, b


class Method:
    def method(self, a, b=2): return a, b
    @classmethod
    def cls(cls, a, b=2): return a, b
    @staticmethod
    def static(a, b=2): return a, b


class Init:
    def __init__(self, a, b=2): self.ab = a, b
    def __repr__(self): return f"Init{self.ab}"


class New:
    def __new__(cls, a, b=2): return ("new", a, b)


def partial(f, *args, **kw):
    return lambda *a, **k: f(*args, *a, **kw, **k)


functions = [f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, Callable(), Method().method, Method.method, Method.cls, Method.static, Init, New, lambda a, b=2: (a, b)]
calls = ["()", "(1)", "(1, 2)", "(1, 2, 3)", "(1, 2, 3, 4, 5)", "(a=1)", "(b=1)", "(1, b=5)", "(1, a=5)", "(k=1)", "(k=1, l=2)", "(1, k=5, z=6)", "(*[1, 2])", "(*'ab', k=1)",
         "(**{'a': 1})", "(**{'a': 1, 'b': 2, 'c': 3})", "(1, *[2], **{'k': 3})", "(*[], **{})", "(e=1, *[1, 2, 3])", "(self=1, args=2, kwargs=3)", "(1, **{'not an identifier': 1})"]
for function in functions:
    name = getattr(function, "__qualname__", type(function).__name__)
    for call in calls:
        try:
            result = eval("function" + call)
        except TypeError as error:
            result = f"TypeError: {error}"
        print(f"{name}{call} -> {result}")
print(partial(f12, 1, k=2)(3, 4, 5, z=6), partial(f2)(*[7]))
builtin_calls = """len() len(1,2) len(obj=[]) abs() abs(1,2) abs(x=1) print(sep=1) print(end=b'') print(1,bar=2) int('1',bas=2) int('1',base=2,x=3) sorted() sorted([],1) sorted([],foo=1) sorted(1,key=2)
max() max(1) max([],default=5) max([]) max(1,key=None,foo=2) min(1,2,default=3) sum() sum(1) sum([1],'a') sum(['a'],'') sum([b'a'],b'') sum([1],start='x') isinstance(1) issubclass(1,2) getattr(1) getattr(1,2) setattr(1,'a') hasattr(1,1)
round() round('a') round(1,2,3) round(1,ndigits='a') pow(1) pow(1,2,3,4) pow('a',2) pow(base=2,exp=3) divmod(1) divmod('a',1) range() range('a') enumerate() enumerate(1) enumerate([],start='a') enumerate([],foo=1) zip(1) zip([],strict=5) zip([],foo=1)
map() map(len) map(len,5) filter() filter(None) filter(1,2) iter() iter(1) iter(1,2) next() next(1) next([]) reversed() reversed(1) reversed({1}) chr() chr('a') chr(-1) ord() ord(1) ord('ab') hash([]) hash() id() callable() repr() ascii() format() format(1,2) format(1,'q')
bin('a') hex(1.5) oct(None) all(1) any(1) vars(1) dir(1,2) type() type(1,2) input(1,2) open() open(1.5) open('x','q') open('x','rw') open('x','rb',encoding='u') eval() exec() compile() compile('1','f','bad') __import__() __import__(1) __import__('') slice() slice(1,2,3,4) super() object(1) property(1,2,3,4,5) classmethod() staticmethod() complex('x',1) float(1,2) float(x=1) bool(1,2) bool(x=1) str(1,2) str(b'a','ascii',1) bytes(1,2) bytes('a') bytes([],'a') list(1) list(a=1) tuple(a=1) dict(1) dict(a=1,**{'a':2}) set(1) set(a=1) frozenset(a=1) memoryview() memoryview('a') bytearray('a') str.join(',') str.join(1,2) 'a'.join() 'a'.split(1) 'a'.split(sep=1) 'a'.split(foo=1) 'a'.replace('a') 'a'.encode(1) 'a'.encode('ascii',errors=1) 'a'.center() 'a'.format_map() [].append() [].append(1,2) [].pop('a') [].insert(1) [].index() [].sort(1) [].sort(key=1) [].extend() {}.pop() {}.get(1,2,3) {}.setdefault() {}.update(1,2) {}.fromkeys() {1}.add() {1}.update(1) (1).to_bytes('a') int.from_bytes() (1).bit_length(2) 1.5.hex(1) float.fromhex(1) b'a'.decode(1) b'a'.hex(1) b''.join(1) b''.join(['a']) bytes.fromhex(1)"""
for call in builtin_calls.split():
    try:
        result = repr(eval(call))
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(call, "->", result.split(" at 0x")[0])
