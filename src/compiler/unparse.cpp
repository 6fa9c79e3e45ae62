// An expression as text: what `from __future__ import annotations` keeps of an annotation. Brackets stand where the
// precedence asks for them, blanks where CPython puts them.
#include "compiler/codegen.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::compiler {

namespace {

// From what binds loosest to what binds tightest.
enum Level : int {
  kTuple, kTest, kOr, kAnd, kNot, kCompare, kExpr, kBitOr = kExpr, kBitXor, kBitAnd, kShift, kArithmetic, kTerm,
  kFactor, kPower, kAwait, kAtom,
};
constexpr Level tighter(int level) { return Level(level + 1); }

struct OperatorText {
  const char* text;
  Level level;
  bool right = false;  // associates to the right
};

OperatorText text_of(ast::BinaryOperator op) {
  using enum ast::BinaryOperator;
  switch (op) {
    case Add: return {" + ", kArithmetic};
    case Sub: return {" - ", kArithmetic};
    case Mult: return {" * ", kTerm};
    case MatMult: return {" @ ", kTerm};
    case Div: return {" / ", kTerm};
    case Mod: return {" % ", kTerm};
    case LShift: return {" << ", kShift};
    case RShift: return {" >> ", kShift};
    case BitOr: return {" | ", kBitOr};
    case BitXor: return {" ^ ", kBitXor};
    case BitAnd: return {" & ", kBitAnd};
    case FloorDiv: return {" // ", kTerm};
    case Pow: return {" ** ", kPower, true};
  }
  return {"", kAtom};
}

const char* text_of(ast::CompareOperator op) {
  using enum ast::CompareOperator;
  switch (op) {
    case Eq: return " == ";
    case NotEq: return " != ";
    case Lt: return " < ";
    case LtE: return " <= ";
    case Gt: return " > ";
    case GtE: return " >= ";
    case Is: return " is ";
    case IsNot: return " is not ";
    case In: return " in ";
    case NotIn: return " not in ";
  }
  return "";
}

class Unparser {
 public:
  explicit Unparser(Context& c) : c_(c) {}
  Status expr(ast::Expr* e, int level);
  Ref<> finish() { return out_.finish(); }

 private:
  Status text(std::string_view ascii) { return out_.add(ascii) ? Status() : Status(Raised{}); }
  Status text(PyObject* str) { return out_.add(str) ? Status() : Status(Raised{}); }
  Status name(ast::Identifier id) { return text(TRY(c_.name(id))); }
  Status text_if(bool condition, std::string_view ascii) { return condition ? text(ascii) : Status(); }
  Status list(const ast::Seq<ast::Expr*>& items, int level) {
    for (int i = 0; i < items.size(); i++) {
      TRY(text_if(i > 0, ", "));
      TRY(expr(items[i], level));
    }
    return {};
  }

  Status bool_op(ast::node::BoolOp& e, int level);
  Status binary(ast::node::BinOp& e, int level);
  Status unary(ast::node::UnaryOp& e, int level);
  Status lambda(ast::node::Lambda& e, int level);
  Status parameters(ast::Arguments* a);
  Status parameter(ast::Arg* a);
  Status if_expression(ast::node::IfExp& e, int level);
  Status dict(ast::node::Dict& e);
  Status comprehension(ast::Expr* elt, ast::Expr* value, const ast::Seq<ast::Comprehension*>& generators,
                       const char* open, const char* close);
  Status compare(ast::node::Compare& e, int level);
  Status call(ast::node::Call& e);
  Status constant(ast::node::ConstantExpr& e);
  Status constant(PyObject* o);
  Status attribute(ast::node::Attribute& e);
  Status subscript(ast::node::Subscript& e);
  Status slice(ast::node::Slice& e);
  Status tuple(ast::node::Tuple& e, int level);
  Status joined_str(ast::Expr* e);

