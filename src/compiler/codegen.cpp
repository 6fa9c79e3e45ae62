// Units, emission, names, modules: what all of code generation stands on.
#include "compiler/codegen.h"

#include <algorithm>

#include "object/int.h"
#include "object/name.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::compiler {

namespace {

constexpr size_t kMaxFrameBlocks = CO_MAXBLOCKS;

/// Adds the names that are `wanted` in a scope, in the order of their text: the order of cells shows in the code.
void add_sorted(NameTable& to, const Scope& scope, NameScope wanted, int flag) {
  std::vector<PyObject*> names;
  for (size_t i = 0; i < scope.symbols.size(); i++) {
    int flags = scope.flags[i];
    if (NameScope(flags >> kScopeShift & kScopeMask) == wanted || flags & flag) names.push_back(scope.symbols[i]);
  }
  std::sort(names.begin(), names.end(), [](PyObject* a, PyObject* b) { return str_compare(a, b) < 0; });
  for (PyObject* name : names) to.add(name);
}

/// Does a body have annotations of its own (not those in functions and classes inside)?
bool has_annotations(const ast::Seq<ast::Stmt*>& body);

template <class T>
bool try_has_annotations(T& t) {
  for (ast::ExceptHandler* h : t.handlers) {
    if (has_annotations(ast::cast<ast::node::ExceptHandlerNode>(h).body)) return true;
  }
  return has_annotations(t.body) || has_annotations(t.finalbody) || has_annotations(t.orelse);
}

bool has_annotations(ast::Stmt* s) {
  using enum ast::Kind;
  auto loop = [](auto& l) { return has_annotations(l.body) || has_annotations(l.orelse); };
  switch (s->kind) {
    case AnnAssign: return true;
    case For: return loop(ast::cast<ast::node::For>(s));
    case AsyncFor: return loop(ast::cast<ast::node::AsyncFor>(s));
    case While: return loop(ast::cast<ast::node::While>(s));
    case If: return loop(ast::cast<ast::node::If>(s));
    case With: return has_annotations(ast::cast<ast::node::With>(s).body);
    case AsyncWith: return has_annotations(ast::cast<ast::node::AsyncWith>(s).body);
    case Try: return try_has_annotations(ast::cast<ast::node::Try>(s));
    case TryStar: return try_has_annotations(ast::cast<ast::node::TryStar>(s));
    default: return false;
  }
}

bool has_annotations(const ast::Seq<ast::Stmt*>& body) {
  for (ast::Stmt* s : body) {
    if (has_annotations(s)) return true;
  }
  return false;
}

}  // namespace

// -- units --

Status Compiler::enter(PyObject* name, UnitKind kind, const ast::Node* node, int line) {
  auto unit = std::make_unique<Unit>(cache_);
  unit->outer = u_;
  unit->scope = table_.find(node);
  unit->kind = kind;
  unit->name = name;
  unit->class_name = u_ ? u_->class_name : nullptr;
  unit->first_line = line;
  unit->location = {line, line, 0, 0};
  for (PyObject* p : unit->scope->parameters) unit->varnames.add(p);
  add_sorted(unit->cellvars, *unit->scope, NameScope::kCell, 0);
  if (unit->scope->needs_class_closure) unit->cellvars.add("__class__"_name);
  add_sorted(unit->freevars, *unit->scope, NameScope::kFree, kDefFreeClass);
  u_ = unit.get();
  units_.push_back(std::move(unit));

  if (kind == UnitKind::kModule) u_->location.line = 0;
  else TRY(set_qualname());
  emit(Op::RESUME, 0);
  if (kind == UnitKind::kModule) u_->location.line = -1;
  return {};
}

void Compiler::leave() {
  units_.pop_back();
  u_ = units_.empty() ? nullptr : units_.back().get();
}

Status Compiler::set_qualname() {
  Unit* parent = u_->outer;
  u_->qualname = u_->name;
  if (!parent->outer && parent->kind == UnitKind::kModule) {
    return {};
  }
  if (u_->kind == UnitKind::kFunction || u_->kind == UnitKind::kAsyncFunction || u_->kind == UnitKind::kClass) {
    PyObject* mangled = TRY(c_.mangle(parent->class_name, u_->name));
    if (parent->scope->scope_of(mangled) == NameScope::kGlobalExplicit) return {};
  }
  bool in_function = parent->kind == UnitKind::kFunction || parent->kind == UnitKind::kAsyncFunction ||
                     parent->kind == UnitKind::kLambda;
  StrBuilder b;
  if (!b.add(parent->qualname) || (in_function && !b.add(std::string_view(".<locals>"))) || !b.add('.') ||
      !b.add(u_->name)) {
    return Raised{};
  }
  u_->qualname = c_.pool().keep(TRY(b.finish()));
  return {};
}

