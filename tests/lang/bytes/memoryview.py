"""memoryview: views on bytes and bytearray."""
b = bytearray(range(12))
m = memoryview(b)
print(m[0], m[-1], len(m), m.nbytes, m.itemsize, m.format, m.ndim, m.shape, m.strides, m.readonly, m.contiguous)
#> 0 11 12 12 1 B 1 (12,) (1,) False True
print(m[2:5].tolist(), m[::3].tolist(), m[::-1].tobytes(), bytes(m[:3]), m.hex(), m.hex(":", 4))
#> [2, 3, 4] [0, 3, 6, 9] b'\x0b\n\t\x08\x07\x06\x05\x04\x03\x02\x01\x00' b'\x00\x01\x02' 000102030405060708090a0b 00010203:04050607:08090a0b
m[0] = 99
m[1:3] = b"\x07\x08"
print(b[:4], m == b, m[:2] == b"c\x07", m.tolist()[:4])  #> bytearray(b'c\x07\x08\x03') True True [99, 7, 8, 3]
m[0] = 256                              #! ValueError: memoryview: invalid value for format 'B'
m[0] = "a"                              #! TypeError: memoryview: invalid type for format 'B'
m[0:2] = b"abc"                         #! ValueError: memoryview assignment: lvalue and rvalue have different structures
m[50]                                   #! IndexError: index out of bounds on dimension 1
m["a"]                                  #! TypeError: memoryview: invalid slice key
m[::2][0] = 1
print(b[0])                             #> 1
r = memoryview(b"abc")
r[0] = 1                                #! TypeError: cannot modify read-only memory
print(r.readonly, hash(r) == hash(b"abc"), r.obj, list(r), r.tobytes(), 97 in r)
#> True True b'abc' [97, 98, 99] b'abc' True
hash(m)                                 #! ValueError: cannot hash writable memoryview object
memoryview("a")                         #! TypeError: memoryview: a bytes-like object is required, not 'str'
memoryview(5)                           #! TypeError: memoryview: a bytes-like object is required, not 'int'
memoryview()                            #! TypeError: memoryview() missing required argument 'object' (pos 1)
c = m.cast("H")
print(c.format, c.itemsize, len(c), c[0], c.tolist()[:2])  #> H 2 6 1793 [1793, 776]
c[1] = 0x0102
print(b[2:4])                           #> bytearray(b'\x02\x01')
m.cast("I").tolist()
memoryview(b"abc").cast("H")            #! TypeError: memoryview: length is not a multiple of itemsize
m.cast("zz")
#! ValueError: memoryview: destination format must be a native single character format prefixed with an optional '@'
c.cast("I")                             #! TypeError: memoryview: cannot cast between two non-byte formats
grid = m.cast("B", (3, 4))
print(grid.shape, grid.strides, grid[1, 2], grid.tolist(), grid.ndim)
#> (3, 4) (4, 1) 6 [[1, 7, 2, 1], [4, 5, 6, 7], [8, 9, 10, 11]] 2
grid[5, 0]                              #! IndexError: index out of bounds on dimension 1
grid[0]                                 #! NotImplementedError: multi-dimensional sub-views are not implemented
m.cast("B", (5, 5))                     #! TypeError: memoryview: product(shape) * itemsize != buffer size
del m[0]                                #! TypeError: cannot delete memory
with memoryview(b) as v: print(v[0])    #> 1
v[0]                                    #! ValueError: operation forbidden on released memoryview object
print(memoryview(b"ab") == memoryview(b"ab"), memoryview(b"ab") != b"ac", memoryview(b"abc")[1:].obj)
#> True True b'abc'
m[1:5].toreadonly()[0] = 1              #! TypeError: cannot modify read-only memory
d = memoryview(bytearray(16)).cast("d")
d[0] = 1.5
print(d.tolist(), d[0], bytes(d)[:8])   #> [1.5, 0.0] 1.5 b'\x00\x00\x00\x00\x00\x00\xf8?'
d[0] = "x"                              #! TypeError: memoryview: invalid type for format 'd'