  Context& c_;
  StrBuilder out_;
};

Status Unparser::expr(ast::Expr* e, int level) {
  Context::Nesting nesting(c_);
  if (!nesting) return Raised{};
  using enum ast::Kind;
  switch (e->kind) {
    case BoolOp: return bool_op(ast::cast<ast::node::BoolOp>(e), level);
    case BinOp: return binary(ast::cast<ast::node::BinOp>(e), level);
    case UnaryOp: return unary(ast::cast<ast::node::UnaryOp>(e), level);
    case Lambda: return lambda(ast::cast<ast::node::Lambda>(e), level);
    case IfExp: return if_expression(ast::cast<ast::node::IfExp>(e), level);
    case Dict: return dict(ast::cast<ast::node::Dict>(e));
    case Set:
      TRY(text("{"));
      TRY(list(ast::cast<ast::node::Set>(e).elts, kTest));
      return text("}");
    case GeneratorExp: {
      auto& g = ast::cast<ast::node::GeneratorExp>(e);
      return comprehension(g.elt, nullptr, g.generators, "(", ")");
    }
    case ListComp: {
      auto& g = ast::cast<ast::node::ListComp>(e);
      return comprehension(g.elt, nullptr, g.generators, "[", "]");
    }
    case SetComp: {
      auto& g = ast::cast<ast::node::SetComp>(e);
      return comprehension(g.elt, nullptr, g.generators, "{", "}");
    }
    case DictComp: {
      auto& g = ast::cast<ast::node::DictComp>(e);
      return comprehension(g.key, g.value, g.generators, "{", "}");
    }
    case Yield: {
      ast::Expr* value = ast::cast<ast::node::Yield>(e).value;
      if (!value) return text("(yield)");
      TRY(text("(yield "));
      TRY(expr(value, kTest));
      return text(")");
    }
    case YieldFrom:
      TRY(text("(yield from "));
      TRY(expr(ast::cast<ast::node::YieldFrom>(e).value, kTest));
      return text(")");
    case Await:
      TRY(text_if(level > kAwait, "("));
      TRY(text("await "));
      TRY(expr(ast::cast<ast::node::Await>(e).value, kAtom));
      return text_if(level > kAwait, ")");
    case Compare: return compare(ast::cast<ast::node::Compare>(e), level);
    case Call: return call(ast::cast<ast::node::Call>(e));
    case ConstantExpr: return constant(ast::cast<ast::node::ConstantExpr>(e));
    case JoinedStr: case FormattedValue: return joined_str(e);
    case Attribute: return attribute(ast::cast<ast::node::Attribute>(e));
    case Starred:
      TRY(text("*"));
      return expr(ast::cast<ast::node::Starred>(e).value, kExpr);
    case Name: return name(ast::cast<ast::node::Name>(e).id);
    case List:
      TRY(text("["));
      TRY(list(ast::cast<ast::node::List>(e).elts, kTest));
      return text("]");
    case Tuple: return tuple(ast::cast<ast::node::Tuple>(e), level);
    case Subscript: return subscript(ast::cast<ast::node::Subscript>(e));
    case Slice: return slice(ast::cast<ast::node::Slice>(e));
    case NamedExpr: {
      auto& n = ast::cast<ast::node::NamedExpr>(e);
      TRY(text_if(level > kTuple, "("));
      TRY(expr(n.target, kAtom));
      TRY(text(" := "));
      TRY(expr(n.value, kAtom));
      return text_if(level > kTuple, ")");
    }
    default: return raise(PyExc_SystemError, "unknown expression kind");
  }
}

Status Unparser::bool_op(ast::node::BoolOp& e, int level) {
  bool is_and = e.op == ast::BoolOperator::And;
  int own = is_and ? kAnd : kOr;
  TRY(text_if(level > own, "("));
  for (int i = 0; i < e.values.size(); i++) {
    TRY(text_if(i > 0, is_and ? " and " : " or "));
    TRY(expr(e.values[i], tighter(own)));
  }
  return text_if(level > own, ")");
}

Status Unparser::binary(ast::node::BinOp& e, int level) {
  OperatorText op = text_of(e.op);
  TRY(text_if(level > op.level, "("));
  TRY(expr(e.left, op.level + op.right));
  TRY(text(op.text));
  TRY(expr(e.right, op.level + !op.right));
  return text_if(level > op.level, ")");
}

Status Unparser::unary(ast::node::UnaryOp& e, int level) {
  int own = e.op == ast::UnaryOperator::Not ? kNot : kFactor;
  const char* op = e.op == ast::UnaryOperator::Not ? "not " : e.op == ast::UnaryOperator::Invert ? "~"
                   : e.op == ast::UnaryOperator::UAdd ? "+" : "-";
  TRY(text_if(level > own, "("));
  TRY(text(op));
  TRY(expr(e.operand, own));
  return text_if(level > own, ")");
}

Status Unparser::parameter(ast::Arg* a) {
  TRY(name(a->arg));
  if (!a->annotation) return {};
  TRY(text(": "));
  return expr(a->annotation, kTest);
}

Status Unparser::parameters(ast::Arguments* a) {
  bool first = true;
  auto comma = [&] { return text_if(!std::exchange(first, false), ", "); };
  int positional = a->posonlyargs.size() + a->args.size();
  int without_default = positional - a->defaults.size();
  for (int i = 0; i < positional; i++) {
    TRY(comma());
    bool positional_only = i < a->posonlyargs.size();
    TRY(parameter(positional_only ? a->posonlyargs[i] : a->args[i - a->posonlyargs.size()]));
    if (i >= without_default) {
      TRY(text("="));
      TRY(expr(a->defaults[i - without_default], kTest));
    }
    if (positional_only && i + 1 == a->posonlyargs.size()) TRY(text(", /"));
  }
  if (a->vararg || !a->kwonlyargs.empty()) {
    TRY(comma());
    TRY(text("*"));
    if (a->vararg) TRY(parameter(a->vararg));
  }
  for (int i = 0; i < a->kwonlyargs.size(); i++) {
    TRY(comma());
    TRY(parameter(a->kwonlyargs[i]));
    if (a->kw_defaults[i]) {
      TRY(text("="));
      TRY(expr(a->kw_defaults[i], kTest));
    }
  }
  if (a->kwarg) {
    TRY(comma());
    TRY(text("**"));
    TRY(parameter(a->kwarg));
  }
  return {};
}

Status Unparser::lambda(ast::node::Lambda& e, int level) {
  TRY(text_if(level > kTest, "("));
  ast::Arguments* a = e.args;
  bool has_positional = !a->posonlyargs.empty() || !a->args.empty();
  TRY(text(has_positional ? "lambda " : "lambda"));  // `lambda*args: …` is CPython's text
  TRY(parameters(a));
  TRY(text(": "));
  TRY(expr(e.body, kTest));
  return text_if(level > kTest, ")");
}

Status Unparser::if_expression(ast::node::IfExp& e, int level) {
  TRY(text_if(level > kTest, "("));
  TRY(expr(e.body, tighter(kTest)));
  TRY(text(" if "));
  TRY(expr(e.test, tighter(kTest)));
  TRY(text(" else "));
  TRY(expr(e.orelse, kTest));
  return text_if(level > kTest, ")");
}

Status Unparser::dict(ast::node::Dict& e) {
  TRY(text("{"));
  for (int i = 0; i < e.values.size(); i++) {
    TRY(text_if(i > 0, ", "));
    if (e.keys[i]) {
      TRY(expr(e.keys[i], kTest));
      TRY(text(": "));
      TRY(expr(e.values[i], kTest));
    } else {
      TRY(text("**"));
      TRY(expr(e.values[i], kExpr));
    }
  }
  return text("}");
}

Status Unparser::comprehension(ast::Expr* elt, ast::Expr* value, const ast::Seq<ast::Comprehension*>& generators,
                               const char* open, const char* close) {
  TRY(text(open));
  TRY(expr(elt, kTest));
  if (value) {
    TRY(text(": "));
    TRY(expr(value, kTest));
  }
  for (ast::Comprehension* g : generators) {
    TRY(text(g->is_async ? " async for " : " for "));
    TRY(expr(g->target, kTuple));
    TRY(text(" in "));
    TRY(expr(g->iter, tighter(kTest)));
    for (ast::Expr* condition : g->ifs) {
      TRY(text(" if "));
      TRY(expr(condition, tighter(kTest)));
    }
  }
  return text(close);
}

Status Unparser::compare(ast::node::Compare& e, int level) {
  TRY(text_if(level > kCompare, "("));
  TRY(expr(e.left, tighter(kCompare)));
  for (int i = 0; i < e.ops.size(); i++) {
    TRY(text(text_of(e.ops[i])));
    TRY(expr(e.comparators[i], tighter(kCompare)));
  }
  return text_if(level > kCompare, ")");
}

Status Unparser::call(ast::node::Call& e) {
  TRY(expr(e.func, kAtom));
  if (e.args.size() == 1 && e.keywords.empty()) {
    if (auto* g = ast::as<ast::node::GeneratorExp>(e.args[0])) {
      return comprehension(g->elt, nullptr, g->generators, "(", ")");
    }
  }
  TRY(text("("));
  TRY(list(e.args, kTest));
  bool first = e.args.empty();
  for (ast::Keyword* k : e.keywords) {
    TRY(text_if(!std::exchange(first, false), ", "));
    if (k->arg) {
      TRY(name(k->arg));
      TRY(text("="));
    } else {
      TRY(text("**"));
    }
    TRY(expr(k->value, kTest));
  }
  return text(")");
}

Status Unparser::constant(PyObject* o) {
  if (o == Py_Ellipsis) return text("...");
  if (PyTuple_CheckExact(o)) {
    TRY(text("("));
    for (Py_ssize_t i = 0; i < tuple_size(o); i++) {
      TRY(text_if(i > 0, ", "));
      TRY(constant(item(o, i)));
    }
    TRY(text_if(tuple_size(o) == 1, ","));
    return text(")");
  }
  Ref<> shown = TRY(repr(o));
  if (!PyFloat_CheckExact(o) && !PyComplex_CheckExact(o)) return text(shown.get());
  // No literal says infinity; this one overflows to it.
  Py_ssize_t n = str_length(shown.get());
  for (Py_ssize_t i = 0; i < n; i++) {
    bool infinite = i + 3 <= n && char_at(shown.get(), i) == 'i' && char_at(shown.get(), i + 1) == 'n' &&
                    char_at(shown.get(), i + 2) == 'f';
    if (infinite) {
      TRY(text("1e309"));
      i += 2;
    } else if (!out_.add(char_at(shown.get(), i))) {
      return Raised{};
    }
  }
  return {};
}

Status Unparser::constant(ast::node::ConstantExpr& e) {
  TRY(text(e.kind));  // the `u` of u'…'
  return constant(TRY(c_.object(e.value)));
}

Status Unparser::attribute(ast::node::Attribute& e) {
  TRY(expr(e.value, kAtom));
  // `1 .real`: without the blank it would be a float.
  bool is_int = is_constant(e.value) && PyLong_CheckExact(TRY(c_.object(ast::cast<ast::node::ConstantExpr>(e.value).value)));
  TRY(text(is_int ? " ." : "."));
  return name(e.attr);
}

Status Unparser::subscript(ast::node::Subscript& e) {
  TRY(expr(e.value, kAtom));
  TRY(text("["));
  TRY(expr(e.slice, kTuple));
  return text("]");
}

Status Unparser::slice(ast::node::Slice& e) {
  if (e.lower) TRY(expr(e.lower, kTest));
  TRY(text(":"));
  if (e.upper) TRY(expr(e.upper, kTest));
  if (!e.step) return {};
  TRY(text(":"));
  return expr(e.step, kTest);
}

Status Unparser::tuple(ast::node::Tuple& e, int level) {
  if (e.elts.empty()) return text("()");
  TRY(text_if(level > kTuple, "("));
  TRY(list(e.elts, kTest));
  TRY(text_if(e.elts.size() == 1, ","));
  return text_if(level > kTuple, ")");
}

// -- f-strings --

/// The inside of an f-string: literal text with braces doubled, and `{expression!r:spec}`.
class FStringBody {
 public:
  explicit FStringBody(Context& c) : c_(c) {}
  Status part(ast::Expr* e, bool in_spec);
  Ref<> finish() { return out_.finish(); }

