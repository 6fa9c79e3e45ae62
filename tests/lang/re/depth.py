# Long texts and deep patterns: alternatives lie on a stack of the matcher's own.
import re

n = 200_000
print(re.match("(?:a|b)*", "ab" * n).end(), re.match("(a|b)*?c", "ab" * n + "c").span(1), re.match("(?:(?:a)*b)*", "aab" * n).end())
print(re.match("(.)*", "x" * n).span(1), re.match("(?:.)*?y", "x" * n + "y").end(), re.fullmatch("(?s:.)*z?", "\n" * n).end())
print(re.match("(?>a|b)*", "ab" * n).end(), re.match("(?:a|b)*+", "ab" * n).end(), re.match("(?:(?=a)a|(?!a)b)*", "ab" * n).end())
print(re.search("(?:ab)*c", "ab" * 500), re.search("(x+x+)+y", "x" * 14), re.match("(a?){60}a{60}", "a" * 60) and 1)
deep = "(" * 40 + "a" + ")*" * 40
print(re.match(deep, "aaaa").span(40))
many = "|".join(f"w{i}" for i in range(3000))
print(re.match(many, "w2999").group(), re.compile("".join("(x)?" for _ in range(300))).match("x" * 300).lastindex)
print(re.sub("a", "bb", "a" * n).count("b"), len(re.findall("ab?", "aab" * n)), len(re.split("[,;]", ",a;" * n)))
