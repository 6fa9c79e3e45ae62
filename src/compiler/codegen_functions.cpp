// Functions, lambdas, classes: their arguments, annotations, decorators, closures.
#include "compiler/codegen.h"
#include "object/name.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::compiler {

namespace {

// MAKE_FUNCTION's operand.
enum : int { kDefaults = 1, kKeywordDefaults = 2, kAnnotations = 4, kClosure = 8 };

int first_line_of(const ast::Stmt* s, const ast::Seq<ast::Expr*>& decorators) {
  return decorators.empty() ? s->range.line : decorators[0]->range.line;
}

}  // namespace

Status Compiler::decorators(const ast::Seq<ast::Expr*>& list) { return visit_all(list); }

void Compiler::apply_decorators(const ast::Seq<ast::Expr*>& list) {
  KeepLocation keep(*this);
  for (int i = list.size(); i-- > 0;) {
    set_location(list[i]);
    emit_call(0);
  }
}

Status Compiler::check_debug_arguments(ast::Arguments* args) {
  auto check = [&](ast::Arg* a) -> Status {
    return a ? check_forbidden(TRY(c_.name(a->arg)), ast::ExprContext::Store) : Status();
  };
  for (ast::Arg* a : args->posonlyargs) TRY(check(a));
  for (ast::Arg* a : args->args) TRY(check(a));
  TRY(check(args->vararg));
  for (ast::Arg* a : args->kwonlyargs) TRY(check(a));
  return check(args->kwarg);
}

Result<bool> Compiler::keyword_defaults(ast::Arguments* args) {
  std::vector<PyObject*> names;
  for (int i = 0; i < args->kwonlyargs.size(); i++) {
    if (!args->kw_defaults[i]) continue;
    names.push_back(TRY(c_.mangle(u_->class_name, TRY(c_.name(args->kwonlyargs[i]->arg)))));
    TRY(visit(args->kw_defaults[i]));
  }
  if (names.empty()) return false;
  TRY(load_constant(tuple_of(names.data(), Py_ssize_t(names.size()))));
  emit(Op::BUILD_CONST_KEY_MAP, int(names.size()));
  return true;
}

Result<int> Compiler::default_arguments(ast::Arguments* args) {
  int flags = 0;
  if (!args->defaults.empty()) {
    TRY(visit_all(args->defaults));
    emit(Op::BUILD_TUPLE, args->defaults.size());
    flags |= kDefaults;
  }
  if (TRY(keyword_defaults(args))) flags |= kKeywordDefaults;
  return flags;
}

Status Compiler::annotation_text(ast::Expr* e) { return load_constant(unparse(c_, e)); }

Status Compiler::argument_annotation(PyObject* name, ast::Expr* annotation, int& count) {
  if (!annotation) return {};
  TRY(load_constant(TRY(c_.mangle(u_->class_name, name))));
  if (deferred_annotations()) {
    TRY(annotation_text(annotation));
  } else if (auto* starred = ast::as<ast::node::Starred>(annotation)) {
    // `*args: *Ts`: the annotation is what `[x] = [*Ts]` gives.
    TRY(visit(starred->value));
    emit(Op::UNPACK_SEQUENCE, 1);
  } else {
    TRY(visit(annotation));
  }
  count += 2;
  return {};
}

Result<bool> Compiler::annotations(ast::Arguments* args, ast::Expr* returns) {
  int count = 0;
  auto add = [&](ast::Arg* a) -> Status {
    return a ? argument_annotation(TRY(c_.name(a->arg)), a->annotation, count) : Status();
  };
  for (ast::Arg* a : args->args) TRY(add(a));
  for (ast::Arg* a : args->posonlyargs) TRY(add(a));
  TRY(add(args->vararg));
  for (ast::Arg* a : args->kwonlyargs) TRY(add(a));
  TRY(add(args->kwarg));
  TRY(argument_annotation("return"_name, returns, count));
  if (count) emit(Op::BUILD_TUPLE, count);
  return count > 0;
}

void Compiler::count_arguments(ast::Arguments* args) {
  u_->argcount = args->args.size();
  u_->posonlyargcount = args->posonlyargs.size();
  u_->kwonlyargcount = args->kwonlyargs.size();
}

