// Statements but for `try`, `with`, `match`, definitions.
#include "compiler/codegen.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::compiler {

Status Compiler::visit_all(const ast::Seq<ast::Stmt*>& list, int from) {
  for (int i = from; i < list.size(); i++) TRY(visit(list[i]));
  return {};
}

Status Compiler::visit(ast::Stmt* s) {
  Context::Nesting nesting(c_);
  if (!nesting) return Raised{};
  set_location(s);
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
    case Return: return return_statement(ast::cast<ast::node::Return>(s));
    case Delete: return visit_all(ast::cast<ast::node::Delete>(s).targets);
    case Assign: return assign(ast::cast<ast::node::Assign>(s));
    case AugAssign: return augmented_assignment(ast::cast<ast::node::AugAssign>(s));
    case AnnAssign: return annotated_assignment(ast::cast<ast::node::AnnAssign>(s));
    case For: return for_loop(ast::cast<ast::node::For>(s));
    case AsyncFor: return async_for(ast::cast<ast::node::AsyncFor>(s));
    case While: return while_loop(ast::cast<ast::node::While>(s));
    case If: return if_statement(ast::cast<ast::node::If>(s));
    case With: return with(ast::cast<ast::node::With>(s), 0);
    case AsyncWith: return with(ast::cast<ast::node::AsyncWith>(s), 0);
    case Match: return match(ast::cast<ast::node::Match>(s));
    case Raise: return raise_statement(ast::cast<ast::node::Raise>(s));
    case Try: return try_statement(ast::cast<ast::node::Try>(s));
    case TryStar: return try_statement(ast::cast<ast::node::TryStar>(s));
    case Assert: return assert_statement(ast::cast<ast::node::Assert>(s));
    case Import: return import(ast::cast<ast::node::Import>(s));
    case ImportFrom: return import_from(ast::cast<ast::node::ImportFrom>(s));
    case ExprStmt: return expression_statement(ast::cast<ast::node::ExprStmt>(s));
    case Pass: emit(Op::NOP); return {};
    case Break: return break_statement();
    case Continue: return continue_statement();
    default: return {};
  }
}

Status Compiler::expression_statement(ast::node::ExprStmt& s) {
  if (interactive_ && !u_->outer) {
    TRY(visit(s.value));
    emit(Op::PRINT_EXPR);
    return {};
  }
  if (is_constant(s.value)) {
    emit(Op::NOP);
    return {};
  }
  TRY(visit(s.value));
  unset_location();
  emit(Op::POP_TOP);
  return {};
}

Status Compiler::if_statement(ast::node::If& s) {
  Block* end = make_block();
  Block* next = s.orelse.empty() ? end : make_block();
  TRY(jump_if(s.test, next, false));
  TRY(visit_all(s.body));
  if (!s.orelse.empty()) {
    emit_jump_no_line(Op::JUMP, end);
    use(next);
    TRY(visit_all(s.orelse));
  }
  use(end);
  return {};
}

Status Compiler::for_loop(ast::node::For& s) {
  Block* start = make_block();
  Block* loop = make_block();
  Block* cleanup = make_block();
  Block* end = make_block();
  TRY(push_block({.type = FrameBlock::kForLoop, .block = start, .exit = end}));
  TRY(visit(s.iter));
  emit(Op::GET_ITER);
  use(start);
  emit_jump(Op::FOR_ITER, cleanup);
  use(loop);
  TRY(visit(s.target));
  TRY(visit_all(s.body));
  unset_location();
  emit_jump(Op::JUMP, start);
  use(cleanup);
  pop_block();
  TRY(visit_all(s.orelse));
  use(end);
  return {};
}

Status Compiler::async_for(ast::node::AsyncFor& s) {
  if (allows_top_level_await()) u_->scope->is_coroutine = true;
  else if (u_->kind != UnitKind::kAsyncFunction) return error("'async for' outside async function");
  Block* start = make_block();
  Block* except = make_block();
  Block* end = make_block();
  TRY(visit(s.iter));
  emit(Op::GET_AITER);
  use(start);
  TRY(push_block({.type = FrameBlock::kForLoop, .block = start, .exit = end}));
  // Only __anext__ is guarded: StopAsyncIteration ends the loop.
  emit_jump(Op::SETUP_FINALLY, except);
  emit(Op::GET_ANEXT);
  TRY(load_none());
  TRY(emit_yield_from(true));
  emit(Op::POP_BLOCK);
  TRY(visit(s.target));
  TRY(visit_all(s.body));
  unset_location();
  emit_jump(Op::JUMP, start);
  pop_block();
  use(except);
  // The end of the iteration belongs to the iterable's line, not to the body's last.
  set_location(s.iter);
  emit(Op::END_ASYNC_FOR);
  TRY(visit_all(s.orelse));
  use(end);
  return {};
}

Status Compiler::while_loop(ast::node::While& s) {
  Block* loop = make_block();
  Block* inside = make_block();
  Block* anchor = make_block();
  Block* end = make_block();
  use(loop);
  TRY(push_block({.type = FrameBlock::kWhileLoop, .block = loop, .exit = end}));
  TRY(jump_if(s.test, anchor, false));
  use(inside);
  TRY(visit_all(s.body));
  set_location(&s);
  TRY(jump_if(s.test, inside, true));
  pop_block();
  use(anchor);
  TRY(visit_all(s.orelse));
  use(end);
  return {};
}

