"""Attributes of code objects, copies with changes, lines and positions."""
def f(a, b=1, *c, d, **e):
    x = 1
    def g(): return x
    return g
co = f.__code__
print(co.co_varnames, co.co_cellvars, co.co_freevars, co.co_nlocals, co.co_lnotab)
#> ('a', 'b', 'd', 'c', 'e', 'g') ('x',) () 6 b'\x04\x01\x04\x01\n\x01'
print(co.co_consts[2].co_freevars, co.co_consts[2].co_qualname)  #> ('x',) f.<locals>.g
print(list(co.co_lines())[:4])          #> [(0, 2, None), (2, 4, 3), (4, 6, 4), (6, 8, 4)]
print(list(co.co_positions())[:4])      #> [(None, None, None, None), (3, 3, 0, 0), (4, 4, 8, 9), (4, 4, 4, 5)]
print(co.replace(co_name="zz").co_name, co.replace() == co, hash(co.replace()) == hash(co), co == 1)
#> zz True True False
co.replace(co_argcount=-2)              #! ValueError: co_argcount must be a positive integer
co.replace(co_code=b"x")                #! ValueError: code: co_code is malformed
co.replace(co_varnames=())              #! ValueError: code: co_varnames is too small
co.replace(co_names=(1,))               #! SystemError: non-string found in code slot
co.replace(co_flags=1.5)                #! TypeError: 'float' object cannot be interpreted as an integer
co.replace(foo=1)                       #! TypeError: 'foo' is an invalid keyword argument for replace()
type(co)(1)                             #! TypeError: code expected at least 16 arguments, got 1
c = compile("a = 0, 0.0, -0.0, False, 0j\nb = 1, True", "f", "exec")
print(c.co_consts)                      #> ((0, 0.0, -0.0, False, 0j), (1, True), None)
print([type(k).__name__ for k in c.co_consts[0]])  #> ['int', 'float', 'float', 'bool', 'complex']
import dis
for text in ("p and (q and r) and t", "p or (q or r or s) or t", "a and (b and (c and d) and e) and f"):
    print([i.argval for i in dis.get_instructions(compile(text, "F", "eval")) if "JUMP" in i.opname])
#> [18, 20, 22]
#> [22, 24, 28, 26]
#> [26, 28, 32, 34, 30]
