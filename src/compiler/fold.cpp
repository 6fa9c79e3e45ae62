// Constant folding on the tree, by CPython 3.11's rules: what an operation on constants gives becomes a constant,
// unless it raises or would be large; `not a in b` becomes `a not in b`; literals behind `in` and `for` become
// constants; docstrings stay what they are in the source.
#include "compiler/fold.h"

#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/set.h"

namespace taipan::compiler {

namespace {

using namespace ast::node;

// Larger results are computed at run time, so that a short source does not make a huge code object.
constexpr size_t kMaxIntBits = 128;
constexpr Py_ssize_t kMaxCollectionSize = 256;
constexpr Py_ssize_t kMaxStrSize = 4096;
constexpr Py_ssize_t kMaxTotalItems = 1024;

PyObject* value_of(const ast::Expr* e) {
  return static_cast<PyObject*>(static_cast<const ConstantExpr*>(e)->value.object);
}
bool is_constant(const ast::Expr* e) { return e->kind == ast::Kind::ConstantExpr; }

size_t bit_length(PyObject* o) {
  auto n = size_t(Py_ABS(Py_SIZE(o)));
  if (n == 0) return 0;
  digit top = reinterpret_cast<Int*>(o)->ob_digit[n - 1];
  return (n - 1) * PyLong_SHIFT + (32 - size_t(__builtin_clz(top)));
}
bool is_nonzero_int(PyObject* o) { return PyLong_Check(o) && Py_SIZE(o) != 0; }
bool is_frozenset(PyObject* o) { return PyFrozenSet_CheckExact(o); }

/// What is left of `limit` after counting all items, nested ones too.
Py_ssize_t count_items(PyObject* o, Py_ssize_t limit) {
  if (PyTuple_Check(o)) {
    limit -= tuple_size(o);
    for (Py_ssize_t i = 0; limit >= 0 && i < tuple_size(o); i++) limit = count_items(item(o, i), limit);
  } else if (is_frozenset(o)) {
    limit -= set_size(o);
    Py_ssize_t position = 0;
    PyObject* key;
    while (limit >= 0 && set_next(o, &position, &key)) limit = count_items(key, limit);
  }
  return limit;
}

/// May `count * o` be computed now? `unit` is the size of o, `limit` that of the largest result.
bool repeat_is_small(PyObject* count, Py_ssize_t unit, Py_ssize_t limit, PyObject* o) {
  if (unit == 0) return true;
  int64_t n;
  if (int_to_int64(count, &n) != 0 || n < 0 || n > limit / unit) return false;
  return n == 0 || !o || count_items(o, kMaxTotalItems / n) >= 0;
}

bool multiply_is_small(PyObject* v, PyObject* w) {
  if (is_nonzero_int(v) && is_nonzero_int(w)) return bit_length(v) + bit_length(w) <= kMaxIntBits;
  if (PyLong_Check(v)) {
    if (PyTuple_Check(w)) return repeat_is_small(v, tuple_size(w), kMaxCollectionSize, w);
    if (is_frozenset(w)) return repeat_is_small(v, set_size(w), kMaxCollectionSize, w);
    if (PyUnicode_Check(w)) return repeat_is_small(v, str_length(w), kMaxStrSize, nullptr);
    if (PyBytes_Check(w)) return repeat_is_small(v, Py_SIZE(w), kMaxStrSize, nullptr);
  } else if (PyLong_Check(w) &&
             (PyTuple_Check(v) || is_frozenset(v) || PyUnicode_Check(v) || PyBytes_Check(v))) {
    return multiply_is_small(w, v);
  }
  return true;
}

bool power_is_small(PyObject* v, PyObject* w) {
  if (!is_nonzero_int(v) || !PyLong_Check(w) || Py_SIZE(w) <= 0) return true;
  int64_t n;
  return int_to_int64(w, &n) == 0 && bit_length(v) <= kMaxIntBits / uint64_t(n);
}

bool shift_is_small(PyObject* v, PyObject* w) {
  if (!is_nonzero_int(v) || !is_nonzero_int(w)) return true;
  int64_t n;
  return int_to_int64(w, &n) == 0 && n >= 0 && uint64_t(n) <= kMaxIntBits &&
         bit_length(v) <= kMaxIntBits - uint64_t(n);
}

class Folder {
 public:
  explicit Folder(Context& c) : c_(c) {}
  Status module(ast::Mod* tree);

