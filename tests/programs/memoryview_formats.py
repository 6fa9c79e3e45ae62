# What memoryviews do with formats of arrays that only extension modules make.
from _testbuffer import ND_WRITABLE, ndarray
for fmt in ('ii','x','i','<i','e','@i'):
  for ro in (0,ND_WRITABLE):
    nd=ndarray([(1,2) if fmt=='ii' else 1], shape=[1], format=fmt, flags=ro) if fmt!='x' else None
    if nd is None: continue
    m=memoryview(nd)
    for op in ('m[0]','m[0]=8','m.__delitem__(0)','m[0:1]=m','m.tolist()', 'm[0.5]', 'm["x"]=1','m==nd', 'hash(m)'):
        try: print(fmt,ro,op, eval(op) if '=' not in op or '==' in op else exec(op))
        except BaseException as e: print(fmt,ro,op,type(e).__name__,e)
