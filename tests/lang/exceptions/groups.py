"""ExceptionGroup and except*."""
eg = ExceptionGroup("g", [ValueError(1), TypeError("t"), ExceptionGroup("in", [ValueError(2), KeyError("k")])])
print(eg, repr(eg), eg.message, eg.exceptions, str(BaseExceptionGroup("b", [KeyboardInterrupt()])), type(BaseExceptionGroup("x", [ValueError()])))
#> g (3 sub-exceptions) ExceptionGroup('g', [ValueError(1), TypeError('t'), ExceptionGroup('in', [ValueError(2), KeyError('k')])]) g (ValueError(1), TypeError('t'), ExceptionGroup('in', [ValueError(2), KeyError('k')])) b (1 sub-exception) <class 'ExceptionGroup'>
m, r = eg.split(ValueError)
print(repr(m), repr(r))
#> ExceptionGroup('g', [ValueError(1), ExceptionGroup('in', [ValueError(2)])]) ExceptionGroup('g', [TypeError('t'), ExceptionGroup('in', [KeyError('k')])])
print(repr(eg.subgroup(KeyError)), eg.subgroup(OSError), eg.split(OSError)[0], repr(eg.subgroup(lambda x: isinstance(x, TypeError))), eg.subgroup(ExceptionGroup) is eg)
#> ExceptionGroup('g', [ExceptionGroup('in', [KeyError('k')])]) None None ExceptionGroup('g', [TypeError('t')]) True
ExceptionGroup("x", [])                 #! ValueError: second argument (exceptions) must be a non-empty sequence
ExceptionGroup("x", 5)                  #! TypeError: second argument (exceptions) must be a sequence
ExceptionGroup(5, [ValueError()])       #! TypeError: BaseExceptionGroup.__new__() argument 1 must be str, not int
ExceptionGroup("x", [5])                #! ValueError: Item 0 of second argument (exceptions) is not an exception
ExceptionGroup("x", [KeyboardInterrupt()])  #! TypeError: Cannot nest BaseExceptions in an ExceptionGroup
ExceptionGroup("x")                     #! TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)
print(repr(eg.derive([ValueError()])))  #> ExceptionGroup('g', [ValueError()])
eg.split(5)                             #! TypeError: expected a function, exception type or tuple of exception types
def run(make):
    try:
        raise make()
    except* ValueError as e: print("ValueError part", repr(e))
    except* (KeyError, TypeError) as e: print("other part", repr(e))
    else: print("else")
    finally: print("finally")
run(lambda: eg)                         #> ValueError part ExceptionGroup('g', [ValueError(1), ExceptionGroup('in', [ValueError(2)])])
#> other part ExceptionGroup('g', [TypeError('t'), ExceptionGroup('in', [KeyError('k')])])
#> finally
run(lambda: ValueError("naked"))        #> ValueError part ExceptionGroup('', (ValueError('naked'),))
#> finally
run(lambda: OSError("unhandled"))       #> finally
#! OSError: unhandled
run(lambda: ExceptionGroup("mix", [OSError("rest"), ValueError("v")]))
#> ValueError part ExceptionGroup('mix', [ValueError('v')])
#> finally
#! ExceptionGroup: mix (1 sub-exception)
def none():
    try: pass
    except* ValueError: print("no")
    else: print("else runs")
none()                                  #> else runs
def reraise():
    try: raise ExceptionGroup("e", [ValueError(1), TypeError(2)])
    except* ValueError: raise KeyError("new")
    except* TypeError: raise
try: reraise()
except BaseException as e: print(repr(e), [repr(x.__context__) for x in e.exceptions])
#> ExceptionGroup('', [KeyError('new'), ExceptionGroup('e', [TypeError(2)])]) ["ExceptionGroup('e', [ValueError(1)])", 'None']
def star(t):
    try: raise ValueError
    except* t: pass
star(ExceptionGroup)                    #! TypeError: catching ExceptionGroup with except* is not allowed. Use except instead.
star(5)                                 #! TypeError: catching classes that do not inherit from BaseException is not allowed
class MyG(ExceptionGroup):
    def derive(self, excs): return MyG(self.message, excs)
a, b = MyG("m", [ValueError(), OSError()]).split(OSError)
print(type(a).__name__, type(b).__name__)  #> MyG MyG
for source in ("try: pass\nexcept* ValueError: pass\nexcept TypeError: pass", "try: pass\nexcept*: pass", "for x in y:\n try: pass\n except* E: break", "def f():\n try: pass\n except* E: return"):
    try: compile(source, "s", "exec")
    except SyntaxError as e: print(e.msg)
#> cannot have both 'except' and 'except*' on the same 'try'
#> expected one or more exception types
#> 'break', 'continue' and 'return' cannot appear in an except* block
#> 'break', 'continue' and 'return' cannot appear in an except* block
