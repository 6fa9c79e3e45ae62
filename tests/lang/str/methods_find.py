"""str: searching, counting, replacing, parting."""
s = "abracadabra"
print(s.find("bra"), s.find("bra", 2), s.find("x"), s.rfind("bra"), s.find(""), s.rfind(""), s.find("", 50), s.find("a", -3))
#> 1 8 -1 8 0 11 -1 10
print(s.index("cad"), s.rindex("a"), s.count("a"), s.count("abra"), s.count(""), s.count("a", 3, -1), "aaaa".count("aa"))
#> 4 10 5 2 12 3 2
s.index("zz")                           #! ValueError: substring not found
s.rindex("zz")                          #! ValueError: substring not found
s.find()                                #! TypeError: find() takes at least 1 argument (0 given)
s.find(1)                               #! TypeError: must be str, not int
s.count(None)                           #! TypeError: must be str, not NoneType
s.find("a", "b")                        #! TypeError: slice indices must be integers or None or have an __index__ method
print(s.startswith("abra"), s.startswith(("x", "a")), s.endswith("bra"), s.startswith("b", 1), s.endswith("c", 0, 5), s.startswith(""))
#> True True True True True True
s.startswith(1)                         #! TypeError: startswith first arg must be str or a tuple of str, not int
s.startswith((1,))                      #! TypeError: tuple for startswith must only contain str, not int
s.endswith([])                          #! TypeError: endswith first arg must be str or a tuple of str, not list
print(s.replace("a", "_"), s.replace("a", "", 2), s.replace("", "-"), s.replace("abra", "ABRA", -1), "".replace("", "x"), s.replace("zz", "y"))
#> _br_c_d_br_ brcadabra -a-b-r-a-c-a-d-a-b-r-a- ABRAcadABRA x abracadabra
s.replace("a")                          #! TypeError: replace expected at least 2 arguments, got 1
s.replace(1, 2)                         #! TypeError: replace() argument 1 must be str, not int
print(s.partition("c"), s.rpartition("a"), s.partition("zz"), s.rpartition("zz"))
#> ('abra', 'c', 'adabra') ('abracadabr', 'a', '') ('abracadabra', '', '') ('', '', 'abracadabra')
s.partition("")                         #! ValueError: empty separator
s.partition(1)                          #! TypeError: must be str, not int
print("bra" in s, "" in s, "xyz" in s)  #> True True False
1 in s                                  #! TypeError: 'in <string>' requires string as left operand, not int
print("x" * 3 + "y" in "xxxy", "ab" * 50 in "ab" * 100, ("ab" * 100).find("ba" * 40), ("a" * 1000 + "b").find("a" * 10 + "b"))
#> True True 1 990
print("naïve café".find("é"), "日本語日本".rfind("日本"), "a😀b😀".count("😀"), "😀x".index("x"))  #> 9 3 2 1
print(s.removeprefix("abra"), s.removesuffix("abra"), s.removeprefix("zz"))  #> cadabra abracad abracadabra
