"""OrderedDict: every method, its errors, changes during iteration."""
from _collections import OrderedDict as O
def t(f):
    try: print(repr(f())[:200])
    except BaseException as e: print(type(e).__name__, e)
t(lambda:O(1)); t(lambda:O([1])); t(lambda:O([(1,2,3)])); t(lambda:O([()])); t(lambda:O([(1,)]));t(lambda:O(1,2)); t(lambda:O(a=1,b=2)); t(lambda:O([(1,2)],a=3)); t(lambda:O({1:2})); t(lambda:O().popitem()); t(lambda:O().pop(1)); t(lambda:O().pop()); t(lambda:O(a=1).pop('a')); t(lambda:O(a=1).pop('b',5)); t(lambda:O(a=1).pop(key='b',default=5)); t(lambda:O().move_to_end(1)); t(lambda:O().update(1,2)); t(lambda:O().update([(1,2)],x=5)); t(lambda:O.fromkeys([1,2],3)); t(lambda:O.fromkeys(5)); t(lambda:O(a=1)|{'b':2}); t(lambda:{'b':2}|O(a=1)); t(lambda:O(a=1)|[]); t(lambda:type({'b':2}|O(a=1))); t(lambda:O(a=1).__reduce__()[:4]); t(lambda:O(a=1,b=2)==O(b=2,a=1)); t(lambda:O(a=1,b=2)=={'b':2,'a':1}); t(lambda:O()<O()); t(lambda:hash(O())); t(lambda:O(a=1).keys()); t(lambda:O(a=1).values()); t(lambda:O(a=1).items()); t(lambda: list(reversed(O(a=1,b=2)))); t(lambda: list(reversed(O(a=1,b=2).items()))); t(lambda: O(a=1).keys()&{'a'}); t(lambda: type(O(a=1).keys()).__mro__); t(lambda: O().setdefault()); t(lambda:O(a=1).setdefault('b')); t(lambda:O(a=1).copy()); t(lambda: O(a=1).popitem(last=0)); t(lambda: O(a=1,b=2).popitem(False)); t(lambda: O(a=1).popitem(5,6)); t(lambda:O().move_to_end()); t(lambda: O.__init__(O(),1,2)); t(lambda: iter(O(a=1)).__reduce__()[1]); t(lambda: O(a=1).__dict__); t(lambda: O[int]); t(lambda: O([[1,2],'ab'])); t(lambda: O.update()); t(lambda: O.update(5,6)); t(lambda: O().update(5)); t(lambda: O().__ior__([(1,2)])); t(lambda: O().__ior__(5)); t(lambda: O.__or__(5,6)); t(lambda:O().__init__(a=1,self=2)); t(lambda:O(self=1,other=2)); t(lambda:type(iter(O())))
def mut(f):
    o=O(a=1,b=2,c=3); it=iter(o); next(it); f(o)
    return [x for x in it]
for f in (lambda o:o.pop('b'),lambda o:o.__setitem__('d',1),lambda o:o.__setitem__('a',5),lambda o:o.move_to_end('a'),lambda o:o.clear(),lambda o:o.popitem(),lambda o:o.__delitem__('a'),lambda o: (o.pop('b'),o.__setitem__('d',1))): t(lambda: mut(f))
class S(O):
    def __setitem__(s,k,v): O.__setitem__(s,k,v*2)
    def __missing__(s,k): return 'm'+str(k)
    def __repr__(s): return 'S'+O.__repr__(s)
t(lambda: S(a=1)); t(lambda:S([('a',1)])); t(lambda:S(a=1).copy()); t(lambda: S().pop('x')); t(lambda: S()['x']); t(lambda: S(a=1).setdefault('z',3)); s=S(a=1); s.x=5; t(lambda: s.__reduce__()[:4]); t(lambda: s|{'c':1}); t(lambda: s.__dict__); t(lambda: s.copy().__dict__)
o=O(); o['x']=o; t(lambda:o); o=O([(1,2),(3,4)]); o.move_to_end(1); t(lambda:o); o.move_to_end(1,last=False); t(lambda:o); o.move_to_end(1.0); t(lambda:o)
import weakref; w=weakref.ref(o); print(w() is o)
class V(O):
    def items(self): return [(9,9)]
    def keys(self): return ['q']
t(lambda: V(a=1)); t(lambda: V(a=1).copy()); t(lambda: O(V(a=1)));t(lambda: dict(V(a=1)))
seed=[11]
def rnd(n):
    seed[0]=(seed[0]*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return (seed[0]>>33)%n
for trial in range(10):
    o=O()
    for i in range(80):
        k=rnd(9); x=rnd(12) if trial%2 else 'k%d'%rnd(12)
        try:
            r=None
            if k<3: o[x]=i
            elif k==3: del o[x]
            elif k==4: o.move_to_end(x)
            elif k==5: o.move_to_end(x,False)
            elif k==6: r=o.popitem()
            elif k==7: r=o.popitem(False)
            else: r=(list(reversed(o)),o==O(o),list(o.items())[:3])
        except Exception as e: r=type(e).__name__+str(e)
        print(k,r,list(o))
