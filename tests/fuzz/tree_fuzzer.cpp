// Builds trees of `ast` objects from bytes, good ones and bad ones (wrong types, cycles, depth), and compiles them.
// Whatever comes in, compile() gives code or an exception; and code that it gives passes the verifier.
#include "fuzz/interpreter.h"

using namespace taipan;
using namespace taipan::fuzz;

namespace {

constexpr char kHarness[] = R"(
import _ast
families = {}
for value in list(vars(_ast).values()):
    if isinstance(value, type) and issubclass(value, _ast.AST) and value.__bases__[0] is not object:
        base = value.__bases__[0]
        families.setdefault(base.__name__ if base is not _ast.AST else value.__name__, []).append(value)
KIND = {
    "body": "stmt*", "orelse": "stmt*", "finalbody": "stmt*", "handlers": "excepthandler*", "items": "withitem*", "names": "alias*",
    "targets": "expr*", "decorator_list": "expr*", "bases": "expr*", "keywords": "keyword*", "values": "expr*", "elts": "expr*",
    "generators": "comprehension*", "ifs": "expr*", "comparators": "expr*", "ops": "cmpop*", "keys": "expr*", "defaults": "expr*",
    "kw_defaults": "expr*", "posonlyargs": "arg*", "kwonlyargs": "arg*", "cases": "match_case*", "patterns": "pattern*",
    "kwd_patterns": "pattern*", "kwd_attrs": "str*", "type_ignores": "none*", "argtypes": "expr*",
    "op": "op", "ctx": "expr_context", "id": "str", "attr": "str", "arg": "str", "name": "str", "asname": "str?", "module": "str?",
    "level": "int", "value": "expr", "test": "expr", "left": "expr", "right": "expr", "operand": "expr", "func": "expr", "target": "expr",
    "iter": "expr", "slice": "expr", "lower": "expr?", "upper": "expr?", "step": "expr?", "elt": "expr", "key": "expr", "msg": "expr?",
    "exc": "expr?", "cause": "expr?", "annotation": "expr?", "returns": "expr?", "type_comment": "none", "conversion": "int",
    "format_spec": "joined", "context_expr": "expr", "optional_vars": "expr?", "simple": "int", "is_async": "int", "guard": "expr?",
    "subject": "expr", "pattern": "pattern?", "cls": "expr", "rest": "str?", "kind": "none", "vararg": "arg?", "kwarg": "arg?",
    "args": "arguments", "returntype": "expr", "type": "expr?",
}
NAMES = ("a", "b", "x", "_", "__class__", "super", "print", "None", "True", "__debug__", "", "é", "a b", "f", "self", "__x")
CONSTANTS = (0, 1, -1, 2 ** 70, 1.5, 2j, "", "text", "é\ud800", b"bytes", None, True, ..., (), (1, "a"), frozenset({1}), ((1,), 2))
WRONG = (None, 0, "", "x", [], [None], (), 1.5, object(), int, {}, b"", -1, 2 ** 100)

class Builder:
    def __init__(self, data):
        self.data, self.at, self.made, self.left = data, 0, [], 400
    def byte(self):
        if self.at >= len(self.data):
            return 0
        self.at += 1
        return self.data[self.at - 1]
    def pick(self, among):
        return among[self.byte() % len(among)]
    def node(self, family, depth):
        self.left -= 1
        if self.left < 0 or depth > 60:
            family = {"stmt": "Pass", "expr": "Name"}.get(family, family)
            cls = getattr(_ast, family, _ast.Pass)
        else:
            cls = self.pick(families.get(family) or [_ast.Pass])
        made = cls()
        position = self.byte()
        made.lineno = made.end_lineno = 1 + position // 16
        made.col_offset, made.end_col_offset = position % 16, position % 16 + 3
        if position > 250:
            made.lineno, made.end_col_offset = self.pick((0, -1, 2 ** 31 - 1, 2 ** 40, None, "x")), self.pick((0, -5, 2 ** 31, None))
        self.made.append(made)
        for field in made._fields:
            setattr(made, field, self.field(cls, field, depth + 1))
        return made
    def field(self, cls, field, depth):
        choice = self.byte()
        if choice > 252:
            return self.pick(WRONG)
        if choice > 250:
            return self.pick(self.made)
        kind = KIND.get(field, "expr")
        if cls is _ast.Constant and field == "value":
            return self.pick(CONSTANTS)
        if cls is _ast.MatchSingleton and field == "value":
            return self.pick((None, True, False, 1))
        if field == "op":
            kind = {_ast.BoolOp: "boolop", _ast.UnaryOp: "unaryop"}.get(cls, "operator")
        if cls in (_ast.Call, _ast.ClassDef) and field in ("args", "bases") or cls is _ast.arguments and field == "args":
            kind = "expr*" if cls is not _ast.arguments else "arg*"
        if cls in (_ast.Global, _ast.Nonlocal):
            kind = "str*"
        if cls in (_ast.Lambda, _ast.IfExp, _ast.Expression) and field in ("body", "orelse"):
            kind = "expr"
        if cls is _ast.Attribute and field == "value" or cls is _ast.keyword and field == "arg":
            kind = KIND[field] if field == "value" else "str?"
        if kind.endswith("?"):
            if choice % 2:
                return None
            kind = kind[:-1]
        if kind.endswith("*"):
            count = choice % 4
            if field in ("body", "targets", "names", "items", "ops", "comparators", "generators", "cases") and not count:
                count = 1
            return [self.value(kind[:-1], depth) for _ in range(count)]
        return self.value(kind, depth)
    def value(self, kind, depth):
        if kind == "str":
            return self.pick(NAMES)
        if kind == "int":
            return self.pick((-1, 0, 1, 2, 114, 115, 97))
        if kind == "none":
            return None
        if kind == "joined":
            return None if self.byte() % 2 else _ast.JoinedStr([self.node("expr", depth)], lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)
        return self.node(kind, depth)

def deep(builder):
    """A chain of nodes as long as the input asks for."""
    n = builder.byte() * 40
    place = dict(lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)
    inner = _ast.Name("a", _ast.Load(), **place)
    wrap = builder.pick((lambda e: _ast.UnaryOp(_ast.Not(), e, **place), lambda e: _ast.BinOp(e, _ast.Add(), e, **place),
                         lambda e: _ast.Attribute(e, "x", _ast.Load(), **place), lambda e: _ast.Call(e, [], [], **place),
                         lambda e: _ast.List([e], _ast.Load(), **place), lambda e: _ast.IfExp(e, e, e, **place)))
    # Where a node stands in several places, the tree doubles with each step.
    shared = {"BinOp", "IfExp"} & set(wrap.__code__.co_names)
    for _ in range(min(n, 8) if shared else n):
        inner = wrap(inner)
    return _ast.Expression(inner)

def one(data):
    builder = Builder(data)
    first = builder.byte()
    mode = ("exec", "eval", "single")[first % 3]
    if first > 240:
        tree, mode = deep(builder), "eval"
    else:
        tree = {"exec": _ast.Module, "eval": _ast.Expression, "single": _ast.Interactive}[mode]()
        builder.made.append(tree)
        tree.type_ignores = []
        tree.body = builder.node("expr", 0) if mode == "eval" else [builder.node("stmt", 0) for _ in range(1 + first // 3 % 4)]
    try:
        return compile(tree, "file", mode, 0, True, first % 4 - 1)
    except (SyntaxError, ValueError, TypeError, RecursionError, OverflowError, MemoryError):
        return None
)";

PyObject* one;

void verify_all(Code* code) {
  if (!verify_code(code)) die_of_pending("compile() made code that the verifier refuses");
  for (Py_ssize_t i = 0; i < tuple_size(code->co_consts); i++) {
    PyObject* constant = item(code->co_consts, i);
    if (PyCode_Check(constant)) verify_all(reinterpret_cast<Code*>(constant));
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  start_interpreter();
  one = define(kHarness, "one"_name);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Ref<> bytes = new_bytes({reinterpret_cast<const char*>(data), size});
  Ref<> result = call(one, bytes.get());
  if (!result && !clear_error_if(PyExc_RecursionError)) die_of_pending("unexpected exception");
  if (result && PyCode_Check(result.get())) verify_all(reinterpret_cast<Code*>(result.get()));
  result.reset();
  tidy();
  return 0;
}
