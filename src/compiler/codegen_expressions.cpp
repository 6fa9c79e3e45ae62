// Expressions but for calls and comprehensions.
#include <algorithm>

#include "compiler/codegen.h"
#include "object/int.h"
#include "object/name.h"
#include "object/object.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/set.h"

namespace taipan::compiler {

int binary_operand(ast::BinaryOperator op, bool in_place) {
  using enum ast::BinaryOperator;
  int n = 0;
  switch (op) {
    case Add: n = 0; break;
    case BitAnd: n = 1; break;
    case FloorDiv: n = 2; break;
    case LShift: n = 3; break;
    case MatMult: n = 4; break;
    case Mult: n = 5; break;
    case Mod: n = 6; break;
    case BitOr: n = 7; break;
    case Pow: n = 8; break;
    case RShift: n = 9; break;
    case Sub: n = 10; break;
    case Div: n = 11; break;
    case BitXor: n = 12; break;
  }
  return in_place ? n + 13 : n;
}

Status Compiler::visit_all(const ast::Seq<ast::Expr*>& list) {
  for (ast::Expr* e : list) TRY(visit(e));
  return {};
}

Status Compiler::visit(ast::Expr* e) {
  Context::Nesting nesting(c_);
  if (!nesting) return Raised{};
  KeepLocation keep(*this);
  set_location(e);
  return visit_inner(e);
}

Status Compiler::visit_inner(ast::Expr* e) {
  using enum ast::Kind;
  switch (e->kind) {
    case NamedExpr: {
      auto& n = ast::cast<ast::node::NamedExpr>(e);
      TRY(visit(n.value));
      emit(Op::COPY, 1);
      return visit(n.target);
    }
    case BoolOp: return bool_op(ast::cast<ast::node::BoolOp>(e));
    case BinOp: {
      auto& b = ast::cast<ast::node::BinOp>(e);
      TRY(visit(b.left));
      TRY(visit(b.right));
      emit(Op::BINARY_OP, binary_operand(b.op, false));
      return {};
    }
    case Lambda: return lambda(ast::cast<ast::node::Lambda>(e));
    case UnaryOp: {
      auto& u = ast::cast<ast::node::UnaryOp>(e);
      TRY(visit(u.operand));
      switch (u.op) {
        case ast::UnaryOperator::Invert: emit(Op::UNARY_INVERT); break;
        case ast::UnaryOperator::Not: emit(Op::UNARY_NOT); break;
        case ast::UnaryOperator::UAdd: emit(Op::UNARY_POSITIVE); break;
        case ast::UnaryOperator::USub: emit(Op::UNARY_NEGATIVE); break;
      }
      return {};
    }
    case IfExp: return if_expression(ast::cast<ast::node::IfExp>(e));
    case Dict: return dict(ast::cast<ast::node::Dict>(e));
    case Set:
      return starred_items(ast::cast<ast::node::Set>(e).elts, 0, Op::BUILD_SET, Op::SET_ADD, Op::SET_UPDATE, false);
    case GeneratorExp: {
      auto& g = ast::cast<ast::node::GeneratorExp>(e);
      return comprehension(e, ComprehensionType::kGenerator, "<genexpr>", g.generators, g.elt, nullptr);
    }
    case ListComp: {
      auto& g = ast::cast<ast::node::ListComp>(e);
      return comprehension(e, ComprehensionType::kList, "<listcomp>", g.generators, g.elt, nullptr);
    }
    case SetComp: {
      auto& g = ast::cast<ast::node::SetComp>(e);
      return comprehension(e, ComprehensionType::kSet, "<setcomp>", g.generators, g.elt, nullptr);
    }
    case DictComp: {
      auto& g = ast::cast<ast::node::DictComp>(e);
      return comprehension(e, ComprehensionType::kDict, "<dictcomp>", g.generators, g.key, g.value);
    }
    case Yield: {
      auto& y = ast::cast<ast::node::Yield>(e);
      if (u_->scope->type != ScopeType::kFunction) return error("'yield' outside function");
      TRY(y.value ? visit(y.value) : load_none());
      emit_yield();
      return {};
    }
    case YieldFrom:
      if (u_->scope->type != ScopeType::kFunction) return error("'yield' outside function");
      if (u_->kind == UnitKind::kAsyncFunction) return error("'yield from' inside async function");
      TRY(visit(ast::cast<ast::node::YieldFrom>(e).value));
      emit(Op::GET_YIELD_FROM_ITER);
      TRY(load_none());
      return emit_yield_from(false);
    case Await:
      if (!allows_top_level_await()) {
        if (u_->scope->type != ScopeType::kFunction) return error("'await' outside function");
        if (u_->kind != UnitKind::kAsyncFunction && u_->kind != UnitKind::kComprehension) {
          return error("'await' outside async function");
        }
      }
      TRY(visit(ast::cast<ast::node::Await>(e).value));
      return emit_await(0);
    case Compare: return compare(ast::cast<ast::node::Compare>(e));
    case Call: return call(ast::cast<ast::node::Call>(e));
    case ConstantExpr: return load_constant(constant_value(e));
    case JoinedStr: return joined_str(ast::cast<ast::node::JoinedStr>(e));
    case FormattedValue: return formatted_value(ast::cast<ast::node::FormattedValue>(e));
    case Attribute: return attribute(ast::cast<ast::node::Attribute>(e));
    case Subscript: return subscript(ast::cast<ast::node::Subscript>(e));
    case Starred:
      // Displays, calls and assignments take their starred items themselves.
      if (ast::cast<ast::node::Starred>(e).ctx == ast::ExprContext::Store) {
        return error("starred assignment target must be in a list or tuple");
      }
      return error("can't use starred expression here");
    case Slice: return slice(ast::cast<ast::node::Slice>(e));
    case Name: {
      auto& n = ast::cast<ast::node::Name>(e);
      return name_op(n.id, n.ctx);
    }
    case List: {
      auto& l = ast::cast<ast::node::List>(e);
      return sequence(l.elts, l.ctx, false);
    }
    case Tuple: {
      auto& t = ast::cast<ast::node::Tuple>(e);
      return sequence(t.elts, t.ctx, true);
    }
    default: return {};
  }
}

// -- truth --

Status Compiler::if_expression(ast::node::IfExp& e) {
  Block* end = make_block();
  Block* next = make_block();
  TRY(jump_if(e.test, next, false));
  TRY(visit(e.body));
  emit_jump_no_line(Op::JUMP, end);
  use(next);
  TRY(visit(e.orelse));
  use(end);
  return {};
}

Status Compiler::bool_op(ast::node::BoolOp& e) {
  Op jump = e.op == ast::BoolOperator::And ? Op::JUMP_IF_FALSE_OR_POP : Op::JUMP_IF_TRUE_OR_POP;
  Block* end = make_block();
  for (int i = 0; i + 1 < e.values.size(); i++) {
    TRY(visit(e.values[i]));
    emit_jump(jump, end);
    use(make_block());   // before any block that the next operand makes: the order decides which copy of an exit is whose
  }
  TRY(visit(e.values.back()));
  use(end);
  return {};
}

Status Compiler::jump_if(ast::Expr* e, Block* target, bool when) {
  if (!c_.stack_left()) return Raised{};
  Op jump = when ? Op::POP_JUMP_IF_TRUE : Op::POP_JUMP_IF_FALSE;
  if (auto* u = ast::as<ast::node::UnaryOp>(e); u && u->op == ast::UnaryOperator::Not) {
    return jump_if(u->operand, target, !when);
  }
  if (auto* b = ast::as<ast::node::BoolOp>(e)) {
    bool decides = b->op == ast::BoolOperator::Or;  // the truth that decides early
    Block* early = decides == when ? target : make_block();
    for (int i = 0; i + 1 < b->values.size(); i++) TRY(jump_if(b->values[i], early, decides));
    TRY(jump_if(b->values.back(), target, when));
    if (early != target) use(early);
    return {};
  }
  if (auto* i = ast::as<ast::node::IfExp>(e)) {
    Block* end = make_block();
    Block* next = make_block();
    TRY(jump_if(i->test, next, false));
    TRY(jump_if(i->body, target, when));
    emit_jump_no_line(Op::JUMP, end);
    use(next);
    TRY(jump_if(i->orelse, target, when));
    use(end);
    return {};
  }
  if (auto* c = ast::as<ast::node::Compare>(e)) {
    // The jump itself belongs to the comparison, and so does what follows until the next statement.
    set_location(e);
    if (c->ops.size() > 1) return jump_if_chain(*c, target, when);
  }
  TRY(visit(e));
  emit_jump(jump, target);
  return {};
}

Status Compiler::jump_if_chain(ast::node::Compare& e, Block* target, bool when) {
  TRY(check_compare(e));
  Block* cleanup = make_block();
  TRY(visit(e.left));
  int last = e.ops.size() - 1;
  for (int i = 0; i < last; i++) {
    TRY(visit(e.comparators[i]));
    emit(Op::SWAP, 2);
    emit(Op::COPY, 2);
    emit_compare(e.ops[i]);
    emit_jump(Op::POP_JUMP_IF_FALSE, cleanup);
  }
  TRY(visit(e.comparators[last]));
  emit_compare(e.ops[last]);
  emit_jump(when ? Op::POP_JUMP_IF_TRUE : Op::POP_JUMP_IF_FALSE, target);
  Block* end = make_block();
  emit_jump_no_line(Op::JUMP, end);
  use(cleanup);
  emit(Op::POP_TOP);
  if (!when) emit_jump_no_line(Op::JUMP, target);
  use(end);
  return {};
}

void Compiler::emit_compare(ast::CompareOperator op) {
  using enum ast::CompareOperator;
  switch (op) {
    case Eq: return emit(Op::COMPARE_OP, Py_EQ);
    case NotEq: return emit(Op::COMPARE_OP, Py_NE);
    case Lt: return emit(Op::COMPARE_OP, Py_LT);
    case LtE: return emit(Op::COMPARE_OP, Py_LE);
    case Gt: return emit(Op::COMPARE_OP, Py_GT);
    case GtE: return emit(Op::COMPARE_OP, Py_GE);
    case Is: return emit(Op::IS_OP, 0);
    case IsNot: return emit(Op::IS_OP, 1);
    case In: return emit(Op::CONTAINS_OP, 0);
    case NotIn: return emit(Op::CONTAINS_OP, 1);
  }
}

Status Compiler::compare(ast::node::Compare& e) {
  TRY(check_compare(e));
  TRY(visit(e.left));
  int last = e.ops.size() - 1;
  if (last == 0) {
    TRY(visit(e.comparators[0]));
    emit_compare(e.ops[0]);
    return {};
  }
  Block* cleanup = make_block();
  for (int i = 0; i < last; i++) {
    TRY(visit(e.comparators[i]));
    emit(Op::SWAP, 2);
    emit(Op::COPY, 2);
    emit_compare(e.ops[i]);
    emit_jump(Op::JUMP_IF_FALSE_OR_POP, cleanup);
  }
  TRY(visit(e.comparators[last]));
  emit_compare(e.ops[last]);
  Block* end = make_block();
  emit_jump_no_line(Op::JUMP, end);
  use(cleanup);
  emit(Op::SWAP, 2);
  emit(Op::POP_TOP);
  use(end);
  return {};
}

// -- attributes, subscripts --

// An attribute access over several lines happens on the line of the name.
void Compiler::move_to_attribute(const ast::node::Attribute& e) {
  Location& l = u_->location;
  if (l.line == e.range.end_line) return;
  l.line = e.range.end_line;
  int length = 0;
  if (e.attr->object) {
    length = int(str_length(static_cast<PyObject*>(e.attr->object)));
  } else {
    for (char ch : e.attr->text) length += (ch & 0xC0) != 0x80;
  }
  if (length <= e.range.end_column) {
    l.column = e.range.end_column - length;
  } else {
    l.column = l.end_column = -1;
  }
  // The end stays behind the start, whatever tree we are given.
  l.end_line = std::max(l.line, l.end_line);
  if (l.line == l.end_line) l.end_column = std::max(l.column, l.end_column);
}

Status Compiler::attribute(ast::node::Attribute& e) {
  TRY(visit(e.value));
  move_to_attribute(e);
  PyObject* name = TRY(c_.name(e.attr));
  switch (e.ctx) {
    case ast::ExprContext::Load: return emit_name(Op::LOAD_ATTR, name);
    case ast::ExprContext::Store:
      TRY(check_forbidden(name, e.ctx));
      return emit_name(Op::STORE_ATTR, name);
    case ast::ExprContext::Del: return emit_name(Op::DELETE_ATTR, name);
  }
  return {};
}

Status Compiler::subscript(ast::node::Subscript& e) {
  if (e.ctx == ast::ExprContext::Load) {
    TRY(check_subscriptable(e.value));
    TRY(check_index(e.value, e.slice));
  }
  TRY(visit(e.value));
  TRY(visit(e.slice));
  switch (e.ctx) {
    case ast::ExprContext::Load: emit(Op::BINARY_SUBSCR); break;
    case ast::ExprContext::Store: emit(Op::STORE_SUBSCR); break;
    case ast::ExprContext::Del: emit(Op::DELETE_SUBSCR); break;
  }
  return {};
}

Status Compiler::slice(ast::node::Slice& e) {
  TRY(e.lower ? visit(e.lower) : load_none());
  TRY(e.upper ? visit(e.upper) : load_none());
  if (e.step) TRY(visit(e.step));
  emit(Op::BUILD_SLICE, e.step ? 3 : 2);
  return {};
}

// -- displays --

// Items of a display or the positional arguments of a call, on top of `pushed` values already there.
Status Compiler::starred_items(const ast::Seq<ast::Expr*>& elts, int pushed, Op build, Op add, Op extend,
                               bool tuple) {
  int n = elts.size();
  bool starred = false, constant = true;
  for (ast::Expr* e : elts) {
    starred |= e->kind == ast::Kind::Starred;
    constant &= is_constant(e);
  }
  if (n > 2 && constant) {
    auto values = TRY(new_tuple(n));
    for (int i = 0; i < n; i++) values->ob_item[i] = Py_NewRef(constant_value(elts[i]));
    Ref<> folded = std::move(values);
    if (tuple && !pushed) return load_constant(std::move(folded));
    if (add == Op::SET_ADD) folded = new_frozenset(folded.get());
    emit(build, pushed);
    TRY(load_constant(std::move(folded)));
    emit(extend, 1);
    if (tuple) emit(Op::LIST_TO_TUPLE);
    return {};
  }
  bool big = n + pushed > kStackUseGuideline;
  if (!starred && !big) {
    TRY(visit_all(elts));
    emit(tuple ? Op::BUILD_TUPLE : build, n + pushed);
    return {};
  }
  bool built = big;
  if (big) emit(build, pushed);
  for (int i = 0; i < n; i++) {
    if (auto* s = ast::as<ast::node::Starred>(elts[i])) {
      if (!built) emit(build, i + pushed);
      built = true;
      TRY(visit(s->value));
      emit(extend, 1);
    } else {
      TRY(visit(elts[i]));
      if (built) emit(add, 1);
    }
  }
  if (tuple) emit(Op::LIST_TO_TUPLE);
  return {};
}

Status Compiler::unpack(const ast::Seq<ast::Expr*>& elts) {
  int n = elts.size();
  bool starred = false;
  for (int i = 0; i < n; i++) {
    if (elts[i]->kind != ast::Kind::Starred) continue;
    if (starred) return error("multiple starred expressions in assignment");
    int after = n - i - 1;
    if (i >= 1 << 8 || after >= INT32_MAX >> 8) return error("too many expressions in star-unpacking assignment");
    emit(Op::UNPACK_EX, i + (after << 8));
    starred = true;
  }
  if (!starred) emit(Op::UNPACK_SEQUENCE, n);
  return {};
}

Status Compiler::sequence(const ast::Seq<ast::Expr*>& elts, ast::ExprContext context, bool tuple) {
  switch (context) {
    case ast::ExprContext::Load:
      return starred_items(elts, 0, Op::BUILD_LIST, Op::LIST_APPEND, Op::LIST_EXTEND, tuple);
    case ast::ExprContext::Del: return visit_all(elts);
    case ast::ExprContext::Store:
      TRY(unpack(elts));
      for (ast::Expr* e : elts) {
        auto* s = ast::as<ast::node::Starred>(e);
        TRY(visit(s ? s->value : e));
      }
      return {};
  }
  return {};
}

Status Compiler::dict_part(ast::node::Dict& e, int begin, int end) {
  int n = end - begin;
  bool big = n * 2 > kStackUseGuideline;
  bool constant = true;
  for (int i = begin; i < end; i++) constant &= is_constant(e.keys[i]);
  if (n > 1 && !big && constant) {
    for (int i = begin; i < end; i++) TRY(visit(e.values[i]));
    auto keys = TRY(new_tuple(n));
    for (int i = 0; i < n; i++) keys->ob_item[i] = Py_NewRef(constant_value(e.keys[begin + i]));
    TRY(load_constant(std::move(keys)));
    emit(Op::BUILD_CONST_KEY_MAP, n);
    return {};
  }
  if (big) emit(Op::BUILD_MAP, 0);
  for (int i = begin; i < end; i++) {
    TRY(visit(e.keys[i]));
    TRY(visit(e.values[i]));
    if (big) emit(Op::MAP_ADD, 1);
  }
  if (!big) emit(Op::BUILD_MAP, n);
  return {};
}

Status Compiler::dict(ast::node::Dict& e) {
  bool have_dict = false;
  int pending = 0;
  auto add_pending = [&](int end) -> Status {
    TRY(dict_part(e, end - pending, end));
    if (have_dict) emit(Op::DICT_UPDATE, 1);
    have_dict = true;
    pending = 0;
    return {};
  };
  int n = e.values.size();
  for (int i = 0; i < n; i++) {
    if (!e.keys[i]) {  // **mapping
      if (pending) TRY(add_pending(i));
      if (!have_dict) emit(Op::BUILD_MAP, 0);
      have_dict = true;
      TRY(visit(e.values[i]));
      emit(Op::DICT_UPDATE, 1);
    } else if (pending * 2 > kStackUseGuideline) {
      pending++;
      TRY(add_pending(i + 1));
    } else {
      pending++;
    }
  }
  if (pending) TRY(add_pending(n));
  if (!have_dict) emit(Op::BUILD_MAP, 0);
  return {};
}

Status Compiler::joined_str(ast::node::JoinedStr& e) {
  int n = e.values.size();
  if (n > kStackUseGuideline) {
    TRY(load_constant(empty_str()));
    TRY(emit_name(Op::LOAD_METHOD, "join"_name));
    emit(Op::BUILD_LIST, 0);
    for (ast::Expr* v : e.values) {
      TRY(visit(v));
      emit(Op::LIST_APPEND, 1);
    }
    emit_call(1);
    return {};
  }
  TRY(visit_all(e.values));
  if (n != 1) emit(Op::BUILD_STRING, n);
  return {};
}

Status Compiler::formatted_value(ast::node::FormattedValue& e) {
  int operand = 0;
  TRY(visit(e.value));
  switch (e.conversion) {
    case 's': operand = 1; break;
    case 'r': operand = 2; break;
    case 'a': operand = 3; break;
    case -1: break;
    default: return raise(PyExc_SystemError, "Unrecognized conversion character {}", e.conversion);
  }
  if (e.format_spec) {
    TRY(visit(e.format_spec));
    operand |= 4;
  }
  emit(Op::FORMAT_VALUE, operand);
  return {};
}

}  // namespace taipan::compiler
