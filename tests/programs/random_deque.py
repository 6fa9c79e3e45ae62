"""deque against random operations; defaultdict, _tuplegetter, _count_elements."""
import _collections
def t(name,f,*a,**k):
    try: r=f(*a,**k)
    except BaseException as e: r=type(e).__name__+': '+str(e)
    print(name,repr(r)[:300])
# deque
D=_collections.deque
seed=[5]
def rnd(n):
    seed[0]=(seed[0]*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return (seed[0]>>33)%n
for trial in range(30):
    d=D(range(rnd(6)),[None,3,5,0,1][rnd(5)])
    for i in range(40):
        k=rnd(22); x=rnd(5)
        try:
            r=None
            if k==0: d.append(x)
            elif k==1: d.appendleft(x)
            elif k==2: r=d.pop()
            elif k==3: r=d.popleft()
            elif k==4: d.extend(range(x))
            elif k==5: d.extendleft(range(x))
            elif k==6: d.rotate(rnd(20)-10)
            elif k==7: d.insert(rnd(12)-6,x)
            elif k==8: d.remove(x)
            elif k==9: r=d.index(x)
            elif k==10: r=d.index(x,rnd(6)-3,rnd(6)-3)
            elif k==11: r=d.count(x)
            elif k==12: d.reverse()
            elif k==13: r=d[rnd(8)-4]
            elif k==14: d[rnd(8)-4]=x
            elif k==15: del d[rnd(8)-4]
            elif k==16: r=d.copy()
            elif k==17: r=(d+D([1]),x in d)
            elif k==18: r=d*(rnd(4)-1)
            elif k==19: d+=[x]
            elif k==20 and rnd(4)==0: d*=rnd(3)
            elif k==21: r=(list(reversed(d)),d==D(list(d)),d<D([2]),d>=D([1,1]))
        except BaseException as e: r=type(e).__name__+': '+str(e)
        print(k,r,d)
t('d',D,5); t('d',D,[],-1); t('d',D,[],'a'); t('d',D,[],1,2); t('d',lambda: D(iterable=[1],maxlen=5)); t('d',lambda: D(foo=1)); t('d',lambda: D([1])+[1]); t('d',lambda: D()<[1]); t('d',lambda: hash(D())); t('d',lambda: D('ab').maxlen); t('d',lambda: D('ab',1<<70)); t('d',lambda: D([1]).rotate(1,2)); t('d',lambda: D([1]).rotate('a')); t('d',lambda: D([1]).index()); t('d',lambda: D([1]).index(1,'a')); t('d',lambda: D([1]).insert(1)); t('d',lambda: D([1]).__reduce__()[:3]); t('d',lambda: D([1],5).__reduce__()[:3]); t('d',lambda: setattr(D(),'maxlen',1)); t('d',lambda: D[int]); t('d',lambda: D([1])['a'])
d=D([1,2,3]); i=iter(d); next(i); d.append(4); t('mut',lambda: next(i)); d=D([1]); d.append(d); print(d); i=iter(D('abc')); next(i); print(i.__length_hint__(),i.__reduce__()[1][1]); t('x',lambda: type(i)(D('abc'),1).__next__()); t('x',lambda: type(i)(5)); d.clear(); print(d)
class E:
    def __eq__(s,o): dd.clear(); return False
dd=D([1,E(),3]); t('m',lambda: dd.remove(9)); dd=D([1,E(),3]); t('m',lambda: 9 in dd); dd=D([1,E(),3]); t('m',lambda: dd.count(9)); dd=D([E()]*3); t('m',lambda: dd.index(9))
class SD(D): pass
s=SD([1,2],3); print(s,s.copy(),type(s.copy()),type(s+D()),type(s*2)); 
import_d=D(maxlen=2); import_d.extend('abcd'); print(import_d, import_d.copy().maxlen)
# defaultdict
DD=_collections.defaultdict
d=DD(list); d['a'].append(1); print(d,d['b'],d.default_factory is list,d.copy(),d==d.copy()); t('dd',DD,5); t('dd',lambda: DD(None)['x']); t('dd',lambda: DD()[(1,2)]); t('dd',lambda: DD(int,{'a':1},b=2)); t('dd',lambda: DD(int,[1])); t('dd',lambda: DD(int,a=1)|{'b':2}); t('dd',lambda: {'b':2}|DD(int,a=1)); t('dd',lambda: DD(int)|[]); t('dd',lambda: DD(int,a=1).__reduce__()[:4]); t('dd',lambda: DD(lambda: 1/0)['x'])
class F:
    def __call__(s): return 1
    def __repr__(s): return repr(rd)
rd=DD(); rd.default_factory=F(); 
class M(dict):
    def get(s,*a): return 100
m={}; _collections._count_elements(m,'abca'); print(m); m=M(); _collections._count_elements(m,'ab'); print(m); t('ce',_collections._count_elements,{},5); t('ce',_collections._count_elements,{},[[]])
TG=_collections._tuplegetter
class NT(tuple): x=TG(0,'docx'); y=TG(1,'docy')
n=NT((1,2)); print(n.x,n.y,NT.x,NT.x.__doc__); t('tg',lambda: NT((1,)).y); t('tg',lambda: setattr(n,'x',1)); t('tg',lambda: delattr(n,'x')); t('tg',lambda: NT.x.__get__(5,int)); t('tg',TG,1); t('tg',lambda: TG(1,'a').__reduce__()); t('tg',TG,'a',1)
