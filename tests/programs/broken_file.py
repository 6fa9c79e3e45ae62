# from source only: the file itself does not compile
"""A program that does not compile: nothing runs."""
print("never printed")


def function():
    values = [1, 2, 3
    return values
