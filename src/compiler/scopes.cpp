// The first half of the scopes' building: one walk over the tree that collects every block's names.
#include "compiler/scopes.h"

#include "object/name.h"
#include "object/str.h"

namespace taipan::compiler {

using namespace ast::node;

class ScopeBuilder {
 public:
  ScopeBuilder(Context& context, SymbolTable& table) : c_(context), table_(table) {}
  Status module(ast::Mod* tree);

 private:
  // -- scopes --
  Status enter(PyObject* name, ScopeType type, const ast::Node* node, const Location& location);
  void leave();
  Status define(PyObject* name, int flag, const Location& where) { return define_in(*current_, name, flag, where); }
  Status define(ast::Identifier id, int flag, const Location& where) {
    return define(TRY(c_.name(id)), flag, where);
  }
  Status define_in(Scope& scope, PyObject* name, int flag, const Location& where);
  Result<int> look_up(PyObject* name) {
    return current_->symbol_flags(TRY(c_.mangle(class_, name)));
  }
  Status record_directive(PyObject* name, const Location& where);

  // -- nodes --
  Status visit(ast::Stmt* s);
  Status visit(ast::Expr* e);
  Status visit(ast::Pattern* p);
  template <class T>
  Status visit_all(const ast::Seq<T*>& nodes) {
    for (T* n : nodes) {
      if (n) TRY(visit(n));
    }
    return {};
  }
  Status visit_opt(ast::Expr* e) { return e ? visit(e) : Status(); }
  Status visit(ast::Keyword* k) { return visit(k->value); }
  Status visit(ast::WithItem* w);
  Status visit(ast::MatchCase* m);
  Status visit(ast::ExceptHandler* h);
  Status visit(ast::Alias* a);
  Status function(ast::Stmt* s, ast::Identifier name, ast::Arguments* args, const ast::Seq<ast::Stmt*>& body,
                  const ast::Seq<ast::Expr*>& decorators, ast::Expr* returns, bool is_async);
  Status class_definition(ClassDef& s);
  Status annotated_assignment(AnnAssign& s);
  Status global_or_nonlocal(ast::Stmt* s, const ast::Seq<ast::Identifier>& names, bool global);
  Status parameters(ast::Arguments* args);
  Status annotation(ast::Expr* e);
  Status annotations(ast::Stmt* function, ast::Arguments* args, ast::Expr* returns);
  Status argument_annotations(const ast::Seq<ast::Arg*>& args);
  Status named_expression(NamedExpr& e);
  Status extend_named_expression(ast::Expr* target, PyObject* name);
  Status comprehension(ast::Expr* e, const char* name, ComprehensionType type,
                       const ast::Seq<ast::Comprehension*>& generators, ast::Expr* elt, ast::Expr* value);
  Status further_generator(ast::Comprehension* g);
  Status check_not_in_annotation(const char* what, ast::Expr* e);
  Status check_not_in_comprehension(ast::Expr* e);
  Status name(Name& e);

