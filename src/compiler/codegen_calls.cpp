// Calls: the plain sequence PUSH_NULL, callable, arguments, PRECALL, CALL; LOAD_METHOD for `o.m(…)`; CALL_FUNCTION_EX
// for starred or many arguments.
#include "compiler/codegen.h"
#include "object/tuple.h"

namespace taipan::compiler {

namespace {

bool has_starred(const ast::Seq<ast::Expr*>& args) {
  for (ast::Expr* e : args) {
    if (e->kind == ast::Kind::Starred) return true;
  }
  return false;
}
bool has_unpacking(const ast::Seq<ast::Keyword*>& keywords) {
  for (ast::Keyword* k : keywords) {
    if (!k->arg) return true;
  }
  return false;
}

}  // namespace

Status Compiler::check_keywords(const ast::Seq<ast::Keyword*>& keywords) {
  NameTable seen;
  for (int i = 0; i < keywords.size(); i++) {
    ast::Keyword* key = keywords[i];
    if (!key->arg) continue;
    PyObject* name = TRY(c_.name(key->arg));
    TRY(check_forbidden(name, ast::ExprContext::Store));
    for (int j = i + 1; j < keywords.size(); j++) {
      ast::Keyword* other = keywords[j];
      if (other->arg && TRY(c_.name(other->arg)) == name) {
        set_location(other);
        return error("keyword argument repeated: {}", as_str(name));
      }
    }
  }
  return {};
}

// `o.m(…)` without stars: the method is not bound. False: no such call, nothing was emitted.
Result<bool> Compiler::method_call(ast::node::Call& e) {
  auto* method = ast::as<ast::node::Attribute>(e.func);
  if (!method || method->ctx != ast::ExprContext::Load) return false;
  // A function of an imported module is no method.
  if (auto* module = ast::as<ast::node::Name>(method->value)) {
    if (table_.top()->symbol_flags(TRY(c_.name(module->id))) & kDefImport) return false;
  }
  int args = e.args.size(), keywords = e.keywords.size();
  if (args + keywords + (keywords != 0) >= kStackUseGuideline) return false;
  if (has_starred(e.args) || has_unpacking(e.keywords)) return false;
  TRY(visit(method->value));
  set_location(method);
  move_to_attribute(*method);
  TRY(emit_name(Op::LOAD_METHOD, TRY(c_.name(method->attr))));
  TRY(visit_all(e.args));
  TRY(keyword_values(e.keywords));
  set_location(&e);
  move_to_attribute(*method);
  emit_call(args + keywords);
  return true;
}

Status Compiler::call(ast::node::Call& e) {
  TRY(check_keywords(e.keywords));
  if (TRY(method_call(e))) return {};
  TRY(check_callable(e.func));
  set_location(e.func);
  emit(Op::PUSH_NULL);
  set_location(&e);
  TRY(visit(e.func));
  return call_arguments(0, e.args, e.keywords);
}

/// The values of plain keyword arguments, and KW_NAMES.
Status Compiler::keyword_values(const ast::Seq<ast::Keyword*>& keywords) {
  if (keywords.empty()) return {};
  for (ast::Keyword* k : keywords) TRY(visit(k->value));
  auto names = TRY(new_tuple(keywords.size()));
  for (int i = 0; i < keywords.size(); i++) names->ob_item[i] = Py_NewRef(TRY(c_.name(keywords[i]->arg)));
  emit(Op::KW_NAMES, TRY(u_->constants.add(std::move(names))));
  return {};
}

// The callable and `pushed` arguments are on the stack.
Status Compiler::call_arguments(int pushed, const ast::Seq<ast::Expr*>& args,
                                const ast::Seq<ast::Keyword*>& keywords) {
  TRY(check_keywords(keywords));
  if (args.size() + keywords.size() * 2 > kStackUseGuideline || has_starred(args) || has_unpacking(keywords)) {
    return call_with_unpacking(pushed, args, keywords);
  }
  TRY(visit_all(args));
  TRY(keyword_values(keywords));
  emit_call(pushed + args.size() + keywords.size());
  return {};
}

Status Compiler::keyword_dict(const ast::Seq<ast::Keyword*>& keywords, int begin, int end) {
  int n = end - begin;
  bool big = n * 2 > kStackUseGuideline;
  if (n > 1 && !big) {
    for (int i = begin; i < end; i++) TRY(visit(keywords[i]->value));
    auto names = TRY(new_tuple(n));
    for (int i = 0; i < n; i++) names->ob_item[i] = Py_NewRef(TRY(c_.name(keywords[begin + i]->arg)));
    TRY(load_constant(std::move(names)));
    emit(Op::BUILD_CONST_KEY_MAP, n);
    return {};
  }
  if (big) emit_no_line(Op::BUILD_MAP, 0);
  for (int i = begin; i < end; i++) {
    TRY(load_constant(TRY(c_.name(keywords[i]->arg))));
    TRY(visit(keywords[i]->value));
    if (big) emit_no_line(Op::MAP_ADD, 1);
  }
  if (!big) emit(Op::BUILD_MAP, n);
  return {};
}

Status Compiler::call_with_unpacking(int pushed, const ast::Seq<ast::Expr*>& args,
                                     const ast::Seq<ast::Keyword*>& keywords) {
  if (pushed == 0 && args.size() == 1 && args[0]->kind == ast::Kind::Starred) {
    TRY(visit(ast::cast<ast::node::Starred>(args[0]).value));
  } else {
    TRY(starred_items(args, pushed, Op::BUILD_LIST, Op::LIST_APPEND, Op::LIST_EXTEND, true));
  }
  bool have_dict = false;
  int pending = 0;
  auto add_pending = [&](int end) -> Status {
    TRY(keyword_dict(keywords, end - pending, end));
    if (have_dict) emit(Op::DICT_MERGE, 1);
    have_dict = true;
    pending = 0;
    return {};
  };
  for (int i = 0; i < keywords.size(); i++) {
    if (keywords[i]->arg) {
      pending++;
      continue;
    }
    if (pending) TRY(add_pending(i));
    if (!have_dict) emit(Op::BUILD_MAP, 0);
    have_dict = true;
    TRY(visit(keywords[i]->value));
    emit(Op::DICT_MERGE, 1);
  }
  if (pending) TRY(add_pending(keywords.size()));
  emit(Op::CALL_FUNCTION_EX, !keywords.empty());
  return {};
}

}  // namespace taipan::compiler
