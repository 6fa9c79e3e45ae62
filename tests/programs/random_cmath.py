"""cmath: random and special arguments, errors."""
import math, cmath
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
def small():
    k=rnd(3)
    return rf() if k==0 else (rnd(2000)-1000)/999.0 if k==1 else (rnd(20000)-10000)/77.0
c=cmath
cone=['acos','acosh','asin','asinh','atan','atanh','cos','cosh','exp','isfinite','isinf','isnan','log','log10','phase','polar','sin','sinh','sqrt','tan','tanh']
def sc():
    k=rnd(4)
    return complex(small(),small()) if k<2 else complex((rnd(4000)-2000)/333.0,(rnd(4000)-2000)/333.0) if k==2 else complex(special[rnd(len(special))],special[rnd(len(special))])
for i in range(700):
    n=cone[rnd(len(cone))]; t('c'+n,getattr(c,n),sc())
for i in range(60):
    t('rect',c.rect,small(),small()); t('rect',c.rect,special[rnd(len(special))],special[rnd(len(special))]); t('clog',c.log,sc(),sc()); t('cclose',c.isclose,sc(),sc())
for a in [(c.sin,'a'),(c.log,0),(c.log,1,0),(c.log,2,1),(c.polar,'a'),(c.rect,1),(c.sqrt,1<<5000),(c.atan,1j),(c.atanh,1)]: t(a[0].__name__,*a)
print(m.pi,m.e,m.tau,m.inf,m.nan,c.infj,c.nanj,c.pi)
