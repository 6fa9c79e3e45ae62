# xxsubtype: types derived from list and dict with a field of their own.
import xxsubtype as x

a = x.spamlist([1, 2, 3])
print(a, a.state, a.getstate(), a.setstate(42), a.getstate(), a + [4], type(a).__mro__, len(a))
#> [1, 2, 3] 0 0 None 42 [1, 2, 3, 4] (<class 'xxsubtype.spamlist'>, <class 'list'>, <class 'object'>) 3
d = x.spamdict(a=1)
d.setstate(5)
print(d, d.state, d["a"], type(d).__base__)  #> {'a': 1} 5 1 <class 'dict'>
print(x.spamlist.classmeth(1, k=2), x.spamlist.staticmeth(1, k=2), a.classmeth(), x.spamlist.__dict__["classmeth"].__get__(None, x.spamlist)(3))
#> (<class 'xxsubtype.spamlist'>, (1,), {'k': 2}) (None, (1,), {'k': 2}) (<class 'xxsubtype.spamlist'>, (), None) (<class 'xxsubtype.spamlist'>, (3,), None)


class Sub(x.spamlist):
    pass


s = Sub("ab")
s.setstate(7)
s.extra = 1
print(s, s.state, s.extra, Sub.classmeth(), isinstance(x.bench(s, "state", 5), float))
#> ['a', 'b'] 7 1 (<class '__main__.Sub'>, (), None) True
for broken in (lambda: setattr(a, "state", 1), lambda: setattr(d, "state", 1), lambda: a.setstate("x"), lambda: x.bench(), lambda: x.spamlist.__dict__["classmeth"](1)):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)
#> AttributeError attribute 'state' of 'xxsubtype.spamlist' objects is not writable
#> AttributeError readonly attribute
#> TypeError 'str' object cannot be interpreted as an integer
#> TypeError function takes at least 2 arguments (0 given)
#> TypeError descriptor 'classmeth' for type 'xxsubtype.spamlist' needs a type, not a 'int' as arg 2
