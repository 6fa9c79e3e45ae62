"""str: split, join, strip, justify."""
print("a b  c".split(), " a  b ".split(" "), "a,b,,c".split(","), "a,b,c".split(",", 1), "a b c d".split(None, 2), "".split(), "".split(","))
#> ['a', 'b', 'c'] ['', 'a', '', 'b', ''] ['a', 'b', '', 'c'] ['a', 'b,c'] ['a', 'b', 'c d'] [] ['']
print("a b c".rsplit(None, 1), "a,b,c".rsplit(",", 1), " x ".rsplit(), "abc".split("b"), "aXXbXXc".split("XX"))
#> ['a b', 'c'] ['a,b', 'c'] ['x'] ['a', 'c'] ['a', 'b', 'c']
"a".split("")                           #! ValueError: empty separator
"a".split(1)                            #! TypeError: must be str or None, not int
"a".split(",", "x")                     #! TypeError: 'str' object cannot be interpreted as an integer
print("a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "\n".splitlines())
#> ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'] ['a\n', 'b\n'] [] ['']
print(",".join(["a", "b"]), "".join([]), "-".join("xyz"), ", ".join({"k": 1}), "é".join(["日", "a"]))
#> a,b  x-y-z k 日éa
",".join([1])                           #! TypeError: sequence item 0: expected str instance, int found
",".join(["a", None])                   #! TypeError: sequence item 1: expected str instance, NoneType found
",".join(5)                             #! TypeError: can only join an iterable
",".join()                              #! TypeError: str.join() takes exactly one argument (0 given)
print(repr("  x ".strip()), repr("  x ".lstrip()), repr("  x ".rstrip()), "xxhixx".strip("x"), "abcba".strip("ab"), repr("\u2003x\u00a0".strip()))
#> 'x' 'x ' '  x' hi c 'x'
"x".strip(1)                            #! TypeError: strip arg must be None or str
print("[" + "x".center(5) + "]", "[" + "x".ljust(4, ".") + "]", "[" + "x".rjust(4, "é") + "]", "ab".center(5, "*"), "abc".center(2))
#> [  x  ] [x...] [éééx] **ab* abc
"x".center()                            #! TypeError: center expected at least 1 argument, got 0
"x".center("5")                         #! TypeError: 'str' object cannot be interpreted as an integer
"x".ljust(5, "ab")                      #! TypeError: The fill character must be exactly one character long
print("42".zfill(5), "-42".zfill(5), "+4".zfill(4), "".zfill(2), "abc".zfill(2))  #> 00042 -0042 +004 00 abc
print("a\tb\tc".expandtabs(), "a\tb".expandtabs(4), "\t\n\tx".expandtabs(3), "a\tb".expandtabs(0))
#> a       b       c a   b
#>    x ab
print("hello".translate({104: "J", 101: None, 108: 0x4c}), "abc".translate(str.maketrans("ab", "xy", "c")), str.maketrans({"a": 1, 98: "z"}))
#> JLLo xy {97: 1, 98: 'z'}
str.maketrans("a", "bc")                #! ValueError: the first two maketrans arguments must have equal length
str.maketrans({"ab": 1})                #! ValueError: string keys in translate table must be of length 1
str.maketrans(1)                        #! TypeError: if you give only one argument to maketrans it must be a dict
"a".translate({97: 0x110000})           #! ValueError: character mapping must be in range(0x110000)
print("x".encode(), "é".encode("latin-1"), "é".encode("utf-16-le"), "é".encode("ascii", "replace"), "é".encode("ascii", "xmlcharrefreplace"), "é".encode("ascii", "backslashreplace"))
#> b'x' b'\xe9' b'\xe9\x00' b'?' b'&#233;' b'\\xe9'
"é".encode("ascii")
#! UnicodeEncodeError: 'ascii' codec can't encode character '\xe9' in position 0: ordinal not in range(128)
"\ud800".encode()
#! UnicodeEncodeError: 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not allowed
"a".encode("nope")                      #! LookupError: unknown encoding: nope
"é日".encode("latin-1")
#! UnicodeEncodeError: 'latin-1' codec can't encode character '\u65e5' in position 1: ordinal not in range(256)
