"""bool: an int that prints otherwise."""
print(True, False, True + 1, True == 1, True is (not False), isinstance(True, int), bool.__mro__)
#> True False 2 True True True (<class 'bool'>, <class 'int'>, <class 'object'>)
print(bool(), bool(0), bool("0"), bool([]), bool(None), bool(...), bool(object()))
#> False False True False False True True
print(True & False, True | 2, True ^ True, ~True, not True, True and 5, 0 or "x", None or 0, "" and 1)
#> False 3 False -2 False 5 x 0
print(repr(True), str(False), f"{True!r:>6}", "%d" % True, int(True), [1, 2][True])  #> True False   True 1 1 2
bool(1, 2)                              #! TypeError: bool expected at most 1 argument, got 2
bool(x=1)                               #! TypeError: bool() takes no keyword arguments
class NotBool(bool): pass               #! TypeError: type 'bool' is not an acceptable base type
class B:
    def __bool__(self): return 1
bool(B())                               #! TypeError: __bool__ should return bool, returned int
class L:
    def __len__(self): return -1
bool(L())                               #! ValueError: __len__() should return >= 0
class L2:
    def __len__(self): return 0
class Both:
    def __bool__(self): return True
    def __len__(self): return 0
print(bool(L2()), bool(Both()), not L2())  #> False True True
class Raises:
    def __bool__(self): raise ValueError("neither")
if Raises(): pass                       #! ValueError: neither
not Raises()                            #! ValueError: neither
Raises() and 1                          #! ValueError: neither
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True, 3 > 2 != 2, 1 in [1] == True)  #> True False True False False
print(any([0, "", 5]), all([1, ""]), any([]), all([]))  #> True False False True
def loud(x):
    print("evaluated", x)
    return x
print(loud(1) < loud(0) < loud(2))      #> evaluated 1
#> evaluated 0
#> False
print(loud(0) or loud("") or loud("last"), loud(1) and loud(2))  #> evaluated 0
#> evaluated
#> evaluated last
#> evaluated 1
#> evaluated 2
#> last 2