 private:
  using Slot = ast::Expr*&;  // a place in the tree: folding may put another node there

  Status expr(Slot e);
  Status opt(Slot e) { return e ? expr(e) : Status(); }
  Status exprs(const ast::Seq<ast::Expr*>& list) {
    for (Slot e : list) TRY(opt(e));
    return {};
  }
  Status stmt(ast::Stmt* s);
  Status stmts(const ast::Seq<ast::Stmt*>& list) {
    for (ast::Stmt* s : list) TRY(stmt(s));
    return {};
  }
  Status body(const ast::Seq<ast::Stmt*>& list);
  Status pattern(ast::Pattern* p);
  Status patterns(const ast::Seq<ast::Pattern*>& list) {
    for (ast::Pattern* p : list) TRY(pattern(p));
    return {};
  }
  Status arguments(ast::Arguments* a);
  Status args(const ast::Seq<ast::Arg*>& list) {
    for (ast::Arg* a : list) TRY(annotation(a->annotation));
    return {};
  }
  Status annotation(Slot e) { return c_.features & CO_FUTURE_ANNOTATIONS ? Status() : opt(e); }
  Status keywords(const ast::Seq<ast::Keyword*>& list) {
    for (ast::Keyword* k : list) TRY(expr(k->value));
    return {};
  }
  Status handlers(const ast::Seq<ast::ExceptHandler*>& list);
  Status generators(const ast::Seq<ast::Comprehension*>& list);
  Status items(const ast::Seq<ast::WithItem*>& list);
  template <class F>
  Status function(F& f);
  template <class T>
  Status try_statement(T& t);

  Status fold_binary(Slot e);
  Status fold_unary(Slot e);
  Status fold_tuple(Slot e);
  Status fold_subscript(Slot e);
  Status fold_iterable(Slot e);
  Status fold_comparison(Compare& c);
  Ref<> compute(ast::BinaryOperator op, PyObject* v, PyObject* w);
  /// Puts the constant there; an empty result (whatever exception is pending) leaves the tree as it is.
  Status replace(Slot e, Ref<> value);
  /// The tuple of all items; empty if one is no constant.
  Result<Ref<>> constant_tuple(const ast::Seq<ast::Expr*>& elts);