 private:
  Status literal(PyObject* s);
  Status value(ast::node::FormattedValue& f);
  Status add(Py_UCS4 c) { return out_.add(c) ? Status() : Status(Raised{}); }

  Context& c_;
  StrBuilder out_;
};

Status FStringBody::literal(PyObject* s) {
  for (Py_ssize_t i = 0; i < str_length(s); i++) {
    Py_UCS4 ch = char_at(s, i);
    if (ch == '{' || ch == '}') TRY(add(ch));
    TRY(add(ch));
  }
  return {};
}

Status FStringBody::value(ast::node::FormattedValue& f) {
  Ref<> inner;
  {
    Unparser u(c_);
    TRY(u.expr(f.value, tighter(kTest)));
    inner = TRY(u.finish());
  }
  TRY(add('{'));
  // `{{` would be a literal brace.
  if (str_length(inner.get()) && char_at(inner.get(), 0) == '{') TRY(add(' '));
  if (!out_.add(inner.get())) return Raised{};
  if (f.conversion > 0) {
    TRY(add('!'));
    TRY(add(Py_UCS4(f.conversion)));
  }
  if (f.format_spec) {
    TRY(add(':'));
    TRY(part(f.format_spec, true));
  }
  return add('}');
}

Status FStringBody::part(ast::Expr* e, bool in_spec) {
  if (auto* j = ast::as<ast::node::JoinedStr>(e)) {
    for (ast::Expr* v : j->values) TRY(part(v, in_spec));
    return {};
  }
  if (auto* f = ast::as<ast::node::FormattedValue>(e)) return value(*f);
  return literal(TRY(c_.object(ast::cast<ast::node::ConstantExpr>(e).value)));
}

Status Unparser::joined_str(ast::Expr* e) {
  FStringBody body(c_);
  TRY(body.part(e, false));
  Ref<> inner = TRY(body.finish());
  // A replacement field outside an f-string can only come from a tree that a program made.
  if (e->kind == ast::Kind::FormattedValue) return text(inner.get());
  TRY(text("f"));
  return text(TRY(repr(inner.get())).get());
}

}  // namespace

Ref<> unparse(Context& context, ast::Expr* e) {
  Unparser u(context);
  // Outermost brackets of a tuple are kept: `x: (1, 2)`.
  TRY(u.expr(e, kTest));
  return u.finish();
}

}  // namespace taipan::compiler
