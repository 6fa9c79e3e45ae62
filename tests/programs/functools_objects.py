"""partial, reduce, cmp_to_key and lru_cache."""
import _functools
def t(name,f,*a,**k):
    try: r=f(*a,**k)
    except BaseException as e: r=type(e).__name__+': '+str(e)
    print(name,repr(r)[:300])
ft=_functools
P=ft.partial
def f(*a,**k): return (a,sorted(k.items()))
p=P(f,1,2,x=3)
print(p(),p(4,y=5),p(x=9),P(p,7,x=1)(8),P(f)(1),P(P(f,1),2)(3,z=1))
print(repr(P(len,[1],)),repr(P(int,base=2)),P(int,base=2)('101'))
t('p',P); t('p',P,5); t('p',lambda: p.func is f); print(p.args,p.keywords); t('p',lambda: P(f,1).__reduce__()[1:] == ((f,),(f,(1,),{},None))); p.foo=5; print(p.__dict__); t('p',lambda: p.__setstate__((f,(1,),None,None)));  print(p()); t('p',lambda: p.__setstate__(1)); t('p',lambda: p.__setstate__((1,(),{},None))); t('p',lambda: P(f,1).nope); t('d',lambda: setattr(p,'__dict__',5))
class SP(P): pass
q=SP(f,1); q.a=1; print(q(2),P(q,3)(4),P(q,3).func is q, SP[int])
rp=P(f); rp.__setstate__((rp,(),{},{})); print(repr(rp)[:30])
t('r',ft.reduce); t('r',ft.reduce,lambda a,b:a+b,[1,2,3]); t('r',ft.reduce,lambda a,b:a+b,[]); t('r',ft.reduce,lambda a,b:a+b,[],5); t('r',ft.reduce,lambda a,b:a+b,5); t('r',ft.reduce,lambda a:a,[1,2]); t('r',ft.reduce,1,2,3,4); t('r',ft.reduce,None,[7])
K=ft.cmp_to_key(lambda a,b:b-a); print(sorted([3,1,2],key=K)); t('k',lambda: K(1)<2); t('k',lambda: K(1)<K(2)); t('k',lambda: K(1)==K(1)); t('k',lambda: hash(K(1))); t('k',ft.cmp_to_key); t('k',ft.cmp_to_key,1,2); t('k',lambda: K()); t('k',lambda: K(1,2)); t('k',lambda: K(obj=3).obj); t('k',lambda: K<K); t('k',lambda: type(K)()); t('k',lambda: ft.cmp_to_key(mycmp=None))
class CI(tuple): pass
def ci(*a): return a
calls=[]
def g(x,y=0): calls.append((x,y)); return x*10+y
W=ft._lru_cache_wrapper
w=W(g,2,False,ci)
print([w(i) for i in (1,2,1,3,1,2,3.0)],w.cache_info(),calls); w.cache_clear(); print(w.cache_info())
w=W(g,None,False,ci); calls.clear(); print([w(i) for i in (1,2,1,3,1,2,3.0)],w(1,y=2),w(1,y=2),w(y=2,x=1),w.cache_info(),calls)
w=W(g,0,False,ci); calls.clear(); print([w(i) for i in (1,1)],w.cache_info(),calls)
w=W(g,5,True,ci); calls.clear(); print([w(i) for i in (1,1.0,True)],w.cache_info(),len(calls))
t('w',W,g,'a',False,ci); t('w',W,5,1,False,ci); t('w',W,g,-5,False,ci) if 0 else 0; t('w',W); t('w',w,[]); t('w',w)
class A:
    m=W(lambda self,x:x,None,False,ci)
a=A(); print(a.m(5),a.m(5),A.m.cache_info(),A.__dict__['m'].__copy__() is A.m, A.m.__deepcopy__(0) is A.m)
fib=W(lambda n: n if n<2 else fib(n-1)+fib(n-2),None,False,ci); print(fib(100),fib.cache_info())
fib2=W(lambda n: n if n<2 else fib2(n-1)+fib2(n-2),3,False,ci); print(fib2(20),fib2.cache_info())
