# What pickling and unpickling refuse, and in which words.
import pickle,_pickle,io,re
def t(f):
    try: print(repr(f()))
    except BaseException as e: print('!!', type(e).__module__, type(e).__name__, re.sub(r'0x\w+', '0x', str(e)).replace('\n', ' '))
def f():
    def g(): pass
    return g
t(lambda: pickle.dumps(f()))            #> !! builtins AttributeError Can't pickle local object 'f.<locals>.g'
t(lambda: pickle.dumps(lambda:1))       #> !! builtins AttributeError Can't pickle local object '<lambda>.<locals>.<lambda>'
t(lambda: pickle.loads(b'\x80\x04\x8c\x08__main__\x8c\tf.<locals>\x93.'))
#> !! _pickle UnpicklingError invalid load key, '>'.
t(lambda: pickle.loads(b'Pabc\n.'))
#> !! _pickle UnpicklingError A load persistent id instruction was encountered, but no persistent_load function was specified.
t(lambda: pickle.loads(b'NQ.'))
#> !! _pickle UnpicklingError A load persistent id instruction was encountered, but no persistent_load function was specified.
t(lambda: pickle.loads(b''))            #> !! builtins EOFError Ran out of input
t(lambda: pickle.loads(b'N'))           #> !! builtins EOFError Ran out of input
t(lambda: pickle.loads(b'.'))           #> !! _pickle UnpicklingError unpickling stack underflow
t(lambda: pickle.loads(b'\xff.'))       #> !! _pickle UnpicklingError invalid load key, '\xff'.
t(lambda: pickle.loads(b'x.'))          #> !! _pickle UnpicklingError invalid load key, 'x'.
t(lambda: pickle.loads(b'g5\n.'))       #> !! _pickle UnpicklingError Memo value not found at index 5
t(lambda: pickle.loads(b'gx\n.'))       #> !! builtins ValueError invalid literal for int() with base 10: 'x\n'
t(lambda: pickle.loads(b'h\x05.'))      #> !! _pickle UnpicklingError Memo value not found at index 5
t(lambda: pickle.loads(b'Np-5\n.'))     #> !! builtins ValueError negative PUT argument
t(lambda: pickle.loads(b'\x80\x09.'))   #> !! builtins ValueError unsupported pickle protocol: 9
t(lambda: pickle.loads(b'(.'))          #> !! _pickle UnpicklingError unexpected MARK found
t(lambda: pickle.loads(b'l.'))          #> !! _pickle UnpicklingError could not find MARK
t(lambda: pickle.loads(b'I5\n.'))       #> 5
t(lambda: pickle.loads(b'I01\n.'))      #> True
t(lambda: pickle.loads(b'Ix\n.'))       #> !! builtins ValueError could not convert string to int
t(lambda: pickle.loads(b'I99999999999999999999999\n.'))  #> 99999999999999999999999
t(lambda: pickle.loads(b'L5L\n.'))      #> 5
t(lambda: pickle.loads(b'Lx\n.'))       #> !! builtins ValueError invalid literal for int() with base 10: 'x\n'
t(lambda: pickle.loads(b'Fx\n.'))       #> !! builtins ValueError could not convert string to float: 'x '
t(lambda: pickle.loads(b'F1e999\n.'))   #> !! builtins OverflowError value too large to convert to float: '1e999 '
t(lambda: pickle.loads(b'Sx\n.'))       #> !! _pickle UnpicklingError the STRING opcode argument must be quoted
t(lambda: pickle.loads(b"S'a\\x41\n.'\n."))  #> !! _pickle UnpicklingError the STRING opcode argument must be quoted
t(lambda: pickle.loads(b"S'\xff'\n."))
#> !! builtins UnicodeDecodeError 'ascii' codec can't decode byte 0x in position 0: ordinal not in range(128)
t(lambda: pickle.loads(b"S'\xff'\n.",encoding='bytes'))  #> b'\xff'
t(lambda: pickle.loads(b"Vab\\u0041\n."))  #> 'abA'
t(lambda: pickle.loads(b"K\x01)R."))    #> !! builtins TypeError 'int' object is not callable
t(lambda: pickle.loads(b"K\x01)\x81.")) #> !! _pickle UnpicklingError NEWOBJ class argument must be a type, not int
t(lambda: pickle.loads(b"cbuiltins\nint\nK\x01\x81."))
#> !! _pickle UnpicklingError NEWOBJ args argument must be a tuple, not int
t(lambda: pickle.loads(b"cbuiltins\nint\n)K\x01\x92."))
#> !! _pickle UnpicklingError NEWOBJ_EX kwargs argument must be a dict, not int
t(lambda: pickle.loads(b"K\x01K\x01R."))  #> !! builtins TypeError argument list must be a tuple
t(lambda: pickle.loads(b"(K\x01d."))    #> !! _pickle UnpicklingError odd number of items for DICT
t(lambda: pickle.loads(b"}(K\x01u."))   #> !! _pickle UnpicklingError odd number of items for SETITEMS
t(lambda: pickle.loads(b"K\x01Nb."))    #> 1
t(lambda: pickle.loads(b"K\x01K\x01b."))  #> !! _pickle UnpicklingError state is not a dictionary
t(lambda: pickle.loads(b"K\x01K\x01\x93."))  #> !! _pickle UnpicklingError STACK_GLOBAL requires str
t(lambda: pickle.loads(b"\x82\x00."))   #> !! _pickle UnpicklingError EXT specifies code <= 0
t(lambda: pickle.loads(b"\x82\x05."))   #> !! builtins ValueError unregistered extension code 5
t(lambda: pickle.loads(b"\x97."))
#> !! _pickle UnpicklingError pickle stream refers to out-of-band data but no *buffers* argument was given
t(lambda: pickle.loads(b"\x97.",buffers=[]))  #> !! _pickle UnpicklingError not enough out-of-band buffers
t(lambda: pickle.loads(b"\x97\x98.",buffers=[b'ab']))  #> b'ab'
t(lambda: pickle.loads(b"\x8b\xff\xff\xff\xff."))  #> !! _pickle UnpicklingError LONG pickle has negative byte count
t(lambda: pickle.loads(b"B\xff\xff\xff\xff."))  #> !! _pickle UnpicklingError pickle data was truncated
t(lambda: pickle.loads(b"\x95\xff\xff\xff\xff\xff\xff\xff\xff."))
#> !! builtins OverflowError FRAME length exceeds system's maximum of 9223372036854775807 bytes
t(lambda: pickle.loads(b"\x95\xff\xff\xff\xff\xff\xff\xff\x0f."))
#> !! _pickle UnpicklingError pickle data was truncated
t(lambda: pickle.loads(b"\x8e\xff\xff\xff\xff\xff\xff\xff\xff."))
#> !! builtins OverflowError BINBYTES exceeds system's maximum size of 9223372036854775807 bytes
t(lambda: pickle.loads(b"X\x02\0\0\0\xff\xfe."))
#> !! builtins UnicodeDecodeError 'utf-8' codec can't decode byte 0x in position 0: invalid start byte
t(lambda: pickle.loads(b"K\x01a."))     #> !! _pickle UnpicklingError unpickling stack underflow
t(lambda: pickle.loads(b"NNK\x01a."))   #> !! builtins AttributeError 'NoneType' object has no attribute 'append'
t(lambda: pickle.loads(b"K\x01s."))     #> !! _pickle UnpicklingError unpickling stack underflow
t(lambda: pickle.loads(b"K\x01(K\x01\x90."))  #> !! builtins AttributeError 'int' object has no attribute 'add'
t(lambda: pickle.loads(b"\x80"))        #> !! _pickle UnpicklingError pickle data was truncated
t(lambda: pickle.loads('a'))            #> !! builtins TypeError a bytes-like object is required, not 'str'
t(lambda: pickle.loads())               #> !! builtins TypeError loads() takes exactly 1 positional argument (0 given)
t(lambda: pickle.load(1))               #> !! builtins TypeError file must have 'read' and 'readline' attributes
t(lambda: pickle.dump(1,1))             #> !! builtins TypeError file must have a 'write' attribute
t(lambda: pickle.dumps(1,9))            #> !! builtins ValueError pickle protocol must be <= 5
t(lambda: pickle.dumps(1,'a'))          #> !! builtins TypeError 'str' object cannot be interpreted as an integer
t(lambda: pickle.dumps(1,4,buffer_callback=len))  #> !! builtins ValueError buffer_callback needs protocol >= 5
t(lambda: pickle.dumps(pickle.PickleBuffer(b'ab'),4))
#> !! _pickle PicklingError PickleBuffer can only pickled with protocol >= 5
t(lambda: pickle.dumps(pickle.PickleBuffer(b'ab'),5))  #> b'\x80\x05\x95\x06\x00\x00\x00\x00\x00\x00\x00C\x02ab\x94.'
t(lambda: pickle.dumps(pickle.PickleBuffer(memoryview(b'abcd')[::2]),5))
#> !! _pickle PicklingError PickleBuffer can not be pickled when pointing to a non-contiguous buffer
class R:
    def __init__(s,v): s.v=v
    def __reduce__(s): return s.v
