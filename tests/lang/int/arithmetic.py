"""int: operators, their rounding and their errors."""
print(7 // 2, -7 // 2, 7 // -2, 7 % 3, -7 % 3, 7 % -3, divmod(-7, 2))  #> 3 -4 -4 1 2 -2 (-4, 1)
print(7 / 2, 1 / 3, -1 / 3, 10 ** 20 / 10 ** 18)  #> 3.5 0.3333333333333333 -0.3333333333333333 100.0
print(2 ** 10, 2 ** 0, 0 ** 0, 2 ** -1, (-2) ** 3, (-2) ** -2, 10 ** 30)
#> 1024 1 1 0.5 -8 0.25 1000000000000000000000000000000
1 // 0                                  #! ZeroDivisionError: integer division or modulo by zero
1 % 0                                   #! ZeroDivisionError: integer modulo by zero
1 / 0                                   #! ZeroDivisionError: division by zero
divmod(1, 0)                            #! ZeroDivisionError: integer division or modulo by zero
0 ** -1                                 #! ZeroDivisionError: 0.0 cannot be raised to a negative power
print(pow(3, 100, 7), pow(3, -1, 7), pow(2, 10), pow(-3, 3, 5), pow(3, 3, -5))  #> 4 5 1024 3 -3
pow(2, -1, 4)                           #! ValueError: base is not invertible for the given modulus
pow(2, 2, 0)                            #! ValueError: pow() 3rd argument cannot be 0
pow(2, 1.5, 3)                          #! TypeError: pow() 3rd argument not allowed unless all arguments are integers
print(5 & 3, 5 | 3, 5 ^ 3, ~5, -5 & 3, -5 | 3, 1 << 100, -1 >> 3, 5 >> 200, -5 >> 200)
#> 1 7 6 -6 3 -5 1267650600228229401496703205376 -1 0 -1
1 << -1                                 #! ValueError: negative shift count
1 >> -1                                 #! ValueError: negative shift count
1 << 2.0                                #! TypeError: unsupported operand type(s) for <<: 'int' and 'float'
print(+True, -True, ~True, True + True, True * 3)  #> 1 -1 -2 2 3
1 + "a"                                 #! TypeError: unsupported operand type(s) for +: 'int' and 'str'
"a" + 1                                 #! TypeError: can only concatenate str (not "int") to str
1 - None                                #! TypeError: unsupported operand type(s) for -: 'int' and 'NoneType'
1 < "a"                                 #! TypeError: '<' not supported between instances of 'int' and 'str'
1 @ 2                                   #! TypeError: unsupported operand type(s) for @: 'int' and 'int'
-"a"                                    #! TypeError: bad operand type for unary -: 'str'
~1.5                                    #! TypeError: bad operand type for unary ~: 'float'
+[]                                     #! TypeError: bad operand type for unary +: 'list'
print(1 == 1.0, 1 == True, 2 ** 53 == 2.0 ** 53, 2 ** 53 + 1 == 2.0 ** 53, 10 ** 400 > 1e308)
#> True True True False True
10 ** 400 / 1                           #! OverflowError: integer division result too large for a float
float(10 ** 400)                        #! OverflowError: int too large to convert to float
print(10 ** 400 // 10 ** 399, 10 ** 400 / 10 ** 399)  #> 10 10.0
x = 5
x += 2; x -= 1; x *= 4; x //= 5; x **= 3; x %= 50; x <<= 2; x |= 1; x ^= 3; x &= 0xff; x >>= 1
print(x)                                #> 29
x /= 4
print(x)                                #> 7.25
x @= 1                                  #! TypeError: unsupported operand type(s) for @=: 'float' and 'int'
print(1 .real, 1 .imag, 5 .numerator, 5 .denominator, 5 .conjugate())  #> 1 0 5 1 5
print((5).bit_length(), (-256).bit_length(), (0).bit_length(), (255).bit_count())  #> 3 9 0 8
