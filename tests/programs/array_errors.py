"""array.array: limits of every type code, errors."""
import array

def t(f):
    try: print(repr(f())[:220])
    except BaseException as e: print(type(e).__name__, e)
A=array.array
for c in 'bBhHiIlLqQfdu':
    for v in (1<<70,-1,-1<<70,1<<63,1<<31,1<<32,-(1<<31)-1,256,128,65536,32768,-129,1.5,'a','ab',b'a',None):
        print(c,repr(v)[:20],end=' '); t(lambda: A(c,[v]))
t(lambda: A()); t(lambda: A(1)); t(lambda: A('bb')); t(lambda: A('z')); t(lambda: A('b',x=1)); t(lambda: A('b',1)); t(lambda: A('b','a')); t(lambda: A('u','ab')); t(lambda: A('b',b'ab')); t(lambda: A('h',b'abc')); t(lambda: A('b',A('u','a'))); t(lambda: A('i',A('b',[1,2]))); t(lambda: A('b',1,2)); t(lambda: A('b',[1]).append('a')); t(lambda: A('b',[1]).extend(5)); t(lambda: A('b',[1]).extend(A('i',[1]))); t(lambda: A('b').pop()); t(lambda: A('b',[1]).pop(5)); t(lambda: A('b',[1]).remove(2)); t(lambda: A('b',[1]).index(2)); t(lambda: A('b',[1])+[1]); t(lambda: A('b',[1])+A('i',[1])); t(lambda: A('b',[1])*2); t(lambda: A('b',[1])[5]); t(lambda: A('b',[1])['a']); 
def s(a,k,v): a[k]=v; return a
def d(a,k): del a[k]; return a
t(lambda: s(A('b',[1]),5,1)); t(lambda: s(A('b',[1]),'a',1)); t(lambda: s(A('b',[1,2,3]),slice(0,2),[1])); t(lambda: s(A('b',[1,2,3]),slice(0,2),A('i',[1]))); t(lambda: s(A('b',[1,2,3]),slice(None,None,2),A('b',[9]))); t(lambda: s(A('b',[1,2,3]),slice(None,None,2),A('b',[9,8]))); t(lambda: s(A('b',[1,2,3]),slice(1,1),A('b',[9,8]))); t(lambda: d(A('b',[1,2,3]),slice(None,None,2))); t(lambda: d(A('b',[1,2,3]),1)); t(lambda: d(A('b',[1,2,3]),7)); t(lambda: A('b',[1,2,3])[::-1])
t(lambda: A('b').frombytes('a')); t(lambda: A('h').frombytes(b'abc')); t(lambda: A('b').fromlist(5)); t(lambda: A('b').fromlist([1,'a'])); t(lambda: A('b').fromunicode('a')); t(lambda: A('u').fromunicode(1)); t(lambda: A('b').tounicode()); t(lambda: A('u','ab').tounicode()); t(lambda: A('b',[1]).__reduce_ex__(2)); t(lambda: A('b',[1]).__reduce_ex__(3)); t(lambda: A('u','a').__reduce_ex__(3)); t(lambda: A('d',[1]).__reduce_ex__(3)); t(lambda: A('l',[1]).__reduce_ex__(3)); t(lambda: A('b',[1,2]).buffer_info()[1]); t(lambda: A('h',[1,258]).byteswap()); t(lambda: repr(A('b'))); t(lambda: repr(A('u','aé'))); t(lambda: A('b',[1]) == A('i',[1])); t(lambda: A('b',[1]) < A('i',[2])); t(lambda: A('b',[1]) < [2]); t(lambda: hash(A('b'))); t(lambda: A('b',[1]).__sizeof__()); t(lambda: A('b').__sizeof__()); t(lambda: A('i',[1,2,3]).__sizeof__()); t(lambda: A('b',[1,2]).__contains__(2)); t(lambda: 'x' in A('b',[1])); t(lambda: A('b',[1,2,1]).count(1)); t(lambda: A('b',[1]).insert(5,2)); t(lambda: A('b',[1]).insert('a',2)); t(lambda: memoryview(A('i',[1,2])).format); t(lambda: memoryview(A('u','ab')).format); t(lambda: memoryview(A('l',[1])).format)
def ex():
    a=A('b',[1]); m=memoryview(a); a.append(2)
t(ex)
def ex():
    a=A('b',[1,2]); m=memoryview(a); del a[0]
t(ex)
t(lambda: A('b',[1]).__imul__(3)); t(lambda: A('b',[1]).__iadd__([1])); t(lambda: A('b',[1]).__iadd__(A('i',[1]))); t(lambda: A('b',[1])*'a'); t(lambda: A('b',[1,2]).__copy__()); t(lambda: A('b',[1,2]).__deepcopy__(None)); t(lambda: iter(A('b',[1])).__reduce__()); t(lambda: A('b',[3,1]).tolist()); t(lambda: A('b',[3,1]).tobytes()); t(lambda: A('b',[3,1]).itemsize); t(lambda: A('b').typecode)
class S(A): pass
t(lambda: S('b',[1])); t(lambda: S('b',[1])[0:1]); t(lambda: type(S('b',[1])+S('b',[1]))); t(lambda: S('b',x=1)); t(lambda: array._array_reconstructor(A,'b',1,b'ab')); t(lambda: array._array_reconstructor(A,'z',1,b'ab')); t(lambda: array._array_reconstructor(A,'b',100,b'ab')); t(lambda: array._array_reconstructor(int,'b',1,b'ab')); t(lambda: array._array_reconstructor(A,'b',1,'a'));t(lambda: array._array_reconstructor(A,'h',4,b'ab')); t(lambda: array._array_reconstructor(A,'h',5,b'abc')); t(lambda: A('u',[1])); t(lambda: A('d',[1<<2000])); t(lambda: A('f',[1e300])); t(lambda:A('b',[5]).index(5,1)); t(lambda:A('b',iter([5,6]))); t(lambda: A('b',{1:2})); t(lambda: A('b',(1,2))); t(lambda: A('b',range(300))); t(lambda: A('b', bytearray(b'ab'))); t(lambda: A('u', b'ab')); t(lambda: A('b', memoryview(b'ab'))); t(lambda: A('u','a')+A('u','b')); t(lambda: A('w','a')); t(lambda: A('Q',[-1])); t(lambda: A('b',None))
import io
t(lambda: A('h').fromfile(io.BytesIO(b'abc'),2)); t(lambda: A('h').fromfile(io.BytesIO(b'abcd'),-1)); t(lambda: A('h').fromfile(io.StringIO('abcd'),1));t(lambda: A('h',[1]).tofile(io.StringIO('abcd')));t(lambda: A('h',[1]).fromfile(5,1))
