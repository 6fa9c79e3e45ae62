// Trees that come from Python: what no parser would have made is refused here, so that the compiler may rely on a
// tree's shape. The messages are CPython's.
#include "compiler/ast_objects.h"
#include "compiler/tree_depth.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/thread.h"
#include "object/tuple.h"
#include "types/set.h"

namespace taipan {

namespace {

namespace ast = syntax;
using ast::ExprContext;
using compiler::TreeDepth;

const char* text_of(ExprContext c) {
  return c == ExprContext::Load ? "Load" : c == ExprContext::Store ? "Store" : "Del";
}

class Validator {
 public:
  Status module(ast::Mod* tree);

 private:
  Status expr(ast::Expr* e, ExprContext context = ExprContext::Load);
  Status opt(ast::Expr* e) { return e ? expr(e) : Status(); }
  Status exprs(const ast::Seq<ast::Expr*>& list, ExprContext context = ExprContext::Load, bool may_be_none = false);
  Status inner(ast::Expr* e, ExprContext context);
  Status check_context(ast::Expr* e, ExprContext context);
  Status stmt(ast::Stmt* s);
  Status stmts(const ast::Seq<ast::Stmt*>& list);
  Status body(const ast::Seq<ast::Stmt*>& list, const char* owner);
  Status pattern(ast::Pattern* p, bool star_allowed);
  Status patterns(const ast::Seq<ast::Pattern*>& list, bool star_allowed);
  Status pattern_value(ast::Expr* e);
  Status mapping(ast::node::MatchMapping& m);
  Status class_pattern(ast::node::MatchClass& m);
  Status capture(ast::Identifier name);
  Status constant(const ast::Constant& c) { return constant(static_cast<PyObject*>(c.object)); }
  Status constant(PyObject* o);
  Status name(ast::Identifier id);
  Status names(const ast::Seq<ast::Identifier>& list, const char* owner);
  Status arguments(ast::Arguments* a);
  Status args(const ast::Seq<ast::Arg*>& list);
  Status keywords(const ast::Seq<ast::Keyword*>& list);
  Status comprehension(const ast::Seq<ast::Comprehension*>& list);
  Status items(const ast::Seq<ast::WithItem*>& list, const char* owner);
  Status handlers(const ast::Seq<ast::ExceptHandler*>& list, bool check_position);
  template <class F>
  Status function(F& f, const char* owner);
  template <class T>
  Status try_statement(T& t, const char* owner);
  template <class T>
  Status not_empty(const ast::Seq<T>& list, const char* what, const char* owner) {
    if (list.empty()) return raise(PyExc_ValueError, "empty {} on {}", what, owner);
    return {};
  }
  Status position(const ast::Range& r);

