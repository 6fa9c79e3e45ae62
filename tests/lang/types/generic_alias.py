"""list[int], int | str and friends."""
print(list[int], dict[str, int], tuple[int, ...], tuple[()], type[int], set["x"], list[list[int]], list[None])
#> list[int] dict[str, int] tuple[int, ...] tuple[()] type[int] set['x'] list[list[int]] list[None]
a = list[int]
print(a.__origin__, a.__args__, a.__parameters__, a == list[int], a != list[str], hash(a) == hash(list[int]), a(), a([1]), a.append, type(a))
#> <class 'list'> (<class 'int'>,) () True True True [] [1] <method 'append' of 'list' objects> <class 'types.GenericAlias'>
a()
isinstance([], a)                       #! TypeError: isinstance() argument 2 cannot be a parameterized generic
issubclass(list, a)                     #! TypeError: issubclass() argument 2 cannot be a parameterized generic
print(isinstance([], list), a.__class__, a.__mro_entries__((a,)))
#> True <class 'types.GenericAlias'> (<class 'list'>,)
class L(list[int]): pass
print(L.__bases__, L.__orig_bases__, L([1]))  #> (<class 'list'>,) (list[int],) [1]
a[0]                                    #! TypeError: list[int] is not a generic class
a.x = 1                                 #! AttributeError: 'types.GenericAlias' object has no attribute 'x'
int[5]                                  #! TypeError: type 'int' is not subscriptable
print(int | str, int | None, None | int, int | str | int, (int | str) == (str | int), type(int | str), (int | list[str]).__args__)
#> int | str int | None None | int int | str True <class 'types.UnionType'> (<class 'int'>, list[str])
int | 5                                 #! TypeError: unsupported operand type(s) for |: 'type' and 'int'
5 | int                                 #! TypeError: unsupported operand type(s) for |: 'int' and 'type'
"x" | int                               #! TypeError: unsupported operand type(s) for |: 'str' and 'type'
print(isinstance(5, int | str), isinstance(5.0, int | str), issubclass(bool, int | None), isinstance(None, int | None))
#> True False True True
isinstance(5, int | list[int])
print(hash(int | str) == hash(str | int), repr(int | None), (int | str)[0] if False else "", list[int] | None)
#> True int | None  list[int] | None
(int | str)()                           #! TypeError: 'types.UnionType' object is not callable
(int | str)[int]                        #! TypeError: int | str is not a generic class
print(type(list[int])(dict, (int, str)), type(list[int])(5, 6))  #> dict[int, str] 5[6]
def f(x: int | None, y: "list[int]" = []) -> dict[str, int]: pass
print(f.__annotations__)                #> {'x': int | None, 'y': 'list[int]', 'return': dict[str, int]}
for i in list[int]: print(i)            #> *list[int]
print([*tuple[int, str]], next(iter(list[int])))  #> [*tuple[int, str]] *list[int]
a.__origin__ = 5                        #! AttributeError: readonly attribute
print(dir(a) != [], "append" in dir(a), a.__doc__ == list.__doc__)  #> True True True