Status Compiler::make_closure(Code* code, int flags) {
  if (code->co_nfreevars) {
    for (int i = code->co_nlocals + code->co_nplaincellvars; i < code->co_nlocalsplus; i++) {
      PyObject* name = item(code->co_localsplusnames, i);
      // A name may be both bound in a class and free in it: what the closure takes is the cell from outside.
      bool is_class_cell = u_->kind == UnitKind::kClass && name == "__class__"_name;
      bool is_cell = is_class_cell || u_->scope->scope_of(name) == NameScope::kCell;
      emit(Op::LOAD_CLOSURE,
           is_cell ? u_->cellvars.find(name) : int(u_->cellvars.size()) + u_->freevars.find(name));
    }
    flags |= kClosure;
    emit(Op::BUILD_TUPLE, code->co_nfreevars);
  }
  TRY(load_constant(object(code)));
  emit(Op::MAKE_FUNCTION, flags);
  return {};
}

Ref<Code> Compiler::function_body(ast::Stmt* s, PyObject* name, ast::Arguments* args,
                                  const ast::Seq<ast::Stmt*>& body, bool is_async, int first_line) {
  TRY(enter(name, is_async ? UnitKind::kAsyncFunction : UnitKind::kFunction, s, first_line));
  // The first constant is the docstring, or None.
  PyObject* docstring = c_.optimize_level() < 2 ? docstring_of(body) : nullptr;
  TRY(u_->constants.add(share(docstring ? docstring : Py_None)));
  count_arguments(args);
  TRY(visit_all(body, docstring ? 1 : 0));
  Ref<Code> code = TRY(assemble(true));
  leave();
  return code;
}

Status Compiler::function(ast::Stmt* s, ast::Identifier id, ast::Arguments* args, const ast::Seq<ast::Stmt*>& body,
                          const ast::Seq<ast::Expr*>& decorator_list, ast::Expr* returns, bool is_async) {
  PyObject* name = TRY(c_.name(id));
  TRY(check_debug_arguments(args));
  TRY(decorators(decorator_list));
  int flags = TRY(default_arguments(args));
  if (TRY(annotations(args, returns))) flags |= kAnnotations;
  Ref<Code> code = TRY(function_body(s, name, args, body, is_async, first_line_of(s, decorator_list)));
  TRY(make_closure(code.get(), flags));
  apply_decorators(decorator_list);
  return name_op(name, ast::ExprContext::Store);
}

Status Compiler::lambda(ast::node::Lambda& e) {
  TRY(check_debug_arguments(e.args));
  int flags = TRY(default_arguments(e.args));
  TRY(enter(TRY(anonymous_name("<lambda>")), UnitKind::kLambda, &e, e.range.line));
  // With None as first constant there can be no docstring.
  TRY(u_->constants.add(none()));
  count_arguments(e.args);
  TRY(visit(e.body));
  bool is_generator = u_->scope->is_generator;
  if (!is_generator) emit(Op::RETURN_VALUE);
  Ref<Code> code = TRY(assemble(!is_generator));
  leave();
  return make_closure(code.get(), flags);
}

Status Compiler::class_body(ast::node::ClassDef& s) {
  u_->class_name = u_->name;
  TRY(name_op("__name__"_name, ast::ExprContext::Load));
  TRY(name_op("__module__"_name, ast::ExprContext::Store));
  TRY(load_constant(u_->qualname));
  TRY(name_op("__qualname__"_name, ast::ExprContext::Store));
  TRY(body(s.body));
  unset_location();
  if (u_->scope->needs_class_closure) {
    // type.__new__ fills the cell with the class.
    emit(Op::LOAD_CLOSURE, u_->cellvars.find("__class__"_name));
    emit(Op::COPY, 1);
    TRY(name_op("__classcell__"_name, ast::ExprContext::Store));
  } else {
    TRY(load_none());
  }
  emit(Op::RETURN_VALUE);
  return {};
}

// class C(bases): …   means   C = __build_class__(body, 'C', *bases)
Status Compiler::class_definition(ast::node::ClassDef& s) {
  PyObject* name = TRY(c_.name(s.name));
  TRY(decorators(s.decorator_list));
  TRY(enter(name, UnitKind::kClass, &s, first_line_of(&s, s.decorator_list)));
  TRY(class_body(s));
  Ref<Code> code = TRY(assemble(true));
  leave();
  emit(Op::PUSH_NULL);
  emit(Op::LOAD_BUILD_CLASS);
  TRY(make_closure(code.get(), 0));
  TRY(load_constant(name));
  TRY(call_arguments(2, s.bases, s.keywords));
  apply_decorators(s.decorator_list);
  return name_op(name, ast::ExprContext::Store);
}

}  // namespace taipan::compiler
