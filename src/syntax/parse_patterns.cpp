// The match statement. `match`, `case` and `_` are words of the language only here.
#include "syntax/parser_core.h"

namespace taipan::syntax {

/// Whether the name `match`, where a statement begins, begins a match statement: something that can
/// be a subject follows, and the line ends with a colon, as no simple statement does.
bool Parser::match_ahead() const {
  const Token* t = t_ + 1;
  switch (t->kind) {
    case Tok::Name:
    case Tok::Number:
    case Tok::String:
    case Tok::LeftBrace:
    case Tok::Tilde:
    case Tok::Lambda:
    case Tok::Await:
    case Tok::None:
    case Tok::True:
    case Tok::False:
    case Tok::Ellipsis:
      return true;
    case Tok::LeftParen:
    case Tok::LeftBracket:
    case Tok::Minus:
    case Tok::Plus:
    case Tok::Star:
    case Tok::Not:
      break;
    default:
      return false;
  }
  while (t->kind != Tok::Newline && t->kind != Tok::EndMarker && t->kind != Tok::Error &&
         t->kind != Tok::NeedMore) {
    ++t;
  }
  if (t->kind == Tok::Newline && t[-1].kind == Tok::TypeComment) --t;
  return t[-1].kind == Tok::Colon;
}

Stmt* Parser::match_statement() {
  Nested nested(*this);
  const Token* start = t_++;
  since(10);
  const Token* first = t_;
  bool star = at(Tok::Star);
  Expr* subject = tuple_rest(first, star_named_expression(), &Parser::star_named_expression);
  if (star && subject->kind == Kind::Starred) fail();
  expect(Tok::Colon);
  expect(Tok::Newline);
  expect(Tok::Indent);
  int base = mark();
  do push(case_block());
  while (!at(Tok::Dedent) && !failed());
  expect(Tok::Dedent);
  auto cases = take<MatchCase*>(base);
  auto* n = node<node::Match>(from_statement(start));
  n->subject = subject;
  n->cases = cases;
  return n;
}

MatchCase* Parser::case_block() {
  auto* c = plain<MatchCase>();
  if (!at(Tok::Name) || t_->name != case_) return fail(), c;
  ++t_;
  c->pattern = open_pattern();
  if (accept(Tok::If)) c->guard = named_expression();
  expect(Tok::Colon);
  c->body = block();
  return c;
}

/// A pattern, or a sequence of them without brackets.
Pattern* Parser::open_pattern() {
  const Token* start = t_;
  bool star = at(Tok::Star);
  Pattern* first = maybe_star_pattern();
  if (!at(Tok::Comma)) {
    if (star) fail();
    return first;
  }
  int base = mark();
  push(first);
  while (accept(Tok::Comma)) {
    if (at(Tok::Colon) || at(Tok::If)) break;
    push(maybe_star_pattern());
  }
  auto patterns = take<Pattern*>(base);
  auto* n = node<node::MatchSequence>(from(start));
  n->patterns = patterns;
  return n;
}

Pattern* Parser::maybe_star_pattern() {
  if (!at(Tok::Star)) return pattern();
  const Token* start = t_++;
  Identifier id = at(Tok::Name) && t_->name == underscore_ ? (++t_, nullptr) : capture_target();
  auto* n = node<node::MatchStar>(from(start));
  n->name = id;
  return n;
}

/// A name that is bound: not `_`, and nothing follows that makes it a value or a class.
Identifier Parser::capture_target() {
  if (!at(Tok::Name) || t_->name == underscore_) return fail(), bad_name_;
  Identifier id = (t_++)->name;
  if (at(Tok::Dot) || at(Tok::LeftParen) || at(Tok::Equal)) fail();
  return id;
}

Pattern* Parser::pattern() {
  Nested nested(*this);
  const Token* start = t_;
  Pattern* p = or_pattern();
  if (!accept(Tok::As)) return p;
  Identifier id = capture_target();
  auto* n = node<node::MatchAs>(from(start));
  n->pattern = p;
  n->name = id;
  return n;
}

Pattern* Parser::or_pattern() {
  const Token* start = t_;
  Pattern* first = closed_pattern();
  if (!at(Tok::Bar)) return first;
  int base = mark();
  push(first);
  while (accept(Tok::Bar)) push(closed_pattern());
  auto patterns = take<Pattern*>(base);
  auto* n = node<node::MatchOr>(from(start));
  n->patterns = patterns;
  return n;
}

Pattern* Parser::closed_pattern() {
  const Token* start = t_;
  switch (t_->kind) {
    case Tok::Number:
    case Tok::Minus:
    case Tok::String:
    case Tok::None:
    case Tok::True:
    case Tok::False:
      return literal_pattern();
    case Tok::Name: {
      Tok after = t_[1].kind;
      if (after != Tok::Dot && after != Tok::LeftParen) {
        if (after == Tok::Equal) fail();
        Identifier id = start->name == underscore_ ? nullptr : start->name;
        if (!failed()) ++t_;
        auto* n = node<node::MatchAs>(start->range);
        n->name = id;
        return n;
      }
      Expr* e = name_or_attribute();
      if (at(Tok::LeftParen)) return class_pattern(start, e);
      if (at(Tok::Equal)) fail();
      return value_pattern(e, start);
    }
    case Tok::LeftParen: {
      ++t_;
      if (at(Tok::RightParen)) {
        ++t_;
        return node<node::MatchSequence>(from(start));
      }
      bool star = at(Tok::Star);
      Pattern* first = maybe_star_pattern();
      if (!star && accept(Tok::RightParen)) return first;
      int base = mark();
      push(first);
      if (!at(Tok::Comma)) fail();
      while (accept(Tok::Comma)) {
        if (at(Tok::RightParen)) break;
        push(maybe_star_pattern());
      }
      expect(Tok::RightParen);
      auto patterns = take<Pattern*>(base);
      auto* n = node<node::MatchSequence>(from(start));
      n->patterns = patterns;
      return n;
    }
    case Tok::LeftBracket: {
      ++t_;
      int base = mark();
      while (!at(Tok::RightBracket) && !failed()) {
        push(maybe_star_pattern());
        if (!accept(Tok::Comma)) break;
      }
      expect(Tok::RightBracket);
      auto patterns = take<Pattern*>(base);
      auto* n = node<node::MatchSequence>(from(start));
      n->patterns = patterns;
      return n;
    }
    case Tok::LeftBrace:
      return mapping_pattern();
    default:
      fail();
      return bad_pattern_;
  }
}

Pattern* Parser::value_pattern(Expr* value, const Token* start) {
  auto* n = node<node::MatchValue>(from(start));
  n->value = value;
  return n;
}

Pattern* Parser::literal_pattern() {
  const Token* start = t_;
  Constant::Kind singleton = at(Tok::None)    ? Constant::kNone
                             : at(Tok::True)  ? Constant::kTrue
                             : at(Tok::False) ? Constant::kFalse
                                              : Constant::kText;
  if (singleton != Constant::kText) {
    auto* n = node<node::MatchSingleton>(start->range);
    n->value.kind = singleton;
    ++t_;
    return n;
  }
  Expr* value = literal_key();
  return value_pattern(value, start);
}

/// A literal that may be a mapping's key or a value: a string, or a number with sign and imaginary
/// part.
Expr* Parser::literal_key() {
  const Token* start = t_;
  switch (t_->kind) {
    case Tok::String:
      return strings();
    case Tok::None:
      ++t_;
      return constant(start->range, Constant::kNone);
    case Tok::True:
      ++t_;
      return constant(start->range, Constant::kTrue);
    case Tok::False:
      ++t_;
      return constant(start->range, Constant::kFalse);
    default:
      break;
  }
  Expr* real = signed_number();
  if (!at(Tok::Plus) && !at(Tok::Minus)) return real;
  bool minus = at(Tok::Minus);
  ++t_;
  if (!at(Tok::Number)) return fail(), bad_;
  Expr* imaginary = number();
  auto kind_of = [](Expr* e) {
    if (auto* u = as<node::UnaryOp>(e)) e = u->operand;
    return e->kind == Kind::ConstantExpr ? static_cast<node::ConstantExpr*>(e)->value.kind
                                         : Constant::kNone;
  };
  if (kind_of(real) == Constant::kImaginary || kind_of(imaginary) != Constant::kImaginary) fail();
  auto* n = node<node::BinOp>(from(start));
  n->left = real;
  n->op = minus ? BinaryOperator::Sub : BinaryOperator::Add;
  n->right = imaginary;
  return n;
}

Expr* Parser::signed_number() {
  const Token* start = t_;
  bool minus = accept(Tok::Minus);
  if (!at(Tok::Number)) return fail(), bad_;
  Expr* e = number();
  if (!minus) return e;
  auto* n = node<node::UnaryOp>(from(start));
  n->op = UnaryOperator::USub;
  n->operand = e;
  return n;
}

Expr* Parser::name_or_attribute() {
  const Token* start = t_;
  auto* id = node<node::Name>(start->range);
  id->id = name();
  Expr* e = id;
  while (accept(Tok::Dot)) {
    Identifier attr = name();
    auto* n = node<node::Attribute>(from(start));
    n->value = e;
    n->attr = attr;
    e = n;
  }
  return e;
}

Pattern* Parser::mapping_pattern() {
  const Token* start = t_++;
  auto* n = node<node::MatchMapping>({});
  int base = mark();
  // Keys and patterns alternate on the pile.
  while (!at(Tok::RightBrace) && !failed()) {
    if (accept(Tok::DoubleStar)) {
      n->rest = capture_target();
      accept(Tok::Comma);
      break;
    }
    Expr* key;
    if (at(Tok::Name)) {
      key = name_or_attribute();
      if (key->kind != Kind::Attribute) fail();
    } else {
      key = literal_key();
    }
    expect(Tok::Colon);
    Pattern* value = pattern();
    push(key);
    push(value);
    if (!accept(Tok::Comma)) break;
  }
  expect(Tok::RightBrace);
  n->range = from(start);
  if (failed()) return n;
  int count = (mark() - base) / 2;
  n->keys = {arena_.array<Expr*>(static_cast<size_t>(count)), count};
  n->patterns = {arena_.array<Pattern*>(static_cast<size_t>(count)), count};
  for (int i = 0; i < count; ++i) {
    n->keys[i] = static_cast<Expr*>(pile_.items[base + 2 * i]);
    n->patterns[i] = static_cast<Pattern*>(pile_.items[base + 2 * i + 1]);
  }
  pile_.count = base;
  return n;
}

Pattern* Parser::class_pattern(const Token* start, Expr* cls) {
  ++t_;
  auto* n = node<node::MatchClass>({});
  n->cls = cls;
  int base = mark();
  int positional = 0;
  Pile<Identifier> names;
  while (!at(Tok::RightParen) && !failed()) {
    if (at(Tok::Name) && t_[1].kind == Tok::Equal) {
      names.push(t_->name);
      t_ += 2;
    } else {
      if (names.count) fail();
      ++positional;
    }
    push(pattern());
    if (!accept(Tok::Comma)) break;
  }
  expect(Tok::RightParen);
  n->range = from(start);
  if (failed()) return n;
  n->kwd_patterns.count = names.count;
  n->kwd_patterns.items = arena_.array<Pattern*>(static_cast<size_t>(names.count));
  n->kwd_attrs.count = names.count;
  n->kwd_attrs.items = arena_.array<Identifier>(static_cast<size_t>(names.count));
  for (int i = 0; i < names.count; ++i) {
    n->kwd_attrs[i] = names.items[i];
    n->kwd_patterns[i] = static_cast<Pattern*>(pile_.items[base + positional + i]);
  }
  pile_.count = base + positional;
  n->patterns = take<Pattern*>(base);
  return n;
}

}  // namespace taipan::syntax
