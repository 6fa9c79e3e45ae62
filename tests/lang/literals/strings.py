"""String literals: escapes, prefixes, concatenation, docstrings, errors."""
print("\a\b\f\n\r\t\v\\\'\"" == '\x07\x08\x0c\x0a\x0d\x09\x0b\x5c\x27\x22', "\101\x41\u0041\U00000041\N{LATIN CAPITAL LETTER A}", "\0" == "\x00", "\08" == "\x008", "\400" if False else "")
#> True AAAAA True True
print(r"\n\x", R'\'', b"\x00\xff", br"\x", Rb"\y", u"u", f"{1}", rf"\{1}", b"a" b"b", "a" 'b' """c""" r"\d" f"{2}")
#> \n\x \' b'\x00\xff' b'\\x' b'\\y' u 1 \1 b'ab' abc\d2
print('''multi
line "quotes" 'inside'
''', """\
continued""", "back\
slash")
#> multi
#> line "quotes" 'inside'
#>  continued backslash
for source in (r"'\x1'", r"'\u123'", r"'\U1234567'", r"'\U00110000'", r"'\N{nope}'", r"'\N'", r"'\N{'", r"b'\x1'", "b'é'", "'abc", "\"abc", "'''abc", "'a\nb'", "b'a' 'b'", "f'a' b'b'", "ub'x'", "bu'x'", "fb'x'", "rr'x'", "uf'x'", "''''", "'\\'", "r'\\'", "f'{'", "'\\\n'", "\"\"\"a\"\"\"\"", "'a' 'b", "\"a'", "u'\\N{DIGIT ONE}'", "B'x' b'y' bR'z'", "'\\xz1'", "x'a'", "''' '''", "'\\8'" if False else "'8'"):
    try: print(repr(source), "=", repr(eval(source)))
    except SyntaxError as e: print(repr(source), "->", e.msg, e.lineno, e.offset)
#> "'\\x1'" -> (unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \xXX escape 1 5
#> "'\\u123'" -> (unicode error) 'unicodeescape' codec can't decode bytes in position 0-4: truncated \uXXXX escape 1 7
#> "'\\U1234567'" -> (unicode error) 'unicodeescape' codec can't decode bytes in position 0-8: truncated \UXXXXXXXX escape 1 11
#> "'\\U00110000'" -> (unicode error) 'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character 1 12
#> "'\\N{nope}'" -> (unicode error) 'unicodeescape' codec can't decode bytes in position 0-7: unknown Unicode character name 1 10
#> "'\\N'" -> (unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: malformed \N character escape 1 4
#> "'\\N{'" -> (unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: malformed \N character escape 1 5
#> "b'\\x1'" -> (value error) invalid \x escape at position 0 1 6
#> "b'é'" -> bytes can only contain ASCII literal characters 1 4
#> "'abc" -> unterminated string literal (detected at line 1) 1 1
#> '"abc' -> unterminated string literal (detected at line 1) 1 1
#> "'''abc" -> unterminated triple-quoted string literal (detected at line 1) 1 1
#> "'a\nb'" -> unterminated string literal (detected at line 1) 1 1
#> "b'a' 'b'" -> cannot mix bytes and nonbytes literals 1 8
#> "f'a' b'b'" -> cannot mix bytes and nonbytes literals 1 9
#> "ub'x'" -> invalid syntax 1 3
#> "bu'x'" -> invalid syntax 1 3
#> "fb'x'" -> invalid syntax 1 3
#> "rr'x'" -> invalid syntax 1 3
#> "uf'x'" -> invalid syntax 1 3
#> "''''" -> unterminated triple-quoted string literal (detected at line 1) 1 1
#> "'\\'" -> unterminated string literal (detected at line 1) 1 1
#> "r'\\'" -> unterminated string literal (detected at line 1) 1 1
#> "f'{'" -> f-string: expecting '}' 1 4
#> "'\\\n'" = ''
#> '"""a""""' -> unterminated string literal (detected at line 1) 1 8
#> "'a' 'b" -> unterminated string literal (detected at line 1) 1 5
#> '"a\'' -> unterminated string literal (detected at line 1) 1 1
#> "u'\\N{DIGIT ONE}'" = '1'
#> "B'x' b'y' bR'z'" = b'xyz'
#> "'\\xz1'" -> (unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \xXX escape 1 6
#> "x'a'" -> invalid syntax 1 2
#> "''' '''" = ' '
#> "'8'" = '8'
print("é日😀", "\u00e9" "\u65e5" "\U0001f600", len("\N{LATIN SMALL LETTER E WITH ACUTE}"), "tab	in source", 'a' == "a", "\ud83d" != "😀")
#> é日😀 é日😀 1 tab	in source True True
def d():
    """Docstring with 'quotes' and \\ backslash."""
print(d.__doc__)                        #> Docstring with 'quotes' and \ backslash.
def d2(): f"not a docstring"
def d3(): "a" "b"
def d4(): b"bytes are none"
print(d2.__doc__, d3.__doc__, d4.__doc__)  #> None ab None
