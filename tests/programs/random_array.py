"""array.array against random operations, files and pickles."""
import array
A=array.array
seed=[3]
def rnd(n):
    seed[0]=(seed[0]*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return (seed[0]>>33)%n
for trial in range(26):
    c='bBhHiIlLqQfdu'[rnd(13)]
    def v(): return chr(97+rnd(26)) if c=='u' else rnd(100)
    def sl():
        g=lambda: None if rnd(3)==0 else rnd(14)-7
        return slice(g(),g(),[None,1,2,-1,-2,3][rnd(6)])
    a=A(c,[v() for _ in range(rnd(8))])
    for i in range(40):
        k=rnd(24)
        try:
            r=None
            if k==0: a.append(v())
            elif k==1: a.insert(rnd(12)-6,v())
            elif k==2: r=a.pop()
            elif k==3: r=a.pop(rnd(12)-6)
            elif k==4: a.remove(v())
            elif k==5: r=a.index(v())
            elif k==6: r=a.count(v())
            elif k==7: a.reverse()
            elif k==8: a.extend([v() for _ in range(rnd(3))])
            elif k==9: a.extend(A(c,[v()]))
            elif k==10: r=a[sl()]
            elif k==11: a[sl()]=A(c,[v() for _ in range(rnd(4))])
            elif k==12: del a[sl()]
            elif k==13: r=a[rnd(12)-6]
            elif k==14: a[rnd(12)-6]=v()
            elif k==15: del a[rnd(12)-6]
            elif k==16: r=a+A(c,[v()])
            elif k==17: r=a*(rnd(4)-1)
            elif k==18: a+=A(c,[v()])
            elif k==19 and len(a)<10: a*=rnd(3)
            elif k==20: r=(a.tobytes(),a.tolist(),list(a))
            elif k==21: b=A(c); b.frombytes(a.tobytes()); r=(b==a,b<a,a[:2]<a,a!=b)
            elif k==22: a[:]=a
            elif k==23: a.fromlist([v(),v()])
        except BaseException as e: r=type(e).__name__+': '+str(e)
        print(k,r,a)
import pickle,copy,io
for c in 'bBhHiIlLqQfdu':
    a=A(c,'ab' if c=='u' else [1,2]); 
    for p in range(6): print(c,p,pickle.loads(pickle.dumps(a,p))==a)
    print(copy.copy(a),copy.deepcopy(a)); 
    f=io.BytesIO(); a.tofile(f); f.seek(0); b=A(c); b.fromfile(f,2); print(b)
for m in range(22): 
    try: print(m,array._array_reconstructor(A,'u' if m>17 else 'd' if m>13 else 'q',m,b'\0\0\0A'*4))
    except BaseException as e: print(m,e)
