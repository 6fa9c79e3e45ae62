"""Random operations on ints of many sizes."""
seed=[12345]
def rnd(n):
    seed[0]=(seed[0]*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return (seed[0]>>33)%n
def rint():
    k=rnd(10)
    bits=[5,20,31,45,60,64,100,300,1000,2000][k]
    v=0
    for i in range(bits//30+1): v=(v<<30)|rnd(1<<30)
    v>>= (bits//30+1)*30-bits
    m=rnd(8)
    if m==0: v=(1<<bits)
    elif m==1: v=(1<<bits)-1
    elif m==2: v=((1<<bits)-1)^v
    return -v if rnd(2) else v
def h(x):
    if isinstance(x,int): return hex(x)
    return repr(x)
def t(name,f,*a):
    try: r=f(*a)
    except Exception as e: r=type(e).__name__+': '+str(e)
    if isinstance(r,tuple): r=tuple(h(x) for x in r)
    elif isinstance(r,int): r=h(r)
    s=repr(r)
    if len(s)>100: s=s[:30]+'..'+str(sum(ord(c)*(i+1) for i,c in enumerate(s)))
    print(name,s)
ops=[('add',lambda a,b:a+b),('sub',lambda a,b:a-b),('mul',lambda a,b:a*b),('fd',lambda a,b:a//b),('mod',lambda a,b:a%b),('dm',divmod),('and',lambda a,b:a&b),('or',lambda a,b:a|b),('xor',lambda a,b:a^b),('td',lambda a,b:a/b),('lt',lambda a,b:(a<b,a<=b,a==b,a!=b,a>b,a>=b)),('shl',lambda a,b:a<<(b&255)),('shr',lambda a,b:a>>(b&255)),('shrn',lambda a,b:a>>b if abs(b)<1<<64 else 0),('pow',lambda a,b:a**(b&15)),('round',lambda a,b:round(a,-(b&63))),('flt',lambda a,b:float(a)),('str',lambda a,b:str(a)),('oct',lambda a,b:oct(a)),('bin',lambda a,b:bin(a)),('hash',lambda a,b:hash(a)),('bl',lambda a,b:(a.bit_length(),a.bit_count(),~a,-a,+a,abs(a))),('fmt',lambda a,b:format(a,',')+format(b,'_x')+format(a,'+#30o')+format(b,'<40d')+format(a,'=+050,')),
('sq',lambda a,b:a*a),('fl2',lambda a,b: (a<float(b), a==float(b), a>float(b)) ),('tb',lambda a,b:int.from_bytes(a.to_bytes(600,'little',signed=True),'little',signed=True)==a),('tb2',lambda a,b:a.to_bytes((abs(b)&15),'big',signed=bool(b&16)).hex()),('pm',lambda a,b:pow(a,b&0xffff,a^b)),('pm2',lambda a,b:pow(a,-(b&0xff),b)),('int',lambda a,b:int(str(a))==a and int(hex(b),16)==b and int(oct(a),0)==a),('b36',lambda a,b:int('z'*(b&31)+'1',36)),('b7',lambda a,b:int('65'*(b&63)+'1_1',7)),('fr',lambda a,b:(int(float(a)))),('bool',lambda a,b:(bool(a),a is a+0 if -5<=a<=256 else 0))]
for i in range(900):
    a=rint();b=rint()
    if rnd(6)==0: b=a
    n,f=ops[rnd(len(ops))]
    t(n,f,a,b)
