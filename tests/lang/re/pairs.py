# Many patterns on many texts: spans, groups, the group closed last, what findall and split give.
import re


def show(pattern, text, flags=0):
    try:
        p = re.compile(pattern, flags)
    except re.error as e:
        return f"error: {e}"
    m = p.search(text)
    out = [m and (m.regs, m.lastindex, m.lastgroup)]
    out.append(p.findall(text))
    out.append(p.split(text))
    w = p.fullmatch(text)
    out.append(w and w.regs)
    return out


def table(rows, flags=0):
    for pattern, texts in rows:
        for text in texts:
            print(repr(pattern), repr(text), *show(pattern, text, flags))


table([
    ("", ["", "abc"]), ("a", ["", "a", "bab", "aaa"]), ("abc", ["ab", "xabcabcab", "ababc"]),
    (".", ["", "a\nb"]), ("a.c", ["abc a\nc axc"]), ("[abc]+", ["zzcabzb"]), ("[^abc]", ["abcd\ne"]),
    ("^a", ["aba", "ba"]), ("a$", ["aa", "a\n", "a\nb"]), (r"\Aa\Z", ["a", "a\n"]), (r"\b", ["", "ab cd", " "]), (r"\B", ["", "ab cd", " "]),
    (r"\bfoo\b", ["foo", "afoo foo", "foot"]), (r"\d+", ["a12 ٣٤ b"]), (r"\D+", ["12ab34"]), (r"\s+", ["a \t\n\u2003b"]),
    (r"\S+", [" ab  c"]), (r"\w+", ["héllo wörld_1-x"]), (r"\W+", ["a-é+b"]), (r"[\w-]+", ["a-b c"]), (r"[^\s\d]+", ["ab1 c"]),
])
#> '' '' (((0, 0),), None, None) [''] ['', ''] ((0, 0),)
#> '' 'abc' (((0, 0),), None, None) ['', '', '', ''] ['', 'a', 'b', 'c', ''] None
#> 'a' '' None [] [''] None
#> 'a' 'a' (((0, 1),), None, None) ['a'] ['', ''] ((0, 1),)
#> 'a' 'bab' (((1, 2),), None, None) ['a'] ['b', 'b'] None
#> 'a' 'aaa' (((0, 1),), None, None) ['a', 'a', 'a'] ['', '', '', ''] None
#> 'abc' 'ab' None [] ['ab'] None
#> 'abc' 'xabcabcab' (((1, 4),), None, None) ['abc', 'abc'] ['x', '', 'ab'] None
#> 'abc' 'ababc' (((2, 5),), None, None) ['abc'] ['ab', ''] None
#> '.' '' None [] [''] None
#> '.' 'a\nb' (((0, 1),), None, None) ['a', 'b'] ['', '\n', ''] None
#> 'a.c' 'abc a\nc axc' (((0, 3),), None, None) ['abc', 'axc'] ['', ' a\nc ', ''] None
#> '[abc]+' 'zzcabzb' (((2, 5),), None, None) ['cab', 'b'] ['zz', 'z', ''] None
#> '[^abc]' 'abcd\ne' (((3, 4),), None, None) ['d', '\n', 'e'] ['abc', '', '', ''] None
#> '^a' 'aba' (((0, 1),), None, None) ['a'] ['', 'ba'] None
#> '^a' 'ba' None [] ['ba'] None
#> 'a$' 'aa' (((1, 2),), None, None) ['a'] ['a', ''] None
#> 'a$' 'a\n' (((0, 1),), None, None) ['a'] ['', '\n'] None
#> 'a$' 'a\nb' None [] ['a\nb'] None
#> '\\Aa\\Z' 'a' (((0, 1),), None, None) ['a'] ['', ''] ((0, 1),)
#> '\\Aa\\Z' 'a\n' None [] ['a\n'] None
#> '\\b' '' None [] [''] None
#> '\\b' 'ab cd' (((0, 0),), None, None) ['', '', '', ''] ['', 'ab', ' ', 'cd', ''] None
#> '\\b' ' ' None [] [' '] None
#> '\\B' '' None [] [''] None
#> '\\B' 'ab cd' (((1, 1),), None, None) ['', ''] ['a', 'b c', 'd'] None
#> '\\B' ' ' (((0, 0),), None, None) ['', ''] ['', ' ', ''] None
#> '\\bfoo\\b' 'foo' (((0, 3),), None, None) ['foo'] ['', ''] ((0, 3),)
#> '\\bfoo\\b' 'afoo foo' (((5, 8),), None, None) ['foo'] ['afoo ', ''] None
#> '\\bfoo\\b' 'foot' None [] ['foot'] None
#> '\\d+' 'a12 ٣٤ b' (((1, 3),), None, None) ['12', '٣٤'] ['a', ' ', ' b'] None
#> '\\D+' '12ab34' (((2, 4),), None, None) ['ab'] ['12', '34'] None
#> '\\s+' 'a \t\n\u2003b' (((1, 5),), None, None) [' \t\n\u2003'] ['a', 'b'] None
#> '\\S+' ' ab  c' (((1, 3),), None, None) ['ab', 'c'] [' ', '  ', ''] None
#> '\\w+' 'héllo wörld_1-x' (((0, 5),), None, None) ['héllo', 'wörld_1', 'x'] ['', ' ', '-', ''] None
#> '\\W+' 'a-é+b' (((1, 2),), None, None) ['-', '+'] ['a', 'é', 'b'] None
#> '[\\w-]+' 'a-b c' (((0, 3),), None, None) ['a-b', 'c'] ['', ' ', ''] None
#> '[^\\s\\d]+' 'ab1 c' (((0, 2),), None, None) ['ab', 'c'] ['', '1 ', ''] None
table([
    ("a*", ["", "aab", "baac"]), ("a+", ["baac"]), ("a?", ["ab"]), ("a*?", ["aab"]), ("a+?", ["aab"]), ("a??b", ["aab"]),
    ("a{2}", ["aaaaa"]), ("a{2,3}", ["aaaaaaa"]), ("a{2,}", ["aaaa a"]), ("a{,2}", ["aaa"]), ("a{2,3}?", ["aaaaa"]), ("a{x", ["a{x"]),
    (".*", ["ab\ncd"]), (".*c", ["abcabcab"]), (".*?c", ["abcabcab"]), ("(a*)*", ["aab", "b"]), ("(a*)+", ["aab", "b"]), ("(a*?)*", ["aab"]),
    ("(?:a|b)*", ["abba c"]), ("(a|b)*", ["abba", "c"]), ("(a|b)*?c", ["abbac"]), ("(?:(a)|b)*", ["ab", "ba", "bab"]), ("(?:(a)|(b))*", ["ab", "ba"]),
    ("(?:ab)+", ["xababab"]), ("(ab){2}", ["ababab"]), ("(?:ab){1,2}?b", ["ababb"]), ("(a+|b)*", ["aab"]), ("(a+|b){0,}", ["aab"]),
    ("(?:a?){3}", ["aa"]), ("(a?){3}?", ["aa"]), ("((a)|b){2}", ["ab", "ba"]), ("(?:x(a)?)*", ["xax"]), ("(.)*", ["abc"]), ("(?:(.)(.))*", ["abcde"]),
    ("(a|ab)(c|bcd)(d*)", ["abcd"]), ("(ab|a)(bcd|c)(d*)", ["abcd"]), ("^(a(b)?)+$", ["aba"]), ("^(aa(bb)?)+$", ["aabbaa"]),
    ("(a)|b", ["b", "a"]), ("(a)|(b)|(c)", ["cab"]), ("(a(b(c)))d", ["abcd"]), ("(?P<x>a)(?P<y>b)?", ["ab", "ac"]), ("a|b|cd", ["xcd"]), ("ab|ac|ad", ["xad"]),
])
#> 'a*' '' (((0, 0),), None, None) [''] ['', ''] ((0, 0),)
#> 'a*' 'aab' (((0, 2),), None, None) ['aa', '', ''] ['', '', 'b', ''] None
#> 'a*' 'baac' (((0, 0),), None, None) ['', 'aa', '', ''] ['', 'b', '', 'c', ''] None
#> 'a+' 'baac' (((1, 3),), None, None) ['aa'] ['b', 'c'] None
#> 'a?' 'ab' (((0, 1),), None, None) ['a', '', ''] ['', '', 'b', ''] None
#> 'a*?' 'aab' (((0, 0),), None, None) ['', 'a', '', 'a', '', ''] ['', '', '', '', '', 'b', ''] None
#> 'a+?' 'aab' (((0, 1),), None, None) ['a', 'a'] ['', '', 'b'] None
#> 'a??b' 'aab' (((1, 3),), None, None) ['ab'] ['a', ''] None
#> 'a{2}' 'aaaaa' (((0, 2),), None, None) ['aa', 'aa'] ['', '', 'a'] None
#> 'a{2,3}' 'aaaaaaa' (((0, 3),), None, None) ['aaa', 'aaa'] ['', '', 'a'] None
#> 'a{2,}' 'aaaa a' (((0, 4),), None, None) ['aaaa'] ['', ' a'] None
#> 'a{,2}' 'aaa' (((0, 2),), None, None) ['aa', 'a', ''] ['', '', '', ''] None
#> 'a{2,3}?' 'aaaaa' (((0, 2),), None, None) ['aa', 'aa'] ['', '', 'a'] None
#> 'a{x' 'a{x' (((0, 3),), None, None) ['a{x'] ['', ''] ((0, 3),)
#> '.*' 'ab\ncd' (((0, 2),), None, None) ['ab', '', 'cd', ''] ['', '', '\n', '', ''] None
#> '.*c' 'abcabcab' (((0, 6),), None, None) ['abcabc'] ['', 'ab'] None
#> '.*?c' 'abcabcab' (((0, 3),), None, None) ['abc', 'abc'] ['', '', 'ab'] None
#> '(a*)*' 'aab' (((0, 2), (2, 2)), 1, None) ['', '', ''] ['', '', '', '', 'b', '', ''] None
#> '(a*)*' 'b' (((0, 0), (0, 0)), 1, None) ['', ''] ['', '', 'b', '', ''] None
#> '(a*)+' 'aab' (((0, 2), (2, 2)), 1, None) ['', '', ''] ['', '', '', '', 'b', '', ''] None
#> '(a*)+' 'b' (((0, 0), (0, 0)), 1, None) ['', ''] ['', '', 'b', '', ''] None
#> '(a*?)*' 'aab' (((0, 0), (0, 0)), 1, None) ['', '', '', '', '', ''] ['', '', '', '', '', '', '', '', '', '', 'b', '', ''] None
#> '(?:a|b)*' 'abba c' (((0, 4),), None, None) ['abba', '', '', ''] ['', '', ' ', 'c', ''] None
#> '(a|b)*' 'abba' (((0, 4), (3, 4)), 1, None) ['a', ''] ['', 'a', '', None, ''] ((0, 4), (3, 4))
#> '(a|b)*' 'c' (((0, 0), (-1, -1)), None, None) ['', ''] ['', None, 'c', None, ''] None
#> '(a|b)*?c' 'abbac' (((0, 5), (3, 4)), 1, None) ['a'] ['', 'a', ''] ((0, 5), (3, 4))
#> '(?:(a)|b)*' 'ab' (((0, 2), (0, 1)), 1, None) ['a', ''] ['', 'a', '', None, ''] ((0, 2), (0, 1))
#> '(?:(a)|b)*' 'ba' (((0, 2), (1, 2)), 1, None) ['a', ''] ['', 'a', '', None, ''] ((0, 2), (1, 2))
#> '(?:(a)|b)*' 'bab' (((0, 3), (1, 2)), 1, None) ['a', ''] ['', 'a', '', None, ''] ((0, 3), (1, 2))
#> '(?:(a)|(b))*' 'ab' (((0, 2), (0, 1), (1, 2)), 2, None) [('a', 'b'), ('', '')] ['', 'a', 'b', '', None, None, ''] ((0, 2), (0, 1), (1, 2))
#> '(?:(a)|(b))*' 'ba' (((0, 2), (1, 2), (0, 1)), 1, None) [('a', 'b'), ('', '')] ['', 'a', 'b', '', None, None, ''] ((0, 2), (1, 2), (0, 1))
#> '(?:ab)+' 'xababab' (((1, 7),), None, None) ['ababab'] ['x', ''] None
#> '(ab){2}' 'ababab' (((0, 4), (2, 4)), 1, None) ['ab'] ['', 'ab', 'ab'] None
#> '(?:ab){1,2}?b' 'ababb' (((0, 5),), None, None) ['ababb'] ['', ''] ((0, 5),)
#> '(a+|b)*' 'aab' (((0, 3), (2, 3)), 1, None) ['b', ''] ['', 'b', '', None, ''] ((0, 3), (2, 3))
#> '(a+|b){0,}' 'aab' (((0, 3), (2, 3)), 1, None) ['b', ''] ['', 'b', '', None, ''] ((0, 3), (2, 3))
#> '(?:a?){3}' 'aa' (((0, 2),), None, None) ['aa', ''] ['', '', ''] ((0, 2),)
#> '(a?){3}?' 'aa' (((0, 2), (2, 2)), 1, None) ['', ''] ['', '', '', '', ''] ((0, 2), (2, 2))
#> '((a)|b){2}' 'ab' (((0, 2), (1, 2), (0, 1)), 1, None) [('b', 'a')] ['', 'b', 'a', ''] ((0, 2), (1, 2), (0, 1))
#> '((a)|b){2}' 'ba' (((0, 2), (1, 2), (1, 2)), 1, None) [('a', 'a')] ['', 'a', 'a', ''] ((0, 2), (1, 2), (1, 2))
#> '(?:x(a)?)*' 'xax' (((0, 3), (1, 2)), 1, None) ['a', ''] ['', 'a', '', None, ''] ((0, 3), (1, 2))
#> '(.)*' 'abc' (((0, 3), (2, 3)), 1, None) ['c', ''] ['', 'c', '', None, ''] ((0, 3), (2, 3))
#> '(?:(.)(.))*' 'abcde' (((0, 4), (2, 3), (3, 4)), 2, None) [('c', 'd'), ('', ''), ('', '')] ['', 'c', 'd', '', None, None, 'e', None, None, ''] None
#> '(a|ab)(c|bcd)(d*)' 'abcd' (((0, 4), (0, 1), (1, 4), (4, 4)), 3, None) [('a', 'bcd', '')] ['', 'a', 'bcd', '', ''] ((0, 4), (0, 1), (1, 4), (4, 4))
#> '(ab|a)(bcd|c)(d*)' 'abcd' (((0, 4), (0, 2), (2, 3), (3, 4)), 3, None) [('ab', 'c', 'd')] ['', 'ab', 'c', 'd', ''] ((0, 4), (0, 2), (2, 3), (3, 4))
#> '^(a(b)?)+$' 'aba' (((0, 3), (2, 3), (1, 2)), 1, None) [('a', 'b')] ['', 'a', 'b', ''] ((0, 3), (2, 3), (1, 2))
#> '^(aa(bb)?)+$' 'aabbaa' (((0, 6), (4, 6), (2, 4)), 1, None) [('aa', 'bb')] ['', 'aa', 'bb', ''] ((0, 6), (4, 6), (2, 4))
#> '(a)|b' 'b' (((0, 1), (-1, -1)), None, None) [''] ['', None, ''] ((0, 1), (-1, -1))
#> '(a)|b' 'a' (((0, 1), (0, 1)), 1, None) ['a'] ['', 'a', ''] ((0, 1), (0, 1))
#> '(a)|(b)|(c)' 'cab' (((0, 1), (-1, -1), (-1, -1), (0, 1)), 3, None) [('', '', 'c'), ('a', '', ''), ('', 'b', '')] ['', None, None, 'c', '', 'a', None, None, '', None, 'b', None, ''] None
#> '(a(b(c)))d' 'abcd' (((0, 4), (0, 3), (1, 3), (2, 3)), 1, None) [('abc', 'bc', 'c')] ['', 'abc', 'bc', 'c', ''] ((0, 4), (0, 3), (1, 3), (2, 3))
#> '(?P<x>a)(?P<y>b)?' 'ab' (((0, 2), (0, 1), (1, 2)), 2, 'y') [('a', 'b')] ['', 'a', 'b', ''] ((0, 2), (0, 1), (1, 2))
#> '(?P<x>a)(?P<y>b)?' 'ac' (((0, 1), (0, 1), (-1, -1)), 1, 'x') [('a', '')] ['', 'a', None, 'c'] None
#> 'a|b|cd' 'xcd' (((1, 3),), None, None) ['cd'] ['x', ''] None
#> 'ab|ac|ad' 'xad' (((1, 3),), None, None) ['ad'] ['x', ''] None
table([
    (r"(a)\1", ["aa", "ab"]), (r"(?:(a)\1?)+b", ["aaab"]), (r"(\w+) \1", ["the the", "the them"]), (r"(?P<q>['\"]).*?(?P=q)", ["say 'it' \"x'\""]),
    (r"(a)?\1b", ["b", "aab"]), (r"(a*)\1", ["aaaa"]), (r"(?:(a)|b)\1", ["aa", "ba"]), (r"(a\1?)", ["aa"]) , (r"(x(?(1)y|z))", ["xz"]),
    ("(a)?(?(1)b|c)", ["ab", "c", "b", "a"]), ("(?P<n><)?x(?(n)>)", ["<x>", "x", "<x"]), ("(?:(a)|(b))(?(1)A|B)", ["aA", "bB", "aB"]), ("(a)?(?(1)b)", ["a", "ab"]),
    ("(?=a)\\w", ["ba"]), ("a(?=b)", ["acab"]), ("a(?!b)", ["abac"]), ("(?<=a)b", ["bab"]), ("(?<!a)b", ["abb"]), ("(?<=ab|cd)e", ["abe cde e"]),
    ("(?=(a+))a*b\\1", ["baaabac"]), ("(?=(a+))", ["baaabac"]), ("(?!(a))b", ["ab"]), ("(?:(?=(a))|b)*", ["ab"]), ("(?<=(.))b", ["ab"]), ("(?<!\\d)\\d{2}(?!\\d)", ["1 22 333 44"]),
    ("(?:(?!END).)*END", ["abc END"]), ("^(?=.*\\d)(?=.*[a-z]).{4,}$", ["abc1", "abcd"]), ("(?<=\\bfoo)bar", ["foobar xfoobar"]), ("(?=a*?)b", ["aab"]),
    ("(?>a+)b", ["aab"]), ("(?>a+)ab", ["aaab"]), ("(?>(a)|ab)c", ["abc", "ac"]), ("(?>a*)(?>b*)c", ["aabbc"]), ("((?>(a+)))b", ["aab"]), ("(?>(?:ab)+)a", ["ababa"]),
    ("a++a", ["aaa"]), ("a*+b", ["aab"]), ("a?+a", ["a", "aa"]), ("a{1,2}+a", ["aa", "aaa"]), ("(?:ab)++", ["ababa"]), ("(?:ab)*+ab", ["abab"]),
    ("(a|b)*+c", ["abac"]), ("(?:a?)*+", ["aab"]), ("(?:(a)|b)?+", ["b", "ab"]), ("(?:ab){2,3}+x", ["ababx", "abx"]), ("([ab])*+[bc]", ["abc"]), ("(?:a|(b)){0,2}+", ["bab"]), ("(?:\\b|x){3}+a", ["a"]),
    ("(?:(?>a|ab)(c|bcd))+", ["acabcd", "abcd"]), ("(?:(a)(?!b))+", ["aaab"]), ("(?:a(?=(b))b)+", ["ababa"]),
])
#> '(a)\\1' 'aa' (((0, 2), (0, 1)), 1, None) ['a'] ['', 'a', ''] ((0, 2), (0, 1))
#> '(a)\\1' 'ab' None [] ['ab'] None
#> '(?:(a)\\1?)+b' 'aaab' (((0, 4), (2, 3)), 1, None) ['a'] ['', 'a', ''] ((0, 4), (2, 3))
#> '(\\w+) \\1' 'the the' (((0, 7), (0, 3)), 1, None) ['the'] ['', 'the', ''] ((0, 7), (0, 3))
#> '(\\w+) \\1' 'the them' (((0, 7), (0, 3)), 1, None) ['the'] ['', 'the', 'm'] None
#> '(?P<q>[\'\\"]).*?(?P=q)' 'say \'it\' "x\'"' (((4, 8), (4, 5)), 1, 'q') ["'", '"'] ['say ', "'", ' ', '"', ''] None
#> '(a)?\\1b' 'b' None [] ['b'] None
#> '(a)?\\1b' 'aab' (((0, 3), (0, 1)), 1, None) ['a'] ['', 'a', ''] ((0, 3), (0, 1))
#> '(a*)\\1' 'aaaa' (((0, 4), (0, 2)), 1, None) ['aa', ''] ['', 'aa', '', '', ''] ((0, 4), (0, 2))
#> '(?:(a)|b)\\1' 'aa' (((0, 2), (0, 1)), 1, None) ['a'] ['', 'a', ''] ((0, 2), (0, 1))
#> '(?:(a)|b)\\1' 'ba' None [] ['ba'] None
#> '(a\\1?)' 'aa' e r r o r :   c a n n o t   r e f e r   t o   a n   o p e n   g r o u p   a t   p o s i t i o n   2
#> '(x(?(1)y|z))' 'xz' (((0, 2), (0, 2)), 1, None) ['xz'] ['', 'xz', ''] ((0, 2), (0, 2))
#> '(a)?(?(1)b|c)' 'ab' (((0, 2), (0, 1)), 1, None) ['a'] ['', 'a', ''] ((0, 2), (0, 1))
#> '(a)?(?(1)b|c)' 'c' (((0, 1), (-1, -1)), None, None) [''] ['', None, ''] ((0, 1), (-1, -1))
#> '(a)?(?(1)b|c)' 'b' None [] ['b'] None
#> '(a)?(?(1)b|c)' 'a' None [] ['a'] None
#> '(?P<n><)?x(?(n)>)' '<x>' (((0, 3), (0, 1)), 1, 'n') ['<'] ['', '<', ''] ((0, 3), (0, 1))
#> '(?P<n><)?x(?(n)>)' 'x' (((0, 1), (-1, -1)), None, None) [''] ['', None, ''] ((0, 1), (-1, -1))
#> '(?P<n><)?x(?(n)>)' '<x' (((1, 2), (-1, -1)), None, None) [''] ['<', None, ''] None
#> '(?:(a)|(b))(?(1)A|B)' 'aA' (((0, 2), (0, 1), (-1, -1)), 1, None) [('a', '')] ['', 'a', None, ''] ((0, 2), (0, 1), (-1, -1))
#> '(?:(a)|(b))(?(1)A|B)' 'bB' (((0, 2), (-1, -1), (0, 1)), 2, None) [('', 'b')] ['', None, 'b', ''] ((0, 2), (-1, -1), (0, 1))
#> '(?:(a)|(b))(?(1)A|B)' 'aB' None [] ['aB'] None
#> '(a)?(?(1)b)' 'a' (((0, 0), (-1, -1)), None, None) ['', ''] ['', None, 'a', None, ''] None
#> '(a)?(?(1)b)' 'ab' (((0, 2), (0, 1)), 1, None) ['a', ''] ['', 'a', '', None, ''] ((0, 2), (0, 1))
#> '(?=a)\\w' 'ba' (((1, 2),), None, None) ['a'] ['b', ''] None
#> 'a(?=b)' 'acab' (((2, 3),), None, None) ['a'] ['ac', 'b'] None
#> 'a(?!b)' 'abac' (((2, 3),), None, None) ['a'] ['ab', 'c'] None
#> '(?<=a)b' 'bab' (((2, 3),), None, None) ['b'] ['ba', ''] None
#> '(?<!a)b' 'abb' (((2, 3),), None, None) ['b'] ['ab', ''] None
#> '(?<=ab|cd)e' 'abe cde e' (((2, 3),), None, None) ['e', 'e'] ['ab', ' cd', ' e'] None
#> '(?=(a+))a*b\\1' 'baaabac' (((3, 6), (3, 4)), 1, None) ['a'] ['baa', 'a', 'c'] None
#> '(?=(a+))' 'baaabac' (((1, 1), (1, 4)), 1, None) ['aaa', 'aa', 'a', 'a'] ['b', 'aaa', 'a', 'aa', 'a', 'a', 'ab', 'a', 'ac'] None
#> '(?!(a))b' 'ab' (((1, 2), (-1, -1)), None, None) [''] ['a', None, ''] None
#> '(?:(?=(a))|b)*' 'ab' (((0, 0), (0, 1)), 1, None) ['a', '', ''] ['', 'a', 'a', None, '', None, ''] None
#> '(?<=(.))b' 'ab' (((1, 2), (0, 1)), 1, None) ['a'] ['a', 'a', ''] None
#> '(?<!\\d)\\d{2}(?!\\d)' '1 22 333 44' (((2, 4),), None, None) ['22', '44'] ['1 ', ' 333 ', ''] None
#> '(?:(?!END).)*END' 'abc END' (((0, 7),), None, None) ['abc END'] ['', ''] ((0, 7),)
#> '^(?=.*\\d)(?=.*[a-z]).{4,}$' 'abc1' (((0, 4),), None, None) ['abc1'] ['', ''] ((0, 4),)
#> '^(?=.*\\d)(?=.*[a-z]).{4,}$' 'abcd' None [] ['abcd'] None
#> '(?<=\\bfoo)bar' 'foobar xfoobar' (((3, 6),), None, None) ['bar'] ['foo', ' xfoobar'] None
#> '(?=a*?)b' 'aab' (((2, 3),), None, None) ['b'] ['aa', ''] None
#> '(?>a+)b' 'aab' (((0, 3),), None, None) ['aab'] ['', ''] ((0, 3),)
#> '(?>a+)ab' 'aaab' None [] ['aaab'] None
#> '(?>(a)|ab)c' 'abc' None [] ['abc'] None
#> '(?>(a)|ab)c' 'ac' (((0, 2), (0, 1)), 1, None) ['a'] ['', 'a', ''] ((0, 2), (0, 1))
#> '(?>a*)(?>b*)c' 'aabbc' (((0, 5),), None, None) ['aabbc'] ['', ''] ((0, 5),)
#> '((?>(a+)))b' 'aab' (((0, 3), (0, 2), (0, 2)), 1, None) [('aa', 'aa')] ['', 'aa', 'aa', ''] ((0, 3), (0, 2), (0, 2))
#> '(?>(?:ab)+)a' 'ababa' (((0, 5),), None, None) ['ababa'] ['', ''] ((0, 5),)
#> 'a++a' 'aaa' None [] ['aaa'] None
#> 'a*+b' 'aab' (((0, 3),), None, None) ['aab'] ['', ''] ((0, 3),)
#> 'a?+a' 'a' None [] ['a'] None
#> 'a?+a' 'aa' (((0, 2),), None, None) ['aa'] ['', ''] ((0, 2),)
#> 'a{1,2}+a' 'aa' None [] ['aa'] None
#> 'a{1,2}+a' 'aaa' (((0, 3),), None, None) ['aaa'] ['', ''] ((0, 3),)
#> '(?:ab)++' 'ababa' (((0, 4),), None, None) ['abab'] ['', 'a'] None
#> '(?:ab)*+ab' 'abab' None [] ['abab'] None
#> '(a|b)*+c' 'abac' (((0, 4), (2, 3)), 1, None) ['a'] ['', 'a', ''] ((0, 4), (2, 3))
#> '(?:a?)*+' 'aab' (((0, 2),), None, None) ['aa', '', ''] ['', '', 'b', ''] None
#> '(?:(a)|b)?+' 'b' (((0, 1), (-1, -1)), None, None) ['', ''] ['', None, '', None, ''] ((0, 1), (-1, -1))
#> '(?:(a)|b)?+' 'ab' (((0, 1), (0, 1)), 1, None) ['a', '', ''] ['', 'a', '', None, '', None, ''] None
#> '(?:ab){2,3}+x' 'ababx' (((0, 5),), None, None) ['ababx'] ['', ''] ((0, 5),)
#> '(?:ab){2,3}+x' 'abx' None [] ['abx'] None
#> '([ab])*+[bc]' 'abc' (((0, 3), (1, 2)), 1, None) ['b'] ['', 'b', ''] ((0, 3), (1, 2))
#> '(?:a|(b)){0,2}+' 'bab' (((0, 2), (0, 1)), 1, None) ['b', 'b', ''] ['', 'b', '', 'b', '', None, ''] None
#> '(?:\\b|x){3}+a' 'a' (((0, 1),), None, None) ['a'] ['', ''] ((0, 1),)
#> '(?:(?>a|ab)(c|bcd))+' 'acabcd' (((0, 6), (3, 6)), 1, None) ['bcd'] ['', 'bcd', ''] ((0, 6), (3, 6))
#> '(?:(?>a|ab)(c|bcd))+' 'abcd' (((0, 4), (1, 4)), 1, None) ['bcd'] ['', 'bcd', ''] ((0, 4), (1, 4))
#> '(?:(a)(?!b))+' 'aaab' (((0, 2), (1, 2)), 1, None) ['a'] ['', 'a', 'ab'] None
#> '(?:a(?=(b))b)+' 'ababa' (((0, 4), (3, 4)), 1, None) ['b'] ['', 'b', 'a'] None
table([
    ("abc", ["xABCabC"]), ("[a-z]+", ["ABCdé"]), ("[^a-z]+", ["AB12"]), (r"(a)\1", ["aA"]), ("ß", ["ẞß"]), ("ſ", ["sS"]), ("[k]", ["K\u212a"]), ("straße", ["STRASSE STRAẞE"]),
    ("é", ["É"]), ("[à-ý]+", ["ÀÉÝ÷×"]), ("µ", ["μΜ"]), ("ς", ["ΣσΣ"]), ("İ", ["iİı"]), ("i", ["İIı"]), ("\U00010400", ["\U00010428"]), ("[\U00010400-\U00010427]+", ["\U00010428\U00010400"]),
    ("[^é]", ["É"]), ("[^k]", ["\u212a"]), ("a*B?", ["AAb"]), ("(?-i:a)b", ["aB", "AB"]), ("x{2,3}+", ["XxX"]), ("ﬆ", ["ﬅ"]), ("\u0390", ["\u1fd3"]), ("(?a:k)", ["\u212a K"]),
], re.IGNORECASE)
#> 'abc' 'xABCabC' (((1, 4),), None, None) ['ABC', 'abC'] ['x', '', ''] None
#> '[a-z]+' 'ABCdé' (((0, 4),), None, None) ['ABCd'] ['', 'é'] None
#> '[^a-z]+' 'AB12' (((2, 4),), None, None) ['12'] ['AB', ''] None
#> '(a)\\1' 'aA' (((0, 2), (0, 1)), 1, None) ['a'] ['', 'a', ''] ((0, 2), (0, 1))
#> 'ß' 'ẞß' (((0, 1),), None, None) ['ẞ', 'ß'] ['', '', ''] None
#> 'ſ' 'sS' (((0, 1),), None, None) ['s', 'S'] ['', '', ''] None
#> '[k]' 'KK' (((0, 1),), None, None) ['K', 'K'] ['', '', ''] None
#> 'straße' 'STRASSE STRAẞE' (((8, 14),), None, None) ['STRAẞE'] ['STRASSE ', ''] None
#> 'é' 'É' (((0, 1),), None, None) ['É'] ['', ''] ((0, 1),)
#> '[à-ý]+' 'ÀÉÝ÷×' (((0, 4),), None, None) ['ÀÉÝ÷'] ['', '×'] None
#> 'µ' 'μΜ' (((0, 1),), None, None) ['μ', 'Μ'] ['', '', ''] None
#> 'ς' 'ΣσΣ' (((0, 1),), None, None) ['Σ', 'σ', 'Σ'] ['', '', '', ''] None
#> 'İ' 'iİı' (((0, 1),), None, None) ['i', 'İ', 'ı'] ['', '', '', ''] None
#> 'i' 'İIı' (((0, 1),), None, None) ['İ', 'I', 'ı'] ['', '', '', ''] None
#> '𐐀' '𐐨' (((0, 1),), None, None) ['𐐨'] ['', ''] ((0, 1),)
#> '[𐐀-𐐧]+' '𐐨𐐀' (((0, 2),), None, None) ['𐐨𐐀'] ['', ''] ((0, 2),)
#> '[^é]' 'É' None [] ['É'] None
#> '[^k]' 'K' None [] ['K'] None
#> 'a*B?' 'AAb' (((0, 3),), None, None) ['AAb', ''] ['', '', ''] ((0, 3),)
#> '(?-i:a)b' 'aB' (((0, 2),), None, None) ['aB'] ['', ''] ((0, 2),)
#> '(?-i:a)b' 'AB' None [] ['AB'] None
#> 'x{2,3}+' 'XxX' (((0, 3),), None, None) ['XxX'] ['', ''] ((0, 3),)
#> 'ﬆ' 'ﬅ' (((0, 1),), None, None) ['ﬅ'] ['', ''] ((0, 1),)
#> 'ΐ' 'ΐ' (((0, 1),), None, None) ['ΐ'] ['', ''] ((0, 1),)
#> '(?a:k)' 'K K' (((2, 3),), None, None) ['K'] ['K ', ''] None
table([("é", ["É"]), ("[a-z]+", ["ABC\u212a"]), (r"\w+", ["aéb"]), (r"\d+", ["1٣"]), (r"\s", ["\xa0 "]), (r"\b", ["aé"])], re.I | re.A)
#> 'é' 'É' None [] ['É'] None
#> '[a-z]+' 'ABCK' (((0, 3),), None, None) ['ABC'] ['', 'K'] None
#> '\\w+' 'aéb' (((0, 1),), None, None) ['a', 'b'] ['', 'é', ''] None
#> '\\d+' '1٣' (((0, 1),), None, None) ['1'] ['', '٣'] None
#> '\\s' '\xa0 ' (((1, 2),), None, None) [' '] ['\xa0', ''] None
#> '\\b' 'aé' (((0, 0),), None, None) ['', ''] ['', 'a', 'é'] None
table([("^.", ["a\nb\n"]), (".$", ["a\nb\n", "a\nb"]), ("^", ["a\n\nb"]), ("$", ["a\n\nb\n"]), (r"\A.", ["a\nb"]), (r".\Z", ["a\nb"])], re.M)
#> '^.' 'a\nb\n' (((0, 1),), None, None) ['a', 'b'] ['', '\n', '\n'] None
#> '.$' 'a\nb\n' (((0, 1),), None, None) ['a', 'b'] ['', '\n', '\n'] None
#> '.$' 'a\nb' (((0, 1),), None, None) ['a', 'b'] ['', '\n', ''] None
#> '^' 'a\n\nb' (((0, 0),), None, None) ['', '', ''] ['', 'a\n', '\n', 'b'] None
#> '$' 'a\n\nb\n' (((1, 1),), None, None) ['', '', '', ''] ['a', '\n', '\nb', '\n', ''] None
#> '\\A.' 'a\nb' (((0, 1),), None, None) ['a'] ['', '\nb'] None
#> '.\\Z' 'a\nb' (((2, 3),), None, None) ['b'] ['a\n', ''] None
table([(".", ["a\n"]), (".*", ["a\nb"]), (".*?b", ["a\nb"]), ("a.b", ["a\nb"])], re.S)
#> '.' 'a\n' (((0, 1),), None, None) ['a', '\n'] ['', '', ''] None
#> '.*' 'a\nb' (((0, 3),), None, None) ['a\nb', ''] ['', '', ''] ((0, 3),)
#> '.*?b' 'a\nb' (((0, 3),), None, None) ['a\nb'] ['', ''] ((0, 3),)
#> 'a.b' 'a\nb' (((0, 3),), None, None) ['a\nb'] ['', ''] ((0, 3),)
table([(b"a.", [b"xab"]), (rb"\w+", [b"a\xe9b"]), (b"[\x80-\xff]+", [b"a\x80\xff"]), (b"(?i)A", [b"a"]), (b"", [b"ab"]), (b"(?s).\\Z", [b"a\n"]), (b"\\s", [b" \x85\xa0"])])
#> b'a.' b'xab' (((1, 3),), None, None) [b'ab'] [b'x', b''] None
#> b'\\w+' b'a\xe9b' (((0, 1),), None, None) [b'a', b'b'] [b'', b'\xe9', b''] None
#> b'[\x80-\xff]+' b'a\x80\xff' (((1, 3),), None, None) [b'\x80\xff'] [b'a', b''] None
#> b'(?i)A' b'a' (((0, 1),), None, None) [b'a'] [b'', b''] ((0, 1),)
#> b'' b'ab' (((0, 0),), None, None) [b'', b'', b''] [b'', b'a', b'b', b''] None
#> b'(?s).\\Z' b'a\n' (((1, 2),), None, None) [b'\n'] [b'a', b''] None
#> b'\\s' b' \x85\xa0' (((0, 1),), None, None) [b' '] [b'', b'\x85\xa0'] None
table([(b"\xe9", [b"\xc9\xe9"]), (b"[A-Z]+", [b"abC"]), (rb"\w+", [b"a\xe9_"]), (rb"(a)\1", [b"aA"]), (rb"\b", [b"a \xe9"]), (b"[^A]", [b"a"])], re.L | re.I)
#> b'\xe9' b'\xc9\xe9' (((1, 2),), None, None) [b'\xe9'] [b'\xc9', b''] None
#> b'[A-Z]+' b'abC' (((0, 3),), None, None) [b'abC'] [b'', b''] ((0, 3),)
#> b'\\w+' b'a\xe9_' (((0, 1),), None, None) [b'a', b'_'] [b'', b'\xe9', b''] None
#> b'(a)\\1' b'aA' (((0, 2), (0, 1)), 1, None) [b'a'] [b'', b'a', b''] ((0, 2), (0, 1))
#> b'\\b' b'a \xe9' (((0, 0),), None, None) [b'', b''] [b'', b'a', b' \xe9'] None
#> b'[^A]' b'a' None [] [b'a'] None
# Characters of every width, sets from small to large.
table([("[а-я]+", ["Привет"]), ("[\u4e00-\u9fff]", ["a中\U0001F600"]), ("[\U0001F600-\U0001F64F]", ["a😀b"]), ("[^\u0400-\u04ff]+", ["abПриг😀"]), ("[aä中\u3042-\u3046😀x-z]+", ["ä中あy😀q"]),
       (".", ["😀é"]), ("中.", ["a中b", "中😀"]), ("\\w+", ["𝒜𝒷c ٠ ²½ _"]), ("a", ["😀a"]), ("😀*", ["😀😀"]), ("[^😀]", ["😀中"]), ("abc", ["😀ababc"])])
