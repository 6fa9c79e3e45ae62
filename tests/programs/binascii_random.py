"""binascii: random data there and back, errors."""
import binascii
B=binascii
seed=[9]
def rnd(n):
    seed[0]=(seed[0]*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return (seed[0]>>33)%n
def rb(n,al=None): return bytes(rnd(256) if al is None else al[rnd(len(al))] for _ in range(rnd(n)))
def t(f,*a,**k):
    try: r=f(*a,**k)
    except BaseException as e: r=type(e).__name__+': '+str(e)
    print(f.__name__,repr(a)[:80],repr(r)[:400])
for i in range(14):
    d=rb(60)
    t(B.b2a_base64,d); t(B.a2b_base64,B.b2a_base64(d)); t(B.b2a_hex,d); t(B.a2b_hex,B.b2a_hex(d)); t(B.b2a_uu,d[:45]); t(B.a2b_uu,B.b2a_uu(d[:45])); t(B.crc32,d); t(B.crc32,d,rnd(1<<30)); t(B.crc_hqx,d,rnd(70000)); t(B.a2b_base64,rb(12,b'AB=/+ \n')); t(B.a2b_base64,rb(12,b'AB=/+'),strict_mode=True); t(B.a2b_uu,rb(20,b' !"#abc`\n')); t(B.a2b_hex,rb(7,b'0aF g')); q=rb(100,b'ab .\t=_\r\n\xe9Z'); t(B.b2a_qp,q); t(B.a2b_qp,q); t(B.b2a_qp,q,True,False,True); t(B.b2a_qp,q,header=True); t(B.a2b_qp,q,header=True); t(B.b2a_qp,q*3,istext=False); t(B.hexlify,d,'-',rnd(7)-3); t(B.hexlify,d,b':',2)
t(B.a2b_base64,'é'); t(B.a2b_base64,5); t(B.b2a_base64,'a'); t(B.b2a_base64,b'a',newline=False); t(B.b2a_hex,'a'); t(B.a2b_hex,'abc'); t(B.a2b_hex,'zz'); t(B.a2b_hex,'é'); t(B.b2a_uu,b'a'*46); t(B.b2a_uu,b'\0\0',backtick=True); t(B.crc32,'a'); t(B.crc32,b'a',-1); t(B.crc32,b'a',1<<70); t(B.crc_hqx,b'a'); t(B.hexlify,b'ab','--'); t(B.hexlify,b'ab','é'); t(B.hexlify,b'ab',5); t(B.hexlify,b'ab',b'\xff'); t(B.hexlify,b'ab',''); t(B.hexlify,b'ab',[1]); t(B.a2b_uu,b''); t(B.a2b_uu,b'\x7f'); t(B.a2b_qp,'a=41'); t(B.a2b_qp,5); t(B.hexlify,bytearray(b'ab')); t(B.hexlify); t(B.hexlify,b'a',':',0); print(B.Error.__mro__,B.Incomplete.__mro__,B.Error.__module__)
