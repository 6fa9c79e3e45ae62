// Atoms (names, literals, displays, parentheses) and what may follow them: attributes, calls,
// subscripts.
#include "syntax/parser_core.h"

namespace taipan::syntax {

Expr* Parser::primary() {
  const Token* start = t_;
  Expr* left = atom();
  for (;;) {
    switch (t_->kind) {
      case Tok::Dot: {
        ++t_;
        Identifier attr = name();
        auto* n = node<node::Attribute>(from(start));
        n->value = left;
        n->attr = attr;
        left = n;
        break;
      }
      case Tok::LeftParen:
        left = call(start, left);
        break;
      case Tok::LeftBracket: {
        ++t_;
        Expr* index = slices();
        expect(Tok::RightBracket);
        auto* n = node<node::Subscript>(from(start));
        n->value = left;
        n->slice = index;
        left = n;
        break;
      }
      default:
        return left;
    }
  }
}

Expr* Parser::constant(Range range, Constant::Kind kind) {
  auto* c = node<node::ConstantExpr>(range);
  c->value.kind = kind;
  return c;
}

Expr* Parser::atom() {
  const Token* start = t_;
  switch (t_->kind) {
    case Tok::Name: {
      auto* n = node<node::Name>(start->range);
      n->id = start->name;
      ++t_;
      return n;
    }
    case Tok::String:
      return strings();
    case Tok::Number:
      return number();
    case Tok::LeftParen:
      return parenthesized();
    case Tok::LeftBracket:
      return list_display();
    case Tok::LeftBrace:
      return brace_display();
    case Tok::None:
      ++t_;
      return constant(start->range, Constant::kNone);
    case Tok::True:
      ++t_;
      return constant(start->range, Constant::kTrue);
    case Tok::False:
      ++t_;
      return constant(start->range, Constant::kFalse);
    case Tok::Ellipsis:
      ++t_;
      return constant(start->range, Constant::kEllipsis);
    default:
      fail();
      return bad_;
  }
}

Expr* Parser::number() {
  LiteralProblem problem;
  auto* c = node<node::ConstantExpr>(t_->range);
  if (!parse_number(context_, *t_, c->value, problem)) return fail(), bad_;
  ++t_;
  return c;
}

Expr* Parser::strings() {
  const Token* first = t_;
  while (at(Tok::String)) ++t_;
  LiteralProblem problem;
  Expr* e = parse_strings(context_, first, static_cast<int>(t_ - first), problem);
  if (!e) return fail(), bad_;
  return e;
}

/// A tuple, a generator expression, or one expression in parentheses, which keeps its own range.
Expr* Parser::parenthesized() {
  const Token* start = t_++;
  if (accept(Tok::RightParen)) return node<node::Tuple>(from(start));
  if (at(Tok::Yield)) {
    Expr* e = yield_expression();
    expect(Tok::RightParen);
    return e;
  }
  bool star = at(Tok::Star);
  Expr* first = star_named_expression();
  if (at(Tok::Comma)) {
    auto* tuple =
        static_cast<node::Tuple*>(tuple_rest(start, first, &Parser::star_named_expression));
    expect(Tok::RightParen);
    tuple->range = from(start);
    return tuple;
  }
  if (star) return fail(), bad_;
  if (comprehension_ahead()) {
    auto generators = comprehensions();
    expect(Tok::RightParen);
    auto* n = node<node::GeneratorExp>(from(start));
    n->elt = first;
    n->generators = generators;
    return n;
  }
  expect(Tok::RightParen);
  return first;
}

Expr* Parser::list_display() {
  const Token* start = t_++;
  int base = mark();
  while (starts_expression() || at(Tok::Star)) {
    bool star = at(Tok::Star);
    Expr* e = star_named_expression();
    if (comprehension_ahead() && mark() == base && !star) {
      auto generators = comprehensions();
      expect(Tok::RightBracket);
      auto* n = node<node::ListComp>(from(start));
      n->elt = e;
      n->generators = generators;
      return n;
    }
    push(e);
    if (!accept(Tok::Comma)) break;
  }
  expect(Tok::RightBracket);
  auto* n = node<node::List>(from(start));
  n->elts = take<Expr*>(base);
  return n;
}

/// A dict or a set, or a comprehension of either.
Expr* Parser::brace_display() {
  const Token* start = t_++;
  if (at(Tok::RightBrace) || at(Tok::DoubleStar)) return dict_rest(start, nullptr);
  bool star = at(Tok::Star);
  bool walrus = at(Tok::Name) && t_[1].kind == Tok::Walrus;
  Expr* first = star_named_expression();
  if (!star && !walrus && at(Tok::Colon)) return dict_rest(start, first);
  if (!star && comprehension_ahead()) {
    auto generators = comprehensions();
    expect(Tok::RightBrace);
    auto* n = node<node::SetComp>(from(start));
    n->elt = first;
    n->generators = generators;
    return n;
  }
  int base = mark();
  push(first);
  while (accept(Tok::Comma)) {
    if (!starts_expression() && !at(Tok::Star)) break;
    push(star_named_expression());
  }
  expect(Tok::RightBrace);
  auto* n = node<node::Set>(from(start));
  n->elts = take<Expr*>(base);
  return n;
}

/// The dict whose first key, if it is no `**`, has been parsed.
Expr* Parser::dict_rest(const Token* start, Expr* key) {
  int base = mark();
  // Keys and values alternate on the pile.
  while (key || starts_expression() || at(Tok::DoubleStar)) {
    if (!key && accept(Tok::DoubleStar)) {
      push(nullptr);
      push(bitwise_or());
    } else {
      if (!key) key = expression();
      expect(Tok::Colon);
      Expr* value = expression();
      if (comprehension_ahead() && mark() == base) {
        auto generators = comprehensions();
        expect(Tok::RightBrace);
        auto* n = node<node::DictComp>(from(start));
        n->key = key;
        n->value = value;
        n->generators = generators;
        return n;
      }
      push(key);
      push(value);
      key = nullptr;
    }
    if (!accept(Tok::Comma)) break;
  }
  expect(Tok::RightBrace);
  auto* n = node<node::Dict>(from(start));
  if (failed()) return n;
  int count = (mark() - base) / 2;
  n->keys = {arena_.array<Expr*>(static_cast<size_t>(count)), count};
  n->values = {arena_.array<Expr*>(static_cast<size_t>(count)), count};
  for (int i = 0; i < count; ++i) {
    n->keys[i] = static_cast<Expr*>(pile_.items[base + 2 * i]);
    n->values[i] = static_cast<Expr*>(pile_.items[base + 2 * i + 1]);
  }
  pile_.count = base;
  return n;
}

Seq<Comprehension*> Parser::comprehensions() {
  Nested nested(*this);
  int base = mark();
  while (comprehension_ahead()) {
    auto* c = plain<Comprehension>();
    c->is_async = accept(Tok::Async);
    if (c->is_async) since(6);
    expect(Tok::For);
    c->target = star_targets();
    expect(Tok::In);
    c->iter = disjunction();
    int ifs = mark();
    while (accept(Tok::If)) push(disjunction());
    c->ifs = take<Expr*>(ifs);
    push(c);
  }
  return take<Comprehension*>(base);
}

Expr* Parser::slices() {
  const Token* start = t_;
  bool star = at(Tok::Star);
  Expr* first = slice();
  if (!at(Tok::Comma) && !star) return first;
  int base = mark();
  push(first);
  while (accept(Tok::Comma)) {
    if (at(Tok::RightBracket)) break;
    push(slice());
  }
  auto* tuple = node<node::Tuple>(from(start));
  tuple->elts = take<Expr*>(base);
  return tuple;
}

Expr* Parser::slice() {
  const Token* start = t_;
  if (at(Tok::Star)) return starred(&Parser::expression);
  Expr* lower = nullptr;
  if (!at(Tok::Colon)) {
    bool walrus = at(Tok::Name) && t_[1].kind == Tok::Walrus;
    lower = named_expression();
    if (walrus || !at(Tok::Colon)) return lower;
  }
  ++t_;
  Expr* upper = starts_expression() ? expression() : nullptr;
  Expr* step = accept(Tok::Colon) && starts_expression() ? expression() : nullptr;
  auto* n = node<node::Slice>(from(start));
  n->lower = lower;
  n->upper = upper;
  n->step = step;
  return n;
}

Expr* Parser::call(const Token* start, Expr* function) {
  auto* n = node<node::Call>({});
  n->func = function;
  const Token* open = t_++;
  if (!at(Tok::RightParen)) arguments(&n->args, &n->keywords, open);
  expect(Tok::RightParen);
  n->range = from(start);
  return n;
}

/// The arguments of a call or class, up to the closing parenthesis. A generator expression may be
/// the only one if `open` (the parenthesis that it shares with the call) is given.
void Parser::arguments(Seq<Expr*>* args, Seq<Keyword*>* keywords, const Token* open) {
  Nested nested(*this);
  bool seen_keyword = false, seen_mapping = false;
  int base = mark();
  int keyword_count = 0;
  do {
    if (at(Tok::RightParen) && mark() > base) break;
    const Token* start = t_;
    if (at(Tok::Star)) {
      if (seen_mapping) return fail();
      push(starred(&Parser::expression));
    } else if (at(Tok::DoubleStar) || (at(Tok::Name) && t_[1].kind == Tok::Equal)) {
      Identifier name = at(Tok::Name) ? t_->name : nullptr;
      t_ += name ? 2 : 1;
      Expr* value = expression();
      auto* k = node<Keyword>(from(start));
      k->arg = name;
      k->value = value;
      push(k);
      seen_keyword = true;
      seen_mapping |= !name;
      ++keyword_count;
    } else {
      Expr* e = named_expression();
      if (comprehension_ahead() && open && mark() == base) {
        auto generators = comprehensions();
        if (!at(Tok::RightParen)) return fail();
        auto* n = node<node::GeneratorExp>(
            {open->range.line, open->range.column, t_->range.end_line, t_->range.end_column});
        n->elt = e;
        n->generators = generators;
        *args = one<Expr*>(n);
        return;
      }
      if (seen_keyword) return fail();
      push(e);
    }
  } while (accept(Tok::Comma));
  if (failed()) return;
  int count = mark() - base - keyword_count;
  *args = {arena_.array<Expr*>(static_cast<size_t>(count)), count};
  *keywords = {arena_.array<Keyword*>(static_cast<size_t>(keyword_count)), keyword_count};
  int a = 0, k = 0;
  for (int i = base; i < mark(); ++i) {
    auto* item = static_cast<Node*>(pile_.items[i]);
    if (item->kind == Kind::Keyword)
      (*keywords)[k++] = static_cast<Keyword*>(item);
    else
      (*args)[a++] = static_cast<Expr*>(item);
  }
  pile_.count = base;
}

}  // namespace taipan::syntax
