"""Global and built-in names."""
counter = 0
step = 1


def bump():
    global counter
    counter = counter + step


def run(n):
    for i in range(n):
        bump()
        len
        step
        counter


run(7_000_000)