#> '[а-я]+' 'Привет' (((1, 6),), None, None) ['ривет'] ['П', ''] None
#> '[一-鿿]' 'a中😀' (((1, 2),), None, None) ['中'] ['a', '😀'] None
#> '[😀-🙏]' 'a😀b' (((1, 2),), None, None) ['😀'] ['a', 'b'] None
#> '[^Ѐ-ӿ]+' 'abПриг😀' (((0, 2),), None, None) ['ab', '😀'] ['', 'Приг', ''] None
#> '[aä中あ-う😀x-z]+' 'ä中あy😀q' (((0, 5),), None, None) ['ä中あy😀'] ['', 'q'] None
#> '.' '😀é' (((0, 1),), None, None) ['😀', 'é'] ['', '', ''] None
#> '中.' 'a中b' (((1, 3),), None, None) ['中b'] ['a', ''] None
#> '中.' '中😀' (((0, 2),), None, None) ['中😀'] ['', ''] ((0, 2),)
#> '\\w+' '𝒜𝒷c ٠ ²½ _' (((0, 3),), None, None) ['𝒜𝒷c', '٠', '²½', '_'] ['', ' ', ' ', ' ', ''] None
#> 'a' '😀a' (((1, 2),), None, None) ['a'] ['😀', ''] None
#> '😀*' '😀😀' (((0, 2),), None, None) ['😀😀', ''] ['', '', ''] ((0, 2),)
#> '[^😀]' '😀中' (((1, 2),), None, None) ['中'] ['😀', ''] None
#> 'abc' '😀ababc' (((3, 6),), None, None) ['abc'] ['😀ab', ''] None
for bad in ["(", ")", "[", "a**", "*", "(?P<1>a)", "(?P<a>x)(?P<a>y)", "(?<=a*)b", "\\", "[z-a]", "(?P=x)", "(?(9)a)", "a{3,2}", "(?i-i:x)", "x(?i)", "\\q", "(?z)", "[\\d-a]", "a{99999999999}"]:
    try:
        re.compile(bad)
        print(bad, "fine")
    except (re.error, OverflowError) as e:
        print(repr(bad), type(e).__name__, e, getattr(e, "pos", None))
#> '(' error missing ), unterminated subpattern at position 0 0
#> ')' error unbalanced parenthesis at position 0 0
#> '[' error unterminated character set at position 0 0
#> 'a**' error multiple repeat at position 2 2
#> '*' error nothing to repeat at position 0 0
#> '(?P<1>a)' error bad character in group name '1' at position 4 4
#> '(?P<a>x)(?P<a>y)' error redefinition of group name 'a' as group 2; was group 1 at position 12 12
#> '(?<=a*)b' error look-behind requires fixed-width pattern None
#> '\\' error bad escape (end of pattern) at position 0 0
#> '[z-a]' error bad character range z-a at position 1 1
#> '(?P=x)' error unknown group name 'x' at position 4 4
#> '(?(9)a)' error invalid group reference 9 at position 3 3
#> 'a{3,2}' error min repeat greater than max repeat at position 2 2
#> '(?i-i:x)' error bad inline flags: flag turned on and off at position 5 5
#> 'x(?i)' error global flags not at the start of the expression at position 1 1
#> '\\q' error bad escape \q at position 0 0
#> '(?z)' error unknown extension ?z at position 1 1
#> '[\\d-a]' error bad character range \d-a at position 1 1
#> 'a{99999999999}' OverflowError the repetition number is too large None
