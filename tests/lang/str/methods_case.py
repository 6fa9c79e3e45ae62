"""str: case and kind."""
for s in ("", "hello World", "ÄÖß ǆ", "ŉ ﬁ", "İstanbul", "ΑΣ ΟΔΟΣ", "x1y2", "they're bill's", "123", "²", "½", "Ⅷ", "\t\n", "a b", "名前"):
    print(repr(s), repr(s.upper()), repr(s.lower()), repr(s.title()), repr(s.capitalize()), repr(s.swapcase()), repr(s.casefold()))
    print([int(getattr(s, m)()) for m in ("isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle", "isidentifier", "isprintable", "isascii")])
#> '' '' '' '' '' '' ''
#> [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]
#> 'hello World' 'HELLO WORLD' 'hello world' 'Hello World' 'Hello world' 'HELLO wORLD' 'hello world'
#> [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]
#> 'ÄÖß ǆ' 'ÄÖSS Ǆ' 'äöß ǆ' 'Äöß ǅ' 'Äöß ǆ' 'äöSS Ǆ' 'äöss ǆ'
#> [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]
#> 'ŉ ﬁ' 'ʼN FI' 'ŉ ﬁ' 'ʼN Fi' 'ʼN ﬁ' 'ʼN FI' 'ʼn fi'
#> [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0]
#> 'İstanbul' 'İSTANBUL' 'i̇stanbul' 'İstanbul' 'İstanbul' 'i̇STANBUL' 'i̇stanbul'
#> [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0]
#> 'ΑΣ ΟΔΟΣ' 'ΑΣ ΟΔΟΣ' 'ας οδος' 'Ας Οδος' 'Ας οδος' 'ας οδος' 'ασ οδοσ'
#> [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0]
#> 'x1y2' 'X1Y2' 'x1y2' 'X1Y2' 'X1y2' 'X1Y2' 'x1y2'
#> [0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1]
#> "they're bill's" "THEY'RE BILL'S" "they're bill's" "They'Re Bill'S" "They're bill's" "THEY'RE BILL'S" "they're bill's"
#> [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1]
#> '123' '123' '123' '123' '123' '123' '123'
#> [0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1]
#> '²' '²' '²' '²' '²' '²' '²'
#> [0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0]
#> '½' '½' '½' '½' '½' '½' '½'
#> [0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0]
#> 'Ⅷ' 'Ⅷ' 'ⅷ' 'Ⅷ' 'Ⅷ' 'ⅷ' 'ⅷ'
#> [0, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0]
#> '\t\n' '\t\n' '\t\n' '\t\n' '\t\n' '\t\n' '\t\n'
#> [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]
#> 'a b' 'A B' 'a b' 'A B' 'A b' 'A B' 'a b'
#> [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1]
#> '名前' '名前' '名前' '名前' '名前' '名前' '名前'
#> [1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0]