  Context& c_;
  SymbolTable& table_;
  Scope* current_ = nullptr;
  std::vector<Scope*> stack_;
  PyObject* class_ = nullptr;
};

Status ScopeBuilder::enter(PyObject* name, ScopeType type, const ast::Node* node, const Location& location) {
  Scope& s = table_.scopes_.emplace_back();
  s.name = name;
  s.type = type;
  s.node = node;
  s.location = location;
  table_.by_node_[node] = &s;
  stack_.push_back(&s);
  Scope* outer = std::exchange(current_, &s);
  if (!outer) {
    table_.top_ = &s;
    return {};
  }
  s.nested = outer->nested || outer->type == ScopeType::kFunction;
  // Assignment expressions are forbidden anywhere inside a comprehension's iterable, even in a lambda there.
  s.iterable_depth = outer->iterable_depth;
  if (type != ScopeType::kAnnotation) outer->children.push_back(&s);
  return {};
}

void ScopeBuilder::leave() {
  stack_.pop_back();
  current_ = stack_.empty() ? nullptr : stack_.back();
}

Status ScopeBuilder::define_in(Scope& scope, PyObject* name, int flag, const Location& where) {
  PyObject* mangled = TRY(c_.mangle(class_, name));
  auto i = size_t(scope.symbols.add(mangled));
  if (i == scope.flags.size()) scope.flags.push_back(0);
  if (flag & scope.flags[i] & kDefParameter) {
    return c_.syntax_error(where, "duplicate argument '{}' in function definition", as_str(name));
  }
  int flags = scope.flags[i] | flag;
  if (scope.in_iteration_target) {
    if (flags & (kDefGlobal | kDefNonlocal)) {
      return c_.syntax_error(where, "comprehension inner loop cannot rebind assignment expression target '{}'",
                             as_str(name));
    }
    flags |= kDefIteration;
  }
  scope.flags[i] = flags;
  if (flag & kDefParameter) {
    scope.parameters.push_back(mangled);
  } else if (flag & kDefGlobal) {
    Scope& top = *table_.top_;
    auto at = size_t(top.symbols.add(mangled));
    if (at == top.flags.size()) top.flags.push_back(0);
    top.flags[at] |= flag;
  }
  return {};
}

Status ScopeBuilder::record_directive(PyObject* name, const Location& where) {
  current_->directives.push_back({TRY(c_.mangle(class_, name)), where});
  return {};
}

Status ScopeBuilder::module(ast::Mod* tree) {
  TRY(enter("top"_name, ScopeType::kModule, tree, {0, 0, 0, 0}));
  if (auto* m = ast::as<Module>(tree)) TRY(visit_all(m->body));
  else if (auto* m = ast::as<Interactive>(tree)) TRY(visit_all(m->body));
  else if (auto* m = ast::as<Expression>(tree)) TRY(visit(m->body));
  else return raise(PyExc_RuntimeError, "this compiler does not handle FunctionTypes");
  leave();
  return {};
}

// -- statements --

Status ScopeBuilder::visit(ast::Stmt* s) {
  Context::Nesting nesting(c_);
  if (!nesting) return Raised{};
  using enum ast::Kind;
  switch (s->kind) {
    case FunctionDef: {
      auto& f = ast::cast<ast::node::FunctionDef>(s);
      return function(s, f.name, f.args, f.body, f.decorator_list, f.returns, false);
    }
    case AsyncFunctionDef: {
      auto& f = ast::cast<ast::node::AsyncFunctionDef>(s);
      return function(s, f.name, f.args, f.body, f.decorator_list, f.returns, true);
    }
    case ClassDef: return class_definition(ast::cast<ast::node::ClassDef>(s));
    case Return: {
      auto& r = ast::cast<ast::node::Return>(s);
      if (r.value) {
        TRY(visit(r.value));
        current_->returns_value = true;
      }
      return {};
    }
    case Delete: return visit_all(ast::cast<ast::node::Delete>(s).targets);
    case Assign: {
      auto& a = ast::cast<ast::node::Assign>(s);
      TRY(visit_all(a.targets));
      return visit(a.value);
    }
    case AugAssign: {
      auto& a = ast::cast<ast::node::AugAssign>(s);
      TRY(visit(a.target));
      return visit(a.value);
    }
    case AnnAssign: return annotated_assignment(ast::cast<ast::node::AnnAssign>(s));
    case For: {
      auto& f = ast::cast<ast::node::For>(s);
      TRY(visit(f.target));
      TRY(visit(f.iter));
      TRY(visit_all(f.body));
      return visit_all(f.orelse);
    }
    case AsyncFor: {
      auto& f = ast::cast<ast::node::AsyncFor>(s);
      TRY(visit(f.target));
      TRY(visit(f.iter));
      TRY(visit_all(f.body));
      return visit_all(f.orelse);
    }
    case While: {
      auto& w = ast::cast<ast::node::While>(s);
      TRY(visit(w.test));
      TRY(visit_all(w.body));
      return visit_all(w.orelse);
    }
    case If: {
      auto& i = ast::cast<ast::node::If>(s);
      TRY(visit(i.test));
      TRY(visit_all(i.body));
      return visit_all(i.orelse);
    }
    case With: {
      auto& w = ast::cast<ast::node::With>(s);
      TRY(visit_all(w.items));
      return visit_all(w.body);
    }
    case AsyncWith: {
      auto& w = ast::cast<ast::node::AsyncWith>(s);
      TRY(visit_all(w.items));
      return visit_all(w.body);
    }
    case Match: {
      auto& m = ast::cast<ast::node::Match>(s);
      TRY(visit(m.subject));
      return visit_all(m.cases);
    }
    case Raise: {
      auto& r = ast::cast<ast::node::Raise>(s);
      TRY(visit_opt(r.exc));
      return r.exc ? visit_opt(r.cause) : Status();
    }
    case Try: {
      auto& t = ast::cast<ast::node::Try>(s);
      TRY(visit_all(t.body));
      TRY(visit_all(t.orelse));
      TRY(visit_all(t.handlers));
      return visit_all(t.finalbody);
    }
    case TryStar: {
      auto& t = ast::cast<ast::node::TryStar>(s);
      TRY(visit_all(t.body));
      TRY(visit_all(t.orelse));
      TRY(visit_all(t.handlers));
      return visit_all(t.finalbody);
    }
    case Assert: {
      auto& a = ast::cast<ast::node::Assert>(s);
      TRY(visit(a.test));
      return visit_opt(a.msg);
    }
    case Import: return visit_all(ast::cast<ast::node::Import>(s).names);
    case ImportFrom: return visit_all(ast::cast<ast::node::ImportFrom>(s).names);
    case Global: return global_or_nonlocal(s, ast::cast<ast::node::Global>(s).names, true);
    case Nonlocal: return global_or_nonlocal(s, ast::cast<ast::node::Nonlocal>(s).names, false);
    case ExprStmt: return visit(ast::cast<ast::node::ExprStmt>(s).value);
    default: return {};
  }
}

Status ScopeBuilder::function(ast::Stmt* s, ast::Identifier id, ast::Arguments* args,
                              const ast::Seq<ast::Stmt*>& body, const ast::Seq<ast::Expr*>& decorators,
                              ast::Expr* returns, bool is_async) {
  PyObject* name = TRY(c_.name(id));
  TRY(define(name, kDefLocal, location_of(s)));
  TRY(visit_all(args->defaults));
  TRY(visit_all(args->kw_defaults));
  TRY(annotations(s, args, returns));
  TRY(visit_all(decorators));
  TRY(enter(name, ScopeType::kFunction, s, location_of(s)));
  if (is_async) current_->is_coroutine = true;
  TRY(parameters(args));
  TRY(visit_all(body));
  leave();
  return {};
}

Status ScopeBuilder::class_definition(ClassDef& s) {
  PyObject* name = TRY(c_.name(s.name));
  TRY(define(name, kDefLocal, location_of(&s)));
  TRY(visit_all(s.bases));
  TRY(visit_all(s.keywords));
  TRY(visit_all(s.decorator_list));
  TRY(enter(name, ScopeType::kClass, &s, location_of(&s)));
  PyObject* outer = std::exchange(class_, name);
  TRY(visit_all(s.body));
  class_ = outer;
  leave();
  return {};
}

Status ScopeBuilder::annotated_assignment(AnnAssign& s) {
  if (auto* target = ast::as<Name>(s.target)) {
    PyObject* name = TRY(c_.name(target->id));
    int flags = TRY(look_up(name));
    if (flags & (kDefGlobal | kDefNonlocal) && current_ != table_.top_ && s.simple) {
      if (flags & kDefGlobal) {
        return c_.syntax_error(location_of(&s), "annotated name '{}' can't be global", as_str(name));
      }
      return c_.syntax_error(location_of(&s), "annotated name '{}' can't be nonlocal", as_str(name));
    }
    if (s.simple) TRY(define(name, kDefAnnotation | kDefLocal, location_of(target)));
    if (s.value) TRY(define(name, kDefLocal, location_of(target)));
  } else {
    TRY(visit(s.target));
  }
  TRY(annotation(s.annotation));
  return visit_opt(s.value);
}

Status ScopeBuilder::global_or_nonlocal(ast::Stmt* s, const ast::Seq<ast::Identifier>& names, bool global) {
  const char* word = global ? "global" : "nonlocal";
  for (ast::Identifier id : names) {
    PyObject* name = TRY(c_.name(id));
    int flags = TRY(look_up(name));
    if (flags & kDefParameter) {
      return c_.syntax_error(location_of(s), "name '{}' is parameter and {}", as_str(name), word);
    }
    if (flags & kUse) {
      return c_.syntax_error(location_of(s), "name '{}' is used prior to {} declaration", as_str(name), word);
    }
    if (flags & kDefAnnotation) {
      return c_.syntax_error(location_of(s), "annotated name '{}' can't be {}", as_str(name), word);
    }
    if (flags & kDefLocal) {
      return c_.syntax_error(location_of(s), "name '{}' is assigned to before {} declaration", as_str(name), word);
    }
    TRY(define(name, global ? kDefGlobal : kDefNonlocal, location_of(s)));
    TRY(record_directive(name, location_of(s)));
  }
  return {};
}

Status ScopeBuilder::parameters(ast::Arguments* args) {
  auto all = [&](const ast::Seq<ast::Arg*>& list) -> Status {
    for (ast::Arg* a : list) TRY(define(a->arg, kDefParameter, location_of(a)));
    return {};
  };
  TRY(all(args->posonlyargs));
  TRY(all(args->args));
  TRY(all(args->kwonlyargs));
  if (args->vararg) {
    TRY(define(args->vararg->arg, kDefParameter, location_of(args->vararg)));
    current_->has_varargs = true;
  }
  if (args->kwarg) {
    TRY(define(args->kwarg->arg, kDefParameter, location_of(args->kwarg)));
    current_->has_varkeywords = true;
  }
  return {};
}

// Under `from __future__ import annotations` an annotation is a text: its names belong to nobody, so that they go
// into a scope that is thrown away.
Status ScopeBuilder::annotation(ast::Expr* e) {
  bool deferred = c_.features & CO_FUTURE_ANNOTATIONS;
  if (deferred) TRY(enter("_annotation"_name, ScopeType::kAnnotation, e, location_of(e)));
  TRY(visit(e));
  if (deferred) leave();
  return {};
}

Status ScopeBuilder::argument_annotations(const ast::Seq<ast::Arg*>& args) {
  for (ast::Arg* a : args) TRY(visit_opt(a->annotation));
  return {};
}

Status ScopeBuilder::annotations(ast::Stmt* function, ast::Arguments* args, ast::Expr* returns) {
  bool deferred = c_.features & CO_FUTURE_ANNOTATIONS;
  if (deferred) TRY(enter("_annotation"_name, ScopeType::kAnnotation, function, location_of(function)));
  TRY(argument_annotations(args->posonlyargs));
  TRY(argument_annotations(args->args));
  if (args->vararg) TRY(visit_opt(args->vararg->annotation));
  if (args->kwarg) TRY(visit_opt(args->kwarg->annotation));
  TRY(argument_annotations(args->kwonlyargs));
  if (deferred) leave();
  return returns ? annotation(returns) : Status();
}

Status ScopeBuilder::visit(ast::WithItem* w) {
  TRY(visit(w->context_expr));
  return visit_opt(w->optional_vars);
}

Status ScopeBuilder::visit(ast::MatchCase* m) {
  TRY(visit(m->pattern));
  TRY(visit_opt(m->guard));
  return visit_all(m->body);
}

Status ScopeBuilder::visit(ast::ExceptHandler* node) {
  auto& h = ast::cast<ExceptHandlerNode>(node);
  TRY(visit_opt(h.type));
  if (h.name) TRY(define(h.name, kDefLocal, location_of(node)));
  return visit_all(h.body);
}

Status ScopeBuilder::visit(ast::Alias* a) {
  std::string_view bound = (a->asname ? a->asname : a->name)->text;
  if (bound == "*") {
    if (current_->type == ScopeType::kModule) return {};
    return c_.syntax_error(location_of(a), "import * only allowed at module level");
  }
  // `import a.b` binds `a`.
  return define(TRY(c_.name(bound.substr(0, bound.find('.')))), kDefImport, location_of(a));
}

// -- patterns --

Status ScopeBuilder::visit(ast::Pattern* p) {
  Context::Nesting nesting(c_);
  if (!nesting) return Raised{};
  using enum ast::Kind;
  switch (p->kind) {
    case MatchValue: return visit(ast::cast<ast::node::MatchValue>(p).value);
    case MatchSequence: return visit_all(ast::cast<ast::node::MatchSequence>(p).patterns);
    case MatchStar: {
      auto& m = ast::cast<ast::node::MatchStar>(p);
      return m.name ? define(m.name, kDefLocal, location_of(p)) : Status();
    }
    case MatchMapping: {
      auto& m = ast::cast<ast::node::MatchMapping>(p);
      TRY(visit_all(m.keys));
      TRY(visit_all(m.patterns));
      return m.rest ? define(m.rest, kDefLocal, location_of(p)) : Status();
    }
    case MatchClass: {
      auto& m = ast::cast<ast::node::MatchClass>(p);
      TRY(visit(m.cls));
      TRY(visit_all(m.patterns));
      return visit_all(m.kwd_patterns);
    }
    case MatchAs: {
      auto& m = ast::cast<ast::node::MatchAs>(p);
      if (m.pattern) TRY(visit(m.pattern));
      return m.name ? define(m.name, kDefLocal, location_of(p)) : Status();
    }
    case MatchOr: return visit_all(ast::cast<ast::node::MatchOr>(p).patterns);
    default: return {};
  }
}

// -- expressions --

Status ScopeBuilder::visit(ast::Expr* e) {
  Context::Nesting nesting(c_);
  if (!nesting) return Raised{};
  using enum ast::Kind;
  switch (e->kind) {
    case NamedExpr: return named_expression(ast::cast<ast::node::NamedExpr>(e));
    case BoolOp: return visit_all(ast::cast<ast::node::BoolOp>(e).values);
    case BinOp: {
      auto& b = ast::cast<ast::node::BinOp>(e);
      TRY(visit(b.left));
      return visit(b.right);
    }
    case UnaryOp: return visit(ast::cast<ast::node::UnaryOp>(e).operand);
    case Lambda: {
      auto& l = ast::cast<ast::node::Lambda>(e);
      TRY(visit_all(l.args->defaults));
      TRY(visit_all(l.args->kw_defaults));
      TRY(enter("lambda"_name, ScopeType::kFunction, e, location_of(e)));
      TRY(parameters(l.args));
      TRY(visit(l.body));
      leave();
      return {};
    }
    case IfExp: {
      auto& i = ast::cast<ast::node::IfExp>(e);
      TRY(visit(i.test));
      TRY(visit(i.body));
      return visit(i.orelse);
    }
    case Dict: {
      auto& d = ast::cast<ast::node::Dict>(e);
      TRY(visit_all(d.keys));
      return visit_all(d.values);
    }
    case Set: return visit_all(ast::cast<ast::node::Set>(e).elts);
    case ListComp: {
      auto& l = ast::cast<ast::node::ListComp>(e);
      return comprehension(e, "listcomp", ComprehensionType::kList, l.generators, l.elt, nullptr);
    }
    case SetComp: {
      auto& l = ast::cast<ast::node::SetComp>(e);
      return comprehension(e, "setcomp", ComprehensionType::kSet, l.generators, l.elt, nullptr);
    }
    case GeneratorExp: {
      auto& l = ast::cast<ast::node::GeneratorExp>(e);
      return comprehension(e, "genexpr", ComprehensionType::kGenerator, l.generators, l.elt, nullptr);
    }
    case DictComp: {
      auto& l = ast::cast<ast::node::DictComp>(e);
      return comprehension(e, "dictcomp", ComprehensionType::kDict, l.generators, l.key, l.value);
    }
    case Yield:
      TRY(check_not_in_annotation("yield expression", e));
      TRY(visit_opt(ast::cast<ast::node::Yield>(e).value));
      current_->is_generator = true;
      return check_not_in_comprehension(e);
    case YieldFrom:
      TRY(check_not_in_annotation("yield expression", e));
      TRY(visit(ast::cast<ast::node::YieldFrom>(e).value));
      current_->is_generator = true;
      return check_not_in_comprehension(e);
    case Await:
      TRY(check_not_in_annotation("await expression", e));
      TRY(visit(ast::cast<ast::node::Await>(e).value));
      current_->is_coroutine = true;
      return {};
    case Compare: {
      auto& c = ast::cast<ast::node::Compare>(e);
      TRY(visit(c.left));
      return visit_all(c.comparators);
    }
    case Call: {
      auto& c = ast::cast<ast::node::Call>(e);
      TRY(visit(c.func));
      TRY(visit_all(c.args));
      return visit_all(c.keywords);
    }
    case FormattedValue: {
      auto& f = ast::cast<ast::node::FormattedValue>(e);
      TRY(visit(f.value));
      return visit_opt(f.format_spec);
    }
    case JoinedStr: return visit_all(ast::cast<ast::node::JoinedStr>(e).values);
    case Attribute: return visit(ast::cast<ast::node::Attribute>(e).value);
    case Subscript: {
      auto& s = ast::cast<ast::node::Subscript>(e);
      TRY(visit(s.value));
      return visit(s.slice);
    }
    case Starred: return visit(ast::cast<ast::node::Starred>(e).value);
    case Slice: {
      auto& s = ast::cast<ast::node::Slice>(e);
      TRY(visit_opt(s.lower));
      TRY(visit_opt(s.upper));
      return visit_opt(s.step);
    }
    case Name: return name(ast::cast<ast::node::Name>(e));
    case List: return visit_all(ast::cast<ast::node::List>(e).elts);
    case Tuple: return visit_all(ast::cast<ast::node::Tuple>(e).elts);
    default: return {};
  }
}

Status ScopeBuilder::name(Name& e) {
  PyObject* name = TRY(c_.name(e.id));
  bool load = e.ctx == ast::ExprContext::Load;
  TRY(define(name, load ? kUse : kDefLocal, location_of(&e)));
  // `super` needs the class: it counts as a use of __class__.
  if (load && current_->type == ScopeType::kFunction && name == "super"_name) {
    TRY(define("__class__"_name, kUse, location_of(&e)));
  }
  return {};
}

Status ScopeBuilder::check_not_in_annotation(const char* what, ast::Expr* e) {
  if (current_->type != ScopeType::kAnnotation) return {};
  return c_.syntax_error(location_of(e), "'{}' can not be used within an annotation", what);
}

Status ScopeBuilder::check_not_in_comprehension(ast::Expr* e) {
  const char* where;
  switch (current_->comprehension) {
    case ComprehensionType::kNone: return {};
    case ComprehensionType::kList: where = "list comprehension"; break;
    case ComprehensionType::kSet: where = "set comprehension"; break;
    case ComprehensionType::kDict: where = "dict comprehension"; break;
    case ComprehensionType::kGenerator: where = "generator expression"; break;
  }
  return c_.syntax_error(location_of(e), "'yield' inside {}", where);
}

Status ScopeBuilder::named_expression(NamedExpr& e) {
  TRY(check_not_in_annotation("named expression", &e));
  if (current_->iterable_depth > 0) {
    return c_.syntax_error(location_of(&e),
                           "assignment expression cannot be used in a comprehension iterable expression");
  }
  if (current_->comprehension != ComprehensionType::kNone) {
    TRY(extend_named_expression(e.target, TRY(c_.name(ast::cast<Name>(e.target).id))));
  }
  TRY(visit(e.value));
  return visit(e.target);
}

// The target of `:=` inside comprehensions belongs to the function or module around all of them.
Status ScopeBuilder::extend_named_expression(ast::Expr* target, PyObject* name) {
  Location where = location_of(target);
  for (size_t i = stack_.size(); i-- > 0;) {
    Scope& s = *stack_[i];
    int flags = s.symbol_flags(name);  // not mangled: 3.11 does not see private names here
    if (s.comprehension != ComprehensionType::kNone) {
      if (flags & kDefIteration) {
        return c_.syntax_error(where, "assignment expression cannot rebind comprehension iteration variable '{}'",
                               as_str(name));
      }
      continue;
    }
    switch (s.type) {
      case ScopeType::kFunction:
        TRY(define(name, flags & kDefGlobal ? kDefGlobal : kDefNonlocal, where));
        TRY(record_directive(name, where));
        return define_in(s, name, kDefLocal, where);
      case ScopeType::kModule:
        TRY(define(name, kDefGlobal, where));
        TRY(record_directive(name, where));
        return define_in(s, name, kDefGlobal, where);
      case ScopeType::kClass:
        return c_.syntax_error(where,
                               "assignment expression within a comprehension cannot be used in a class body");
      case ScopeType::kAnnotation:
        break;
    }
  }
  return {};
}

Status ScopeBuilder::comprehension(ast::Expr* e, const char* name, ComprehensionType type,
                                   const ast::Seq<ast::Comprehension*>& generators, ast::Expr* elt,
                                   ast::Expr* value) {
  ast::Comprehension* outermost = generators[0];
  // The outermost iterable is evaluated in the enclosing scope.
  current_->iterable_depth++;
  TRY(visit(outermost->iter));
  current_->iterable_depth--;
  TRY(enter(TRY(c_.name(std::string_view(name))), ScopeType::kFunction, e, location_of(e)));
  current_->comprehension = type;
  if (outermost->is_async) current_->is_coroutine = true;
  TRY(define(".0"_name, kDefParameter, current_->location));
  current_->in_iteration_target = true;
  TRY(visit(outermost->target));
  current_->in_iteration_target = false;
  TRY(visit_all(outermost->ifs));
  for (int i = 1; i < generators.size(); i++) TRY(further_generator(generators[i]));
  if (value) TRY(visit(value));
  TRY(visit(elt));
  bool is_generator = type == ComprehensionType::kGenerator;
  current_->is_generator = is_generator;
  bool is_async = current_->is_coroutine && !is_generator;
  leave();
  if (is_async) current_->is_coroutine = true;
  return {};
}

Status ScopeBuilder::further_generator(ast::Comprehension* g) {
  current_->in_iteration_target = true;
  TRY(visit(g->target));
  current_->in_iteration_target = false;
  current_->iterable_depth++;
  TRY(visit(g->iter));
  current_->iterable_depth--;
  TRY(visit_all(g->ifs));
  if (g->is_async) current_->is_coroutine = true;
  return {};
}

Status SymbolTable::build(Context& context, ast::Mod* tree) {
  TRY(ScopeBuilder(context, *this).module(tree));
  return analyze_scopes(context, *top_);
}

}  // namespace taipan::compiler
