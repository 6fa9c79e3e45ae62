// `try` in all its forms, and `with`. Handlers are found by table: SETUP_* and POP_BLOCK mark ranges in the flow
// graph and leave no instruction behind.
#include "compiler/codegen.h"

namespace taipan::compiler {

/// Stack: [previous exception, lasti, exception].
void Compiler::pop_except_and_reraise() {
  emit(Op::COPY, 3);
  emit(Op::POP_EXCEPT);
  emit(Op::RERAISE, 1);
}

Status Compiler::forget(PyObject* name) {
  TRY(load_none());
  TRY(name_op(name, ast::ExprContext::Store));
  return name_op(name, ast::ExprContext::Del);
}

template <class T>
Status Compiler::try_statement(T& s) {
  return s.finalbody.empty() ? try_except(s) : try_finally(s);
}
template Status Compiler::try_statement(ast::node::Try&);
template Status Compiler::try_statement(ast::node::TryStar&);

template <class T>
Status Compiler::try_finally(T& s) {
  Block* body = make_block();
  Block* end = make_block();
  Block* exit = make_block();
  Block* cleanup = make_block();
  emit_jump(Op::SETUP_FINALLY, end);
  use(body);
  TRY(push_block({.type = FrameBlock::kFinallyTry, .block = body, .exit = end, .final_body = &s.finalbody}));
  if (s.handlers.empty()) TRY(visit_all(s.body));
  else TRY(try_except(s));
  emit_no_line(Op::POP_BLOCK);
  pop_block();
  TRY(visit_all(s.finalbody));
  emit_jump_no_line(Op::JUMP, exit);

  // The same clause again, for when an exception is on its way.
  use(end);
  unset_location();
  emit_jump(Op::SETUP_CLEANUP, cleanup);
  emit(Op::PUSH_EXC_INFO);
  TRY(push_block({.type = FrameBlock::kFinallyEnd, .block = end}));
  TRY(visit_all(s.finalbody));
  pop_block();
  emit(Op::RERAISE, 0);
  use(cleanup);
  pop_except_and_reraise();
  use(exit);
  return {};
}

Status Compiler::except_handler(ast::node::ExceptHandlerNode& h, Block* end) {
  if (!h.name) {
    Block* body = make_block();
    emit(Op::POP_TOP);  // the exception
    use(body);
    TRY(push_block({.type = FrameBlock::kHandlerCleanup, .block = body}));
    TRY(visit_all(h.body));
    pop_block();
    unset_location();
    emit(Op::POP_BLOCK);
    emit(Op::POP_EXCEPT);
    emit_jump(Op::JUMP, end);
    return {};
  }
  // except E as name: body   means   name = E; try: body finally: name = None; del name
  PyObject* name = TRY(c_.name(h.name));
  Block* cleanup_end = make_block();
  Block* body = make_block();
  TRY(name_op(name, ast::ExprContext::Store));
  emit_jump(Op::SETUP_CLEANUP, cleanup_end);
  use(body);
  TRY(push_block({.type = FrameBlock::kHandlerCleanup, .block = body, .name = name}));
  TRY(visit_all(h.body));
  pop_block();
  unset_location();
  emit(Op::POP_BLOCK);
  emit(Op::POP_BLOCK);
  emit(Op::POP_EXCEPT);
  TRY(forget(name));
  emit_jump(Op::JUMP, end);

  use(cleanup_end);
  unset_location();
  TRY(forget(name));
  emit(Op::RERAISE, 1);
  return {};
}

Status Compiler::try_except(ast::node::Try& s) {
  Block* body = make_block();
  Block* except = make_block();
  Block* end = make_block();
  Block* cleanup = make_block();
  emit_jump(Op::SETUP_FINALLY, except);
  use(body);
  TRY(push_block({.type = FrameBlock::kTryExcept, .block = body}));
  TRY(visit_all(s.body));
  pop_block();
  emit_no_line(Op::POP_BLOCK);
  TRY(visit_all(s.orelse));
  emit_jump_no_line(Op::JUMP, end);

  use(except);
  unset_location();
  emit_jump(Op::SETUP_CLEANUP, cleanup);
  emit(Op::PUSH_EXC_INFO);
  TRY(push_block({.type = FrameBlock::kExceptionHandler}));
  for (int i = 0; i < s.handlers.size(); i++) {
    auto& h = ast::cast<ast::node::ExceptHandlerNode>(s.handlers[i]);
    set_location(&h);
    if (!h.type && i + 1 < s.handlers.size()) return error("default 'except:' must be last");
    except = make_block();
    if (h.type) {
      TRY(visit(h.type));
      emit(Op::CHECK_EXC_MATCH);
      emit_jump(Op::POP_JUMP_IF_FALSE, except);
    }
    TRY(except_handler(h, end));
    use(except);
  }
  unset_location();
  pop_block();
  emit(Op::RERAISE, 0);
  use(cleanup);
  pop_except_and_reraise();
  use(end);
  return {};
}

// Stack in an except* clause: [previous exception, the group as it was, list of what to raise, unhandled rest].
Status Compiler::except_star_handler(ast::node::ExceptHandlerNode& h, Block* next) {
  Block* cleanup_end = make_block();
  Block* body = make_block();
  PyObject* name = h.name ? TRY(c_.name(h.name)) : nullptr;
  if (name) TRY(name_op(name, ast::ExprContext::Store));
  else emit(Op::POP_TOP);  // the match
  emit_jump(Op::SETUP_CLEANUP, cleanup_end);
  use(body);
  TRY(push_block({.type = FrameBlock::kHandlerCleanup, .block = body, .name = name}));
  TRY(visit_all(h.body));
  pop_block();
  unset_location();
  emit(Op::POP_BLOCK);
  if (name) TRY(forget(name));
  emit_jump(Op::JUMP, next);

  // What the clause raised joins the list.
  use(cleanup_end);
  unset_location();
  if (name) TRY(forget(name));
  emit(Op::LIST_APPEND, 3);
  emit(Op::POP_TOP);  // lasti
  emit_jump(Op::JUMP, next);
  return {};
}

Status Compiler::try_except(ast::node::TryStar& s) {
  Block* body = make_block();
  Block* except = make_block();
  Block* orelse = make_block();
  Block* end = make_block();
  Block* cleanup = make_block();
  Block* reraise_star = make_block();
  emit_jump(Op::SETUP_FINALLY, except);
  use(body);
  TRY(push_block({.type = FrameBlock::kTryExcept, .block = body}));
  TRY(visit_all(s.body));
  pop_block();
  emit_no_line(Op::POP_BLOCK);
  emit_jump_no_line(Op::JUMP, orelse);

  use(except);
  unset_location();
  emit_jump(Op::SETUP_CLEANUP, cleanup);
  emit(Op::PUSH_EXC_INFO);
  TRY(push_block({.type = FrameBlock::kExceptionGroupHandler}));
  for (int i = 0; i < s.handlers.size(); i++) {
    auto& h = ast::cast<ast::node::ExceptHandlerNode>(s.handlers[i]);
    set_location(&h);
    except = make_block();
    Block* match = make_block();
    if (i == 0) {
      emit(Op::COPY, 1);  // the group as it was
      emit(Op::BUILD_LIST, 0);
      emit(Op::SWAP, 2);
    }
    if (h.type) {
      TRY(visit(h.type));
      emit(Op::CHECK_EG_MATCH);
      emit(Op::COPY, 1);
      emit_jump(Op::POP_JUMP_IF_NOT_NONE, match);
      emit(Op::POP_TOP);  // None
      emit_jump(Op::JUMP, except);
    }
    use(match);
    TRY(except_star_handler(h, except));
    use(except);
    if (i + 1 == s.handlers.size()) {
      emit(Op::LIST_APPEND, 1);
      emit_jump(Op::JUMP, reraise_star);
    }
  }
  unset_location();
  pop_block();
  Block* reraise = make_block();
  use(reraise_star);
  emit(Op::PREP_RERAISE_STAR);
  emit(Op::COPY, 1);
  emit_jump(Op::POP_JUMP_IF_NOT_NONE, reraise);
  emit(Op::POP_TOP);
  emit(Op::POP_BLOCK);
  emit(Op::POP_EXCEPT);
  emit_jump(Op::JUMP, end);

  use(reraise);
  emit(Op::POP_BLOCK);
  emit(Op::SWAP, 2);
  emit(Op::POP_EXCEPT);
  emit(Op::RERAISE, 0);
  use(cleanup);
  pop_except_and_reraise();

  use(orelse);
  TRY(visit_all(s.orelse));
  use(end);
  return {};
}

// -- with --

Status Compiler::call_exit_with_nones() {
  for (int i = 0; i < 3; i++) TRY(load_none());
  emit_call(2);
  return {};
}

template <class W>
Status Compiler::with(W& s, int at) {
  constexpr bool is_async = std::is_same_v<W, ast::node::AsyncWith>;
  if constexpr (is_async) {
    if (allows_top_level_await()) u_->scope->is_coroutine = true;
    else if (u_->kind != UnitKind::kAsyncFunction) return error("'async with' outside async function");
  }
  ast::WithItem* item = s.items[at];
  Block* block = make_block();
  Block* final = make_block();
  Block* exit = make_block();
  Block* cleanup = make_block();
  TRY(visit(item->context_expr));
  if constexpr (is_async) {
    emit(Op::BEFORE_ASYNC_WITH);
    TRY(emit_await(1));
  } else {
    emit(Op::BEFORE_WITH);
  }
  emit_jump(Op::SETUP_WITH, final);
  use(block);
  TRY(push_block({.type = is_async ? FrameBlock::kAsyncWith : FrameBlock::kWith,
                  .block = block, .exit = final, .with = &s}));
  if (item->optional_vars) TRY(visit(item->optional_vars));
  else emit(Op::POP_TOP);
  if (at + 1 == s.items.size()) TRY(visit_all(s.body));
  else TRY(with(s, at + 1));
  pop_block();
  if constexpr (!is_async) unset_location();
  emit(Op::POP_BLOCK);

  // All went well: __exit__(None, None, None).
  set_location(&s);
  TRY(call_exit_with_nones());
  if constexpr (is_async) TRY(emit_await(2));
  emit(Op::POP_TOP);
  emit_jump(Op::JUMP, exit);

  // An exception: __exit__ decides whether it goes on.
  use(final);
  emit_jump(Op::SETUP_CLEANUP, cleanup);
  emit(Op::PUSH_EXC_INFO);
  emit(Op::WITH_EXCEPT_START);
  if constexpr (is_async) TRY(emit_await(2));
  unset_location();
  Block* suppress = make_block();
  emit_jump(Op::POP_JUMP_IF_TRUE, suppress);
  emit(Op::RERAISE, 2);
  use(cleanup);
  pop_except_and_reraise();
  use(suppress);
  emit(Op::POP_TOP);
  emit(Op::POP_BLOCK);
  emit(Op::POP_EXCEPT);
  emit(Op::POP_TOP);
  emit(Op::POP_TOP);
  use(exit);
  return {};
}
template Status Compiler::with(ast::node::With&, int);
template Status Compiler::with(ast::node::AsyncWith&, int);

}  // namespace taipan::compiler
