"""Every itertools function with every kind of argument; pickled states."""
import itertools
it=itertools
def t(name,f,*a):
    try:
        r=f(*a)
        if hasattr(r,'__next__'): r=list(it.islice(r,30))
    except BaseException as e: r=type(e).__name__+': '+str(e)
    print(name,repr(r)[:300])
class Bad:
    def __repr__(s): return "bad"
    __hash__ = None
    def __iter__(s): return s
    def __next__(s): 1/0
L=[1,2,3,4,5]
for n in ('accumulate','combinations','combinations_with_replacement','compress','count','cycle','dropwhile','takewhile','filterfalse','groupby','islice','pairwise','permutations','product','repeat','starmap','tee','chain','zip_longest'):
    F=getattr(it,n)
    for args in [(),(1,),(L,),(L,2),(2,L),(L,L),(L,1,3),(L,1,4,2),(None,L),(lambda x:x<3,L),([],),('abc',2),([],0),([],1),(L,-1),(L,None),(Bad(),),(Bad(),1),(L,lambda a,b:a*b),(lambda *a:a,[(1,2),[3]]),(lambda *a:a,[1]),(L,'a'),(1,2,3,4),(L,[1,0,1]),(L,1.5),(1.5,0.5),(5,-2),('AAABBC',),(L,lambda x:x//2),(L,0,None,0),(L,None,None,None),(L,1<<70),(L,-1,2),('ab','xyz',[])]:
        t(n,F,*args)
t('k',lambda: list(it.accumulate([1,2],initial=10))); t('k',lambda: list(it.accumulate([],initial=10))); t('k',lambda: list(it.accumulate(iterable=[1,2],func=max))); t('k',lambda: it.count(step=2)); t('k',lambda: list(it.islice(it.count(start=5,step=2),3))); t('k',lambda: it.count(foo=1)); t('k',lambda: it.cycle(x=1)); t('k',lambda: it.chain(x=1)); t('k',lambda: list(it.product([1,2],repeat=2))); t('k',lambda: it.product([1],repeat=-1)); t('k',lambda: it.product([1],foo=-1)); t('k',lambda: it.product([1],repeat=1,foo=-1)); t('k',lambda: it.product([1],repeat=1<<62)); t('k',lambda: list(it.product())); t('k',lambda: list(it.product([],[1]))); t('k',lambda: list(it.repeat(object=1,times=2))); t('k',lambda: it.repeat(times=2)); t('k',lambda: list(it.zip_longest([1],[2,3],fillvalue=0))); t('k',lambda: it.zip_longest([1],fill=0)); t('k',lambda: it.zip_longest([1],fillvalue=0,x=1)); t('k',lambda: list(it.groupby('aAb',key=str.lower))); t('k',lambda: it.islice([1],x=1)); t('k',lambda: list(it.permutations(iterable='ab',r=1))); t('k',lambda: list(it.compress(data=L,selectors=[0,1]))); t('k',lambda: list(it.chain.from_iterable(['ab','c']))); t('k',lambda: it.chain.from_iterable(5)); t('k',lambda: list(it.chain([1],5))); t('k',lambda: it.tee(L,-1)); t('k',lambda: it.tee(L,0)); t('k',lambda: [list(x) for x in it.tee(L,3)]); t('k',lambda: it.repeat(1).__length_hint__()); t('k',lambda: it.repeat(1,5).__length_hint__()); t('k',lambda: it.repeat(1,-5))
print(repr(it.count(5)),repr(it.count(5,2)),repr(it.count(1.5)),repr(it.count(1<<70)),repr(it.repeat(1)),repr(it.repeat('a',3)),repr(it.count(True)),repr(it.count(5,1.0)),repr(it.count(-5)))
c=it.count((1<<63)-3); print([next(c) for _ in range(5)],c)
c=it.count(5,-1); print([next(c) for _ in range(7)])
# groups
g=it.groupby('AAABBBCC'); print([(k,list(v)) for k,v in g])
g=it.groupby('AAABBBCC'); ks=list(g); print([k for k,_ in ks],[list(v) for _,v in ks])
g=it.groupby([1,1,2]); k,v=next(g); print(next(v)); k2,v2=next(g); print(list(v),k2,list(v2))
# reduce and setstate
def red(x):
    r=x.__reduce__()
    o=r[0](*r[1])
    if len(r)>2: o.__setstate__(r[2])
    return list(it.islice(o,12))
mk=[lambda:it.accumulate(L),lambda:it.accumulate(L,initial=7),lambda:it.accumulate(L,lambda a,b:None),lambda:it.combinations('abcd',2),lambda:it.combinations_with_replacement('abc',2),lambda:it.compress(L,[1,0,1,1,1]),lambda:it.count(3),lambda:it.count(3,4),lambda:it.cycle('abc'),lambda:it.dropwhile(lambda x:x<3,L),lambda:it.takewhile(lambda x:x<4,L),lambda:it.filterfalse(None,[0,1,0,2]),lambda:it.groupby('aab'),lambda:it.islice(L,1,5,2),lambda:it.permutations('abc',2),lambda:it.product('ab','xyz'),lambda:it.repeat(1,5),lambda:it.starmap(lambda *a:a,[(1,),(2,)]),lambda:it.chain('ab','cd'),lambda:it.zip_longest('ab','c'),lambda:it.tee(L)[0],lambda:it.combinations('ab',3),lambda:it.islice([],2)]
for i,f in enumerate(mk):
    for n in range(7):
        x=f()
        for _ in range(n): next(x,None)
        try: print(i,n,repr(x.__reduce__())[:0],red(x))
        except BaseException as e: print(i,n,type(e).__name__,e)
for c,s in [(it.combinations('abcd',2),(1,9)),(it.combinations('abcd',2),(1,)),(it.combinations('abcd',2),('a',1)),(it.permutations('abc',2),((0,1,2),(5,5))),(it.product('ab','c'),(1,1)),(it.product('ab',''),(1,1)),(it.cycle('ab'),([1],1)),(it.cycle('ab'),1),(it.cycle('ab'),(1,1)),(it.chain('ab'),(1,)),(it.chain('ab'),()),(it.takewhile(bool,[1,2]),True),(it.groupby('ab'),1),(it.tee('a')[0],1),(it.zip_longest('a','bc'),5),(it.islice('abcd',2),'a'),(it.accumulate([1]),5)]:
    t('ss',lambda: (c.__setstate__(s), list(it.islice(c,5))))
# tee
a,b=it.tee(iter(range(200))); print(sum(a),sum(b)); a,b,c=it.tee('xyz',3); next(a); import_copy=a.__copy__(); print(list(a),list(import_copy),list(b),next(c))
class R:
    def __init__(s): s.t=None
    def __iter__(s): return s
    def __next__(s): return next(s.t)
r=R(); a,b=it.tee(r); r.t=a
t('reent',next,b)
# result tuple reuse
p=it.product('ab','cd'); print([id(next(p))==id(next(p)) for _ in range(1)][0] in (True,False)); q=list(it.product([[1]],[[2]],[3])); print(q)
x=it.combinations(range(5),3); k=[next(x),next(x)]; print(k,list(x))
print([len(list(it.permutations(range(n)))) for n in range(7)],[len(list(it.product(range(3),repeat=n))) for n in range(5)])
print(it.combinations('abcd',2).__sizeof__()-object.__sizeof__(it.combinations('abcd',2)))
class C(it.chain):
    def __init__(self,*a,**k): self.k=k
print(C([1],z=3).k,list(C([1,2],z=3)),it.chain[int]==it.chain[int])
t('pw',lambda: list(it.pairwise([1]))); t('pw',lambda: list(it.pairwise([1,2,3])))
