"""chr, ord, hex, oct, bin, ascii, repr, hash, id, bool and others."""
print(chr(65), chr(0x1F600), ord("€"), hex(-255), oct(64), bin(5), ascii("aé"), repr("x"))
#> A 😀 8364 -0xff 0o100 0b101 'a\xe9' 'x'
print(callable(len), callable(5), callable(lambda: 0), callable(int), type(id(5)))
#> True False True True <class 'int'>
print(divmod(7, 2), divmod(-7, 2), divmod(7.5, 2), divmod(True, 2))  #> (3, 1) (-4, 1) (3.0, 1.5) (0, 1)
divmod(1, 0)                            #! ZeroDivisionError: integer division or modulo by zero
divmod("a", 1)                          #! TypeError: unsupported operand type(s) for divmod(): 'str' and 'int'
divmod(1)                               #! TypeError: divmod expected 2 arguments, got 1
print(abs(-5), abs(-5.5), abs(3 + 4j), abs(True))  #> 5 5.5 5.0 1
abs("a")                                #! TypeError: bad operand type for abs(): 'str'
print(round(5.5), round(6.5), round(-1.5), round(1.25, 1), round(15, -1), round(1e300, -300))  #> 6 6 -2 1.2 20 1e+300
round("a")                              #! TypeError: type str doesn't define __round__ method
print(pow(2, 3), pow(2, 3, 5), pow(2.0, 3), pow(2, -1), pow(3, -1, 7))  #> 8 3 8.0 0.5 5
pow(2, 3, 0)                            #! ValueError: pow() 3rd argument cannot be 0
pow("a", 2)                             #! TypeError: unsupported operand type(s) for ** or pow(): 'str' and 'int'
print(isinstance(True, int), isinstance(1, (str, int)), isinstance([], list | None), issubclass(bool, int), issubclass(int, (str, object)))
#> True True True True True
isinstance(1, "int")                    #! TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union
isinstance(1, (int, "x"))
isinstance("s", (int, "x"))             #! TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union
issubclass("a", int)                    #! TypeError: issubclass() arg 1 must be a class
issubclass(int, "a")                    #! TypeError: issubclass() arg 2 must be a class, a tuple of classes, or a union
print(getattr(5, "real"), getattr(5, "x", None), hasattr(5, "imag"))  #> 5 None True
getattr(5, "x")                         #! AttributeError: 'int' object has no attribute 'x'
getattr(5)                              #! TypeError: getattr expected at least 2 arguments, got 1
setattr(5, "x", 1)                      #! AttributeError: 'int' object has no attribute 'x'
delattr(5, "x")                         #! AttributeError: 'int' object has no attribute 'x'
print(vars(type("A", (), {"x": 1})()), dir(type("A", (), {"__dir__": lambda s: ["z", "a"]})()))  #> {} ['a', 'z']
vars(5)                                 #! TypeError: vars() argument must have __dict__ attribute
print(format(5), format(5.5, ".2f"), format("a", ">3"), format([1]), format(None))  #> 5 5.50   a [1] None
format([1], "5")                        #! TypeError: unsupported format string passed to list.__format__
print(eval("1 + 2"), eval("x * 2", {"x": 4}), [eval("y") for y in [7]])  #> 3 8 [7]
eval("1 +")                             #! SyntaxError: invalid syntax (<string>, line 1)
exec("a = 1; b = a + 1")
print(a, b, exec("pass"))               #> 1 2 None
print(hash(5), hash("a") == hash("a"), hash((1, 2)) == hash((1, 2)), hash(2 ** 61), hash(-1), hash(1.0))
#> 5 True True 1 -2 1
hash([])                                #! TypeError: unhashable type: 'list'
hash({})                                #! TypeError: unhashable type: 'dict'
hash(slice(1))                          #! TypeError: unhashable type: 'slice'
ord("")                                 #! TypeError: ord() expected a character, but string of length 0 found
chr(-5)                                 #! ValueError: chr() arg not in range(0x110000)
hex(1.5)                                #! TypeError: 'float' object cannot be interpreted as an integer
bin("a")                                #! TypeError: 'str' object cannot be interpreted as an integer
int("x")                                #! ValueError: invalid literal for int() with base 10: 'x'
float("x")                              #! ValueError: could not convert string to float: 'x'
complex("x")                            #! ValueError: complex() arg is a malformed string
bytes("x")                              #! TypeError: string argument without an encoding
bool(1, 2)                              #! TypeError: bool expected at most 1 argument, got 2
print(len("abc"), len([]), len({1: 2}), len(range(10)), len(b"ab"))  #> 3 0 1 10 2
len(5)                                  #! TypeError: object of type 'int' has no len()
len()                                   #! TypeError: len() takes exactly one argument (0 given)
input(1, 2)                             #! TypeError: input expected at most 1 argument, got 2
print(type(5), type(type), type(None), type(...), type(print), type(lambda: 0), type("".join), type(int.__add__), type((5).__add__))
#> <class 'int'> <class 'type'> <class 'NoneType'> <class 'ellipsis'> <class 'builtin_function_or_method'> <class 'function'> <class 'builtin_function_or_method'> <class 'wrapper_descriptor'> <class 'method-wrapper'>
print(__name__, __doc__, [n for n in ("__file__", "__builtins__", "__spec__", "__loader__", "__package__", "__annotations__") if n in globals()])
#> __main__ chr, ord, hex, oct, bin, ascii, repr, hash, id, bool and others. ['__file__', '__builtins__', '__spec__', '__loader__', '__package__', '__annotations__']
