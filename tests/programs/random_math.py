"""math: random and special arguments, errors."""
import math
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
m=math
one=['acos','acosh','asin','asinh','atan','atanh','cbrt','ceil','cos','cosh','degrees','erf','erfc','exp','exp2','expm1','fabs','floor','frexp','gamma','isfinite','isinf','isnan','lgamma','log','log10','log1p','log2','modf','radians','sin','sinh','sqrt','tan','tanh','trunc','ulp']
def small():
    k=rnd(3)
    return rf() if k==0 else (rnd(2000)-1000)/999.0 if k==1 else (rnd(20000)-10000)/77.0
for i in range(700):
    n=one[rnd(len(one))]; t(n,getattr(m,n),small())
two=['atan2','copysign','fmod','hypot','nextafter','pow','remainder','isclose','log']
for i in range(300):
    n=two[rnd(len(two))]; t(n,getattr(m,n),small(),small())
for i in range(25):
    t('hypot',m.hypot,*[small() for _ in range(rnd(6))])
    p=[small() for _ in range(rnd(5))]; q=[small() for _ in range(len(p))]
    t('dist',m.dist,p,q); t('fsum',m.fsum,[rf() for _ in range(rnd(8))]); t('fsum2',m.fsum,[(rnd(1<<30)-(1<<29))*2.0**(rnd(120)-60) for _ in range(rnd(12))]); t('ldexp',m.ldexp,rf(),rnd(3000)-1500); t('prod',m.prod,[small() for _ in range(rnd(5))]); t('prodi',m.prod,[ri() for _ in range(rnd(5))])
    t('gcd',m.gcd,*[ri() for _ in range(rnd(4))]); t('lcm',m.lcm,*[ri() for _ in range(rnd(4))]); t('isqrt',m.isqrt,ri()); t('comb',m.comb,rnd(200),rnd(100)); t('perm',m.perm,rnd(100),rnd(60)); t('fact',m.factorial,rnd(200)); t('logi',m.log,ri()); t('log2i',m.log2,ri()); t('log10i',m.log10,ri())
for a in [(m.gcd,1.5),(m.gcd,'a'),(m.lcm,1.5),(m.isqrt,-1),(m.isqrt,1.5),(m.comb,-1,2),(m.comb,2,-1),(m.comb,1.5,1),(m.comb,5),(m.comb,1<<70,2),(m.comb,1<<70,(1<<70)-1),(m.perm,1<<70,3),(m.perm,5,None),(m.perm,5),(m.perm,-1),(m.factorial,-1),(m.factorial,1.0),(m.factorial,1<<70),(m.factorial,'a'),(m.log,0),(m.log,-1),(m.log,1<<5000),(m.log2,1<<5000),(m.log10,10**400),(m.log,10,1),(m.log,10,0),(m.log,'a'),(m.log,),(m.log,1,2,3),(m.floor,'a'),(m.trunc,'a'),(m.ceil,[]),(m.sin,'a'),(m.sin,),(m.sin,1,2),(m.atan2,1),(m.hypot,'a'),(m.dist,(1,2),(1,)),(m.dist,1,2),(m.dist,[1],['a']),(m.fsum,[1e308]*3),(m.fsum,[float('inf'),float('-inf')]),(m.fsum,1),(m.fsum,['a']),(m.ldexp,1.0,1<<70),(m.ldexp,1.0,-(1<<70)),(m.ldexp,1.0,1.5),(m.ldexp,0.0,1<<70),(m.prod,1),(m.prod,['a',2]),(m.prod,[1,'a']),(m.isclose,1,2),(m.isclose,1),(m.sqrt,10**400),(m.sqrt,-1),(m.pow,0,-1),(m.pow,-8,1/3),(m.exp,1000),(m.gamma,-1),(m.gamma,0),(m.gamma,171.7),(m.lgamma,-1),(m.comb,1000,500),(m.prod,[])]: t(a[0].__name__,*a)
t('x',lambda: m.isclose(1,2,rel_tol=-1)); t('x',lambda: m.isclose(1,1.0000001,abs_tol=1)); t('x',lambda: m.prod([1,2],start=5)); t('x',lambda: m.prod([1.5,2],start=5)); t('x',lambda: m.isclose(a=1,b=2,foo=1))
