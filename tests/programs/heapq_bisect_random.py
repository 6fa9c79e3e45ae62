"""The modules _heapq, _bisect and _random."""
import _heapq, _bisect, _random
def t(name,f,*a,**k):
    try: r=f(*a,**k)
    except BaseException as e: r=type(e).__name__+': '+str(e)
    print(name,repr(r)[:300])
seed=[5]
def rnd(n):
    seed[0]=(seed[0]*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return (seed[0]>>33)%n
# heapq, bisect
h=_heapq; L=[rnd(100) for _ in range(50)]; M2=list(L); h.heapify(M2); print(M2); print([h.heappop(M2) for _ in range(50)]==sorted(L)); M2=[]
for x in L: h.heappush(M2,x)
print(M2,h.heappushpop(M2,50),h.heapreplace(M2,7),M2); M2=list(L); h._heapify_max(M2); print(M2,h._heappop_max(M2),h._heapreplace_max(M2,3),M2)
t('h',h.heappop,[]); t('h',h.heappush,5,1); t('h',h.heapify,(1,)); t('h',h.heapreplace,[],1); t('h',h.heappushpop,[],1); t('h',h.heappush,[1],'a'); t('h',h.heappop,[3,2,1])
class Ev:
    def __lt__(s,o): hl.clear(); return True
hl=[Ev() for _ in range(5)]; t('h',h.heapify,hl); hl=[1]+[Ev() for _ in range(5)]; t('h',h.heappop,hl)
b=_bisect; S=sorted(L)
print([b.bisect_left(S,x) for x in range(0,100,7)],[b.bisect_right(S,x) for x in range(0,100,7)]); 
for x in L[:20]: b.insort_left(S,x); b.insort_right(S,x)
print(S); t('b',b.bisect_left,[1],1,-1); t('b',b.bisect_left,[1],1,0,'a'); t('b',b.bisect_left,5,1); t('b',b.bisect_left,['a'],1); t('b',lambda: b.bisect_right([1,2,3],2,hi=None,key=lambda x:-x)); t('b',lambda: b.bisect_left(a=[1,2],x=2,lo=0,hi=1)); x=[(1,'b'),(3,'a')]; b.insort_right(x,(2,'c'),key=lambda v:v[0]); print(x); t('b',b.insort_left,(1,),1); t('b',b.bisect_left,[1]); t('b',b.bisect_left,[1],1,0,5,3)
# random
R=_random.Random
for sd in (0,1,-1,12345678901234567890123,1<<10000,True,'abc' if 0 else 3.5,(1,2)): r=R(sd); print([r.random() for _ in range(5)],r.getrandbits(1),r.getrandbits(32),r.getrandbits(33),r.getrandbits(200),hash(r.getstate()))
r=R(5); st=r.getstate(); a=r.random(); r.setstate(st); print(a==r.random()); [r.random() for _ in range(1000)]; print(r.random()); r.seed(5); print(r.random())
t('R',R,1,2); t('R',r.getrandbits,-1); t('R',r.getrandbits,'a'); t('R',r.getrandbits,0); t('R',r.setstate,1); t('R',r.setstate,(1,)); t('R',r.setstate,st[:-1]+(700,)); t('R',r.setstate,st[:-1]+(-1,)); t('R',r.setstate,('a',)*625); t('R',r.setstate,(-1,)*625); t('R',r.seed,[]); t('R',lambda: R(x=1)); t('R',r.getrandbits,1<<40); t('R',r.setstate,(1<<70,)*625)
class SR(R):
    def __init__(self,*a,**k): pass
print(SR(5,x=1).random()==R(5).random() or 1)