  Context& c_;
};

Status Folder::replace(Slot e, Ref<> value) {
  if (!value) {
    if (pending_error() && pending_matches(PyExc_KeyboardInterrupt)) return Raised{};
    clear_error();
    return {};
  }
  e = make_constant(c_, c_.pool().keep(std::move(value)), e->range);
  return {};
}

Status Folder::module(ast::Mod* tree) {
  if (auto* m = ast::as<Module>(tree)) return body(m->body);
  if (auto* m = ast::as<Interactive>(tree)) return stmts(m->body);
  if (auto* m = ast::as<Expression>(tree)) return expr(m->body);
  return {};
}

Status Folder::body(const ast::Seq<ast::Stmt*>& list) {
  bool docstring = has_docstring(list);
  TRY(stmts(list));
  if (docstring || !has_docstring(list)) return {};
  // Folding made a str where there was none: it must not become a docstring.
  auto& s = ast::cast<ExprStmt>(list[0]);
  auto* joined = c_.arena().make<JoinedStr>();
  joined->kind = JoinedStr::kKind;
  joined->range = s.range;
  joined->values = {c_.arena().array<ast::Expr*>(1), 1};
  joined->values[0] = s.value;
  s.value = joined;
  return {};
}

Ref<> Folder::compute(ast::BinaryOperator op, PyObject* v, PyObject* w) {
  using enum ast::BinaryOperator;
  switch (op) {
    case Add: return binary(taipan::BinaryOp::Add, v, w);
    case Sub: return binary(taipan::BinaryOp::Sub, v, w);
    case Mult: return multiply_is_small(v, w) ? binary(taipan::BinaryOp::Mult, v, w) : Ref<>();
    case Div: return binary(taipan::BinaryOp::Div, v, w);
    case FloorDiv: return binary(taipan::BinaryOp::FloorDiv, v, w);
    case Mod:
      if (PyUnicode_Check(v) || PyBytes_Check(v)) return {};
      return binary(taipan::BinaryOp::Mod, v, w);
    case Pow: return power_is_small(v, w) ? power(v, w, Py_None) : Ref<>();
    case LShift: return shift_is_small(v, w) ? binary(taipan::BinaryOp::LShift, v, w) : Ref<>();
    case RShift: return binary(taipan::BinaryOp::RShift, v, w);
    case BitOr: return binary(taipan::BinaryOp::Or, v, w);
    case BitXor: return binary(taipan::BinaryOp::Xor, v, w);
    case BitAnd: return binary(taipan::BinaryOp::And, v, w);
    case MatMult: return {};
  }
  return {};
}

bool has_starred(const ast::Seq<ast::Expr*>& elts) {
  for (ast::Expr* e : elts) {
    if (e->kind == ast::Kind::Starred) return true;
  }
  return false;
}

Status Folder::fold_binary(Slot e) {
  auto& b = ast::cast<BinOp>(e);
  if (!is_constant(b.left)) return {};
  auto* tuple = ast::as<ast::node::Tuple>(b.right);
  if (b.op == ast::BinaryOperator::Mod && tuple && PyUnicode_Check(value_of(b.left)) && !has_starred(tuple->elts)) {
    JoinedStr* joined = TRY(format_as_joined(c_, b, value_of(b.left), tuple->elts));
    if (joined) e = joined;
    return {};
  }
  if (!is_constant(b.right)) return {};
  return replace(e, compute(b.op, value_of(b.left), value_of(b.right)));
}

Status Folder::fold_unary(Slot e) {
  auto& u = ast::cast<UnaryOp>(e);
  if (!is_constant(u.operand)) {
    auto* compare = ast::as<Compare>(u.operand);
    if (u.op != ast::UnaryOperator::Not || !compare || compare->ops.size() != 1) return {};
    // Only these are each other's opposite; == and != or < and >= need not be.
    using enum ast::CompareOperator;
    switch (compare->ops[0]) {
      case Is: compare->ops[0] = IsNot; break;
      case IsNot: compare->ops[0] = Is; break;
      case In: compare->ops[0] = NotIn; break;
      case NotIn: compare->ops[0] = In; break;
      default: return {};
    }
    e = compare;
    return {};
  }
  PyObject* v = value_of(u.operand);
  switch (u.op) {
    case ast::UnaryOperator::Invert: return replace(e, invert(v));
    case ast::UnaryOperator::UAdd: return replace(e, positive(v));
    case ast::UnaryOperator::USub: return replace(e, negative(v));
    case ast::UnaryOperator::Not: {
      auto truth = is_true(v);
      return replace(e, truth ? boolean(!*truth) : Ref<>());
    }
  }
  return {};
}

Result<Ref<>> Folder::constant_tuple(const ast::Seq<ast::Expr*>& elts) {
  for (ast::Expr* e : elts) {
    if (!is_constant(e)) return Ref<>();
  }
  auto tuple = TRY(new_tuple(elts.size()));
  for (int i = 0; i < elts.size(); i++) tuple->ob_item[i] = Py_NewRef(value_of(elts[i]));
  return Ref<>(std::move(tuple));
}

Status Folder::fold_tuple(Slot e) {
  auto& t = ast::cast<ast::node::Tuple>(e);
  return t.ctx == ast::ExprContext::Load ? replace(e, TRY(constant_tuple(t.elts))) : Status();
}

Status Folder::fold_subscript(Slot e) {
  auto& s = ast::cast<Subscript>(e);
  if (s.ctx != ast::ExprContext::Load || !is_constant(s.value) || !is_constant(s.slice)) return {};
  return replace(e, get_item(value_of(s.value), value_of(s.slice)));
}

// A list that is only iterated over or searched may be a tuple, a set a frozenset.
Status Folder::fold_iterable(Slot e) {
  if (auto* list = ast::as<ast::node::List>(e)) {
    if (has_starred(list->elts)) return {};
    auto* tuple = c_.arena().make<ast::node::Tuple>();
    tuple->kind = ast::node::Tuple::kKind;
    tuple->range = list->range;
    tuple->elts = list->elts;
    tuple->ctx = list->ctx;
    e = tuple;
    return replace(e, TRY(constant_tuple(tuple->elts)));
  }
  if (auto* set = ast::as<ast::node::Set>(e)) {
    Ref<> tuple = TRY(constant_tuple(set->elts));
    if (!tuple) return {};
    return replace(e, new_frozenset(tuple.get()));
  }
  return {};
}

Status Folder::fold_comparison(Compare& c) {
  auto op = c.ops.back();
  if (op != ast::CompareOperator::In && op != ast::CompareOperator::NotIn) return {};
  return fold_iterable(c.comparators.back());
}

Status Folder::expr(Slot e) {
  Context::Nesting nesting(c_);
  if (!nesting) return Raised{};
  using enum ast::Kind;
  switch (e->kind) {
    case ConstantExpr: {
      TRY(c_.object(ast::cast<ast::node::ConstantExpr>(e).value));
      return {};
    }
    case NamedExpr: return expr(ast::cast<ast::node::NamedExpr>(e).value);
    case BoolOp: return exprs(ast::cast<ast::node::BoolOp>(e).values);
    case BinOp: {
      auto& b = ast::cast<ast::node::BinOp>(e);
      TRY(expr(b.left));
      TRY(expr(b.right));
      return fold_binary(e);
    }
    case UnaryOp: {
      TRY(expr(ast::cast<ast::node::UnaryOp>(e).operand));
      return fold_unary(e);
    }
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
      TRY(exprs(d.keys));
      return exprs(d.values);
    }
    case Set: return exprs(ast::cast<ast::node::Set>(e).elts);
    case ListComp: {
      auto& l = ast::cast<ast::node::ListComp>(e);
      TRY(expr(l.elt));
      return generators(l.generators);
    }
    case SetComp: {
      auto& l = ast::cast<ast::node::SetComp>(e);
      TRY(expr(l.elt));
      return generators(l.generators);
    }
    case GeneratorExp: {
      auto& l = ast::cast<ast::node::GeneratorExp>(e);
      TRY(expr(l.elt));
      return generators(l.generators);
    }
    case DictComp: {
      auto& l = ast::cast<ast::node::DictComp>(e);
      TRY(expr(l.key));
      TRY(expr(l.value));
      return generators(l.generators);
    }
    case Await: return expr(ast::cast<ast::node::Await>(e).value);
    case Yield: return opt(ast::cast<ast::node::Yield>(e).value);
    case YieldFrom: return expr(ast::cast<ast::node::YieldFrom>(e).value);
    case Compare: {
      auto& c = ast::cast<ast::node::Compare>(e);
      TRY(expr(c.left));
      TRY(exprs(c.comparators));
      return fold_comparison(c);
    }
    case Call: {
      auto& c = ast::cast<ast::node::Call>(e);
      TRY(expr(c.func));
      TRY(exprs(c.args));
      return keywords(c.keywords);
    }
    case FormattedValue: {
      auto& f = ast::cast<ast::node::FormattedValue>(e);
      TRY(expr(f.value));
      return opt(f.format_spec);
    }
    case JoinedStr: return exprs(ast::cast<ast::node::JoinedStr>(e).values);
    case Attribute: return expr(ast::cast<ast::node::Attribute>(e).value);
    case Subscript: {
      auto& s = ast::cast<ast::node::Subscript>(e);
      TRY(expr(s.value));
      TRY(expr(s.slice));
      return fold_subscript(e);
    }
    case Starred: return expr(ast::cast<ast::node::Starred>(e).value);
    case Slice: {
      auto& s = ast::cast<ast::node::Slice>(e);
      TRY(opt(s.lower));
      TRY(opt(s.upper));
      return opt(s.step);
    }
    case List: return exprs(ast::cast<ast::node::List>(e).elts);
    case Tuple: {
      TRY(exprs(ast::cast<ast::node::Tuple>(e).elts));
      return fold_tuple(e);
    }
    case Name: {
      auto& n = ast::cast<ast::node::Name>(e);
      if (n.ctx != ast::ExprContext::Load || TRY(c_.name(n.id)) != "__debug__"_name) return {};
      return replace(e, boolean(c_.optimize_level() == 0));
    }
    default: return {};
  }
}

Status Folder::arguments(ast::Arguments* a) {
  TRY(args(a->posonlyargs));
  TRY(args(a->args));
  if (a->vararg) TRY(annotation(a->vararg->annotation));
  TRY(args(a->kwonlyargs));
  TRY(exprs(a->kw_defaults));
  if (a->kwarg) TRY(annotation(a->kwarg->annotation));
  return exprs(a->defaults);
}

Status Folder::generators(const ast::Seq<ast::Comprehension*>& list) {
  for (ast::Comprehension* g : list) {
    TRY(expr(g->target));
    TRY(expr(g->iter));
    TRY(exprs(g->ifs));
    TRY(fold_iterable(g->iter));
  }
  return {};
}

Status Folder::items(const ast::Seq<ast::WithItem*>& list) {
  for (ast::WithItem* w : list) {
    TRY(expr(w->context_expr));
    TRY(opt(w->optional_vars));
  }
  return {};
}

Status Folder::handlers(const ast::Seq<ast::ExceptHandler*>& list) {
  for (ast::ExceptHandler* node : list) {
    auto& h = ast::cast<ExceptHandlerNode>(node);
    TRY(opt(h.type));
    TRY(stmts(h.body));
  }
  return {};
}

template <class F>
Status Folder::function(F& f) {
  TRY(arguments(f.args));
  TRY(body(f.body));
  TRY(exprs(f.decorator_list));
  return annotation(f.returns);
}

template <class T>
Status Folder::try_statement(T& t) {
  TRY(stmts(t.body));
  TRY(handlers(t.handlers));
  TRY(stmts(t.orelse));
  return stmts(t.finalbody);
}

Status Folder::stmt(ast::Stmt* s) {
  Context::Nesting nesting(c_);
  if (!nesting) return Raised{};
  using enum ast::Kind;
  switch (s->kind) {
    case FunctionDef: return function(ast::cast<ast::node::FunctionDef>(s));
    case AsyncFunctionDef: return function(ast::cast<ast::node::AsyncFunctionDef>(s));
    case ClassDef: {
      auto& c = ast::cast<ast::node::ClassDef>(s);
      TRY(exprs(c.bases));
      TRY(keywords(c.keywords));
      TRY(body(c.body));
      return exprs(c.decorator_list);
    }
    case Return: return opt(ast::cast<ast::node::Return>(s).value);
    case Delete: return exprs(ast::cast<ast::node::Delete>(s).targets);
    case Assign: {
      auto& a = ast::cast<ast::node::Assign>(s);
      TRY(exprs(a.targets));
      return expr(a.value);
    }
    case AugAssign: {
      auto& a = ast::cast<ast::node::AugAssign>(s);
      TRY(expr(a.target));
      return expr(a.value);
    }
    case AnnAssign: {
      auto& a = ast::cast<ast::node::AnnAssign>(s);
      TRY(expr(a.target));
      TRY(annotation(a.annotation));
      return opt(a.value);
    }
    case For: {
      auto& f = ast::cast<ast::node::For>(s);
      TRY(expr(f.target));
      TRY(expr(f.iter));
      TRY(stmts(f.body));
      TRY(stmts(f.orelse));
      return fold_iterable(f.iter);
    }
    case AsyncFor: {
      auto& f = ast::cast<ast::node::AsyncFor>(s);
      TRY(expr(f.target));
      TRY(expr(f.iter));
      TRY(stmts(f.body));
      return stmts(f.orelse);
    }
    case While: {
      auto& w = ast::cast<ast::node::While>(s);
      TRY(expr(w.test));
      TRY(stmts(w.body));
      return stmts(w.orelse);
    }
    case If: {
      auto& i = ast::cast<ast::node::If>(s);
      TRY(expr(i.test));
      TRY(stmts(i.body));
      return stmts(i.orelse);
    }
    case With: {
      auto& w = ast::cast<ast::node::With>(s);
      TRY(items(w.items));
      return stmts(w.body);
    }
    case AsyncWith: {
      auto& w = ast::cast<ast::node::AsyncWith>(s);
      TRY(items(w.items));
      return stmts(w.body);
    }
    case Raise: {
      auto& r = ast::cast<ast::node::Raise>(s);
      TRY(opt(r.exc));
      return opt(r.cause);
    }
    case Try: return try_statement(ast::cast<ast::node::Try>(s));
    case TryStar: return try_statement(ast::cast<ast::node::TryStar>(s));
    case Assert: {
      auto& a = ast::cast<ast::node::Assert>(s);
      TRY(expr(a.test));
      return opt(a.msg);
    }
    case ExprStmt: return expr(ast::cast<ast::node::ExprStmt>(s).value);
    case Match: {
      auto& m = ast::cast<ast::node::Match>(s);
      TRY(expr(m.subject));
      for (ast::MatchCase* c : m.cases) {
        TRY(pattern(c->pattern));
        TRY(opt(c->guard));
        TRY(stmts(c->body));
      }
      return {};
    }
    default: return {};
  }
}

// Numbers with a sign and complex numbers are expressions in patterns too.
Status Folder::pattern(ast::Pattern* p) {
  Context::Nesting nesting(c_);
  if (!nesting) return Raised{};
  using enum ast::Kind;
  switch (p->kind) {
    case MatchValue: return expr(ast::cast<ast::node::MatchValue>(p).value);
    case MatchSingleton: {
      TRY(c_.object(ast::cast<ast::node::MatchSingleton>(p).value));
      return {};
    }
    case MatchSequence: return patterns(ast::cast<ast::node::MatchSequence>(p).patterns);
    case MatchMapping: {
      auto& m = ast::cast<ast::node::MatchMapping>(p);
      TRY(exprs(m.keys));
      return patterns(m.patterns);
    }
    case MatchClass: {
      auto& m = ast::cast<ast::node::MatchClass>(p);
      TRY(expr(m.cls));
      TRY(patterns(m.patterns));
      return patterns(m.kwd_patterns);
    }
    case MatchAs: {
      auto& m = ast::cast<ast::node::MatchAs>(p);
      return m.pattern ? pattern(m.pattern) : Status();
    }
    case MatchOr: return patterns(ast::cast<ast::node::MatchOr>(p).patterns);
    default: return {};
  }
}

}  // namespace

ConstantExpr* make_constant(Context& c, PyObject* value, const ast::Range& range) {
  auto* node = c.arena().make<ConstantExpr>();
  node->ast::Node::kind = ConstantExpr::kKind;  // ConstantExpr has a field `kind` too
  node->range = range;
  node->value.kind = ast::Constant::kObject;
  node->value.object = value;
  return node;
}

Status fold(Context& context, ast::Mod* tree) { return Folder(context).module(tree); }

}  // namespace taipan::compiler
