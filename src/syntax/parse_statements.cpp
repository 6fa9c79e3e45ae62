// Simple statements, and the assignments that begin like expressions.
#include "syntax/parser_core.h"

namespace taipan::syntax {

/// The range of a compound statement ends with its last token that is text.
Range Parser::from_statement(const Token* start) const {
  const Token* last = t_ - 1;
  while (last->kind == Tok::Newline || last->kind == Tok::Indent || last->kind == Tok::Dedent)
    --last;
  return {start->range.line, start->range.column, last->range.end_line, last->range.end_column};
}

Identifier Parser::name() {
  if (!at(Tok::Name)) return fail(), bad_name_;
  return (t_++)->name;
}

String Parser::type_comment() {
  if (!at(Tok::TypeComment)) return {};
  String text = arena_.copy({context_.source + t_->start, t_->length()});
  ++t_;
  return text;
}

Seq<Stmt*> Parser::statements(Tok until) {
  int base = mark();
  while (!at(until) && !failed()) statement();
  return take<Stmt*>(base);
}

/// Pushes the statements of one logical line.
void Parser::statement() {
  switch (t_->kind) {
    case Tok::If:
    case Tok::While:
    case Tok::For:
    case Tok::With:
    case Tok::Try:
    case Tok::Def:
    case Tok::Class:
    case Tok::At:
    case Tok::Async:
      push(compound_statement());
      return;
    case Tok::Name:
      if (t_->name == match_ && match_ahead()) return push(match_statement());
      break;
    default:
      break;
  }
  simple_statements();
}

void Parser::simple_statements() {
  do {
    push(simple_statement());
  } while (accept(Tok::Semicolon) && !at(Tok::Newline));
  expect(Tok::Newline);
}

Stmt* Parser::simple_statement() {
  const Token* start = t_;
  switch (t_->kind) {
    case Tok::Pass:
      ++t_;
      return node<node::Pass>(start->range);
    case Tok::Break:
      ++t_;
      return node<node::Break>(start->range);
    case Tok::Continue:
      ++t_;
      return node<node::Continue>(start->range);
    case Tok::Return: {
      ++t_;
      Expr* value = starts_expression() || at(Tok::Star) ? star_expressions() : nullptr;
      auto* n = node<node::Return>(from(start));
      n->value = value;
      return n;
    }
    case Tok::Raise: {
      ++t_;
      Expr *exc = nullptr, *cause = nullptr;
      if (starts_expression()) {
        exc = expression();
        if (accept(Tok::From)) cause = expression();
      }
      auto* n = node<node::Raise>(from(start));
      n->exc = exc;
      n->cause = cause;
      return n;
    }
    case Tok::Assert: {
      ++t_;
      Expr* test = expression();
      Expr* message = accept(Tok::Comma) ? expression() : nullptr;
      auto* n = node<node::Assert>(from(start));
      n->test = test;
      n->msg = message;
      return n;
    }
    case Tok::Global:
      return name_list<node::Global>();
    case Tok::Nonlocal:
      return name_list<node::Nonlocal>();
    case Tok::Import:
      return import_names();
    case Tok::From:
      return import_from();
    case Tok::Del:
      return delete_statement();
    default:
      return expression_statement();
  }
}

template <class T>
Stmt* Parser::name_list() {
  const Token* start = t_++;
  int base = mark();
  do push(name());
  while (accept(Tok::Comma));
  auto names = take<Identifier>(base);
  auto* n = node<T>(from(start));
  n->names = names;
  return n;
}

Identifier Parser::dotted_name() {
  const Token* start = t_;
  Identifier first = name();
  if (!at(Tok::Dot)) return first;
  // The parts are normalised one by one, and white space between them does not count.
  int base = mark();
  push(first);
  size_t length = first->text.size();
  while (accept(Tok::Dot)) {
    Identifier part = name();
    length += 1 + part->text.size();
    push(part);
  }
  (void)start;
  char* text = static_cast<char*>(arena_.allocate(length, 1));
  char* p = text;
  for (int i = base; i < mark(); ++i) {
    if (i > base) *p++ = '.';
    auto part = static_cast<const NameText*>(pile_.items[i])->text;
    memcpy(p, part.data(), part.size());
    p += part.size();
  }
  pile_.count = base;
  return context_.names.intern({text, length});
}

Stmt* Parser::import_names() {
  const Token* start = t_++;
  int base = mark();
  do {
    const Token* first = t_;
    Identifier module = dotted_name();
    Identifier alias = accept(Tok::As) ? name() : nullptr;
    auto* a = node<Alias>(from(first));
    a->name = module;
    a->asname = alias;
    push(a);
  } while (accept(Tok::Comma));
  auto names = take<Alias*>(base);
  auto* n = node<node::Import>(from(start));
  n->names = names;
  return n;
}

Stmt* Parser::import_from() {
  const Token* start = t_++;
  int level = 0;
  for (;; ++t_) {
    if (at(Tok::Dot))
      ++level;
    else if (at(Tok::Ellipsis))
      level += 3;
    else
      break;
  }
  Identifier module = level && at(Tok::Import) ? nullptr : dotted_name();
  expect(Tok::Import);
  auto names = import_from_names();
  auto* n = node<node::ImportFrom>(from(start));
  n->module = module;
  n->names = names;
  n->level = level;
  return n;
}

Seq<Alias*> Parser::import_from_names() {
  if (at(Tok::Star)) {
    auto* a = node<Alias>(t_->range);
    a->name = context_.names.intern("*");
    ++t_;
    return one(a);
  }
  bool parentheses = accept(Tok::LeftParen);
  int base = mark();
  do {
    if (parentheses && at(Tok::RightParen) && mark() > base) break;
    const Token* first = t_;
    Identifier id = name();
    Identifier alias = accept(Tok::As) ? name() : nullptr;
    auto* a = node<Alias>(from(first));
    a->name = id;
    a->asname = alias;
    push(a);
  } while (accept(Tok::Comma));
  if (parentheses) expect(Tok::RightParen);
  return take<Alias*>(base);
}

Stmt* Parser::delete_statement() {
  const Token* start = t_++;
  int base = mark();
  do {
    if (mark() > base && (at(Tok::Semicolon) || at(Tok::Newline))) break;
    Expr* e = primary();
    if (!is_delete_target(e)) fail();
    set_context(e, ExprContext::Del);
    push(e);
  } while (accept(Tok::Comma));
  auto targets = take<Expr*>(base);
  auto* n = node<node::Delete>(from(start));
  n->targets = targets;
  return n;
}

/// What may stand to the right of an `=`.
Expr* Parser::assigned_value() { return at(Tok::Yield) ? yield_expression() : star_expressions(); }

Stmt* Parser::expression_statement() {
  const Token* start = t_;
  bool yield = at(Tok::Yield);
  Expr* e = assigned_value();
  if (!yield) {
    if (at(Tok::Equal)) return assignment(start, e);
    if (at(Tok::Colon)) return annotated(start, e);
    if (is_augmented_assignment(t_->kind)) return augmented(start, e);
  }
  auto* n = node<node::ExprStmt>(from(start));
  n->value = e;
  return n;
}

Stmt* Parser::annotated(const Token* start, Expr* target) {
  if (!is_single_target(target)) fail();
  since(6);
  ++t_;
  set_context(target, ExprContext::Store);
  Expr* annotation = expression();
  Expr* value = accept(Tok::Equal) ? assigned_value() : nullptr;
  auto* n = node<node::AnnAssign>(from(start));
  n->target = target;
  n->annotation = annotation;
  n->value = value;
  n->simple = target->kind == Kind::Name && start->kind == Tok::Name;
  return n;
}

Stmt* Parser::augmented(const Token* start, Expr* target) {
  if (!is_single_target(target)) return fail(), node<node::Pass>({});
  auto op = static_cast<BinaryOperator>(int(t_->kind) - int(Tok::PlusEqual));
  if (op == BinaryOperator::MatMult) since(5);
  ++t_;
  set_context(target, ExprContext::Store);
  Expr* value = assigned_value();
  auto* n = node<node::AugAssign>(from(start));
  n->target = target;
  n->op = op;
  n->value = value;
  return n;
}

Stmt* Parser::assignment(const Token* start, Expr* first) {
  int base = mark();
  Expr* value = first;
  bool is_yield = false;
  while (at(Tok::Equal)) {
    if (is_yield || !is_star_target(value)) return fail(), node<node::Pass>({});
    ++t_;
    set_context(value, ExprContext::Store);
    push(value);
    is_yield = at(Tok::Yield);
    value = assigned_value();
  }
  String comment = type_comment();
  auto targets = take<Expr*>(base);
  auto* n = node<node::Assign>(from(start));
  n->targets = targets;
  n->value = value;
  n->type_comment = comment;
  return n;
}

// -- targets: parsed as expressions, then checked and given their context

bool Parser::is_single_target(const Expr* e) {
  return e->kind == Kind::Name || e->kind == Kind::Attribute || e->kind == Kind::Subscript;
}

bool Parser::is_star_target(const Expr* e) {
  switch (e->kind) {
    case Kind::Name:
    case Kind::Attribute:
    case Kind::Subscript:
      return true;
    case Kind::Starred:
      return is_star_target(static_cast<const node::Starred*>(e)->value);
    case Kind::Tuple:
    case Kind::List: {
      auto& elts = e->kind == Kind::Tuple ? static_cast<const node::Tuple*>(e)->elts
                                          : static_cast<const node::List*>(e)->elts;
      for (Expr* item : elts) {
        if (!is_star_target(item)) return false;
      }
      return true;
    }
    default:
      return false;
  }
}

bool Parser::is_delete_target(const Expr* e) {
  if (is_single_target(e)) return true;
  if (e->kind != Kind::Tuple && e->kind != Kind::List) return false;
  auto& elts = e->kind == Kind::Tuple ? static_cast<const node::Tuple*>(e)->elts
                                      : static_cast<const node::List*>(e)->elts;
  for (Expr* item : elts) {
    if (!is_delete_target(item)) return false;
  }
  return true;
}

void Parser::set_context(Expr* e, ExprContext context) {
  switch (e->kind) {
    case Kind::Name:
      static_cast<node::Name*>(e)->ctx = context;
      break;
    case Kind::Attribute:
      static_cast<node::Attribute*>(e)->ctx = context;
      break;
    case Kind::Subscript:
      static_cast<node::Subscript*>(e)->ctx = context;
      break;
    case Kind::Starred:
      static_cast<node::Starred*>(e)->ctx = context;
      set_context(static_cast<node::Starred*>(e)->value, context);
      break;
    case Kind::Tuple:
      static_cast<node::Tuple*>(e)->ctx = context;
      for (Expr* item : static_cast<node::Tuple*>(e)->elts) set_context(item, context);
      break;
    case Kind::List:
      static_cast<node::List*>(e)->ctx = context;
      for (Expr* item : static_cast<node::List*>(e)->elts) set_context(item, context);
      break;
    default:
      break;
  }
}

/// An expression that must be a target: of `for`, of `with … as`.
Expr* Parser::target(Expr* e) {
  if (!is_star_target(e)) fail();
  set_context(e, ExprContext::Store);
  return e;
}

/// The targets of a `for`. They end where `in` begins, so operators from comparisons up do not
/// occur.
Expr* Parser::star_targets() {
  const Token* start = t_;
  Expr* first = at(Tok::Star) ? starred(&Parser::bitwise_or) : bitwise_or();
  if (!at(Tok::Comma)) return target(first);
  int base = mark();
  push(first);
  while (accept(Tok::Comma)) {
    if (!starts_expression() && !at(Tok::Star)) break;
    push(at(Tok::Star) ? starred(&Parser::bitwise_or) : bitwise_or());
  }
  auto elts = take<Expr*>(base);
  auto* tuple = node<node::Tuple>(from(start));
  tuple->elts = elts;
  return target(tuple);
}

}  // namespace taipan::syntax
