"""float: operators, special values, errors."""
inf, nan = float("inf"), float("nan")
print(0.1 + 0.2, 1.5 - 2, 1.1 * 3, 7.0 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(7.5, -2))
#> 0.30000000000000004 -0.5 3.3000000000000003 3.0 -4.0 1.5 0.5 -0.5 (-4.0, -0.5)
print(1e308 * 10, -1e308 * 10, inf - inf, inf * 0, 0.0 * -1, -0.0 + 0)  #> inf -inf nan nan -0.0 0.0
1.0 / 0                                 #! ZeroDivisionError: float division by zero
1.0 // 0                                #! ZeroDivisionError: float floor division by zero
1.0 % 0                                 #! ZeroDivisionError: float modulo
0.0 ** -1                               #! ZeroDivisionError: 0.0 cannot be raised to a negative power
10.0 ** 400                             #! OverflowError: (34, 'Numerical result out of range')
print(2.0 ** 0.5, (-8.0) ** (1 / 3), 2 ** 0.5, 0.0 ** 0, inf ** 0, nan ** 0, 1 ** nan, (-2.0) ** 3)
#> 1.4142135623730951 (1.0000000000000002+1.7320508075688772j) 1.4142135623730951 1.0 1.0 1.0 1.0 -8.0
print(nan == nan, nan != nan, nan < 1, inf > 10 ** 400, -inf < -10 ** 400, 0.0 == -0.0, nan in [nan])
#> False True False True True True True
print(hash(1.0), hash(0.5), hash(inf), hash(-inf), hash(1e100), hash(-0.0), hash(2.5))
#> 1 1152921504606846976 314159 -314159 1822893315824342674 0 1152921504606846978
1.5 + "a"                               #! TypeError: unsupported operand type(s) for +: 'float' and 'str'
1.5 & 1                                 #! TypeError: unsupported operand type(s) for &: 'float' and 'int'
1.5 < "x"                               #! TypeError: '<' not supported between instances of 'float' and 'str'
print(-1.5, +1.5, abs(-2.5), int(2.9), bool(0.0), bool(nan), not -0.0)  #> -1.5 1.5 2.5 2 False True True
print((0.5).is_integer(), (2.0).is_integer(), (0.75).as_integer_ratio(), (-0.1).as_integer_ratio())
#> False True (3, 4) (-3602879701896397, 36028797018963968)
inf.as_integer_ratio()                  #! OverflowError: cannot convert Infinity to integer ratio
nan.as_integer_ratio()                  #! ValueError: cannot convert NaN to integer ratio
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5, -2), round(0.5), round(1e20), round(1.5, 400), round(5.5, -400))
#> 2 4 -2 2.67 1200.0 0 100000000000000000000 1.5 0.0
round(nan)                              #! ValueError: cannot convert float NaN to integer
round(inf)                              #! OverflowError: cannot convert float infinity to integer
round(1.5, 1.5)                         #! TypeError: 'float' object cannot be interpreted as an integer
print((1.5).hex(), (0.1).hex(), (-0.0).hex(), inf.hex(), (5e-324).hex(), float.fromhex("0x1.8p1"), float.fromhex("-inf"), float.fromhex("1.8"))
#> 0x1.8000000000000p+0 0x1.999999999999ap-4 -0x0.0p+0 inf 0x0.0000000000001p-1022 3.0 -inf 1.5
float.fromhex("xyz")                    #! ValueError: invalid hexadecimal floating-point string
float.fromhex("0x1p99999")              #! OverflowError: hexadecimal value too large to represent as a float
print(5 % 3.5, 1e16 + 1, 3 * 0.1, 1 / 3 * 3 == 1, 1.0.real, 1.5.imag, 1.5.conjugate())
#> 1.5 1e+16 0.30000000000000004 True 1.0 0.0 1.5
print((-7.0) // 2, -0.0 // 1, 0.0 % -1, 5e-324 / 2, 1e-300 * 1e-300)  #> -4.0 -0.0 -0.0 0.0 0.0
