"""complex: literals, operators, text."""
print(1j, 1 + 2j, -1j, 1 - 0j, complex(1, 2), complex("1+2j"), complex("j"), complex(" -3.5e2j "), complex())
#> 1j (1+2j) (-0-1j) (1+0j) (1+2j) (1+2j) 1j -350j 0j
print((1 + 2j) * (3 - 1j), (1 + 2j) / (1 - 1j), (1 + 2j) ** 2, (1 + 2j) - 1, 2 / (1 + 1j), abs(3 + 4j), -(1 + 2j))
#> (5+5j) (-0.5+1.5j) (-3+4j) 2j (1-1j) 5.0 (-1-2j)
print((1 + 2j).real, (1 + 2j).imag, (1 + 2j).conjugate(), 1j == 1j, 1 + 0j == 1, bool(0j))
#> 1.0 2.0 (1-2j) True True False
1j < 2j                                 #! TypeError: '<' not supported between instances of 'complex' and 'complex'
1j // 2                                 #! TypeError: unsupported operand type(s) for //: 'complex' and 'int'
1j % 2                                  #! TypeError: unsupported operand type(s) for %: 'complex' and 'int'
1j / 0                                  #! ZeroDivisionError: complex division by zero
0j ** -1                                #! ZeroDivisionError: 0.0 to a negative or complex power
int(1j)                                 #! TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'
float(1j)                               #! TypeError: float() argument must be a string or a real number, not 'complex'
complex("1 + 2j")                       #! ValueError: complex() arg is a malformed string
complex("")                             #! ValueError: complex() arg is a malformed string
complex("a")                            #! ValueError: complex() arg is a malformed string
complex("1", 2)                         #! TypeError: complex() can't take second arg if first is a string
complex(1, "2")                         #! TypeError: complex() second arg can't be a string
complex([])                             #! TypeError: complex() first argument must be a string or a number, not 'list'
print(complex(1.5), complex(1j, 1j), complex(float("inf"), float("nan")), complex(-0.0, -0.0), complex(0, -0.0))
#> (1.5+0j) (-1+1j) (inf+nanj) (-0-0j) -0j
print(hash(1j), hash(1 + 0j), hash(2 + 3j), repr(1e100j), 1e16 + 1j, 0.1j)
#> 1000003 1 3000011 1e+100j (1e+16+1j) 0.1j
print(f"{1 + 2j:.2f} {1 + 2j} {1 + 2j:>10} {1.5j:+g} {3 + 4j:,.1f}")  #> 1.00+2.00j (1+2j)     (1+2j) +0+1.5j 3.0+4.0j
format(1j, "d")                         #! ValueError: Unknown format code 'd' for object of type 'complex'
format(1j, "010")                       #! ValueError: Zero padding is not allowed in complex format specifier
format(1j, "%")                         #! ValueError: Unknown format code '%' for object of type 'complex'
print(1j ** 2, 1j ** 0.5, (1 + 1j) ** -1, (2 + 0j) ** (1 + 1j), pow(1j, 3))
#> (-1+0j) (0.7071067811865476+0.7071067811865475j) (0.5-0.5j) (1.5384778027279442+1.2779225526272695j) (-0-1j)
pow(1j, 2, 3)                           #! ValueError: complex modulo
print(sum([1j, 2, 0.5]), 3 + 1j - 1j, complex.__doc__ is not None, (1j).__getnewargs__())
#> (2.5+1j) (3+0j) True (0.0, 1.0)
