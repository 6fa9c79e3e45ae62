"""None, Ellipsis, NotImplemented."""
print(None, ..., Ellipsis, NotImplemented, type(None), type(...), type(NotImplemented))
#> None Ellipsis Ellipsis NotImplemented <class 'NoneType'> <class 'ellipsis'> <class 'NotImplementedType'>
print(None is None, ... is Ellipsis, bool(None), type(None)() is None, type(...)() is ...)
#> True True False True True
None.x                                  #! AttributeError: 'NoneType' object has no attribute 'x'
None.x = 1                              #! AttributeError: 'NoneType' object has no attribute 'x'
none = None
none()                                  #! TypeError: 'NoneType' object is not callable
none[0]                                 #! TypeError: 'NoneType' object is not subscriptable
None + 1                                #! TypeError: unsupported operand type(s) for +: 'NoneType' and 'int'
len(None)                               #! TypeError: object of type 'NoneType' has no len()
for x in None: pass                     #! TypeError: 'NoneType' object is not iterable
a, b = None                             #! TypeError: cannot unpack non-iterable NoneType object
type(None)(1)                           #! TypeError: NoneType takes no arguments
class N(type(None)): pass               #! TypeError: type 'NoneType' is not an acceptable base type
hash(NotImplemented) and None
print(repr(None), str(...), f"{None}", "%s" % None, f"{None:}")  #> None Ellipsis None None None
f"{None:>10}"                           #! TypeError: unsupported format string passed to NoneType.__format__
def f(): pass
print(f(), f.__doc__, print.__class__.__name__)  #> None None builtin_function_or_method
print([None] * 2, {None: 1}[None], None == 0, None != None)  #> [None, None] 1 False False
None < None                             #! TypeError: '<' not supported between instances of 'NoneType' and 'NoneType'
sorted([None, None, 1])                 #! TypeError: '<' not supported between instances of 'NoneType' and 'NoneType'
