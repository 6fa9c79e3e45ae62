# from source only: the file itself does not compile
"""A program whose indentation is wrong."""
print("never printed")


def function(x):
    if x:
        y = 1
      z = 2
    return y
