"""Deep recursion ends with RecursionError and the program goes on."""
import sys
def deep(n): return deep(n + 1)
deep(0)                                 #! RecursionError: maximum recursion depth exceeded
def depth():
    try: return 1 + depth()
    except RecursionError: return 0
print(depth() > 500, sys.getrecursionlimit())  #> True 1000
sys.setrecursionlimit(0)                #! ValueError: recursion limit must be greater or equal than 1
sys.setrecursionlimit("x")              #! TypeError: 'str' object cannot be interpreted as an integer
sys.setrecursionlimit(5)
class R:
    def __repr__(self): return repr(self)
    def __getattr__(self, name): return getattr(self, name + "x")
    def __eq__(self, other): return self == other
    def __hash__(self): return hash(self)
    def __len__(self): return len(self)
    def __call__(self): return self()
repr(R())                               #! RecursionError: maximum recursion depth exceeded while getting the repr of an object
R() == 1                                #! RecursionError: maximum recursion depth exceeded in comparison
hash(R())                               #! RecursionError: maximum recursion depth exceeded while calling a Python object
len(R())                                #! RecursionError: maximum recursion depth exceeded while calling a Python object
R()()                                   #! RecursionError: maximum recursion depth exceeded while calling a Python object
a = []
a.append(a)
print(a)                                #> [[...]]
d = {}
d["d"] = d
print(d, [d])                           #> {'d': {...}} [{'d': {...}}]
b = []
b.append(b)
a == b                                  #! RecursionError: maximum recursion depth exceeded in comparison
t = ([],)
t[0].append(t)
print(t)                                #> ([(...)],)
x = []
for i in range(100000): x = [x]
repr(x)                                 #! RecursionError: maximum recursion depth exceeded while getting the repr of an object
y = ()
for i in range(100000): y = (y,)
hash(y)
print(len(str([[[[[]]]]])))             #! RecursionError: maximum recursion depth exceeded while getting the repr of an object
del x, y
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(15))                          #! RecursionError: maximum recursion depth exceeded in comparison
isinstance(1, t)                        #! TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union
