"""int.to_bytes, int.from_bytes, hex, oct, bin."""
print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), (-1).to_bytes(2, "big", signed=True))
#> b'\x04\x00' b'\x00\x04\x00\x00' b'\xff\xff'
print((0).to_bytes(0, "big"), (255).to_bytes(), (5).to_bytes(length=2, byteorder="little"))  #> b'' b'\xff' b'\x05\x00'
(256).to_bytes(1, "big")                #! OverflowError: int too big to convert
(-1).to_bytes(1, "big")                 #! OverflowError: can't convert negative int to unsigned
(128).to_bytes(1, "big", signed=True)   #! OverflowError: int too big to convert
(1).to_bytes(-1, "big")                 #! ValueError: length argument must be non-negative
(1).to_bytes(1, "middle")               #! ValueError: byteorder must be either 'little' or 'big'
(1).to_bytes("1")                       #! TypeError: 'str' object cannot be interpreted as an integer
print(int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\x01\x00", "little"))  #> 256 1
print(int.from_bytes(b"\xff\xff", "big", signed=True), int.from_bytes([1, 2]), int.from_bytes(b""))  #> -1 258 0
int.from_bytes("ab", "big")             #! TypeError: cannot convert 'str' object to bytes
int.from_bytes([256], "big")            #! ValueError: bytes must be in range(0, 256)
int.from_bytes(b"a", "x")               #! ValueError: byteorder must be either 'little' or 'big'
print(hex(255), hex(-255), oct(8), bin(5), bin(-5), hex(0), hex(True))  #> 0xff -0xff 0o10 0b101 -0b101 0x0 0x1
hex("a")                                #! TypeError: 'str' object cannot be interpreted as an integer
bin(1.5)                                #! TypeError: 'float' object cannot be interpreted as an integer
oct(None)                               #! TypeError: 'NoneType' object cannot be interpreted as an integer
print((2 ** 100).to_bytes(13, "big").hex(), int.from_bytes(bytes(range(20)), "little"))
#> 10000000000000000000000000 108873724432616589554458274966207996112469623040
class M(int): pass
print(type(M.from_bytes(b"\1")), M(5) + 1, type(M(5) + 1), repr(M(7)))  #> <class '__main__.M'> 6 <class 'int'> 7
print((10).as_integer_ratio(), (12345).__format__(",d"), f"{12345:_b}")  #> (10, 1) 12,345 11_0000_0011_1001
