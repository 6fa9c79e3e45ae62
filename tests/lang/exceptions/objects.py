"""Exception objects: args, attributes, text, hierarchy."""
e = ValueError("a", 2)
print(e.args, str(e), repr(e), e.__traceback__, e.__cause__, e.__context__, e.__suppress_context__)
#> ('a', 2) ('a', 2) ValueError('a', 2) None None None False
e.args = (5,)
print(repr(e), str(ValueError()), repr(ValueError()), str(ValueError(None)), str(KeyError("x")), str(KeyError()), str(IndexError("x")))
#> ValueError(5)  ValueError() None 'x'  x
e.args = 5                              #! TypeError: 'int' object is not iterable
e.__traceback__ = 5                     #! TypeError: __traceback__ must be a traceback or None
e.__cause__ = 5                         #! TypeError: exception cause must be None or derive from BaseException
e.x = 1
print(e.__dict__, e.with_traceback(None) is e)  #> {'x': 1} True
e.add_note("n1")
e.add_note("n2")
print(e.__notes__)                      #> ['n1', 'n2']
e.add_note(5)                           #! TypeError: note must be a str, not 'int'
o = OSError(2, "text", "file.txt")
print(type(o), o.errno, o.strerror, o.filename, str(o), repr(o), o.args, o.filename2)
#> <class 'FileNotFoundError'> 2 text file.txt [Errno 2] text: 'file.txt' FileNotFoundError(2, 'text') (2, 'text') None
print(repr(OSError(13, "x")), repr(OSError(17, "x")), repr(OSError("only")), str(OSError(1, "a", "b", None, "c")), repr(OSError(9999, "q")))
#> PermissionError(13, 'x') FileExistsError(17, 'x') OSError('only') [Errno 1] a: 'b' -> 'c' OSError(9999, 'q')
s = SystemExit(3)
print(s.code, SystemExit().code, SystemExit(1, 2).code, repr(s))  #> 3 None (1, 2) SystemExit(3)
st = StopIteration(5)
print(st.value, StopIteration().value, StopIteration(1, 2).value)  #> 5 None 1
n = NameError("x", name="foo")
print(n.name, AttributeError("x", name="a", obj=5).obj, ImportError("m", name="n", path="p").path)  #> foo 5 p
NameError(foo=1)                        #! TypeError: 'foo' is an invalid keyword argument for NameError()
ValueError(x=1)                         #! TypeError: ValueError() takes no keyword arguments
y = SyntaxError("bad", ("f.py", 3, 5, "text here", 3, 7))
print(y.msg, y.filename, y.lineno, y.offset, y.text, y.end_lineno, y.end_offset, str(y), y.print_file_and_line)
#> bad f.py 3 5 text here 3 7 bad (f.py, line 3) None
SyntaxError("bad", ("f", 1))            #! TypeError: function takes at least 4 arguments (2 given)
SyntaxError("bad", 5)                   #! TypeError: 'int' object is not iterable
u = UnicodeDecodeError("utf-8", b"abc\xff", 3, 4, "why")
print(u, u.encoding, u.object, u.start, u.end, u.reason)
#> 'utf-8' codec can't decode byte 0xff in position 3: why utf-8 b'abc\xff' 3 4 why
print(UnicodeEncodeError("ascii", "é", 0, 1, "no"), UnicodeEncodeError("ascii", "aé日", 1, 3, "no"), UnicodeTranslateError("é", 0, 1, "no"))
#> 'ascii' codec can't encode character '\xe9' in position 0: no 'ascii' codec can't encode characters in position 1-2: no can't translate character '\xe9' in position 0: no
UnicodeDecodeError("a")                 #! TypeError: function takes exactly 5 arguments (1 given)
print([c.__name__ for c in ZeroDivisionError.__mro__], issubclass(KeyboardInterrupt, Exception), IOError is OSError, EnvironmentError is OSError)
#> ['ZeroDivisionError', 'ArithmeticError', 'Exception', 'BaseException', 'object'] False True True
class My(Exception):
    def __init__(self, a, b): self.a = a; super().__init__(a, b)
    def __str__(self): return f"My<{self.a}>"
print(My(1, 2), repr(My(1, 2)), My(1, 2).args)  #> My<1> My(1, 2) (1, 2)
My(1)                                   #! TypeError: My.__init__() missing 1 required positional argument: 'b'
class NoSuper(Exception):
    def __init__(self, a): pass
print(repr(NoSuper("kept")), NoSuper("kept").args)  #> NoSuper('kept') ('kept',)
class Multi(KeyError, ValueError): pass
class BadMix(OSError, ImportError): pass  #! TypeError: multiple bases have instance lay-out conflict
print(issubclass(Multi, LookupError), BaseException(1) == BaseException(1), ValueError("x").__reduce__())
#> True False (<class 'ValueError'>, ('x',))
def flat(c, d=0): return [("  " * d + c.__name__)] + [l for s in sorted(c.__subclasses__(), key=lambda k: k.__name__) if s.__module__ == "builtins" for l in flat(s, d + 1)]
print("\n".join(flat(BaseException)))   #> BaseException
#>   BaseExceptionGroup
#>     ExceptionGroup
#>   Exception
#>     ArithmeticError
#>       FloatingPointError
#>       OverflowError
#>       ZeroDivisionError
#>     AssertionError
#>     AttributeError
#>     BufferError
#>     EOFError
#>     ExceptionGroup
#>     ImportError
#>       ModuleNotFoundError
#>     LookupError
#>       IndexError
#>       KeyError
#>     MemoryError
#>     NameError
#>       UnboundLocalError
#>     OSError
#>       BlockingIOError
#>       ChildProcessError
#>       ConnectionError
#>         BrokenPipeError
#>         ConnectionAbortedError
#>         ConnectionRefusedError
#>         ConnectionResetError
#>       FileExistsError
#>       FileNotFoundError
#>       InterruptedError
#>       IsADirectoryError
#>       NotADirectoryError
#>       PermissionError
#>       ProcessLookupError
#>       TimeoutError
#>     ReferenceError
#>     RuntimeError
#>       NotImplementedError
#>       RecursionError
#>     StopAsyncIteration
#>     StopIteration
#>     SyntaxError
#>       IndentationError
#>         TabError
#>     SystemError
#>     TypeError
#>     ValueError
#>       UnicodeError
#>         UnicodeDecodeError
#>         UnicodeEncodeError
#>         UnicodeTranslateError
#>     Warning
#>       BytesWarning
#>       DeprecationWarning
#>       EncodingWarning
#>       FutureWarning
#>       ImportWarning
#>       PendingDeprecationWarning
#>       ResourceWarning
#>       RuntimeWarning
#>       SyntaxWarning
#>       UnicodeWarning
#>       UserWarning
#>   GeneratorExit
#>   KeyboardInterrupt
#>   SystemExit
