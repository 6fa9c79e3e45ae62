"""int: format specs."""
for spec in ("", "d", "5", "<5", ">5", "^5", "05", "+", " ", "-", ",", "_", "x", "X", "#x", "#X", "o", "#o", "b", "#010b", "c", "e", ".2f", "%", "n", "*^9", "=+8", "0>4", "+,d", "#_x", "8.3f"):
    print(repr(spec), repr(format(65, spec)), repr(format(-65, spec)) if spec != "c" else "")
#> '' '65' '-65'
#> 'd' '65' '-65'
#> '5' '   65' '  -65'
#> '<5' '65   ' '-65  '
#> '>5' '   65' '  -65'
#> '^5' ' 65  ' ' -65 '
#> '05' '00065' '-0065'
#> '+' '+65' '-65'
#> ' ' ' 65' '-65'
#> '-' '65' '-65'
#> ',' '65' '-65'
#> '_' '65' '-65'
#> 'x' '41' '-41'
#> 'X' '41' '-41'
#> '#x' '0x41' '-0x41'
#> '#X' '0X41' '-0X41'
#> 'o' '101' '-101'
#> '#o' '0o101' '-0o101'
#> 'b' '1000001' '-1000001'
#> '#010b' '0b01000001' '-0b1000001'
#> 'c' 'A'
#> 'e' '6.500000e+01' '-6.500000e+01'
#> '.2f' '65.00' '-65.00'
#> '%' '6500.000000%' '-6500.000000%'
#> 'n' '65' '-65'
#> '*^9' '***65****' '***-65***'
#> '=+8' '+     65' '-     65'
#> '0>4' '0065' '0-65'
#> '+,d' '+65' '-65'
#> '#_x' '0x41' '-0x41'
#> '8.3f' '  65.000' ' -65.000'
format(5, "s")                          #! ValueError: Unknown format code 's' for object of type 'int'
format(5, ".2d")                        #! ValueError: Precision not allowed in integer format specifier
format(5, "q")                          #! ValueError: Unknown format code 'q' for object of type 'int'
format(5, "5,x")                        #! ValueError: Cannot specify ',' with 'x'.
format(5, ",_")                         #! ValueError: Cannot specify both ',' and '_'.
format(5, "cc")                         #! ValueError: Invalid format specifier 'cc' for object of type 'int'
format(-1, "c")                         #! OverflowError: %c arg not in range(0x110000)
format(0x110000, "c")                   #! OverflowError: %c arg not in range(0x110000)
format(5, "=<>")                        #! ValueError: Unknown format code '>' for object of type 'int'
format(5, ",n")                         #! ValueError: Cannot specify ',' with 'n'.
format(5, "+c")                         #! ValueError: Sign not allowed with integer format specifier 'c'
format(5, "99999999999999999999")       #! ValueError: Too many decimal digits in format string
print(format(1234567, ","), format(1234567, "_"), format(0xdeadbeef, "_x"), format(10 ** 20, ",.1f"))
#> 1,234,567 1_234_567 dead_beef 100,000,000,000,000,000,000.0
print(f"{7:{'>'}{5}}", f"{True:d}", f"{True}", f"{True:5}", f"{3:07,}", f"{1234:09,}")
#>     7 1 True     1 000,003 0,001,234
print(round(5), round(5, 1), round(1234, -2), round(1250, -2), round(1350, -2))  #> 5 5 1200 1200 1400
round(5, "a")                           #! TypeError: 'str' object cannot be interpreted as an integer
round(5, None)
round()                                 #! TypeError: round() missing required argument 'number' (pos 1)