for v in [1,(),(1,),(1,2),(int,2),(int,(),None,1),(int,(),None,None,1),(int,(),None,None,None,1),'nope','f',(1,)*7,(int,(),1)]:
    t(lambda: pickle.dumps(R(v)))
#> !! _pickle PicklingError __reduce__ must return a string or tuple
#> !! _pickle PicklingError tuple returned by __reduce__ must contain 2 through 6 elements
#> !! _pickle PicklingError tuple returned by __reduce__ must contain 2 through 6 elements
#> !! _pickle PicklingError first item of the tuple returned by __reduce__ must be callable
#> !! _pickle PicklingError second item of the tuple returned by __reduce__ must be a tuple
#> !! _pickle PicklingError fourth element of the tuple returned by __reduce__ must be an iterator, not int
#> !! _pickle PicklingError fifth element of the tuple returned by __reduce__ must be an iterator, not int
#> !! _pickle PicklingError sixth element of the tuple returned by __reduce__ must be a function, not int
#> !! _pickle PicklingError Can't pickle <__main__.R object at 0x>: attribute lookup nope on __main__ failed
#> !! _pickle PicklingError Can't pickle <__main__.R object at 0x>: it's not the same object as __main__.f
#> !! _pickle PicklingError tuple returned by __reduce__ must contain 2 through 6 elements
#> b'\x80\x04\x95\x1a\x00\x00\x00\x00\x00\x00\x00\x8c\x08builtins\x94\x8c\x03int\x94\x93\x94)R\x94K\x01b.'
t(lambda: pickle.Pickler())             #> !! builtins TypeError Pickler() missing required argument 'file' (pos 1)
t(lambda: pickle.Pickler(io.BytesIO()).persistent_id)  #> !! builtins AttributeError persistent_id
t(lambda: pickle.Unpickler(io.BytesIO()).persistent_load)  #> !! builtins AttributeError persistent_load
t(lambda: setattr(pickle.Pickler(io.BytesIO()),'persistent_id',1))
#> !! builtins TypeError persistent_id must be a callable taking one argument
t(lambda: pickle.Pickler(io.BytesIO()).__delattr__('persistent_id'))
#> !! builtins TypeError attribute deletion is not supported
t(lambda: setattr(pickle.Unpickler(io.BytesIO()),'persistent_load',1))
#> !! builtins TypeError persistent_load must be a callable taking one argument
t(lambda: setattr(pickle.Pickler(io.BytesIO()),'memo',1))
#> !! builtins TypeError 'memo' attribute must be a PicklerMemoProxy object or dict, not int
t(lambda: setattr(pickle.Pickler(io.BytesIO()),'memo',{1:2}))
#> !! builtins TypeError 'memo' values must be 2-item tuples
t(lambda: setattr(pickle.Unpickler(io.BytesIO()),'memo',1))
#> !! builtins TypeError 'memo' attribute must be an UnpicklerMemoProxy object or dict, not int
t(lambda: setattr(pickle.Unpickler(io.BytesIO()),'memo',{'a':2}))  #> !! builtins TypeError memo key must be integers
t(lambda: setattr(pickle.Unpickler(io.BytesIO()),'memo',{-1:2}))
#> !! builtins ValueError memo key must be positive integers.
t(lambda: pickle.Pickler.__new__(pickle.Pickler).dump(1))
#> !! _pickle PicklingError Pickler.__init__() was not called by _pickle.Pickler.__init__()
t(lambda: pickle.Unpickler.__new__(pickle.Unpickler).load())
#> !! _pickle UnpicklingError Unpickler.__init__() was not called by _pickle.Unpickler.__init__()
t(lambda: pickle.Pickler(io.BytesIO()).memo.copy())  #> {}
t(lambda: pickle.Pickler(io.BytesIO()).memo.__reduce__())  #> (<class 'dict'>, ({},))
t(lambda: pickle.Unpickler(io.BytesIO()).memo.__reduce__())  #> (<class 'dict'>, ({},))
t(lambda: pickle.PickleBuffer(1))       #> !! builtins TypeError a bytes-like object is required, not 'int'
t(lambda: pickle.PickleBuffer())        #> !! builtins TypeError PickleBuffer() takes exactly 1 positional argument (0 given)

