"""str: repr and ascii of every kind of character."""
for s in ("", "a", "'", '"', "'\"", "\\", "\n\t\r", "\0\x1f\x7f", "\x80\xa0\xad", "é", "\u200b", "\u2028", "日", "\ud800", "\udfff", "😀", "\U000e0001", "\U0010ffff", "\u0378", "\ufeff", "a'b", 'a"b'): print(repr(s), ascii(s), s.isprintable(), f"{s!a}")
#> '' '' True ''
#> 'a' 'a' True 'a'
#> "'" "'" True "'"
#> '"' '"' True '"'
#> '\'"' '\'"' True '\'"'
#> '\\' '\\' True '\\'
#> '\n\t\r' '\n\t\r' False '\n\t\r'
#> '\x00\x1f\x7f' '\x00\x1f\x7f' False '\x00\x1f\x7f'
#> '\x80\xa0\xad' '\x80\xa0\xad' False '\x80\xa0\xad'
#> 'é' '\xe9' True '\xe9'
#> '\u200b' '\u200b' False '\u200b'
#> '\u2028' '\u2028' False '\u2028'
#> '日' '\u65e5' True '\u65e5'
#> '\ud800' '\ud800' False '\ud800'
#> '\udfff' '\udfff' False '\udfff'
#> '😀' '\U0001f600' True '\U0001f600'
#> '\U000e0001' '\U000e0001' False '\U000e0001'
#> '\U0010ffff' '\U0010ffff' False '\U0010ffff'
#> '\u0378' '\u0378' False '\u0378'
#> '\ufeff' '\ufeff' False '\ufeff'
#> "a'b" "a'b" True "a'b"
#> 'a"b' 'a"b' True 'a"b'
print([ascii("é")], repr(["'"]), str(["a"]), "%r %a" % ("é", "é"))  #> ["'\\xe9'"] ["'"] ['a'] 'é' '\xe9'
for b in (b"", b"a", b"'", b'"', b"'\"", b"\\", b"\n\t\r\0\x7f\xff"): print(b, repr(b), bytearray(b))
#> b'' b'' bytearray(b'')
#> b'a' b'a' bytearray(b'a')
#> b"'" b"'" bytearray(b"\'")
#> b'"' b'"' bytearray(b'"')
#> b'\'"' b'\'"' bytearray(b'\'"')
#> b'\\' b'\\' bytearray(b'\\')
#> b'\n\t\r\x00\x7f\xff' b'\n\t\r\x00\x7f\xff' bytearray(b'\n\t\r\x00\x7f\xff')
