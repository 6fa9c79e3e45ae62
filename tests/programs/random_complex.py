"""Random operations on complex numbers, and complex numbers from many texts."""
seed=[777]
def rnd(n):
    seed[0]=(seed[0]*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return (seed[0]>>33)%n
special=[0.0,-0.0,1.0,-1.0,0.5,-0.5,1.5,2.5,float('inf'),float('-inf'),float('nan'),5e-324,-5e-324,1e308,-1e308,1.7976931348623157e308,2.2250738585072014e-308,1e16,1e17,123456789.123,1/3,1e22,1e23,9007199254740993.0,2.0**53,-2.0**63,2.0**64,0.1,0.3,1e-5,1e-4,12345.5,99999.5,4503599627370497.5]
def rf():
    k=rnd(8)
    if k<3: return special[rnd(len(special))]
    if k==3: return float(rnd(1000)-500)
    if k==4: return (rnd(1<<30)-(1<<29))/1000.0
    if k==5: return (rnd(1<<30)+1)*10.0**(rnd(600)-310)
    if k==6: return -(rnd(1<<30)+1)*2.0**(rnd(1000)-1020)
    return (rnd(100000)-50000)/8.0
def t(name,f,*a):
    try: r=f(*a)
    except Exception as e: r=type(e).__name__+': '+str(e)
    print(name,repr(a)[:120],repr(r)[:200])
def rc():
    k=rnd(4)
    return complex(rf(),rf()) if k else complex(float(rnd(7)-3),float(rnd(7)-3))
def ri():
    v=0
    for i in range(rnd(5)): v=(v<<30)|rnd(1<<30)
    return v>>rnd(30) if rnd(2) else -v
co=[('add',lambda a,b:a+b),('sub',lambda a,b:a-b),('mul',lambda a,b:a*b),('div',lambda a,b:a/b),('pow',lambda a,b:a**b),('powi',lambda a,b:a**(rnd(30)-15)),('eq',lambda a,b:(a==b,a!=b)),('abs',lambda a,b:abs(a)),('hash',lambda a,b:0 if a!=a else hash(a)),('str',lambda a,b:complex(str(a))),('fmt',lambda a,b:[format(a,x) for x in ('.3f','e','.10g','G','+.2e','30.4f',',.2f','<40','^40','n','#.3g','.3','')]),('conj',lambda a,b:(a.conjugate(),-a,+a,bool(a),a.real,a.imag)),('new',lambda a,b:complex(a,b)),('addf',lambda a,b:a+rf()),('radd',lambda a,b:rf()*a),('eqf',lambda a,b:(a==a.real,a.real==a,a==ri()))]
for i in range(500):
    n,f=co[rnd(len(co))]
    t(n,f,rc(),rc())
for s in ['1','1.5',' 1 ','1e5','1E+5','.5','5.','.','e5','1e','inf','-Infinity','nan','+nan','infinit','1_0.0_1','1__0','_1','1_','0x10','1e400','-1e400','1e-400','1'*400,'0.'+'0'*400+'1e400','1 2','\t1\n','١','1e+','++1','1e5.5','1,5','','1_e5','1e1_0','1._5','nan1','.5e-3','00001.50000','1e0000000000000000000001']:
    t('complex',complex,s); t('cj',complex,s+'j'); t('cc',complex,'(1+'+s+'j)'); t('c2',complex,s+'-'+s+'j')
for s in ['0x1p5','0x.8','1.8p1','0x1.fffffffffffff8p0','0x1.fffffffffffff7p0','0x1p-1074','0x1p-1075','0x1.8p-1075','0x1p1024','0x1.fffffffffffff8p1023','-0x0p0','inf','0x','0xp1','0x1p','0x1.p1',' 0x1 ','0x1.g','0x'+'f'*300,'0x0.'+'0'*300+'1','1e5','j','+j','-j','1+j','1-j','j1','1+2','(1)','(j','( 1+2j )','1+-2j','1+ 2j','infj','nan+nanj','-infj','1j+2','1e5j','(1+2j','1+2j)']:
    t('complex',complex,s)
