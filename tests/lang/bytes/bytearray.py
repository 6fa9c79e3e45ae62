"""bytearray: changing in place."""
a = bytearray(b"hello")
a[0] = 72
a.append(33)
a.extend(b"xy")
a.extend([1, 2])
print(a, len(a), a[0], a[1:3])          #> bytearray(b'Hello!xy\x01\x02') 10 72 bytearray(b'el')
a[0] = 256                              #! ValueError: byte must be in range(0, 256)
a[0] = "a"                              #! TypeError: 'str' object cannot be interpreted as an integer
a.append(256)                           #! ValueError: byte must be in range(0, 256)
a.append("a")                           #! TypeError: 'str' object cannot be interpreted as an integer
a.extend("a")                           #! TypeError: 'str' object cannot be interpreted as an integer
a.extend([300])                         #! ValueError: byte must be in range(0, 256)
a.insert(0, 60)
print(a.pop(), a.pop(0), a)             #> 2 60 bytearray(b'Hello!xy\x01')
a.remove(1)
a.remove(1)                             #! ValueError: value not found in bytearray
a.reverse()
print(a)                                #> bytearray(b'yx!olleH')
a[1:3] = b"ABC"
print(a)                                #> bytearray(b'yABColleH')
a[::2] = b"...."                        #! ValueError: attempt to assign bytes of size 4 to extended slice of size 5
print(a)                                #> bytearray(b'yABColleH')
a[::2] = b"x"                           #! ValueError: attempt to assign bytes of size 1 to extended slice of size 5
a[0:2] = "ab"                           #! TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)
del a[::3]
print(a)                                #> bytearray(b'ABoleH')
a += b"zz"
a *= 2
print(a, a.count(b"z"))                 #> bytearray(b'ABoleHzzABoleHzz') 4
a.clear()
print(a, bytearray(3), bytearray("é", "utf-8"), bytearray(b"x") == b"x", bytearray(b"a") + b"b", b"a" + bytearray(b"b"))
#> bytearray(b'') bytearray(b'\x00\x00\x00') bytearray(b'\xc3\xa9') True bytearray(b'ab') b'ab'
a.pop()                                 #! IndexError: pop from empty bytearray
hash(a)                                 #! TypeError: unhashable type: 'bytearray'
bytearray("x")                          #! TypeError: string argument without an encoding
bytearray(-1)                           #! ValueError: negative count
print(bytearray(b"abc").upper(), bytearray(b"a,b").split(b","), bytearray.fromhex("6162"), bytearray(b"abc").decode())
#> bytearray(b'ABC') [bytearray(b'a'), bytearray(b'b')] bytearray(b'ab') abc
b = bytearray(b"export")
m = memoryview(b)
b.append(1)                             #! BufferError: Existing exports of data: object cannot be re-sized
m.release()
b.append(1)
print(b, repr(bytearray(b"'")), b.copy() is b, bytearray(b"ab").__alloc__() >= 2)
#> bytearray(b'export\x01') bytearray(b"\'") False True
b[10]                                   #! IndexError: bytearray index out of range
b["x"]                                  #! TypeError: bytearray indices must be integers or slices, not str
