// Statements with blocks.
#include "syntax/parser_core.h"

namespace taipan::syntax {

Seq<Stmt*> Parser::block() {
  Nested nested(*this);
  int base = mark();
  if (!accept(Tok::Newline)) {
    simple_statements();
    return take<Stmt*>(base);
  }
  expect(Tok::Indent);
  auto body = statements(Tok::Dedent);
  expect(Tok::Dedent);
  return body;
}

Stmt* Parser::compound_statement() {
  const Token* start = t_;
  switch (t_->kind) {
    case Tok::If:
      return if_statement();
    case Tok::While:
      return while_statement();
    case Tok::For:
      return for_statement(start, false);
    case Tok::With:
      return with_statement(start, false);
    case Tok::Try:
      return try_statement();
    case Tok::Def:
      return function(start, false, {});
    case Tok::Class:
      return class_statement({});
    case Tok::At:
      return decorated();
    default:
      break;
  }
  ++t_;  // async
  since(5);
  switch (t_->kind) {
    case Tok::For:
      return for_statement(start, true);
    case Tok::With:
      return with_statement(start, true);
    case Tok::Def:
      return function(start, true, {});
    default:
      fail();
      return node<node::Pass>({});
  }
}

/// From `if` or `elif` on.
Stmt* Parser::if_statement() {
  Nested nested(*this);
  const Token* start = t_++;
  Expr* test = named_expression();
  expect(Tok::Colon);
  auto body = block();
  auto orelse = at(Tok::Elif) ? one(if_statement()) : else_block();
  auto* n = node<node::If>(from_statement(start));
  n->test = test;
  n->body = body;
  n->orelse = orelse;
  return n;
}

Seq<Stmt*> Parser::else_block() {
  if (!accept(Tok::Else)) return {};
  expect(Tok::Colon);
  return block();
}

Stmt* Parser::while_statement() {
  const Token* start = t_++;
  Expr* test = named_expression();
  expect(Tok::Colon);
  auto body = block();
  auto orelse = else_block();
  auto* n = node<node::While>(from_statement(start));
  n->test = test;
  n->body = body;
  n->orelse = orelse;
  return n;
}

Stmt* Parser::for_statement(const Token* start, bool is_async) {
  ++t_;
  Expr* targets = star_targets();
  expect(Tok::In);
  Expr* iter = star_expressions();
  expect(Tok::Colon);
  String comment = type_comment();
  auto body = block();
  auto orelse = else_block();
  auto fill = [&](auto* n) -> Stmt* {
    n->target = targets;
    n->iter = iter;
    n->body = body;
    n->orelse = orelse;
    n->type_comment = comment;
    return n;
  };
  Range range = from_statement(start);
  return is_async ? fill(node<node::AsyncFor>(range)) : fill(node<node::For>(range));
}

/// The token that closes the bracket `open`. (Brackets match: the lexer has seen to it.)
const Token* Parser::closing(const Token* open) const {
  const Token* t = open + 1;
  for (; t->kind != Tok::EndMarker && t->kind != Tok::Error && t->kind != Tok::NeedMore; ++t) {
    if (t->level < open->level) return t;
  }
  return t;
}

/// Whether the parenthesis after `with` encloses the items, rather than an expression that begins
/// with it: a colon follows it, and inside there are only expressions and targets.
bool Parser::items_in_parentheses() const {
  const Token* open = t_;
  const Token* close = closing(open);
  if (close->kind != Tok::RightParen || close[1].kind != Tok::Colon || close == open + 1)
    return false;
  if (close[2].kind == Tok::TypeComment) return false;
  bool item_start = true;
  int lambdas = 0;
  for (const Token* t = open + 1; t < close; ++t) {
    if (t->level > open->level) {
      item_start = false;
      continue;
    }
    switch (t->kind) {
      case Tok::Walrus:
      case Tok::For:
      case Tok::Async:
      case Tok::Yield:
        return false;
      case Tok::Star:
      case Tok::DoubleStar:
        if (item_start) return false;
        break;
      case Tok::Lambda:
        ++lambdas;
        break;
      case Tok::Colon:
        if (lambdas) --lambdas;
        break;
      default:
        break;
    }
    item_start = t->kind == Tok::Comma && !lambdas;
  }
  return true;
}

void Parser::with_item(bool in_parentheses) {
  auto* item = plain<WithItem>();
  item->context_expr = expression();
  if (accept(Tok::As)) {
    item->optional_vars = target(at(Tok::Star) ? starred(&Parser::bitwise_or) : primary());
    if (!at(Tok::Comma) && !at(Tok::Colon) && !(in_parentheses && at(Tok::RightParen))) fail();
  }
  push(item);
}

Stmt* Parser::with_statement(const Token* start, bool is_async) {
  ++t_;
  int base = mark();
  bool in_parentheses = at(Tok::LeftParen) && items_in_parentheses();
  if (in_parentheses) since(is_async ? 5 : 9), ++t_;
  do {
    if (in_parentheses && at(Tok::RightParen)) break;
    with_item(in_parentheses);
  } while (accept(Tok::Comma));
  if (in_parentheses) expect(Tok::RightParen);
  auto items = take<WithItem*>(base);
  expect(Tok::Colon);
  String comment = type_comment();
  auto body = block();
  auto fill = [&](auto* n) -> Stmt* {
    n->items = items;
    n->body = body;
    n->type_comment = comment;
    return n;
  };
  Range range = from_statement(start);
  return is_async ? fill(node<node::AsyncWith>(range)) : fill(node<node::With>(range));
}

Stmt* Parser::try_statement() {
  const Token* start = t_++;
  expect(Tok::Colon);
  auto body = block();
  bool star = at(Tok::Except) && t_[1].kind == Tok::Star;
  if (star) since(11);
  int base = mark();
  while (at(Tok::Except)) {
    const Token* first = t_++;
    auto* h = node<node::ExceptHandlerNode>({});
    if ((star && !accept(Tok::Star)) || (!star && at(Tok::Star))) fail();
    if (star || !at(Tok::Colon)) {
      h->type = expression();
      if (accept(Tok::As)) h->name = name();
    }
    expect(Tok::Colon);
    h->body = block();
    h->range = from_statement(first);
    push(h);
    // `except:` without a type catches all: nothing may follow it but that is the compiler's to
    // say.
  }
  auto handlers = take<ExceptHandler*>(base);
  auto orelse = handlers.empty() ? Seq<Stmt*>{} : else_block();
  Seq<Stmt*> finalbody;
  if (accept(Tok::Finally)) {
    expect(Tok::Colon);
    finalbody = block();
  } else if (handlers.empty()) {
    fail();
  }
  auto fill = [&](auto* n) -> Stmt* {
    n->body = body;
    n->handlers = handlers;
    n->orelse = orelse;
    n->finalbody = finalbody;
    return n;
  };
  Range range = from_statement(start);
  return star ? fill(node<node::TryStar>(range)) : fill(node<node::Try>(range));
}

Stmt* Parser::decorated() {
  int base = mark();
  while (accept(Tok::At)) {
    push(named_expression());
    expect(Tok::Newline);
  }
  auto decorators = take<Expr*>(base);
  const Token* start = t_;
  if (at(Tok::Class)) return class_statement(decorators);
  bool is_async = accept(Tok::Async);
  if (is_async) since(5);
  if (!at(Tok::Def)) return fail(), node<node::Pass>({});
  return function(start, is_async, decorators);
}

String Parser::function_type_comment() {
  if (at(Tok::Newline) && t_[1].kind == Tok::TypeComment && t_[2].kind == Tok::Newline &&
      t_[3].kind == Tok::Indent) {
    ++t_;
  }
  return type_comment();
}

Stmt* Parser::function(const Token* start, bool is_async, Seq<Expr*> decorators) {
  Nested nested(*this);
  ++t_;
  Identifier id = name();
  expect(Tok::LeftParen);
  Arguments* args = parameters(For::kFunction, Tok::RightParen);
  expect(Tok::RightParen);
  Expr* returns = accept(Tok::Arrow) ? expression() : nullptr;
  expect(Tok::Colon);
  String comment = function_type_comment();
  auto body = block();
  auto fill = [&](auto* n) -> Stmt* {
    n->name = id;
    n->args = args;
    n->body = body;
    n->decorator_list = decorators;
    n->returns = returns;
    n->type_comment = comment;
    return n;
  };
  Range range = from_statement(start);
  return is_async ? fill(node<node::AsyncFunctionDef>(range))
                  : fill(node<node::FunctionDef>(range));
}

Stmt* Parser::class_statement(Seq<Expr*> decorators) {
  const Token* start = t_++;
  auto* n = node<node::ClassDef>({});
  n->decorator_list = decorators;
  n->name = name();
  if (accept(Tok::LeftParen)) {
    if (!at(Tok::RightParen)) arguments(&n->bases, &n->keywords, nullptr);
    expect(Tok::RightParen);
  }
  expect(Tok::Colon);
  n->body = block();
  n->range = from_statement(start);
  return n;
}

}  // namespace taipan::syntax
