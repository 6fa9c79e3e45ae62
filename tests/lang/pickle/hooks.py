# Persistent ids, dispatch tables, overrides, buffers, memos, limited class look-up.
import copyreg
import io
import pickle


class Thing:
    pass


class WithIds(pickle.Pickler):
    def persistent_id(self, o):
        return f"id-{o}" if isinstance(o, float) else None


class FromIds(pickle.Unpickler):
    def persistent_load(self, pid):
        return ("loaded", pid)


for protocol in range(6):
    out = io.BytesIO()
    WithIds(out, protocol).dump([1.5, "a", 1.5])
    print(out.getvalue(), FromIds(io.BytesIO(out.getvalue())).load())
#> b'(lp0\nPid-1.5\naVa\np1\naPid-1.5\na.' [('loaded', 'id-1.5'), 'a', ('loaded', 'id-1.5')]
#> b']q\x00(X\x06\x00\x00\x00id-1.5q\x01QX\x01\x00\x00\x00aq\x02X\x06\x00\x00\x00id-1.5q\x03Qe.' [('loaded', 'id-1.5'), 'a', ('loaded', 'id-1.5')]
#> b'\x80\x02]q\x00(X\x06\x00\x00\x00id-1.5q\x01QX\x01\x00\x00\x00aq\x02X\x06\x00\x00\x00id-1.5q\x03Qe.' [('loaded', 'id-1.5'), 'a', ('loaded', 'id-1.5')]
#> b'\x80\x03]q\x00(X\x06\x00\x00\x00id-1.5q\x01QX\x01\x00\x00\x00aq\x02X\x06\x00\x00\x00id-1.5q\x03Qe.' [('loaded', 'id-1.5'), 'a', ('loaded', 'id-1.5')]
#> b'\x80\x04\x95\x1d\x00\x00\x00\x00\x00\x00\x00]\x94(\x8c\x06id-1.5\x94Q\x8c\x01a\x94\x8c\x06id-1.5\x94Qe.' [('loaded', 'id-1.5'), 'a', ('loaded', 'id-1.5')]
#> b'\x80\x05\x95\x1d\x00\x00\x00\x00\x00\x00\x00]\x94(\x8c\x06id-1.5\x94Q\x8c\x01a\x94\x8c\x06id-1.5\x94Qe.' [('loaded', 'id-1.5'), 'a', ('loaded', 'id-1.5')]


class Override(pickle.Pickler):
    def reducer_override(self, o):
        if isinstance(o, Thing):
            return str, ("overridden",)
        if o is int:
            return "int"
        return NotImplemented


out = io.BytesIO()
Override(out).dump([Thing(), int, str, 1j])
print(pickle.loads(out.getvalue()))     #> ['overridden', <class 'int'>, <class 'str'>, 1j]


class Table(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table.copy()
    dispatch_table[Thing] = lambda o: (str, ("from the table",))


out = io.BytesIO()
Table(out).dump(Thing())
print(pickle.loads(out.getvalue()))     #> from the table

data = bytearray(b"abcdef")
buffers = []
stream = pickle.dumps([pickle.PickleBuffer(data), pickle.PickleBuffer(b"ro")], 5, buffer_callback=buffers.append)
print(stream, [bytes(b) for b in buffers])
#> b'\x80\x05\x95\x08\x00\x00\x00\x00\x00\x00\x00]\x94(\x97\x97\x98e.' [b'abcdef', b'ro']
back = pickle.loads(stream, buffers=buffers)
print([type(b).__name__ for b in back], bytes(back[0]), memoryview(back[1]).readonly)
#> ['PickleBuffer', 'PickleBuffer'] b'abcdef' True
back = pickle.loads(stream, buffers=[bytearray(b"x"), bytearray(b"y")])
print(back[0], memoryview(back[1]).readonly)  #> bytearray(b'x') True
print(pickle.loads(pickle.dumps([pickle.PickleBuffer(data), pickle.PickleBuffer(b"ro")], 5)))
#> [bytearray(b'abcdef'), b'ro']

out = io.BytesIO()
p = pickle.Pickler(out, 2)
shared = ["shared"]
p.dump(shared)
p.dump([shared])
print(out.getvalue(), sorted(index for index, o in p.memo.copy().values()), len(p.memo.copy()))
#> b'\x80\x02]q\x00X\x06\x00\x00\x00sharedq\x01a.\x80\x02]q\x02h\x00a.' [0, 1, 2] 3
p.clear_memo()
print(len(p.memo.copy()), p.bin, p.fast)  #> 0 1 0
u = pickle.Unpickler(io.BytesIO(out.getvalue()))
print(u.load(), u.load(), u.memo.copy())  #> ['shared'] [['shared']] {0: ['shared'], 1: 'shared', 2: [['shared']]}
other = pickle.Unpickler(io.BytesIO(b"h\0."))
other.memo = u.memo
print(other.load())                     #> ['shared']


class Limited(pickle.Unpickler):
    def find_class(self, module, name):
        print("asked for", module, name)
        if module != "builtins":
            raise pickle.UnpicklingError("forbidden")
        return super().find_class(module, name)


print(Limited(io.BytesIO(pickle.dumps([int, str], 2))).load())  #> asked for __builtin__ long
#! UnpicklingError: forbidden
try:
    Limited(io.BytesIO(b"cposix\nsystem\n.")).load()
except pickle.UnpicklingError as e:
    print(e)
#> asked for posix system
#> forbidden
copyreg.add_extension(__name__, "Thing", 0xF0)
for code in (b"\x80\x02\x82\xf0.",):
    print(pickle.loads(code) is Thing, pickle.dumps(Thing, 2), pickle.dumps(Thing, 1))
#> True b'\x80\x02\x82\xf0.' b'c__main__\nThing\nq\x00.'
fast = io.BytesIO()
p = pickle.Pickler(fast)
p.fast = True
p.dump([shared, shared])
print(fast.getvalue())                  #> b'\x80\x04\x95\x18\x00\x00\x00\x00\x00\x00\x00](]\x8c\x06shareda]\x8c\x06sharedae.'
