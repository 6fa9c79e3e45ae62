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

# Keys and values whose conversion releases the view.
class Releasing:
    def __index__(self):
        m.release()
        return 1

    def __float__(self):
        m.release()
        return 1.5

    def __bool__(self):
        m.release()
        return True


for fmt in "Bbhq?fd":
    for statement in "m[Releasing()]", "m[0] = Releasing()", "m[Releasing()] = 1", "m[:Releasing()] = m[:1]", "m[:Releasing()] = m", "bytes(m[Releasing():2])":
        memory = bytearray(16)
        m = memoryview(memory).cast(fmt)
        try:
            print(fmt, statement, exec(statement))
        except Exception as e:
            print(fmt, statement, type(e).__name__, e)
