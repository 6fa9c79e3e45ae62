// Expressions by precedence, from star_expressions down to unary operators and powers.
#include "syntax/parser_core.h"

namespace taipan::syntax {

namespace {

struct Traits {
  uint8_t precedence[256] = {};  ///< of binary operators; 0 = none
  uint8_t op[256] = {};
  bool continues[256] = {};  ///< may follow an operand within the same expression
  bool starts[256] = {};     ///< may begin an expression
  constexpr void binary(Tok t, BinaryOperator o, int p) {
    precedence[int(t)] = static_cast<uint8_t>(p);
    op[int(t)] = static_cast<uint8_t>(o);
    continues[int(t)] = true;
  }
  constexpr Traits() {
    binary(Tok::Bar, BinaryOperator::BitOr, 1);
    binary(Tok::Caret, BinaryOperator::BitXor, 2);
    binary(Tok::Ampersand, BinaryOperator::BitAnd, 3);
    binary(Tok::LeftShift, BinaryOperator::LShift, 4);
    binary(Tok::RightShift, BinaryOperator::RShift, 4);
    binary(Tok::Plus, BinaryOperator::Add, 5);
    binary(Tok::Minus, BinaryOperator::Sub, 5);
    binary(Tok::Star, BinaryOperator::Mult, 6);
    binary(Tok::Slash, BinaryOperator::Div, 6);
    binary(Tok::DoubleSlash, BinaryOperator::FloorDiv, 6);
    binary(Tok::Percent, BinaryOperator::Mod, 6);
    binary(Tok::At, BinaryOperator::MatMult, 6);
    for (Tok t : {Tok::EqualEqual, Tok::NotEqual, Tok::Less, Tok::LessEqual, Tok::Greater,
                  Tok::GreaterEqual, Tok::In, Tok::Is, Tok::Not, Tok::And, Tok::Or, Tok::If}) {
      continues[int(t)] = true;
    }
    for (Tok t : {Tok::Name, Tok::Number, Tok::String, Tok::LeftParen, Tok::LeftBracket,
                  Tok::LeftBrace, Tok::Minus, Tok::Plus, Tok::Tilde, Tok::Not, Tok::Lambda,
                  Tok::Await, Tok::None, Tok::True, Tok::False, Tok::Ellipsis}) {
      starts[int(t)] = true;
    }
  }
};
constexpr Traits kTraits;

}  // namespace

bool Parser::starts_expression() const { return kTraits.starts[int(t_->kind)]; }

Expr* Parser::starred(Expr* (Parser::*value)()) {
  const Token* start = t_++;
  Expr* v = (this->*value)();
  auto* s = node<node::Starred>(from(start));
  s->value = v;
  return s;
}

/// `first`, or, if a comma follows, the tuple that begins with it.
Expr* Parser::tuple_rest(const Token* start, Expr* first, Expr* (Parser::*item)()) {
  if (!at(Tok::Comma)) return first;
  int base = mark();
  push(first);
  while (accept(Tok::Comma)) {
    if (!starts_expression() && !(at(Tok::Star) && item != &Parser::expression)) break;
    push((this->*item)());
  }
  auto* tuple = node<node::Tuple>(from(start));
  tuple->elts = take<Expr*>(base);
  return tuple;
}

Expr* Parser::star_expressions() {
  const Token* start = t_;
  return tuple_rest(start, star_expression(), &Parser::star_expression);
}

Expr* Parser::star_expression() {
  return at(Tok::Star) ? starred(&Parser::bitwise_or) : expression();
}

Expr* Parser::expressions() {
  const Token* start = t_;
  return tuple_rest(start, expression(), &Parser::expression);
}

Expr* Parser::star_named_expression() {
  return at(Tok::Star) ? starred(&Parser::bitwise_or) : named_expression();
}

Expr* Parser::named_expression() {
  if (!at(Tok::Name) || t_[1].kind != Tok::Walrus) return expression();
  const Token* start = t_;
  auto* id = node<node::Name>(start->range);
  id->id = start->name;
  id->ctx = ExprContext::Store;
  t_ += 2;
  since(8);
  Expr* value = expression();
  auto* n = node<node::NamedExpr>(from(start));
  n->target = id;
  n->value = value;
  return n;
}

Expr* Parser::expression() {
  if (at(Tok::Lambda)) return lambda();
  Nested nested(*this);
  const Token* start = t_;
  Expr* left = at(Tok::Not) ? inversion() : unary();
  return kTraits.continues[int(t_->kind)] ? conditional(start, left, true) : left;
}

Expr* Parser::disjunction() {
  Nested nested(*this);
  const Token* start = t_;
  Expr* left = at(Tok::Not) ? inversion() : unary();
  return kTraits.continues[int(t_->kind)] ? conditional(start, left, false) : left;
}

/// All that may follow the operand `left`, operators of every precedence included. The nodes begin
/// at `start`: parentheses around the operand belong to them, though not to it.
Expr* Parser::conditional(const Token* start, Expr* left, bool ternary) {
  left = binary_rest(start, left, 1);
  left = comparison_rest(start, left);
  left = or_rest(start, and_rest(start, left));
  if (!ternary || !accept(Tok::If)) return left;
  Expr* test = disjunction();
  expect(Tok::Else);
  Expr* otherwise = expression();
  auto* n = node<node::IfExp>(from(start));
  n->test = test;
  n->body = left;
  n->orelse = otherwise;
  return n;
}

Expr* Parser::or_rest(const Token* start, Expr* left) {
  if (!at(Tok::Or)) return left;
  int base = mark();
  push(left);
  while (accept(Tok::Or)) {
    const Token* operand = t_;
    push(and_rest(operand, inversion()));
  }
  auto* n = node<node::BoolOp>(from(start));
  n->op = BoolOperator::Or;
  n->values = take<Expr*>(base);
  return n;
}

Expr* Parser::and_rest(const Token* start, Expr* left) {
  if (!at(Tok::And)) return left;
  int base = mark();
  push(left);
  while (accept(Tok::And)) push(inversion());
  auto* n = node<node::BoolOp>(from(start));
  n->op = BoolOperator::And;
  n->values = take<Expr*>(base);
  return n;
}

Expr* Parser::inversion() {
  const Token* start = t_;
  if (!at(Tok::Not)) return comparison_rest(start, bitwise_or());
  Nested nested(*this);
  ++t_;
  Expr* operand = inversion();
  auto* n = node<node::UnaryOp>(from(start));
  n->op = UnaryOperator::Not;
  n->operand = operand;
  return n;
}

bool Parser::comparison_operator(CompareOperator& op) {
  switch (t_->kind) {
    case Tok::EqualEqual:
      op = CompareOperator::Eq;
      break;
    case Tok::NotEqual:
      // `<>` is for those who import it from __future__, and then `!=` is an error.
      if ((context_.source[t_->start] == '<') != context_.options.barry_as_FLUFL)
        return fail(), false;
      op = CompareOperator::NotEq;
      break;
    case Tok::Less:
      op = CompareOperator::Lt;
      break;
    case Tok::LessEqual:
      op = CompareOperator::LtE;
      break;
    case Tok::Greater:
      op = CompareOperator::Gt;
      break;
    case Tok::GreaterEqual:
      op = CompareOperator::GtE;
      break;
    case Tok::In:
      op = CompareOperator::In;
      break;
    case Tok::Is:
      op = CompareOperator::Is;
      if (t_[1].kind == Tok::Not) ++t_, op = CompareOperator::IsNot;
      break;
    case Tok::Not:
      if (t_[1].kind != Tok::In) return false;
      ++t_;
      op = CompareOperator::NotIn;
      break;
    default:
      return false;
  }
  ++t_;
  return true;
}

Expr* Parser::comparison_rest(const Token* start, Expr* left) {
  CompareOperator op;
  if (!comparison_operator(op)) return left;
  int base = mark();
  // Operators and operands alternate on the pile.
  do {
    push(reinterpret_cast<void*>(static_cast<uintptr_t>(op)));
    push(bitwise_or());
  } while (comparison_operator(op));
  auto* n = node<node::Compare>(from(start));
  n->left = left;
  if (failed()) return n;
  int count = (mark() - base) / 2;
  n->ops = {arena_.array<CompareOperator>(static_cast<size_t>(count)), count};
  n->comparators = {arena_.array<Expr*>(static_cast<size_t>(count)), count};
  for (int i = 0; i < count; ++i) {
    n->ops[i] =
        static_cast<CompareOperator>(reinterpret_cast<uintptr_t>(pile_.items[base + 2 * i]));
    n->comparators[i] = static_cast<Expr*>(pile_.items[base + 2 * i + 1]);
  }
  pile_.count = base;
  return n;
}

Expr* Parser::bitwise_or() {
  const Token* start = t_;
  return binary_rest(start, unary(), 1);
}

/// Precedence climbing: the operators of at least `minimum` that follow `left`.
Expr* Parser::binary_rest(const Token* start, Expr* left, int minimum) {
  for (;;) {
    int precedence = kTraits.precedence[int(t_->kind)];
    if (precedence < minimum || precedence == 0) return left;
    auto op = static_cast<BinaryOperator>(kTraits.op[int(t_->kind)]);
    if (op == BinaryOperator::MatMult) since(5);
    ++t_;
    const Token* second = t_;
    Expr* right = unary();
    if (kTraits.precedence[int(t_->kind)] > precedence)
      right = binary_rest(second, right, precedence + 1);
    auto* n = node<node::BinOp>(from(start));
    n->left = left;
    n->op = op;
    n->right = right;
    left = n;
  }
}

Expr* Parser::unary() {
  UnaryOperator op;
  switch (t_->kind) {
    case Tok::Minus:
      op = UnaryOperator::USub;
      break;
    case Tok::Plus:
      op = UnaryOperator::UAdd;
      break;
    case Tok::Tilde:
      op = UnaryOperator::Invert;
      break;
    default:
      return power();
  }
  Nested nested(*this);
  const Token* start = t_++;
  Expr* operand = unary();
  auto* n = node<node::UnaryOp>(from(start));
  n->op = op;
  n->operand = operand;
  return n;
}

Expr* Parser::power() {
  const Token* start = t_;
  Expr* left;
  if (accept(Tok::Await)) {
    since(5);
    Expr* value = primary();
    auto* n = node<node::Await>(from(start));
    n->value = value;
    left = n;
  } else {
    left = primary();
  }
  if (!at(Tok::DoubleStar)) return left;
  Nested nested(*this);
  ++t_;
  Expr* right = unary();
  auto* n = node<node::BinOp>(from(start));
  n->left = left;
  n->op = BinaryOperator::Pow;
  n->right = right;
  return n;
}

Expr* Parser::lambda() {
  Nested nested(*this);
  const Token* start = t_++;
  Arguments* args = parameters(For::kLambda, Tok::Colon);
  expect(Tok::Colon);
  Expr* body = expression();
  auto* n = node<node::Lambda>(from(start));
  n->args = args;
  n->body = body;
  return n;
}

Expr* Parser::yield_expression() {
  const Token* start = t_++;
  if (accept(Tok::From)) {
    Expr* value = expression();
    auto* n = node<node::YieldFrom>(from(start));
    n->value = value;
    return n;
  }
  Expr* value = starts_expression() || at(Tok::Star) ? star_expressions() : nullptr;
  auto* n = node<node::Yield>(from(start));
  n->value = value;
  return n;
}

}  // namespace taipan::syntax