x=pickle.PickleBuffer(b'a'); x.release(); x.release()
t(lambda: memoryview(x))                #> !! builtins ValueError operation forbidden on released PickleBuffer object
t(lambda: x.raw())                      #> !! builtins ValueError operation forbidden on released PickleBuffer object
t(lambda: pickle.dumps(x,5))            #> !! builtins ValueError operation forbidden on released PickleBuffer object
t(lambda: pickle.PickleBuffer(memoryview(b'abcd')[::2]).raw())
#> !! builtins BufferError cannot extract raw buffer from non-contiguous buffer
import types
t(lambda: pickle.dumps(types.ModuleType('a')))  #> !! builtins TypeError cannot pickle 'module' object
t(lambda: pickle.dumps((i for i in ())))  #> !! builtins TypeError cannot pickle 'generator' object
t(lambda: pickle.dumps(memoryview(b'')))  #> !! builtins TypeError cannot pickle memoryview objects
t(lambda: pickle.dumps(len)); t(lambda: pickle.dumps([].append)); t(lambda: pickle.dumps(dict.fromkeys,3));t(lambda: pickle.dumps(str.upper,3))
#> b'\x80\x04\x95\x14\x00\x00\x00\x00\x00\x00\x00\x8c\x08builtins\x94\x8c\x03len\x94\x93\x94.'
#> b"\x80\x04\x95'\x00\x00\x00\x00\x00\x00\x00\x8c\x08builtins\x94\x8c\x07getattr\x94\x93\x94]\x94\x8c\x06append\x94\x86\x94R\x94."
#> b'\x80\x03cbuiltins\ngetattr\nq\x00cbuiltins\ndict\nq\x01X\x08\x00\x00\x00fromkeysq\x02\x86q\x03Rq\x04.'
#> b'\x80\x03cbuiltins\ngetattr\nq\x00cbuiltins\nstr\nq\x01X\x05\x00\x00\x00upperq\x02\x86q\x03Rq\x04.'
class A: __slots__='a','b'
t(lambda: pickle.dumps(A(),1))
#> !! builtins TypeError a class that defines __slots__ without defining __getstate__ cannot be pickled
class É: pass
t(lambda: pickle.dumps(É,2)); t(lambda: pickle.dumps(É,3))
#> !! _pickle PicklingError can't pickle global identifier 'É' using pickle protocol 2
#> b'\x80\x03c__main__\n\xc3\x89\nq\x00.'
x=[]
for i in range(100000): x=[x]
t(lambda: pickle.dumps(x))              #> !! builtins RecursionError maximum recursion depth exceeded while pickling an object
class P(pickle.Pickler):
    def persistent_id(s,o): return 'é' if o==1 else None
t(lambda: P(io.BytesIO(),0).dump(1))    #> !! _pickle PicklingError persistent IDs in protocol 0 must be ASCII strings
p=pickle.Pickler(io.BytesIO()); p.fast=1; l=[]; l.append(l)
t(lambda: p.dump(l))                    #> !! builtins ValueError fast mode: can't pickle cyclic objects including object type list at 0x
