"""The module _operator: every function, the getters and their errors."""
import _operator
op=_operator
def t(name,f,*a):
    try:
        r=f(*a)
        if hasattr(r,'__next__'): r=list(r)
    except BaseException as e: r=type(e).__name__+': '+str(e)
    print(name,repr(r)[:300])
# operator
o=op
T=[(o.add,1,2),(o.add,'a',1),(o.and_,6,3),(o.or_,6,3),(o.xor,6,3),(o.sub,1,2),(o.mul,'a',3),(o.matmul,1,2),(o.floordiv,7,2),(o.truediv,7,2),(o.mod,7,3),(o.lshift,1,5),(o.rshift,50,2),(o.pow,2,10),(o.ipow,2,10),(o.iadd,[1],[2]),(o.isub,5,1),(o.imul,[1],2),(o.ifloordiv,7,2),(o.itruediv,7,2),(o.imod,7,2),(o.ilshift,1,3),(o.irshift,8,1),(o.iand,6,3),(o.ior,6,3),(o.ixor,6,3),(o.imatmul,1,1),(o.lt,1,2),(o.le,1,1),(o.eq,1,1.0),(o.ne,1,2),(o.gt,1,2),(o.ge,1,'a'),(o.neg,5),(o.pos,-5),(o.inv,5),(o.invert,5),(o.abs,-5),(o.index,5),(o.index,1.5),(o.truth,[]),(o.not_,[]),(o.is_,None,None),(o.is_not,1,None),(o.contains,[1],1),(o.contains,5,1),(o.countOf,[1,1,2],1),(o.countOf,5,1),(o.indexOf,[1,2],2),(o.indexOf,[1,2],3),(o.indexOf,5,3),(o.getitem,[1],0),(o.getitem,[1],5),(o.setitem,[1],0,2),(o.delitem,[1],0),(o.delitem,{},0),(o.length_hint,[1,2]),(o.length_hint,1,5),(o.length_hint,1,'a'),(o.concat,[1],[2]),(o.concat,1,2),(o.iconcat,[1],[2]),(o.iconcat,[1],2),(o.iconcat,1,[2]),(o.call,len,[1]),(o.call,),(o._compare_digest,'a','a'),(o._compare_digest,b'a',b'b'),(o._compare_digest,'a',b'a'),(o._compare_digest,'é','a'),(o.add,1),(o.neg,),(o.setitem,[],1)]
for x in T: t(x[0].__name__,*x)
for f in [lambda:o.itemgetter(),lambda:o.itemgetter(a=1),lambda:o.itemgetter(1)(),lambda:o.itemgetter(1)(1,2),lambda:o.itemgetter(1)([1],a=1),lambda:o.itemgetter(1,0)('ab'),lambda:o.itemgetter(1),lambda:o.itemgetter(1,2),lambda:o.itemgetter('a')({'a':3}),lambda:o.itemgetter(slice(1,3))('abcd'),lambda:o.itemgetter(5)([1]),lambda:o.attrgetter(),lambda:o.attrgetter(1),lambda:o.attrgetter('a.b','c'),lambda:o.attrgetter('real.imag')(5),lambda:o.attrgetter('real','imag')(5),lambda:o.attrgetter('x')(5),lambda:o.attrgetter('x',y=1),lambda:o.attrgetter('x')(),lambda:o.attrgetter('.x'),lambda:o.attrgetter('.x')(5),lambda:o.methodcaller(),lambda:o.methodcaller(1),lambda:o.methodcaller('upper')('a'),lambda:o.methodcaller('a',1,x=2),lambda:o.methodcaller('a'),lambda:o.methodcaller('replace','a','b')('abc'),lambda:o.methodcaller('a')(),lambda:o.methodcaller('a')(1,2),lambda:o.methodcaller('a')(1,x=1),lambda:o.methodcaller('split',sep='b')('abc'),lambda:o.itemgetter(1,2).__reduce__(),lambda:o.attrgetter('a.b','c').__reduce__(),lambda:o.methodcaller('a',1).__reduce__(),lambda:o.call(dict,a=1)]: t('g',f)
