// Comprehensions and generator expressions: functions of one argument, the outermost iterator.
#include "compiler/codegen.h"
#include "object/name.h"

namespace taipan::compiler {

Status Compiler::comprehension(ast::Expr* e, ComprehensionType type, const char* name,
                               const ast::Seq<ast::Comprehension*>& generators, ast::Expr* elt, ast::Expr* value) {
  UnitKind around = u_->kind;
  bool top_level_await = allows_top_level_await();
  ast::Comprehension* outermost = generators[0];
  TRY(enter(TRY(anonymous_name(name)), UnitKind::kComprehension, e, e->range.line));
  set_location(e);
  bool is_async = u_->scope->is_coroutine;
  bool is_generator = type == ComprehensionType::kGenerator;
  if (is_async && !is_generator && around != UnitKind::kAsyncFunction && around != UnitKind::kComprehension &&
      !top_level_await) {
    return error("asynchronous comprehension outside of an asynchronous function");
  }
  switch (type) {
    case ComprehensionType::kList: emit(Op::BUILD_LIST, 0); break;
    case ComprehensionType::kSet: emit(Op::BUILD_SET, 0); break;
    case ComprehensionType::kDict: emit(Op::BUILD_MAP, 0); break;
    default: break;
  }
  TRY(generator({generators, type, elt, value}, 0, 0));
  if (!is_generator) emit(Op::RETURN_VALUE);
  Ref<Code> code = TRY(assemble(true));
  leave();
  if (top_level_await && is_async) u_->scope->is_coroutine = true;

  TRY(make_closure(code.get(), 0));
  TRY(visit(outermost->iter));
  emit(outermost->is_async ? Op::GET_AITER : Op::GET_ITER);
  emit_call(0);
  return is_async && !is_generator ? emit_await(0) : Status();
}

// `depth`: how many values lie above the collection.
Status Compiler::generator(const Generators& g, int index, int depth) {
  if (!c_.stack_left()) return Raised{};
  return g.list[index]->is_async ? async_generator(g, index, depth) : sync_generator(g, index, depth);
}

/// The inner loops, or the element.
Status Compiler::generator_rest(const Generators& g, int index, int depth) {
  if (index < g.list.size()) return generator(g, index, depth);
  TRY(visit(g.elt));
  switch (g.type) {
    case ComprehensionType::kGenerator:
      emit_yield();
      emit(Op::POP_TOP);
      break;
    case ComprehensionType::kList: emit(Op::LIST_APPEND, depth + 1); break;
    case ComprehensionType::kSet: emit(Op::SET_ADD, depth + 1); break;
    case ComprehensionType::kDict:
      TRY(visit(g.value));
      emit(Op::MAP_ADD, depth + 1);
      break;
    case ComprehensionType::kNone: break;
  }
  return {};
}

Status Compiler::sync_generator(const Generators& g, int index, int depth) {
  ast::Comprehension* loop = g.list[index];
  Block* start = make_block();
  Block* if_cleanup = make_block();
  Block* anchor = make_block();
  if (index == 0) {
    u_->argcount = 1;
    emit(Op::LOAD_FAST, 0);
  } else {
    // `for y in [f(x)]` is an assignment.
    auto* list = ast::as<ast::node::List>(loop->iter);
    auto* tuple = ast::as<ast::node::Tuple>(loop->iter);
    const ast::Seq<ast::Expr*>* elts = list ? &list->elts : tuple ? &tuple->elts : nullptr;
    if (elts && elts->size() == 1 && (*elts)[0]->kind != ast::Kind::Starred) {
      TRY(visit((*elts)[0]));
      start = nullptr;
    } else {
      TRY(visit(loop->iter));
      emit(Op::GET_ITER);
    }
  }
  if (start) {
    depth++;
    use(start);
    emit_jump(Op::FOR_ITER, anchor);
  }
  TRY(visit(loop->target));
  for (ast::Expr* condition : loop->ifs) TRY(jump_if(condition, if_cleanup, false));
  TRY(generator_rest(g, index + 1, depth));
  use(if_cleanup);
  if (start) {
    emit_jump(Op::JUMP, start);
    use(anchor);
  }
  return {};
}

Status Compiler::async_generator(const Generators& g, int index, int depth) {
  ast::Comprehension* loop = g.list[index];
  Block* start = make_block();
  Block* except = make_block();
  Block* if_cleanup = make_block();
  if (index == 0) {
    u_->argcount = 1;
    emit(Op::LOAD_FAST, 0);
  } else {
    TRY(visit(loop->iter));
    emit(Op::GET_AITER);
  }
  use(start);
  TRY(push_block({.type = FrameBlock::kAsyncComprehension, .block = start}));
  emit_jump(Op::SETUP_FINALLY, except);
  emit(Op::GET_ANEXT);
  TRY(load_none());
  TRY(emit_yield_from(true));
  emit(Op::POP_BLOCK);
  TRY(visit(loop->target));
  for (ast::Expr* condition : loop->ifs) TRY(jump_if(condition, if_cleanup, false));
  TRY(generator_rest(g, index + 1, depth + 1));
  use(if_cleanup);
  emit_jump(Op::JUMP, start);
  pop_block();
  use(except);
  emit(Op::END_ASYNC_FOR);
  return {};
}

}  // namespace taipan::compiler
