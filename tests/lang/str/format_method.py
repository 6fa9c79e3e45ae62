"""str.format and format_map."""
print("{} {}".format(1, 2), "{0} {1} {0}".format("a", "b"), "{x} {y}".format(x=1, y=2), "{0[1]} {1.real}".format([1, 2], 3), "{a[k]}".format(a={"k": 1}))
#> 1 2 a b a 1 2 2 3 1
print("{{}} {{{}}}".format(1), "{!r} {!s} {!a}".format("é", "é", "é"), "{:>5} {:<5}| {:^5}".format(1, 2, 3), "{:{}}".format(1, 5), "{:{w}.{p}f}".format(3.14159, w=8, p=2))
#> {} {1} 'é' é '\xe9'     1 2    |   3       1     3.14
"{}".format()                           #! IndexError: Replacement index 0 out of range for positional args tuple
"{1}".format(0)                         #! IndexError: Replacement index 1 out of range for positional args tuple
"{x}".format()                          #! KeyError: 'x'
"{".format()                            #! ValueError: Single '{' encountered in format string
"}".format()                            #! ValueError: Single '}' encountered in format string
"{0".format(1)                          #! ValueError: expected '}' before end of string
"{} {0}".format(1)                      #! ValueError: cannot switch from automatic field numbering to manual field specification
"{0} {}".format(1)                      #! ValueError: cannot switch from manual field specification to automatic field numbering
"{!x}".format(1)                        #! ValueError: Unknown conversion specifier x
"{!}".format(1)                         #! ValueError: unmatched '{' in format spec
"{:d}".format("a")                      #! ValueError: Unknown format code 'd' for object of type 'str'
"{:5d}".format([])                      #! TypeError: unsupported format string passed to list.__format__
"{0.foo}".format(1)                     #! AttributeError: 'int' object has no attribute 'foo'
"{0[a]}".format([1])                    #! TypeError: list indices must be integers or slices, not str
"{0[5]}".format([1])                    #! IndexError: list index out of range
"{0[}".format([1])                      #! ValueError: expected '}' before end of string
"{0.}".format(1)                        #! ValueError: Empty attribute in format string
"{0[]}".format([1])                     #! ValueError: Empty attribute in format string
"{!rx}".format(1)                       #! ValueError: expected ':' after conversion specifier
"{:{:{}}}".format(1, 2, 3)              #! ValueError: Max string recursion exceeded
print("{:10}|{:<10}|{:>10}|{:^10}|{:*^10}|{:.2}".format(*["abc"] * 6), "{:s}".format("x"), "{:05}".format("ab"))
#> abc       |abc       |       abc|   abc    |***abc****|ab x ab000
format("a", "d")                        #! ValueError: Unknown format code 'd' for object of type 'str'
format("a", "+")                        #! ValueError: Sign not allowed in string format specifier
format("a", ",")                        #! ValueError: Cannot specify ',' with 's'.
format("a", "=5")                       #! ValueError: '=' alignment not allowed in string format specifier
format("a", "#")                        #! ValueError: Alternate form (#) not allowed in string format specifier
format("a", 5)                          #! TypeError: format() argument 2 must be str, not int
print("{a} {b}".format_map({"a": 1, "b": 2}))  #> 1 2
class D(dict):
    def __missing__(self, key): return f"<{key}>"
print("{x} {y}".format_map(D(x=1)))     #> 1 <y>
class F:
    def __format__(self, spec): return f"F({spec})"
print("{:abc} {}".format(F(), F()), f"{F():x{1 + 1}y}", format(F()), format(F(), "q"))  #> F(abc) F() F(x2y) F() F(q)
class G:
    def __format__(self, spec): return 5
format(G())                             #! TypeError: __format__ must return a str, not int
format(object(), "5")                   #! TypeError: unsupported format string passed to object.__format__
print("{0.__class__.__name__}".format(5), "{:,}".format(10 ** 6), "{:%}".format(0.25), "{:e}".format(12345))
#> int 1,000,000 25.000000% 1.234500e+04