Status Compiler::return_statement(ast::node::Return& s) {
  bool preserve_top = s.value && !is_constant(s.value);
  if (u_->scope->type != ScopeType::kFunction) return error("'return' outside function");
  if (s.value && u_->scope->is_coroutine && u_->scope->is_generator) {
    return error("'return' with value in async generator");
  }
  if (preserve_top) {
    TRY(visit(s.value));
  } else if (s.value) {
    set_location(s.value);
    emit(Op::NOP);
  }
  if (!s.value || s.value->range.line != s.range.line) {
    set_location(&s);
    emit(Op::NOP);
  }
  TRY(unwind(preserve_top, nullptr));
  if (!s.value) TRY(load_none());
  else if (!preserve_top) TRY(load_constant(constant_value(s.value)));
  emit(Op::RETURN_VALUE);
  return {};
}

Status Compiler::break_statement() {
  Location where = u_->location;
  emit(Op::NOP);  // for the line
  const FrameBlock* loop = nullptr;
  TRY(unwind(false, &loop));
  if (!loop) {
    u_->location = where;
    return error("'break' outside loop");
  }
  FrameBlock block = *loop;
  TRY(unwind_one(block, false));
  emit_jump(Op::JUMP, block.exit);
  return {};
}

Status Compiler::continue_statement() {
  Location where = u_->location;
  emit(Op::NOP);
  const FrameBlock* loop = nullptr;
  TRY(unwind(false, &loop));
  if (!loop) {
    u_->location = where;
    return error("'continue' not properly in loop");
  }
  emit_jump(Op::JUMP, loop->block);
  return {};
}

Status Compiler::raise_statement(ast::node::Raise& s) {
  int n = 0;
  if (s.exc) {
    TRY(visit(s.exc));
    n++;
    if (s.cause) {
      TRY(visit(s.cause));
      n++;
    }
  }
  emit(Op::RAISE_VARARGS, n);
  return {};
}

Status Compiler::assert_statement(ast::node::Assert& s) {
  auto* tuple = ast::as<ast::node::Tuple>(s.test);
  if ((tuple && !tuple->elts.empty()) ||
      (is_constant(s.test) && PyTuple_Check(constant_value(s.test)) && tuple_size(constant_value(s.test)) > 0)) {
    TRY(c_.warn(u_->location, new_str("assertion is always true, perhaps remove parentheses?")));
  }
  if (c_.optimize_level() > 0) return {};
  Block* end = make_block();
  TRY(jump_if(s.test, end, true));
  emit(Op::LOAD_ASSERTION_ERROR);
  if (s.msg) {
    TRY(visit(s.msg));
    emit_call(0);
  }
  emit(Op::RAISE_VARARGS, 1);
  use(end);
  return {};
}

// -- assignments --

/// The kind as a number: expressions count from 1, in ast.def's order.
static int expression_number(const ast::Expr* e) { return int(e->kind) - int(ast::Kind::BoolOp) + 1; }

Status Compiler::assign(ast::node::Assign& s) {
  TRY(visit(s.value));
  for (int i = 0; i < s.targets.size(); i++) {
    if (i + 1 < s.targets.size()) emit(Op::COPY, 1);
    TRY(visit(s.targets[i]));
  }
  return {};
}

Status Compiler::augmented_assignment(ast::node::AugAssign& s) {
  ast::Expr* e = s.target;
  auto* attribute = ast::as<ast::node::Attribute>(e);
  auto* subscript = ast::as<ast::node::Subscript>(e);
  auto* name = ast::as<ast::node::Name>(e);
  Location whole = u_->location;
  set_location(e);
  if (attribute) {
    TRY(visit(attribute->value));
    emit(Op::COPY, 1);
    move_to_attribute(*attribute);
    TRY(emit_name(Op::LOAD_ATTR, TRY(c_.name(attribute->attr))));
  } else if (subscript) {
    TRY(visit(subscript->value));
    TRY(visit(subscript->slice));
    emit(Op::COPY, 2);
    emit(Op::COPY, 2);
    emit(Op::BINARY_SUBSCR);
  } else if (name) {
    TRY(name_op(name->id, ast::ExprContext::Load));
  } else {
    return raise(PyExc_SystemError, "invalid node type ({}) for augmented assignment", expression_number(e));
  }
  u_->location = whole;
  TRY(visit(s.value));
  emit(Op::BINARY_OP, binary_operand(s.op, true));
  set_location(e);
  if (attribute) {
    move_to_attribute(*attribute);
    emit(Op::SWAP, 2);
    return emit_name(Op::STORE_ATTR, TRY(c_.name(attribute->attr)));
  }
  if (subscript) {
    emit(Op::SWAP, 3);
    emit(Op::SWAP, 2);
    emit(Op::STORE_SUBSCR);
    return {};
  }
  return name_op(name->id, ast::ExprContext::Store);
}

