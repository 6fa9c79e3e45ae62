"""int(text): bases, underscores, spaces, errors."""
print(int("12"), int("  -12\n"), int("+7"), int("1_000"), int("0"), int("-0"))  #> 12 -12 7 1000 0 0
print(int("ff", 16), int("0xff", 16), int("0xff", 0), int("0b11", 0), int("0o17", 0), int("z", 36))
#> 255 255 255 3 15 35
print(int("١٢٣"), int("１２"), int(b"12"), int(bytearray(b"5")))  #> 123 12 12 5
int("")                                 #! ValueError: invalid literal for int() with base 10: ''
int(" ")                                #! ValueError: invalid literal for int() with base 10: ' '
int("1 2")                              #! ValueError: invalid literal for int() with base 10: '1 2'
int("1__0")                             #! ValueError: invalid literal for int() with base 10: '1__0'
int("_1")                               #! ValueError: invalid literal for int() with base 10: '_1'
int("1_")                               #! ValueError: invalid literal for int() with base 10: '1_'
int("0x1")                              #! ValueError: invalid literal for int() with base 10: '0x1'
int("12", 2)                            #! ValueError: invalid literal for int() with base 2: '12'
int("010", 0)                           #! ValueError: invalid literal for int() with base 0: '010'
int("9", 37)                            #! ValueError: int() base must be >= 2 and <= 36, or 0
int("9", 1)                             #! ValueError: int() base must be >= 2 and <= 36, or 0
int("9", -1)                            #! ValueError: int() base must be >= 2 and <= 36, or 0
int("9", "a")                           #! TypeError: 'str' object cannot be interpreted as an integer
int(9, 2)                               #! TypeError: int() can't convert non-string with explicit base
int("abc")                              #! ValueError: invalid literal for int() with base 10: 'abc'
int("é")                                #! ValueError: invalid literal for int() with base 10: 'é'
int(b"abc")                             #! ValueError: invalid literal for int() with base 10: b'abc'
int("1.5")                              #! ValueError: invalid literal for int() with base 10: '1.5'
int(None)                               #! TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'
int([])                                 #! TypeError: int() argument must be a string, a bytes-like object or a real number, not 'list'
int({}, 10)                             #! TypeError: int() can't convert non-string with explicit base
print(int(1.9), int(-1.9), int(1e20), int(True), int())  #> 1 -1 100000000000000000000 1 0
int(float("nan"))                       #! ValueError: cannot convert float NaN to integer
int(float("inf"))                       #! OverflowError: cannot convert float infinity to integer
int("1", "2", "3")                      #! TypeError: int() takes at most 2 arguments (3 given)
int(x=1)                                #! TypeError: 'x' is an invalid keyword argument for int()
int(base=10)                            #! TypeError: int() missing string argument
print(int("1" * 50), int("-" + "9" * 30))
#> 11111111111111111111111111111111111111111111111111 -999999999999999999999999999999
int("1" * 5000)
#! ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit
int("'\"")                              #! ValueError: invalid literal for int() with base 10: '\'"'
int("x" * 300)
#! ValueError: invalid literal for int() with base 10: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
class I:
    def __int__(self): return 42
class J:
    def __index__(self): return 43
class T:
    def __trunc__(self): return 44
class B:
    def __int__(self): return "x"
print(int(I()), int(J()))               #> 42 43
int(B())                                #! TypeError: __int__ returned non-int (type str)
str(10 ** 5000)
#! ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit
print(len(str(10 ** 4299)), len(hex(10 ** 5000)))  #> 4300 4155
