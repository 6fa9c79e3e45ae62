# Marshal data that nobody wrote.
import marshal
import types


def read(data):
    try:
        return marshal.loads(data)
    except (ValueError, EOFError, TypeError) as problem:
        return f"{type(problem).__name__}: {problem}"


# Nothing immutable contains itself; through a list it may.
print(read(b"\xa9\x01r\x00\x00\x00\x00"))
#> ValueError: bad marshal data (invalid reference)
print(read(b"\xa9\x01\xa9\x01r\x00\x00\x00\x00"))
#> ValueError: bad marshal data (invalid reference)
through_list = read(b"\xa9\x01[\x01\x00\x00\x00r\x00\x00\x00\x00")
print(through_list, through_list[0][0] is through_list)
#> ([(...)],) True
print(read(b"\xdb\x01\x00\x00\x00r\x00\x00\x00\x00"))
#> [[...]]
print(read(b"(\x02\x00\x00\x00\xa9\x01Nr\x00\x00\x00\x00"))
#> ((None,), (None,))

# Sizes are compared with what there is.
print(read(b"(\xff\xff\xff\x7f"))
#> EOFError: EOF read where object expected
print(read(b"[\xff\xff\xff\xff"))
#> ValueError: bad marshal data (list size out of range)
print(read(b"l\xff\xff\xff\x7f"))
#> EOFError: marshal data too short
print(read(b"<\x01\x00\x00\x00[\x00\x00\x00\x00"))
#> TypeError: unhashable type: 'list'
print(read(b"(\x01\x00\x00\x00" * 3000 + b"N"))
#> ValueError: recursion limit exceeded

# Deep constants.
deep = ()
for _ in range(100_000):
    deep = (deep,)
code = (lambda: 0).__code__.replace(co_consts=(deep,))
print(hash(code) == hash(code.replace()), type(code.co_consts[0]))
#> True <class 'tuple'>
for _ in range(50_000):
    code = code.replace(co_consts=(code,))
print(type(hash(code)))
#> <class 'int'>
