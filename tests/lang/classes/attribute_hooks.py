"""__getattr__, __getattribute__, __setattr__, __delattr__, __dir__."""
class G:
    known = 1
    def __getattr__(self, name):
        if name.startswith("no"): raise AttributeError("refused " + name)
        return "made " + name
g = G()
print(g.known, g.other)                 #> 1 made other
g.nothing                               #! AttributeError: refused nothing
print(getattr(g, "nope", "default"), hasattr(g, "nope"), hasattr(g, "yes"))  #> default False True
class A:
    def __getattribute__(self, name):
        if name == "x": return "intercepted"
        if name == "bad": raise ValueError("other error")
        return super().__getattribute__(name)
    def __getattr__(self, name): return "fallback " + name
a = A()
a.x = 5
print(a.x, a.y, a.__dict__)             #> intercepted fallback y {'x': 5}
a.bad                                   #! ValueError: other error
hasattr(a, "bad")                       #! ValueError: other error
getattr(a, "bad", 1)                    #! ValueError: other error
class S:
    def __setattr__(self, name, value):
        if name == "locked": raise AttributeError("locked!")
        super().__setattr__(name, value * 2)
    def __delattr__(self, name):
        print("deleting", name)
        object.__delattr__(self, name)
s = S()
s.v = 5
print(s.v, s.__dict__)                  #> 10 {'v': 10}
s.locked = 1                            #! AttributeError: locked!
del s.v                                 #> deleting v
del s.v                                 #> deleting v
#! AttributeError: 'S' object has no attribute 'v'
setattr(s, 5, 1)                        #! TypeError: attribute name must be string, not 'int'
getattr(s, 5)                           #! TypeError: attribute name must be string, not 'int'
hasattr(s, 5)                           #! TypeError: attribute name must be string, not 'int'
delattr(s)                              #! TypeError: delattr expected 2 arguments, got 1
getattr(s)                              #! TypeError: getattr expected at least 2 arguments, got 1
getattr(s, "x", 1, 2)                   #! TypeError: getattr expected at most 3 arguments, got 4
setattr(s, "w", 3)
print(s.w, vars(s))                     #> 6 {'w': 6}
class D:
    def __dir__(self): return ["b", "a"]
print(dir(D()))                         #> ['a', 'b']
vars(5)                                 #! TypeError: vars() argument must have __dict__ attribute
print([n for n in dir(S) if not n.startswith("__")], "__setattr__" in dir(s))  #> [] True
object.__setattr__(5, "x", 1)           #! AttributeError: 'int' object has no attribute 'x'
object.__getattribute__(s, "nothing")   #! AttributeError: 'S' object has no attribute 'nothing'
object.__setattr__(s, "direct", 1)
print(s.direct)                         #> 1
class M(type):
    def __getattr__(cls, name): return f"meta {name} of {cls.__name__}"
    def __setattr__(cls, name, value): super().__setattr__(name, ("set", value))
class K(metaclass=M): pass
print(K.anything)                       #> meta anything of K
K.v = 1
print(K.v, K().v)                       #> ('set', 1) ('set', 1)
K().anything                            #! AttributeError: 'K' object has no attribute 'anything'
