"""ast, dis, tokenize, symtable, keyword, code, traceback, linecache, compileall's parts."""
import ast
import code
import codeop
import contextlib
import dis
import io
import keyword
import linecache
import symtable
import token
import tokenize
import traceback

SOURCE = '''\
def fact(n: int = 5) -> int:
    """Factorial."""
    if n < 2:
        return 1
    return n * fact(n - 1)

class A:
    x = [i for i in range(3)]
    async def f(self):
        async with self as y: return await y
print(f"{fact(5)!r:>{10}}", *[1], **{})
match x:
    case {"a": [1, *r]} | A(b=3): pass
'''
tree = ast.parse(SOURCE)
print(ast.dump(tree.body[0], indent=1))
print(ast.unparse(tree))


class Constants(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value + 1), node) if isinstance(node.value, int) else node


print(ast.unparse(ast.fix_missing_locations(Constants().visit(ast.parse("x = 1 + (2 * 'a') # c")))), ast.literal_eval("{'a': [1, (2.5, None)], b'x': -3j}"), [type(n).__name__ for n in ast.walk(ast.parse("a.b[c:d] = lambda *x, y=1: (yield)"))])
for bad in ("__import__('os')", "1 +", "[1, a]", "{**{}}"):
    try:
        print(ast.literal_eval(bad))
    except Exception as e:
        print(type(e).__name__, str(e).split(" at 0x")[0].split(" on line")[0])
out = io.StringIO()
namespace = {}
exec(compile(ast.parse(SOURCE.split("print")[0]), "<source>", "exec"), namespace)
dis.dis(namespace["fact"], file=out)
dis.dis("try:\n  a[b] += c\nexcept* E as e:\n  del a\nfinally: pass", file=out)
print(out.getvalue())
print(dis.code_info(namespace["fact"]), [i.opname for i in dis.get_instructions("x and y or z")], dis.stack_effect(dis.opmap["BUILD_LIST"], 3))
for t in tokenize.generate_tokens(io.StringIO("if x:  # c\n\ty = 0xF_F + 'é'\\\n  ; z @= f'''a\n{1}'''\n").readline):
    print(tokenize.tok_name[t.exact_type], repr(t.string), t.start, t.end)
print(tokenize.untokenize([(1, "a"), (54, "="), (2, "1")]), token.tok_name[token.NAME], tokenize.detect_encoding(io.BytesIO(b"# -*- coding: latin-1 -*-\n").readline), keyword.iskeyword("async"), keyword.softkwlist, len(keyword.kwlist))
for bad in ("(\n", "'''a", "  x\n y\n"):
    try:
        list(tokenize.generate_tokens(io.StringIO(bad).readline))
        print("fine")
    except (tokenize.TokenError, IndentationError) as e:
        print(type(e).__name__, e.args)
table = symtable.symtable("def f(a, *b):\n global g\n c = a\n def h(): nonlocal c; return c, d, g\nclass K: z = 1", "s", "exec")
for child in table.get_children():
    print(child.get_type(), child.get_name(), sorted((s.get_name(), s.is_global(), s.is_local(), s.is_free(), s.is_parameter()) for s in child.get_symbols()))
f = table.get_children()[0]
print(f.get_parameters(), f.get_locals(), f.get_globals(), f.is_optimized(), table.get_children()[1].get_methods())
err = io.StringIO()
with contextlib.redirect_stdout(out := io.StringIO()), contextlib.redirect_stderr(err):
    console = code.InteractiveConsole({"v": 3})
    for line in ["v + 1", "def g():", "  return 5", "", "g()", "1/0", "x = (", ")", "a b"]:
        console.push(line)
print(out.getvalue(), err.getvalue(), codeop.compile_command("if 1:"))


def deep(n):
    if n == 0:
        raise ValueError("deep down")
    deep(n - 1)


linecache.cache["<fake>"] = (10, None, ["line one\n", "raise KeyError('fake')\n"], "<fake>")
try:
    try:
        deep(2)
    except ValueError as e:
        exec(compile("\nraise KeyError('fake')", "<fake>", "exec"))
except KeyError as e:
    e.add_note("a note")
    text = "".join(traceback.format_exception(e))
    print(text.replace(deep.__code__.co_filename, "FILE"))
    summary = traceback.TracebackException.from_exception(e, capture_locals=True)
    print(summary.exc_type.__name__, [f.name for f in summary.__context__.stack], list(summary.format_exception_only()), traceback.extract_tb(e.__traceback__)[-1].line)
print(linecache.getline("<fake>", 1), linecache.getline("nofile", 1) == "")
