"""bytes: making, methods, errors."""
print(b"", b"abc", bytes(3), bytes([1, 255]), bytes("é", "utf-8"), bytes(range(5)), bytes(b"x"), bytes())
#> b'' b'abc' b'\x00\x00\x00' b'\x01\xff' b'\xc3\xa9' b'\x00\x01\x02\x03\x04' b'x' b''
bytes([256])                            #! ValueError: bytes must be in range(0, 256)
bytes([-1])                             #! ValueError: bytes must be in range(0, 256)
bytes("é")                              #! TypeError: string argument without an encoding
bytes(-1)                               #! ValueError: negative count
bytes(1.5)                              #! TypeError: cannot convert 'float' object to bytes
bytes("a", "nope")                      #! LookupError: unknown encoding: nope
bytes([1], "utf-8")                     #! TypeError: encoding without a string argument
bytes(["a"])                            #! TypeError: 'str' object cannot be interpreted as an integer
bytes(10 ** 20)                         #! OverflowError: cannot fit 'int' into an index-sized integer
b = b"hello world"
print(b[0], b[-1], b[1:4], b[::-1], len(b), 104 in b, b"lo" in b, list(b[:3]))
#> 104 100 b'ell' b'dlrow olleh' 11 True True [104, 101, 108]
b[50]                                   #! IndexError: index out of range
b["a"]                                  #! TypeError: byte indices must be integers or slices, not str
b[0] = 1                                #! TypeError: 'bytes' object does not support item assignment
300 in b                                #! ValueError: byte must be in range(0, 256)
"a" in b                                #! TypeError: a bytes-like object is required, not 'str'
print(b + b"!", b * 2, b == b"hello world", b < b"z", b == "hello world", hash(b) == hash(b"hello world"))
#> b'hello world!' b'hello worldhello world' True True False True
b + "a"                                 #! TypeError: can't concat str to bytes
b < "a"                                 #! TypeError: '<' not supported between instances of 'bytes' and 'str'
print(b.find(b"o"), b.find(111), b.rfind(b"o"), b.count(b"l"), b.index(b"w"), b.replace(b"l", b"L"), b.split(), b.split(b"o", 1), b.partition(b" "))
#> 4 4 7 3 6 b'heLLo worLd' [b'hello', b'world'] [b'hell', b' world'] (b'hello', b' ', b'world')
b.find("o")                             #! TypeError: argument should be integer or bytes-like object, not 'str'
b.index(b"zz")                          #! ValueError: subsection not found
b.split("x")                            #! TypeError: a bytes-like object is required, not 'str'
b.replace("a", "b")                     #! TypeError: a bytes-like object is required, not 'str'
print(b.upper(), b.title(), b.capitalize(), b.center(15, b"*"), b.startswith(b"he"), b.endswith((b"x", b"d")), b.isalpha(), b"12".isdigit(), b"a\tb".expandtabs(4))
#> b'HELLO WORLD' b'Hello World' b'Hello world' b'**hello world**' True True False True b'a   b'
b.startswith("he")                      #! TypeError: startswith first arg must be bytes or a tuple of bytes, not str
print(b.hex(), b.hex(" "), b.hex("-", 4), bytes.fromhex("48 65 6c"), b"-".join([b"a", bytearray(b"b")]), b.translate(None, b"l"), b"abc".translate(bytes.maketrans(b"ab", b"xy")))
#> 68656c6c6f20776f726c64 68 65 6c 6c 6f 20 77 6f 72 6c 64 68656c-6c6f2077-6f726c64 b'Hel' b'a-b' b'heo word' b'xyc'
bytes.fromhex("4")                      #! ValueError: non-hexadecimal number found in fromhex() arg at position 1
bytes.fromhex("zz")                     #! ValueError: non-hexadecimal number found in fromhex() arg at position 0
bytes.fromhex("é")                      #! ValueError: non-hexadecimal number found in fromhex() arg at position 0
b",".join(["a"])                        #! TypeError: sequence item 0: expected a bytes-like object, str found
b",".join(5)                            #! TypeError: can only join an iterable
print(b"\xe9".decode("latin-1"), b"\xc3\xa9".decode(), b"\xff".decode("utf-8", "replace"), b"\xff".decode(errors="backslashreplace"), b"a\xffb".decode("ascii", "ignore"))
#> é é � \xff ab
b"\xff".decode()                        #! UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte
b"\xc3".decode()                        #! UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 0: unexpected end of data
b"\xe2\x28\xa1".decode()
#! UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe2 in position 0: invalid continuation byte
b"\xed\xa0\x80".decode()
#! UnicodeDecodeError: 'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte
b"\x80".decode("ascii")
#! UnicodeDecodeError: 'ascii' codec can't decode byte 0x80 in position 0: ordinal not in range(128)
b"a".decode("nope")                     #! LookupError: unknown encoding: nope
class HasBytes:
    def __bytes__(self): return b"made"
print(bytes(HasBytes()), b"a\nb\r\nc".splitlines(), b"  x ".strip(), b"x".zfill(3), b"ab".removeprefix(b"a"), b"%d" % 5)
#> b'made' [b'a', b'b', b'c'] b'x' b'00x' b'b' b'5'
