"""str % args: every conversion and every error."""
print("%s %r %a %d %i %u %o %x %X %c %c %%" % ("s", "r", "é", 1, 2, 3, 8, 255, 255, "c", 100))
#> s 'r' '\xe9' 1 2 3 10 ff FF c d %
print("%5s|%-5s|%05d|%+d|% d|%#x|%#o|%.2s|%5.1s|%-5d|%.3d|%08.3f" % ("a", "b", 42, 42, 42, 255, 8, "abc", "xyz", 7, 5, 3.14159))
#>     a|b    |00042|+42| 42|0xff|0o10|ab|    x|7    |005|0003.142
print("%(a)s %(b)d %(a)r" % {"a": "x", "b": 2}, "%*d" % (5, 42), "%.*f" % (2, 3.14159), "%-*d|" % (4, 1))
#> x 2 'x'    42 3.14 1   |
print("%s" % (1,), "%s" % [1, 2], "%s" % ((1, 2),), "%s %s" % (1, 2), "no" % (), "no" % {}, "no" % [])
#> 1 [1, 2] (1, 2) 1 2 no no no
"%s" % ()                               #! TypeError: not enough arguments for format string
"%s %s" % (1,)                          #! TypeError: not enough arguments for format string
"%s" % (1, 2)                           #! TypeError: not all arguments converted during string formatting
"x" % 1                                 #! TypeError: not all arguments converted during string formatting
"%d" % "x"                              #! TypeError: %d format: a real number is required, not str
"%d" % None                             #! TypeError: %d format: a real number is required, not NoneType
"%x" % "x"                              #! TypeError: %x format: an integer is required, not str
"%c" % "ab"                             #! TypeError: %c requires int or char
"%c" % 0x110000                         #! OverflowError: %c arg not in range(0x110000)
"%c" % 1.5                              #! TypeError: %c requires int or char
"%z" % 1                                #! ValueError: unsupported format character 'z' (0x7a) at index 1
"%" % 1                                 #! ValueError: incomplete format
"%(a" % {}                              #! ValueError: incomplete format key
"%(a)s" % 5                             #! TypeError: format requires a mapping
"%(a)s" % {}                            #! KeyError: 'a'
"%(a)s %s" % {"a": 1}                   #! TypeError: not enough arguments for format string
"%*d" % ("a", 1)                        #! TypeError: * wants int
"%.*f" % (1, "x")                       #! TypeError: must be real number, not str
"%5" % 1                                #! ValueError: incomplete format
print("%d" % 10 ** 20, "%x" % -255, "%#X" % 255, "%e" % 12345.678, "%g" % 1e-5, "%s" % None, "%5.2f%%" % 99.5)
#> 100000000000000000000 -ff 0XFF 1.234568e+04 1e-05 None 99.50%
print("%d" % 3.99, "%i" % True, "%c%c" % ("é", 0x1F600), "%s" % "日", "%10s|" % "日本", "%-3s|" % "é")
#> 3 1 é😀 日         日本| é  |
print(b"%s %d %x %r %a %c %b" % (b"x", 1, 255, "é", "é", 65, b"z"))  #> b"x 1 ff '\\xe9' '\\xe9' A z"
b"%s" % "x"                             #! TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'str'
b"%d" % "x"                             #! TypeError: %d format: a real number is required, not str
b"%c" % 256                             #! OverflowError: %c arg not in range(256)
b"%(k)s" % {b"k": 1}                    #! TypeError: %b requires a bytes-like object, or an object that implements __bytes__, not 'int'
t = "some text"
print("%s" % t is t, "%s" % (t,) is t, ("%.4s" % t), ("%s" % t[:0]) == "", ("%20s" % t), "%s!" % t, (t % ()) is t)
#> True True some True            some text some text! True
class Text(str): pass
print(type("%s" % Text("x")), type(Text("%s") % "x"), type(Text("x") % ()))
#> <class 'str'> <class 'str'> <class '__main__.Text'>
