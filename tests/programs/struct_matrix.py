"""struct: every format with every kind of value."""
import struct
def t(*a):
    f,*a=a
    try: print(f.__name__,repr(a)[:80],repr(f(*a))[:200])
    except BaseException as e: print(f.__name__,repr(a)[:80],type(e).__name__, e)
p=struct.pack
for o in '@=<>':
    for c in 'bBhHiIlLqQnNP':
        for v in (1<<70, -1<<70, 1<<63, 1<<64,-1,(1<<31),-(1<<31)-1,128,256,65536,1.5,'a',(1<<32)):
            t(p,o+c,v)
for c in '?fedcsp': 
    for v in (1,'a',b'a',b'ab',1e300,70000.0,float('nan'),float('inf'),bytearray(b'x'),[],1<<1200): t(p,c,v)
t(p,'3s',b'abcdef'); t(p,'3p',b'abcdef'); t(p,'0p',b'a'); t(p,'300p',b'a'*290); t(p,'p',b''); t(p,'x'); t(p,'2x3h',1,2,3); t(p,'bi',1,2); t(p,'bi0q',1,2); t(p,'<bi',1,2); t(p,'b'); t(p,'b',1,2); t(p); t(p,1); t(p,'z',1); t(p,'3'); t(p,'a\0'); t(p,'\xe9'); t(p,b'b',1); t(p,'99999999999999999999b'); t(p,'9223372036854775807q'); t(p,'b 2h',1,2,3); t(p,' < b',1); t(p,'2 b',1,2); t(p,'b<',1); t(p,'<n',1); t(p,'<P',1); t(p,'0s',b''); t(p,'s',b'');
u=struct.unpack
t(u,'b',b''); t(u,'b',b'ab'); t(u,'b','a'); t(u,'3p',b'\x05ab'); t(u,'2?x',b'\x01\x00\x00'); t(u,'e',b'\x00<'); t(u,'>3sc',b'abcd'); pass
f=struct.unpack_from
t(f,'i',b'abc'); t(f,'i',b'abcd',1); t(f,'i',b'abcd',-5); t(f,'i',b'abcd',-2); t(f,'b',b'abcd',-2); t(f,'b',b'a',5)
k=struct.pack_into
b=bytearray(4)
t(k,'i'); t(k,'i',b); t(k,'i',b,0); t(k,'i',b,0,1,2); t(k,'i',b,1,1); t(k,'i',b,-2,1); t(k,'i',b,-9,1); t(k,'i',b'abcd',0,1); t(k,'i',b,'a',1); t(k,'b',b,1<<70,1); t(k,'i',b,0,5); t(k)
t(struct.iter_unpack,'0s',b''); t(struct.iter_unpack,'h',b'abc'); t(lambda:list(struct.iter_unpack('h',b'abcd'))); t(struct.calcsize,'bi'); t(struct.calcsize,5); t(struct.Struct,5); t(struct.Struct); t(lambda: struct.Struct('b').format); t(lambda: struct.Struct(b'b').format); pass; t(lambda: repr(struct.Struct('b'))[:20]); t(lambda:struct.Struct('b').pack()); t(lambda:struct.Struct('b').unpack(b'')); t(lambda:struct.Struct('b').size); t(lambda: type(struct.iter_unpack('b',b'')))