Status Compiler::check_annotation_value(ast::Expr* e) {
  TRY(visit(e));
  emit(Op::POP_TOP);
  return {};
}

Status Compiler::check_annotation_subscript(ast::Expr* e) {
  if (auto* s = ast::as<ast::node::Slice>(e)) {
    if (s->lower) TRY(check_annotation_value(s->lower));
    if (s->upper) TRY(check_annotation_value(s->upper));
    return s->step ? check_annotation_value(s->step) : Status();
  }
  if (auto* t = ast::as<ast::node::Tuple>(e)) {
    for (ast::Expr* elt : t->elts) TRY(check_annotation_subscript(elt));
    return {};
  }
  return check_annotation_value(e);
}

Status Compiler::annotated_assignment(ast::node::AnnAssign& s) {
  if (s.value) {
    TRY(visit(s.value));
    TRY(visit(s.target));
  }
  bool evaluated = u_->kind == UnitKind::kModule || u_->kind == UnitKind::kClass;
  if (auto* name = ast::as<ast::node::Name>(s.target)) {
    PyObject* id = TRY(c_.name(name->id));
    TRY(check_forbidden(id, ast::ExprContext::Store));
    if (s.simple && evaluated) {
      TRY(deferred_annotations() ? annotation_text(s.annotation) : visit(s.annotation));
      TRY(emit_name(Op::LOAD_NAME, "__annotations__"_name));
      TRY(load_constant(TRY(c_.mangle(u_->class_name, id))));
      emit(Op::STORE_SUBSCR);
    }
  } else if (auto* attribute = ast::as<ast::node::Attribute>(s.target)) {
    TRY(check_forbidden(TRY(c_.name(attribute->attr)), ast::ExprContext::Store));
    if (!s.value) TRY(check_annotation_value(attribute->value));
  } else if (auto* subscript = ast::as<ast::node::Subscript>(s.target)) {
    if (!s.value) {
      TRY(check_annotation_value(subscript->value));
      TRY(check_annotation_subscript(subscript->slice));
    }
  } else {
    return raise(PyExc_SystemError, "invalid node type ({}) for annotated assignment",
                 expression_number(s.target));
  }
  // The annotation of a complex target is only evaluated.
  if (!s.simple && evaluated && !deferred_annotations()) return check_annotation_value(s.annotation);
  return {};
}

// -- imports --

Status Compiler::import(ast::node::Import& s) {
  for (ast::Alias* a : s.names) {
    PyObject* name = TRY(c_.name(a->name));
    TRY(load_int(0));
    TRY(load_none());
    TRY(emit_name(Op::IMPORT_NAME, name));
    if (a->asname) {
      TRY(import_as(name, TRY(c_.name(a->asname))));
    } else {
      Py_ssize_t n = str_length(name), dot = 0;
      while (dot < n && char_at(name, dot) != '.') dot++;
      PyObject* top = dot < n ? TRY(c_.name(str_slice(name, 0, dot))) : name;
      TRY(name_op(top, ast::ExprContext::Store));
    }
  }
  return {};
}

// `import a.b.c as d`: IMPORT_NAME gave `a`; the attributes are taken one after the other.
Status Compiler::import_as(PyObject* name, PyObject* as_name) {
  Py_ssize_t n = str_length(name);
  auto next_dot = [&](Py_ssize_t from) {
    while (from < n && char_at(name, from) != '.') from++;
    return from;
  };
  Py_ssize_t dot = next_dot(0);
  if (dot == n) return name_op(as_name, ast::ExprContext::Store);
  for (;;) {
    Py_ssize_t from = dot + 1;
    dot = next_dot(from);
    emit(Op::IMPORT_FROM, u_->names.add(TRY(c_.name(str_slice(name, from, dot)))));
    if (dot == n) break;
    emit(Op::SWAP, 2);
    emit(Op::POP_TOP);
  }
  TRY(name_op(as_name, ast::ExprContext::Store));
  emit(Op::POP_TOP);
  return {};
}

Status Compiler::import_from(ast::node::ImportFrom& s) {
  TRY(load_int(s.level));
  Ref<Tuple> names = TRY(new_tuple(s.names.size()));
  for (int i = 0; i < s.names.size(); i++) names->ob_item[i] = Py_NewRef(TRY(c_.name(s.names[i]->name)));
  if (u_->location.line > c_.future_line && s.module && s.module->text == "__future__") {
    return error("from __future__ imports must occur at the beginning of the file");
  }
  TRY(load_constant(std::move(names)));
  TRY(emit_name(Op::IMPORT_NAME, s.module ? TRY(c_.name(s.module)) : ""_name));
  for (ast::Alias* a : s.names) {
    PyObject* name = TRY(c_.name(a->name));
    if (a == s.names[0] && str_length(name) && char_at(name, 0) == '*') {
      emit(Op::IMPORT_STAR);
      return {};
    }
    TRY(emit_name(Op::IMPORT_FROM, name));
    TRY(name_op(a->asname ? a->asname : a->name, ast::ExprContext::Store));
  }
  emit(Op::POP_TOP);
  return {};
}

}  // namespace taipan::compiler