  TreeDepth depth_;
};

Status Validator::position(const ast::Range& r) {
  if (r.line > r.end_line) {
    return raise(PyExc_ValueError, "AST node line range ({}, {}) is not valid", r.line, r.end_line);
  }
  if ((r.line < 0 && r.end_line != r.line) || (r.column < 0 && r.column != r.end_column)) {
    return raise(PyExc_ValueError, "AST node column range ({}, {}) for line range ({}, {}) is not valid", r.column,
                 r.end_column, r.line, r.end_line);
  }
  if (r.line == r.end_line && r.column > r.end_column) {
    return raise(PyExc_ValueError, "line {}, column {}-{} is not a valid range", r.line, r.column, r.end_column);
  }
  return {};
}

Status Validator::name(ast::Identifier id) {
  for (std::string_view reserved : {"None", "True", "False"}) {
    if (id->text == reserved) {
      return raise(PyExc_ValueError, "identifier field can't represent '{}' constant", reserved);
    }
  }
  return {};
}

Status Validator::constant(PyObject* o) {
  if (o == Py_None || o == Py_Ellipsis || PyLong_CheckExact(o) || PyFloat_CheckExact(o) || PyComplex_CheckExact(o) ||
      PyBool_Check(o) || PyUnicode_CheckExact(o) || PyBytes_CheckExact(o)) {
    return {};
  }
  if (PyTuple_CheckExact(o) || PyFrozenSet_CheckExact(o)) {
    RecursionGuard guard(" during compilation");
    if (!guard) return Raised{};
    return for_each(o, [&](PyObject* item) { return constant(item); });
  }
  return raise(PyExc_TypeError, "got an invalid type in Constant: {}", type_name(o));
}

// -- expressions --

Status Validator::exprs(const ast::Seq<ast::Expr*>& list, ExprContext context, bool may_be_none) {
  for (ast::Expr* e : list) {
    if (e) TRY(expr(e, context));
    else if (!may_be_none) return raise(PyExc_ValueError, "None disallowed in expression list");
  }
  return {};
}

Status Validator::comprehension(const ast::Seq<ast::Comprehension*>& list) {
  if (list.empty()) return raise(PyExc_ValueError, "comprehension with no generators");
  for (ast::Comprehension* g : list) {
    TRY(expr(g->target, ExprContext::Store));
    TRY(expr(g->iter));
    TRY(exprs(g->ifs));
  }
  return {};
}

Status Validator::keywords(const ast::Seq<ast::Keyword*>& list) {
  for (ast::Keyword* k : list) TRY(expr(k->value));
  return {};
}

Status Validator::args(const ast::Seq<ast::Arg*>& list) {
  for (ast::Arg* a : list) {
    TRY(position(a->range));
    TRY(opt(a->annotation));
  }
  return {};
}

Status Validator::arguments(ast::Arguments* a) {
  TRY(args(a->posonlyargs));
  TRY(args(a->args));
  if (a->vararg) TRY(opt(a->vararg->annotation));
  TRY(args(a->kwonlyargs));
  if (a->kwarg) TRY(opt(a->kwarg->annotation));
  if (a->defaults.size() > a->posonlyargs.size() + a->args.size()) {
    return raise(PyExc_ValueError, "more positional defaults than args on arguments");
  }
  if (a->kw_defaults.size() != a->kwonlyargs.size()) {
    return raise(PyExc_ValueError, "length of kwonlyargs is not the same as kw_defaults on arguments");
  }
  TRY(exprs(a->defaults));
  return exprs(a->kw_defaults, ExprContext::Load, true);
}

Status Validator::check_context(ast::Expr* e, ExprContext wanted) {
  using enum ast::Kind;
  ExprContext actual;
  switch (e->kind) {
    case Name:
      TRY(name(ast::cast<ast::node::Name>(e).id));
      actual = ast::cast<ast::node::Name>(e).ctx;
      break;
    case Attribute: actual = ast::cast<ast::node::Attribute>(e).ctx; break;
    case Subscript: actual = ast::cast<ast::node::Subscript>(e).ctx; break;
    case Starred: actual = ast::cast<ast::node::Starred>(e).ctx; break;
    case List: actual = ast::cast<ast::node::List>(e).ctx; break;
    case Tuple: actual = ast::cast<ast::node::Tuple>(e).ctx; break;
    default:
      if (wanted == ExprContext::Load) return {};
      return raise(PyExc_ValueError, "expression which can't be assigned to in {} context", text_of(wanted));
  }
  if (actual == wanted) return {};
  return raise(PyExc_ValueError, "expression must have {} context but has {} instead", text_of(wanted),
               text_of(actual));
}

Status Validator::expr(ast::Expr* e, ExprContext context) {
  TRY(position(e->range));
  TreeDepth::Level level(depth_, compiler::kTooDeepToCompile);
  if (!level) return Raised{};
  TRY(check_context(e, context));
  return inner(e, context);
}

Status Validator::inner(ast::Expr* e, ExprContext context) {
  using enum ast::Kind;
  switch (e->kind) {
    case BoolOp: {
      auto& b = ast::cast<ast::node::BoolOp>(e);
      if (b.values.size() < 2) return raise(PyExc_ValueError, "BoolOp with less than 2 values");
      return exprs(b.values);
    }
    case BinOp: {
      auto& b = ast::cast<ast::node::BinOp>(e);
      TRY(expr(b.left));
      return expr(b.right);
    }
    case UnaryOp: return expr(ast::cast<ast::node::UnaryOp>(e).operand);
    case Lambda: {
      auto& l = ast::cast<ast::node::Lambda>(e);
      TRY(arguments(l.args));
      return expr(l.body);
    }
    case IfExp: {
      auto& i = ast::cast<ast::node::IfExp>(e);
      TRY(expr(i.test));
      TRY(expr(i.body));
      return expr(i.orelse);
    }
    case Dict: {
      auto& d = ast::cast<ast::node::Dict>(e);
      if (d.keys.size() != d.values.size()) {
        return raise(PyExc_ValueError, "Dict doesn't have the same number of keys as values");
      }
      TRY(exprs(d.keys, ExprContext::Load, true));  // None: **mapping
      return exprs(d.values);
    }
    case Set: return exprs(ast::cast<ast::node::Set>(e).elts);
    case ListComp: {
      auto& c = ast::cast<ast::node::ListComp>(e);
      TRY(comprehension(c.generators));
      return expr(c.elt);
    }
    case SetComp: {
      auto& c = ast::cast<ast::node::SetComp>(e);
      TRY(comprehension(c.generators));
      return expr(c.elt);
    }
    case GeneratorExp: {
      auto& c = ast::cast<ast::node::GeneratorExp>(e);
      TRY(comprehension(c.generators));
      return expr(c.elt);
    }
    case DictComp: {
      auto& c = ast::cast<ast::node::DictComp>(e);
      TRY(comprehension(c.generators));
      TRY(expr(c.key));
      return expr(c.value);
    }
    case Yield: return opt(ast::cast<ast::node::Yield>(e).value);
    case YieldFrom: return expr(ast::cast<ast::node::YieldFrom>(e).value);
    case Await: return expr(ast::cast<ast::node::Await>(e).value);
    case Compare: {
      auto& c = ast::cast<ast::node::Compare>(e);
      if (c.comparators.empty()) return raise(PyExc_ValueError, "Compare with no comparators");
      if (c.comparators.size() != c.ops.size()) {
        return raise(PyExc_ValueError, "Compare has a different number of comparators and operands");
      }
      TRY(exprs(c.comparators));
      return expr(c.left);
    }
    case Call: {
      auto& c = ast::cast<ast::node::Call>(e);
      TRY(expr(c.func));
      TRY(exprs(c.args));
      return keywords(c.keywords);
    }
    case ConstantExpr: return constant(ast::cast<ast::node::ConstantExpr>(e).value);
    case JoinedStr: return exprs(ast::cast<ast::node::JoinedStr>(e).values);
    case FormattedValue: {
      auto& f = ast::cast<ast::node::FormattedValue>(e);
      TRY(expr(f.value));
      return opt(f.format_spec);
    }
    case Attribute: return expr(ast::cast<ast::node::Attribute>(e).value);
    case Subscript: {
      auto& s = ast::cast<ast::node::Subscript>(e);
      TRY(expr(s.slice));
      return expr(s.value);
    }
    case Starred: return expr(ast::cast<ast::node::Starred>(e).value, context);
    case Slice: {
      auto& s = ast::cast<ast::node::Slice>(e);
      TRY(opt(s.lower));
      TRY(opt(s.upper));
      return opt(s.step);
    }
    case List: return exprs(ast::cast<ast::node::List>(e).elts, context);
    case Tuple: return exprs(ast::cast<ast::node::Tuple>(e).elts, context);
    case NamedExpr: {
      auto& n = ast::cast<ast::node::NamedExpr>(e);
      if (n.target->kind != Name) return raise(PyExc_TypeError, "NamedExpr target must be a Name");
      return expr(n.value);
    }
    default: return {};
  }
}

// -- patterns --

bool is_number(const ast::Expr* e, bool real, bool imaginary) {
  if (e->kind != ast::Kind::ConstantExpr) return false;
  auto* o = static_cast<PyObject*>(static_cast<const ast::node::ConstantExpr*>(e)->value.object);
  return (real && (PyFloat_CheckExact(o) || PyLong_CheckExact(o))) || (imaginary && PyComplex_CheckExact(o));
}

bool is_negative_number(ast::Expr* e, bool real, bool imaginary) {
  auto* u = ast::as<ast::node::UnaryOp>(e);
  return u && u->op == ast::UnaryOperator::USub && is_number(u->operand, real, imaginary);
}

bool is_complex_literal(ast::Expr* e) {
  auto* b = ast::as<ast::node::BinOp>(e);
  return b && (b->op == ast::BinaryOperator::Add || b->op == ast::BinaryOperator::Sub) &&
         (is_number(b->left, true, false) || is_negative_number(b->left, true, false)) &&
         is_number(b->right, false, true);
}

Status Validator::pattern_value(ast::Expr* e) {
  TRY(expr(e));
  if (auto* c = ast::as<ast::node::ConstantExpr>(e)) {
    auto* o = static_cast<PyObject*>(c->value.object);
    if (PyLong_CheckExact(o) || PyFloat_CheckExact(o) || PyBytes_CheckExact(o) || PyComplex_CheckExact(o) ||
        PyUnicode_CheckExact(o)) {
      return {};
    }
    return raise(PyExc_ValueError, "unexpected constant inside of a literal pattern");
  }
  if (e->kind == ast::Kind::Attribute || e->kind == ast::Kind::JoinedStr || is_negative_number(e, true, true) ||
      is_complex_literal(e)) {
    return {};
  }
  return raise(PyExc_ValueError, "patterns may only match literals and attribute lookups");
}

Status Validator::capture(ast::Identifier id) {
  if (id->text == "_") return raise(PyExc_ValueError, "can't capture name '_' in patterns");
  return name(id);
}

Status Validator::patterns(const ast::Seq<ast::Pattern*>& list, bool star_allowed) {
  for (ast::Pattern* p : list) {
    if (!p) return raise(PyExc_ValueError, "None disallowed in pattern list");
    TRY(pattern(p, star_allowed));
  }
  return {};
}

Status Validator::mapping(ast::node::MatchMapping& m) {
  if (m.keys.size() != m.patterns.size()) {
    return raise(PyExc_ValueError, "MatchMapping doesn't have the same number of keys as patterns");
  }
  if (m.rest) TRY(capture(m.rest));
  for (ast::Expr* key : m.keys) {
    if (!key) return raise(PyExc_ValueError, "None disallowed in expression list");
    if (auto* c = ast::as<ast::node::ConstantExpr>(key)) {
      auto* o = static_cast<PyObject*>(c->value.object);
      if (o == Py_None || o == Py_True || o == Py_False) continue;
    }
    TRY(pattern_value(key));
  }
  return patterns(m.patterns, false);
}

Status Validator::class_pattern(ast::node::MatchClass& m) {
  if (m.kwd_attrs.size() != m.kwd_patterns.size()) {
    return raise(PyExc_ValueError, "MatchClass doesn't have the same number of keyword attributes as patterns");
  }
  TRY(expr(m.cls));
  ast::Expr* cls = m.cls;
  while (cls->kind != ast::Kind::Name) {
    auto* a = ast::as<ast::node::Attribute>(cls);
    if (!a) return raise(PyExc_ValueError, "MatchClass cls field can only contain Name or Attribute nodes.");
    cls = a->value;
  }
  for (ast::Identifier id : m.kwd_attrs) {
    if (!id) return raise(PyExc_ValueError, "None disallowed in identifier list");
    TRY(name(id));
  }
  TRY(patterns(m.patterns, false));
  return patterns(m.kwd_patterns, false);
}

Status Validator::pattern(ast::Pattern* p, bool star_allowed) {
  TRY(position(p->range));
  TreeDepth::Level level(depth_, compiler::kTooDeepToCompile);
  if (!level) return Raised{};
  using enum ast::Kind;
  switch (p->kind) {
    case MatchValue: return pattern_value(ast::cast<ast::node::MatchValue>(p).value);
    case MatchSingleton: {
      auto* o = static_cast<PyObject*>(ast::cast<ast::node::MatchSingleton>(p).value.object);
      if (o == Py_None || o == Py_True || o == Py_False) return {};
      return raise(PyExc_ValueError, "MatchSingleton can only contain True, False and None");
    }
    case MatchSequence: return patterns(ast::cast<ast::node::MatchSequence>(p).patterns, true);
    case MatchMapping: return mapping(ast::cast<ast::node::MatchMapping>(p));
    case MatchClass: return class_pattern(ast::cast<ast::node::MatchClass>(p));
    case MatchStar: {
      if (!star_allowed) return raise(PyExc_ValueError, "can't use MatchStar here");
      auto& m = ast::cast<ast::node::MatchStar>(p);
      return m.name ? capture(m.name) : Status();
    }
    case MatchAs: {
      auto& m = ast::cast<ast::node::MatchAs>(p);
      if (m.name) TRY(capture(m.name));
      if (!m.pattern) return {};
      if (!m.name) {
        return raise(PyExc_ValueError, "MatchAs must specify a target name if a pattern is given");
      }
      return pattern(m.pattern, false);
    }
    case MatchOr: {
      auto& m = ast::cast<ast::node::MatchOr>(p);
      if (m.patterns.size() < 2) return raise(PyExc_ValueError, "MatchOr requires at least 2 patterns");
      return patterns(m.patterns, false);
    }
    default: return raise(PyExc_SystemError, "unexpected pattern");
  }
}

// -- statements --

Status Validator::stmts(const ast::Seq<ast::Stmt*>& list) {
  for (ast::Stmt* s : list) {
    if (!s) return raise(PyExc_ValueError, "None disallowed in statement list");
    TRY(stmt(s));
  }
  return {};
}

Status Validator::body(const ast::Seq<ast::Stmt*>& list, const char* owner) {
  TRY(not_empty(list, "body", owner));
  return stmts(list);
}

template <class F>
Status Validator::function(F& f, const char* owner) {
  TRY(body(f.body, owner));
  TRY(arguments(f.args));
  TRY(exprs(f.decorator_list));
  return opt(f.returns);
}

Status Validator::items(const ast::Seq<ast::WithItem*>& list, const char* owner) {
  TRY(not_empty(list, "items", owner));
  for (ast::WithItem* w : list) {
    TRY(expr(w->context_expr));
    if (w->optional_vars) TRY(expr(w->optional_vars, ExprContext::Store));
  }
  return {};
}

Status Validator::handlers(const ast::Seq<ast::ExceptHandler*>& list, bool check_position) {
  for (ast::ExceptHandler* node : list) {
    if (!node) return raise(PyExc_ValueError, "None disallowed in excepthandler list");
    auto& h = ast::cast<ast::node::ExceptHandlerNode>(node);
    if (check_position) TRY(position(node->range));
    TRY(opt(h.type));
    TRY(body(h.body, "ExceptHandler"));
  }
  return {};
}

template <class T>
Status Validator::try_statement(T& t, const char* owner) {
  TRY(body(t.body, owner));
  if (t.handlers.empty() && t.finalbody.empty()) {
    return raise(PyExc_ValueError, "{} has neither except handlers nor finalbody", owner);
  }
  if (t.handlers.empty() && !t.orelse.empty()) {
    return raise(PyExc_ValueError, "{} has orelse but no except handlers", owner);
  }
  // The places of except* clauses are not looked at.
  TRY(handlers(t.handlers, std::is_same_v<T, ast::node::Try>));
  TRY(stmts(t.finalbody));
  return stmts(t.orelse);
}

Status Validator::names(const ast::Seq<ast::Identifier>& list, const char* owner) {
  TRY(not_empty(list, "names", owner));
  for (ast::Identifier id : list) {
    if (!id) return raise(PyExc_ValueError, "None disallowed in identifier list");
  }
  return {};
}

Status Validator::stmt(ast::Stmt* s) {
  TRY(position(s->range));
  TreeDepth::Level level(depth_, compiler::kTooDeepToCompile);
  if (!level) return Raised{};
  using enum ast::Kind;
  switch (s->kind) {
    case FunctionDef: return function(ast::cast<ast::node::FunctionDef>(s), "FunctionDef");
    case AsyncFunctionDef: return function(ast::cast<ast::node::AsyncFunctionDef>(s), "AsyncFunctionDef");
    case ClassDef: {
      auto& c = ast::cast<ast::node::ClassDef>(s);
      TRY(body(c.body, "ClassDef"));
      TRY(exprs(c.bases));
      TRY(keywords(c.keywords));
      return exprs(c.decorator_list);
    }
    case Return: return opt(ast::cast<ast::node::Return>(s).value);
    case Delete: {
      auto& d = ast::cast<ast::node::Delete>(s);
      TRY(not_empty(d.targets, "targets", "Delete"));
      return exprs(d.targets, ExprContext::Del);
    }
    case Assign: {
      auto& a = ast::cast<ast::node::Assign>(s);
      TRY(not_empty(a.targets, "targets", "Assign"));
      TRY(exprs(a.targets, ExprContext::Store));
      return expr(a.value);
    }
    case AugAssign: {
      auto& a = ast::cast<ast::node::AugAssign>(s);
      TRY(expr(a.target, ExprContext::Store));
      return expr(a.value);
    }
    case AnnAssign: {
      auto& a = ast::cast<ast::node::AnnAssign>(s);
      if (a.target->kind != Name && a.simple) {
        return raise(PyExc_TypeError, "AnnAssign with simple non-Name target");
      }
      TRY(expr(a.target, ExprContext::Store));
      TRY(opt(a.value));
      return expr(a.annotation);
    }
    case For: {
      auto& f = ast::cast<ast::node::For>(s);
      TRY(expr(f.target, ExprContext::Store));
      TRY(expr(f.iter));
      TRY(body(f.body, "For"));
      return stmts(f.orelse);
    }
    case AsyncFor: {
      auto& f = ast::cast<ast::node::AsyncFor>(s);
      TRY(expr(f.target, ExprContext::Store));
      TRY(expr(f.iter));
      TRY(body(f.body, "AsyncFor"));
      return stmts(f.orelse);
    }
    case While: {
      auto& w = ast::cast<ast::node::While>(s);
      TRY(expr(w.test));
      TRY(body(w.body, "While"));
      return stmts(w.orelse);
    }
    case If: {
      auto& i = ast::cast<ast::node::If>(s);
      TRY(expr(i.test));
      TRY(body(i.body, "If"));
      return stmts(i.orelse);
    }
    case With: {
      auto& w = ast::cast<ast::node::With>(s);
      TRY(items(w.items, "With"));
      return body(w.body, "With");
    }
    case AsyncWith: {
      auto& w = ast::cast<ast::node::AsyncWith>(s);
      TRY(items(w.items, "AsyncWith"));
      return body(w.body, "AsyncWith");
    }
    case Match: {
      auto& m = ast::cast<ast::node::Match>(s);
      TRY(expr(m.subject));
      TRY(not_empty(m.cases, "cases", "Match"));
      for (ast::MatchCase* c : m.cases) {
        TRY(pattern(c->pattern, false));
        TRY(opt(c->guard));
        TRY(body(c->body, "match_case"));
      }
      return {};
    }
    case Raise: {
      auto& r = ast::cast<ast::node::Raise>(s);
      if (!r.exc && r.cause) return raise(PyExc_ValueError, "Raise with cause but no exception");
      TRY(opt(r.exc));
      return opt(r.cause);
    }
    case Try: return try_statement(ast::cast<ast::node::Try>(s), "Try");
    case TryStar: return try_statement(ast::cast<ast::node::TryStar>(s), "TryStar");
    case Assert: {
      auto& a = ast::cast<ast::node::Assert>(s);
      TRY(expr(a.test));
      return opt(a.msg);
    }
    case Import: return not_empty(ast::cast<ast::node::Import>(s).names, "names", "Import");
    case ImportFrom: {
      auto& i = ast::cast<ast::node::ImportFrom>(s);
      if (i.level < 0) return raise(PyExc_ValueError, "Negative ImportFrom level");
      return not_empty(i.names, "names", "ImportFrom");
    }
    case Global: return names(ast::cast<ast::node::Global>(s).names, "Global");
    case Nonlocal: return names(ast::cast<ast::node::Nonlocal>(s).names, "Nonlocal");
    case ExprStmt: return expr(ast::cast<ast::node::ExprStmt>(s).value);
    default: return {};
  }
}

Status Validator::module(ast::Mod* tree) {
  if (auto* m = ast::as<ast::node::Module>(tree)) return stmts(m->body);
  if (auto* m = ast::as<ast::node::Interactive>(tree)) return stmts(m->body);
  if (auto* m = ast::as<ast::node::Expression>(tree)) return expr(m->body);
  auto& f = ast::cast<ast::node::FunctionType>(tree);
  TRY(exprs(f.argtypes));
  return expr(f.returns);
}

}  // namespace

Status validate_tree(ast::Mod* tree) { return Validator().module(tree); }

}  // namespace taipan
