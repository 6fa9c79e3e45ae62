"""Number literals: every base, underscores, exponents, errors."""
print(0, 00, 0_0, 1_000, 0x1F, 0X_ff, 0b101, 0B_1, 0o17, 0O_7, 123456789012345678901234567890, 0xdead_beef)
#> 0 0 0 1000 31 255 5 1 15 7 123456789012345678901234567890 3735928559
print(1.0, 1., .5, 1e5, 1E5, 1e+5, 1e-5, 1_0.5_0, 1_0e1_0, 0.0, 00.5, 0e0, 09.5, 1j, 1.5J, 1e3j, 0j, 0_7j, 09j)
#> 1.0 1.0 0.5 100000.0 100000.0 100000.0 1e-05 10.5 100000000000.0 0.0 0.5 0.0 9.5 1j 1.5j 1000j 0j 7j 9j
print(1e308, 1e309, 1e-400, 5e-324, 0.1, 123456789.123456789, 1e16, 1e15, 1.7976931348623157e308)
#> 1e+308 inf 0.0 5e-324 0.1 123456789.12345679 1e+16 1000000000000000.0 1.7976931348623157e+308
for source in ("0777", "01", "1__0", "1_", "_1", "0x", "0xg", "0b", "0b2", "0o", "0o8", "1e", "1e+", "1.2.3", "1.e", "1_.5", "1._5", "1.5_", "1e_5", "1abc", "0b1_", "0x_", "1 2", "0xfor", "1if 0else 2", "0_", "0b12", "0o78", "1jx", "0x1.5", "1_000_", "0b1e5", "012.5", "089", "0e", "1.__class__", "1..__class__", "1 .__class__", "9" * 5000):
    try: print(source[:20], "=", eval(source))
    except SyntaxError as e: print(source[:20], "->", e.msg[:90], e.offset)
#> 0777 -> leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal in 1
#> 01 -> leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal in 1
#> 1__0 -> invalid decimal literal 2
#> 1_ -> invalid decimal literal 2
#! NameError: name '_1' is not defined
print(-1 ** 2, (-1) ** 2, 2 ** -1, 1 .real, 1..real, 1.0.real, 0xF.bit_length(), 1_0 .bit_length(), - - 1, ~-1, +-~1)
#> -1 1 0.5 1 1.0 1.0 4 4 1 0 2
