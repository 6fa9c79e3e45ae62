"""Hot global and built-in names that are rebound, shadowed, deleted and brought back."""
import builtins


def hot(f, n=60):
    for _ in range(n):
        result = f()
    return result


value = 1


def get(): return value
def length(): return len("abc")
def both(): return value, len, True


def attempt(f):
    try:
        return f()
    except NameError as error:
        return f"NameError: {error}"


print(hot(get), hot(length))
value = 2
print(get())
globals()["value"] = 3
print(get())
del value
print(attempt(get))
value = 4
print(hot(get))
len = lambda x: f"shadow {x}"
print(length())
del len
print(hot(length))
real = builtins.len
builtins.len = lambda x: f"builtin replaced {x}"
print(length())
builtins.len = real
print(length())
builtins.late = "late builtin"
def read_late(): return late
print(hot(read_late))
late = "now global"
print(read_late())
del late
print(read_late())
del builtins.late
print(attempt(read_late))
late = "global only"
print(read_late())
def made(): return fresh_name
print(attempt(made), attempt(made))
for i in range(100):
    globals()[f"filler_{i}"] = i
fresh_name = "after growth"
print(hot(made))
for i in range(100):
    del globals()[f"filler_{i}"]
print(made())


def counter():
    global count
    count += 1
    return count


count = 0
print(hot(counter, 1000))
count = "text"
try:
    counter()
except TypeError as error:
    print(error)
count = 10 ** 20
print(counter(), hot(counter))
source = compile("result = f(x)", "s", "exec")
for space in ({"f": abs, "x": -5}, {"f": str, "x": 5}, {"f": real, "x": "ab"}, {"x": 1}):
    for _ in range(20):
        try:
            exec(source, space)
        except NameError as error:
            space["result"] = str(error)
    print(space["result"])
function = type(get)
shared = get.__code__
readers = [function(shared, {"value": n}) for n in "pqr"]
print([hot(r) for r in readers], [r() for r in readers])


class Custom(dict):
    def __missing__(self, key): return f"missing {key}"
    def __getitem__(self, key): return f"item {key}" if key == "special" else super().__getitem__(key)


custom = Custom(a=1)
print(eval("a"), {}) if False else print("no a here")
print([eval("(b, special, a)", {}, custom) for _ in range(30)][-1])
code = compile("def f(): return value2\n", "m", "exec")
space = {"value2": 1}
exec(code, space)
f = space["f"]
print(hot(f))
space["value2"] = 2
print(f())
space.clear()
print(attempt(f))
space["value2"] = 3
print(attempt(f))
restricted = {"__builtins__": {"len": real}}
exec("def g(): return len('four')\ndef h(): return abs(-1)", restricted)
print(hot(restricted["g"]), attempt(restricted["h"]))
restricted["__builtins__"]["len"] = lambda x: "changed builtins"
print(restricted["g"]())
restricted["__builtins__"]["abs"] = abs
print(restricted["h"]())
print([x for x in (value, real("ab"), real is builtins.len)], __name__, [hot(lambda: __name__)])
def local_then_global():
    for i in range(50):
        if i == 49:
            globals()["value"] = "changed in loop"
        last = value
    return last
print(local_then_global())
def nested():
    def inner(): return value
    results = {hot(inner)}
    globals()["value"] = 77
    results.add(inner())
    return sorted(map(str, results))
print(nested())
class Body:
    value = value
    rest = [value for _ in range(2)]
    def method(self): return value
print(Body.value, Body.rest, Body().method())
