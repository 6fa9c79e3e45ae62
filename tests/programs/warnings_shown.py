# from source only: compiling gives the warnings
"""Warnings of the compiler, and a DeprecationWarning in __main__."""
x = 5
print(x is 5)
print("\d", b"\q")
assert (x, "always true")
print([1, 2] [0] if 0 else "ok")
try:
    (1, 2)(3)
except TypeError as error:
    print(error)
print(~True, 0x1for x in []) if False else print("end")
