"""f-strings: expressions, conversions, nested specs, = and errors."""
x, name, pi = 5, "é'", 3.14159
print(f"{x} {x + 1} {x!r} {name!r} {name!a} {pi:.2f} {pi:{x + 5}.{2}f}|", f"{{}} {{{x}}}", f"", f"{'a' 'b'}")
#> 5 6 5 "é'" "\xe9'" 3.14       3.14| {} {5}  ab
print(f"{x=} {x = } {x + 1=} {name=} {name=!s} {pi=:.1f} {pi = !r:>10}")
#> x=5 x = 5 x + 1=6 name="é'" name=é' pi=3.1 pi =    3.14159
print(f"{[i for i in range(3)]} {(lambda a: a * 2)(4)} { {'a': 1}['a'] } {x if x else 0} {x,} {*[1, 2],}")
#> [0, 1, 2] 8 1 5 (5,) (1, 2)
print(f"{x:>{x}}|{x:0{x}}|{x:{'<'}{x}}|", f"{x!r:^5}|", f'{"nested " + f"{x}"}', f"""{
    x
    + 1}""")
#>     5|00005|5    |   5  | nested 5 6
print(f"a" "b" f"{x}" 'c', rf"\n{x}", fr"\{x}", F"{x}", f"\x41{x}\n".encode(), f"\N{BULLET}{x}")
#> ab5c \n5 \5 5 b'A5\n' •5
for code in ("f'{'", "f'}'", "f'{}'", "f'{x'", "f'{x!}'", "f'{x!z}'", "f'{a b}'", "f'{x:{y:{z}}}'", "f'{#}'", "f'{\\\\n}'", "f'{lambda x: 1}'", "f'{x!r'", "f'{(x}'", "f'{x)}'", "f'{*a}'", "f'{yield}'", "f'{=}'", "f'{ }'", "f'{!r}'", "f'{:5}'", "f'{a $ b}'", "f'{x = !r:5'", "f'{[}'", "f'{x;y}'", "f'{None = }'", "f'{1 = 2}'"):
    try: print(code, repr(eval(code, {"x": 1, "y": 2, "z": 3, "a": 1, "b": 2})))
    except SyntaxError as e: print(code, "->", e.msg)
    except Exception as e: print(code, "=>", type(e).__name__, e)
#> f'{' -> f-string: expecting '}'
#> f'}' -> f-string: single '}' is not allowed
#> f'{}' -> f-string: empty expression not allowed
#> f'{x' -> f-string: expecting '}'
#> f'{x!}' -> f-string: invalid conversion character: expected 's', 'r', or 'a'
#> f'{x!z}' -> f-string: invalid conversion character: expected 's', 'r', or 'a'
#> f'{a b}' -> f-string: invalid syntax. Perhaps you forgot a comma?
#> f'{x:{y:{z}}}' -> f-string: expressions nested too deeply
#> f'{#}' -> f-string expression part cannot include '#'
#> f'{\\n}' -> f-string expression part cannot include a backslash
#> f'{lambda x: 1}' -> f-string: invalid syntax
#> f'{x!r' -> f-string: expecting '}'
#> f'{(x}' -> f-string: closing parenthesis '}' does not match opening parenthesis '('
#> f'{x)}' -> f-string: unmatched ')'
#> f'{*a}' -> f-string: cannot use starred expression here
#> f'{yield}' -> 'yield' outside function
#> f'{=}' -> f-string: expression required before '='
#> f'{ }' -> f-string: empty expression not allowed
#> f'{!r}' -> f-string: expression required before '!'
#> f'{:5}' -> f-string: expression required before ':'
#> f'{a $ b}' -> f-string: invalid syntax
#> f'{x = !r:5' -> f-string: expecting '}'
#> f'{[}' -> f-string: closing parenthesis '}' does not match opening parenthesis '['
#> f'{x;y}' -> f-string: invalid syntax
#> f'{None = }' 'None = None'
#> f'{1 = 2}' -> f-string: expecting '}'
y = 10
def outer():
    z = 20
    return f"{y}{z}{[z for _ in range(2)]}"
print(outer())                          #> 1020[20, 20]
f"{undefined_name}"                     #! NameError: name 'undefined_name' is not defined
f"{1/0}"                                #! ZeroDivisionError: division by zero
f"{x:q}"                                #! ValueError: Unknown format code 'q' for object of type 'int'
print(f"{3 != 4} {3 == 4} {x >= 5} {x!r}", f"{'{'} {'}'}", f"{x:%}", f"{'a':{'*^5'}}", f"{10:#x} {-5:08.2f} {1e3:g}")
#> True False True 5 { } 500.000000% **a** 0xa -0005.00 1000
