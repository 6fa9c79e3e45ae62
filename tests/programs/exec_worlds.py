"""exec and eval with worlds of their own: sandboxed names, layered scopes, templates, code made from text."""


class World(dict):
    """Globals that log what is looked up; builtins stay out of sight."""
    def __init__(self, **names): super().__init__(names); self.log = []


class Locals:
    def __init__(self): self.values, self.log = {}, []
    def __getitem__(self, key): self.log.append(f"get {key}"); return self.values[key]
    def __setitem__(self, key, value): self.log.append(f"set {key}"); self.values[key] = value
    def __delitem__(self, key): self.log.append(f"del {key}"); del self.values[key]
    def keys(self): return self.values.keys()


l = Locals()
exec("a = 1\nb = a + 1\ndel a\nc = [b for _ in range(2)] if False else b\nimport sys as s\nfor i in (1,): pass\nclass K: x = b if False else 1\ndef f(): pass\nwith open('/dev/null') as fh: pass\n(d := 5)", {}, l)
print(l.log)
print(sorted(k for k in l.values))
for source in ("missing", "del missing", "print(len('abc'))"):
    try:
        exec(source, {}, Locals())
    except Exception as error:
        print(type(error).__name__, error)


def template(text):
    """Compiles `text` with {% code %} and {{ expression }} into a function that builds a string."""
    lines, depth = ["def render(**_v):", " _o = []", " globals().update(_v)"], 1
    while text:
        before, mark, text = text.partition("{")
        lines.append(" " * depth + f"_o.append({before!r})")
        if text.startswith("{"):
            expression, _, text = text[1:].partition("}}")
            lines.append(" " * depth + f"_o.append(str({expression.strip()}))")
        elif text.startswith("%"):
            code, _, text = text[1:].partition("%}")
            code = code.strip()
            if code == "end": depth -= 1
            elif code.startswith(("else", "elif")): lines.append(" " * (depth - 1) + code + ":")
            else:
                block = code.split()[0] in ("if", "for", "while", "with", "try")
                lines.append(" " * depth + code + ":" * block)
                depth += block
        elif mark: lines.append(" " * depth + "_o.append('{')")
    lines.append(" return ''.join(_o)")
    space = {}
    exec(compile("\n".join(lines), "<template>", "exec"), space)
    return space["render"]


render = template("Hello {{ name.upper() }}!{% if items %} You have{% for i, x in enumerate(items) %}{% if i %},{% end %} {{ x }}{% end %}.{% else %} Nothing.{% end %} {x} {% n = len(items) %}({{ n }})")
print(render(name="ada", items=["a", "b", 3]), render(name="bob", items=[]))
try:
    template("{{ 1 / zero }}")(zero=0)
except ZeroDivisionError as error:
    tb = error.__traceback__.tb_next
    print(tb.tb_frame.f_code.co_filename, tb.tb_lineno)
try:
    template("{% if %}")
except SyntaxError as error:
    print(error.msg, error.lineno, error.filename)


def make_adders(n):
    space = {}
    exec("\n".join(f"def add_{i}(x, y={i}):\n    'adds {i}'\n    return x + y" for i in range(n)), space)
    return [space[f"add_{i}"] for i in range(n)]


adders = make_adders(5)
print([f(10) for f in adders], adders[3].__doc__, adders[3].__defaults__, adders[2].__globals__["add_4"] is adders[4], adders[0].__module__ if "__name__" in adders[0].__globals__ else "no module")
code = compile("x = x * 2 + step\nhistory.append(x)", "loop", "exec")
space = {"x": 1, "step": 1, "history": []}
for _ in range(8): exec(code, space)
print(space["history"])
shared = {"counter": 0}
exec("def bump():\n    global counter\n    counter += 1\n    return counter", shared)
one, two = shared["bump"], type(shared["bump"])(shared["bump"].__code__, {"counter": 100})
print(one(), one(), two(), one(), shared["counter"], two.__globals__["counter"])
print(eval("[f(i) for i in range(3)]", {"f": lambda i: i * i}), eval("{**a, 'k': b}", {"a": {1: 2}}, {"b": 3}), eval("(lambda q: q + base)(1)", {"base": 10}), eval("__name__", {"__name__": "given"}))
safe = {"__builtins__": {"abs": abs, "max": max}}
for source in ("abs(-5) + max(1, 2)", "open('x')", "__import__('sys')", "().__class__.__name__", "[x for x in (1, 2)]", "print", "len('a')", "True and None is None", "f'{1+1}'", "__build_class__"):
    try:
        print(source, "=", eval(source, dict(safe)))
    except NameError as error:
        print(source, "->", error)
def closure_eval():
    hidden, used = 1, 2
    def inner():
        used
        return eval("used"), sorted(locals())
    try:
        eval("(lambda: hidden)()")
    except NameError as error:
        print(error)
    return inner(), eval("hidden + used"), [eval("x", {"x": x}) for x in range(2)]
print(closure_eval())
class Space:
    exec("made = 1")
    also = eval("made + 1")
    def method(self): return eval("self.also + __class__.made") if __class__ else None
print(Space.made, Space.also, Space().method())
program = compile("a + b", "p", "eval")
print([eval(program, {"a": x, "b": y}) for x, y in ((1, 2), ("x", "y"), ([1], [2]), (1.5, 1j))], program.co_names, program.co_flags, eval(program.replace(co_names=("b", "b")), {"b": 7}))
for bad in (lambda: exec("x", {}, 5), lambda: exec("x", 5), lambda: eval("x", {}, []), lambda: exec(5), lambda: eval("x = 1"), lambda: eval("1\n2"), lambda: exec("return 1"), lambda: exec(b"\xff"), lambda: eval("  "), lambda: exec("x", None, {}) or "fine" if False else exec("1"), lambda: eval(compile("1", "f", "exec")), lambda: exec("def f(:"), lambda: eval("yield 1"), lambda: eval("*a", {"a": []}), lambda: eval("\n 1"), lambda: eval("(1\n)"), lambda: exec("  x = 1"), lambda: eval("lambda: (yield)")().__class__.__name__):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
