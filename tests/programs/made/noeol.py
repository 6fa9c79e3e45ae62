def f():
    return 5
result = f()