bool Compiler::allows_top_level_await() const {
  return flags_ & PyCF_ALLOW_TOP_LEVEL_AWAIT && u_->scope->type == ScopeType::kModule;
}

int Compiler::code_flags() const {
  const Scope& s = *u_->scope;
  int flags = 0;
  if (s.type == ScopeType::kFunction) {
    flags |= CO_NEWLOCALS | CO_OPTIMIZED;
    if (s.nested) flags |= CO_NESTED;
    if (s.is_generator) flags |= s.is_coroutine ? CO_ASYNC_GENERATOR : CO_GENERATOR;
    else if (s.is_coroutine) flags |= CO_COROUTINE;
    if (s.has_varargs) flags |= CO_VARARGS;
    if (s.has_varkeywords) flags |= CO_VARKEYWORDS;
  }
  flags |= int(c_.features) & PyCF_MASK;
  if (allows_top_level_await() && s.is_coroutine && !s.is_generator) flags |= CO_COROUTINE;
  return flags;
}

// -- emission --

Status Compiler::load_constant(Ref<> o) {
  emit(Op::LOAD_CONST, TRY(u_->constants.add(TRY(std::move(o)))));
  return {};
}

Status Compiler::load_int(Py_ssize_t value) { return load_constant(new_int(value)); }

Status Compiler::emit_name(Op op, PyObject* name) {
  emit(op, u_->names.add(TRY(c_.mangle(u_->class_name, name))));
  return {};
}

Status Compiler::check_forbidden(PyObject* name, ast::ExprContext context) {
  if (name != "__debug__"_name) return {};
  if (context == ast::ExprContext::Store) return error("cannot assign to __debug__");
  if (context == ast::ExprContext::Del) return error("cannot delete __debug__");
  return {};
}

Status Compiler::name_op(PyObject* name, ast::ExprContext context) {
  TRY(check_forbidden(name, context));
  PyObject* mangled = TRY(c_.mangle(u_->class_name, name));
  auto choose = [&](Op load, Op store, Op del) {
    return context == ast::ExprContext::Load ? load : context == ast::ExprContext::Store ? store : del;
  };
  bool in_function = u_->scope->type == ScopeType::kFunction;
  NameScope scope = u_->scope->scope_of(mangled);
  if (scope == NameScope::kFree || scope == NameScope::kCell) {
    // Cells are numbered first, free variables behind them.
    int slot = scope == NameScope::kCell ? u_->cellvars.find(mangled)
                                         : int(u_->cellvars.size()) + u_->freevars.find(mangled);
    Op load = u_->scope->type == ScopeType::kClass ? Op::LOAD_CLASSDEREF : Op::LOAD_DEREF;
    emit(choose(load, Op::STORE_DEREF, Op::DELETE_DEREF), slot);
  } else if (scope == NameScope::kLocal && in_function) {
    emit(choose(Op::LOAD_FAST, Op::STORE_FAST, Op::DELETE_FAST), u_->varnames.add(mangled));
  } else if (scope == NameScope::kGlobalExplicit || (scope == NameScope::kGlobalImplicit && in_function)) {
    int i = u_->names.add(mangled);
    // The lowest bit of LOAD_GLOBAL's operand asks for a NULL in front.
    emit(choose(Op::LOAD_GLOBAL, Op::STORE_GLOBAL, Op::DELETE_GLOBAL),
         context == ast::ExprContext::Load ? i << 1 : i);
  } else {
    emit(choose(Op::LOAD_NAME, Op::STORE_NAME, Op::DELETE_NAME), u_->names.add(mangled));
  }
  return {};
}

Status Compiler::emit_yield_from(bool await) {
  Block* start = make_block();
  Block* resume = make_block();
  Block* exit = make_block();
  use(start);
  emit_jump(Op::SEND, exit);
  use(resume);
  emit(Op::YIELD_VALUE);
  emit(Op::RESUME, await ? 3 : 2);
  emit_jump(Op::JUMP_NO_INTERRUPT, start);
  use(exit);
  return {};
}

Status Compiler::emit_await(int where) {
  emit(Op::GET_AWAITABLE, where);
  TRY(load_none());
  return emit_yield_from(true);
}

