"""A syntax error in a source compiled at run time, uncaught: file, line, caret."""
print("compiling", flush=True)
source = """def function(a, b):
    total = a + b
    return totl + + if
"""
compile(source, "generated.py", "exec")
