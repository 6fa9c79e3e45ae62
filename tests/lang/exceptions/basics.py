"""try: order of clauses, else, finally, return values."""
def f(kind):
    try:
        if kind == 1: raise ValueError("v")
        if kind == 2: raise KeyError("k")
        if kind == 3: return "returned"
        if kind == 4: raise OSError(2, "no file", "name")
    except ValueError as e: r = f"value {e}"
    except (KeyError, IndexError) as e: r = f"lookup {e}"
    else: r = "else"
    finally: print("finally", kind)
    return r
for k in range(4): print(f(k))          #> finally 0
#> else
#> finally 1
#> value v
#> finally 2
#> lookup 'k'
#> finally 3
#> returned
f(4)                                    #> finally 4
#! FileNotFoundError: [Errno 2] no file: 'name'
def g():
    try: return "try"
    finally: return "finally"
print(g())                              #> finally
def h():
    for i in range(3):
        try: continue
        finally: print("c", i)
    while True:
        try: break
        finally: print("b")
    try: raise ValueError
    except ValueError: pass
    finally: return [i]
print(h())                              #> c 0
#> c 1
#> c 2
#> b
#> [2]
try: raise ValueError("x")
except ValueError as e: pass
e                                       #! NameError: name 'e' is not defined
raise                                   #! RuntimeError: No active exception to reraise
raise 5                                 #! TypeError: exceptions must derive from BaseException
raise int                               #! TypeError: exceptions must derive from BaseException
raise ValueError                        #! ValueError
raise ValueError("a", 1)                #! ValueError: ('a', 1)
raise KeyError("k")                     #! KeyError: 'k'
raise KeyError                          #! KeyError
raise KeyError("a", "b")                #! KeyError: ('a', 'b')
try: 1 / 0
except "text": pass
#! TypeError: catching classes that do not inherit from BaseException is not allowed
try: 1 / 0
except (ValueError, 5): pass
#! TypeError: catching classes that do not inherit from BaseException is not allowed
try: 1 / 0
except int: pass
#! TypeError: catching classes that do not inherit from BaseException is not allowed
try:
    try: 1 / 0
    except ZeroDivisionError: raise
except Exception as e2: print(repr(e2), e2.__context__)
#> ZeroDivisionError('division by zero') None
try:
    try: 1 / 0
    finally: [][1]
except IndexError as e3: print(repr(e3), repr(e3.__context__))
#> IndexError('list index out of range') ZeroDivisionError('division by zero')
try: raise KeyError("a") from ValueError("b")
except KeyError as e4: print(repr(e4.__cause__), e4.__suppress_context__)
#> ValueError('b') True
try: raise KeyError("a") from None
except KeyError as e5: print(e5.__cause__, e5.__suppress_context__)
#> None True
raise ValueError from 5                 #! TypeError: exception causes must derive from BaseException
raise ValueError("x") from TypeError    #! ValueError: x
assert True
assert 1 == 2                           #! AssertionError
assert 0, "message"                     #! AssertionError: message
assert (), ["not", "a string"]          #! AssertionError: ['not', 'a string']
def nested():
    try:
        try: raise ValueError("inner")
        except ValueError: raise TypeError("outer")
    except TypeError as e: return repr(e), repr(e.__context__)
print(nested())                         #> ("TypeError('outer')", "ValueError('inner')")