void Compiler::emit_yield() {
  if (u_->scope->is_generator && u_->scope->is_coroutine) emit(Op::ASYNC_GEN_WRAP);
  emit(Op::YIELD_VALUE);
  emit(Op::RESUME, 1);
}

// -- blocks that must be left properly --

Status Compiler::push_block(const FrameBlock& block) {
  if (u_->frame_blocks.size() >= kMaxFrameBlocks) return error("too many statically nested blocks");
  u_->frame_blocks.push_back(block);
  return {};
}

Status Compiler::unwind(bool preserve_top, const FrameBlock** loop) {
  if (u_->frame_blocks.empty()) return {};
  FrameBlock top = u_->frame_blocks.back();
  if (top.type == FrameBlock::kExceptionGroupHandler) {
    return error("'break', 'continue' and 'return' cannot appear in an except* block");
  }
  if (loop && (top.type == FrameBlock::kWhileLoop || top.type == FrameBlock::kForLoop)) {
    *loop = &u_->frame_blocks.back();
    return {};
  }
  // While a block is left its own code must not find it on the list.
  u_->frame_blocks.pop_back();
  TRY(unwind_one(top, preserve_top));
  TRY(unwind(preserve_top, loop));
  u_->frame_blocks.push_back(top);
  return {};
}

Status Compiler::unwind_one(const FrameBlock& block, bool preserve_top) {
  auto swap = [&] {
    if (preserve_top) emit(Op::SWAP, 2);
  };
  switch (block.type) {
    case FrameBlock::kWhileLoop:
    case FrameBlock::kExceptionHandler:
    case FrameBlock::kExceptionGroupHandler:
    case FrameBlock::kAsyncComprehension:
      return {};
    case FrameBlock::kForLoop:
      swap();
      emit(Op::POP_TOP);  // the iterator
      return {};
    case FrameBlock::kTryExcept:
      emit(Op::POP_BLOCK);
      return {};
    case FrameBlock::kFinallyTry:
      emit(Op::POP_BLOCK);
      if (preserve_top) TRY(push_block({.type = FrameBlock::kPopValue}));
      TRY(visit_all(*block.final_body));
      if (preserve_top) pop_block();
      // The finally clause runs after the statement that leaves: what follows has no line.
      unset_location();
      return {};
    case FrameBlock::kFinallyEnd:
      swap();
      emit(Op::POP_TOP);  // the exception
      swap();
      emit(Op::POP_BLOCK);
      emit(Op::POP_EXCEPT);
      return {};
    case FrameBlock::kWith:
    case FrameBlock::kAsyncWith:
      set_location(block.with);
      emit(Op::POP_BLOCK);
      swap();
      TRY(call_exit_with_nones());
      if (block.type == FrameBlock::kAsyncWith) TRY(emit_await(2));
      emit(Op::POP_TOP);
      unset_location();
      return {};
    case FrameBlock::kHandlerCleanup:
      if (block.name) emit(Op::POP_BLOCK);
      swap();
      emit(Op::POP_BLOCK);
      emit(Op::POP_EXCEPT);
      return block.name ? forget(block.name) : Status();
    case FrameBlock::kPopValue:
      swap();
      emit(Op::POP_TOP);
      return {};
  }
  return {};
}

// -- modules --

Status Compiler::body(const ast::Seq<ast::Stmt*>& list) {
  // SETUP_ANNOTATIONS has the line of the first statement.
  if (u_->kind == UnitKind::kModule && !list.empty()) set_location(list[0]);
  if (has_annotations(list)) emit(Op::SETUP_ANNOTATIONS);
  int from = 0;
  if (c_.optimize_level() < 2 && docstring_of(list)) {
    TRY(visit(ast::cast<ast::node::ExprStmt>(list[0]).value));
    unset_location();
    TRY(name_op("__doc__"_name, ast::ExprContext::Store));
    from = 1;
  }
  return visit_all(list, from);
}

Ref<Code> Compiler::compile(ast::Mod* tree) {
  TRY(enter(TRY(anonymous_name("<module>")), UnitKind::kModule, tree, 1));
  u_->location.line = 1;
  bool add_none = true;
  if (auto* m = ast::as<ast::node::Module>(tree)) {
    TRY(body(m->body));
  } else if (auto* m = ast::as<ast::node::Interactive>(tree)) {
    if (has_annotations(m->body)) emit(Op::SETUP_ANNOTATIONS);
    interactive_ = true;
    TRY(visit_all(m->body));
  } else {
    TRY(visit(ast::cast<ast::node::Expression>(tree).body));
    add_none = false;
  }
  return assemble(add_none);
}

}  // namespace taipan::compiler
