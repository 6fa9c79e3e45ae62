"""str: indexing, slicing, repeating, comparing, hashing."""
s = "héllo 日本 😀"
print(s[0], s[1], s[-1], s[6:8], s[::-1], s[::3], len(s), s[20:], s[-3:])  #> h é 😀 日本 😀 本日 olléh hl日😀 10  本 😀
s[50]                                   #! IndexError: string index out of range
s["a"]                                  #! TypeError: string indices must be integers, not 'str'
s[0] = "x"                              #! TypeError: 'str' object does not support item assignment
del s[0]                                #! TypeError: 'str' object doesn't support item deletion
s[1.5]                                  #! TypeError: string indices must be integers, not 'float'
print("ab" * 3, 0 * "ab", "ab" * -1, "é" * 4, "" * 10)  #> ababab   éééé
"a" * "b"                               #! TypeError: can't multiply sequence by non-int of type 'str'
"a" + 1                                 #! TypeError: can only concatenate str (not "int") to str
"a" + b"a"                              #! TypeError: can only concatenate str (not "bytes") to str
"a" * 1.0                               #! TypeError: can't multiply sequence by non-int of type 'float'
print("a" < "b", "a" < "B", "abc" < "abd", "" < "a", "z" < "é", "é" < "日", "日" < "😀", "a" == b"a")
#> True False True True True True True False
"a" < 1                                 #! TypeError: '<' not supported between instances of 'str' and 'int'
print(hash(""), hash("a") == hash("a"), hash("a"), hash("hello"), hash("日本"), hash("é"))
#> 0 True 4644417185603328019 -2096571579003691106 6243316497235261705 6047309291227476195
print(max("hello"), min("hello"), sorted("hello"), list("añ"), "l" in "hello")
#> o e ['e', 'h', 'l', 'l', 'o'] ['a', 'ñ'] True
print(ord("a"), ord("é"), ord("😀"), chr(97), chr(0x1F600), repr(chr(0)), ascii("é😀\n"))
#> 97 233 128512 a 😀 '\x00' '\xe9\U0001f600\n'
ord("ab")                               #! TypeError: ord() expected a character, but string of length 2 found
ord("")                                 #! TypeError: ord() expected a character, but string of length 0 found
ord(5)                                  #! TypeError: ord() expected string of length 1, but int found
chr(-1)                                 #! ValueError: chr() arg not in range(0x110000)
chr(0x110000)                           #! ValueError: chr() arg not in range(0x110000)
chr("a")                                #! TypeError: 'str' object cannot be interpreted as an integer
chr(10 ** 20)                           #! OverflowError: Python int too large to convert to C int
print(str(), str(5), str(None), str("x"), str(b"x"), str(b"\xc3\xa9", "utf-8"), str(b"\xff", "ascii", "replace"), str(object=1))
#>  5 None x b'x' é � 1
str(5, "utf-8")                         #! TypeError: decoding to str: need a bytes-like object, int found
str("x", "utf-8")                       #! TypeError: decoding str is not supported
str(b"\xff", "utf-8")                   #! UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte
str(b"x", "ascii", "strict", 1)         #! TypeError: str() takes at most 3 arguments (4 given)
class S(str): pass
print(S("a") + "b", type(S("a") + "b"), S("abc").upper(), repr(S("q")), S("x") == "x", {S("k"): 1}["k"])
#> ab <class 'str'> ABC 'q' True 1
print("a" "b" 'c' """d""", r"\n", "\x41\u00e9\U0001F600\101\N{GREEK SMALL LETTER ALPHA}", "a\
b")
#> abcd \n Aé😀Aα ab
