// What the grammar's text calls by name: values that need more than items, and errors that need a
// look at them.
#include <cstring>

#include "syntax/pass.h"

namespace taipan::syntax {

std::string_view expression_name(const Cst* e) {
  switch (e->kind) {
    case Kind::Attribute:
      return "attribute";
    case Kind::Subscript:
      return "subscript";
    case Kind::Starred:
      return "starred";
    case Kind::Name:
      return "name";
    case Kind::List:
      return "list";
    case Kind::Tuple:
      return "tuple";
    case Kind::Lambda:
      return "lambda";
    case Kind::Call:
      return "function call";
    case Kind::BoolOp:
    case Kind::BinOp:
    case Kind::UnaryOp:
      return "expression";
    case Kind::GeneratorExp:
      return "generator expression";
    case Kind::Yield:
    case Kind::YieldFrom:
      return "yield expression";
    case Kind::Await:
      return "await expression";
    case Kind::ListComp:
      return "list comprehension";
    case Kind::SetComp:
      return "set comprehension";
    case Kind::DictComp:
      return "dict comprehension";
    case Kind::Dict:
      return "dict literal";
    case Kind::Set:
      return "set display";
    case Kind::JoinedStr:
    case Kind::FormattedValue:
      return "f-string expression";
    case Kind::Compare:
      return "comparison";
    case Kind::IfExp:
      return "conditional expression";
    case Kind::NamedExpr:
      return "named expression";
    case Kind::ConstantExpr:
      switch (e->constant) {
        case Constant::kNone:
          return "None";
        case Constant::kTrue:
          return "True";
        case Constant::kFalse:
          return "False";
        case Constant::kEllipsis:
          return "ellipsis";
        default:
          return "literal";
      }
    default:
      return "expression";
  }
}

namespace {

/// Calls visit for each node of the tree's kinds directly below, in order, until one call gives
/// something.
template <class V>
Cst* each_node(Cst* c, V&& visit) {
  for (int i = 0; i < c->count; ++i) {
    Cst* item = c->items[i];
    if (item->is_node) {
      if (Cst* r = visit(item)) return r;
    } else if (Cst* r = each_node(item, visit)) {
      return r;
    }
  }
  return nullptr;
}

Cst* last_node(Cst* c) {
  Cst* last = c->is_node && c->sort == Cst::kToken ? c : nullptr;
  each_node(c, [&](Cst* n) -> Cst* { return last = n, nullptr; });
  return last;
}

/// The first token below, whatever it belongs to.
const Token* first_token(const Cst* c) {
  if (c->sort == Cst::kToken) return c->token;
  for (int i = 0; i < c->count; ++i) {
    if (auto* t = first_token(c->items[i])) return t;
  }
  return nullptr;
}

enum class Targets { kStar, kDel, kFor };

/// The part of an expression that keeps it from being a target.
Cst* invalid_target(Cst* e, Targets targets) {
  switch (e->kind) {
    case Kind::List:
    case Kind::Tuple:
      return each_node(e, [&](Cst* item) { return invalid_target(item, targets); });
    case Kind::Starred:
      if (targets == Targets::kDel) return e;
      return each_node(e, [&](Cst* item) { return invalid_target(item, targets); });
    case Kind::Compare: {
      // In `for a in b` all of `a in b` is read as one comparison.
      if (targets != Targets::kFor) return e;
      const Token* op = first_token(e->items[1]);
      return op && op->kind == Tok::In ? invalid_target(e->items[0], targets) : nullptr;
    }
    case Kind::Name:
    case Kind::Subscript:
    case Kind::Attribute:
      return nullptr;
    default:
      return e;
  }
}

Cst* raise_invalid_target(Pass& p, Cst* e, Targets targets) {
  Cst* bad = invalid_target(e, targets);
  if (!bad) return nullptr;
  auto name = expression_name(bad);
  return p.raise_at(bad->range, format_text(p.arena(), "cannot %s %.*s",
                                            targets == Targets::kDel ? "delete" : "assign to",
                                            int(name.size()), name.data()));
}

Cst* invalid_star_target_2(Pass& p, Cst** items) {
  return raise_invalid_target(p, items[1], Targets::kStar);
}
Cst* invalid_star_target_3(Pass& p, Cst** items) {
  return raise_invalid_target(p, items[2], Targets::kStar);
}
Cst* invalid_for_target_3(Pass& p, Cst** items) {
  return raise_invalid_target(p, items[2], Targets::kFor);
}
Cst* invalid_del_target_2(Pass& p, Cst** items) {
  return raise_invalid_target(p, items[1], Targets::kDel);
}

std::string_view name_text(Pass& p, const Cst* c) {
  return {p.context.source + c->token->start, c->token->length()};
}

bool legacy(Pass& p, const Cst* e) {
  return e->is(Kind::Name) && (name_text(p, e) == "print" || name_text(p, e) == "exec");
}

Cst* legacy_statement(Pass& p, Cst** items) {
  if (!legacy(p, items[0])) return nullptr;
  auto name = name_text(p, items[0]);
  int n = static_cast<int>(name.size());
  return p.raise_from_to(
      items[0]->range, items[2]->range,
      format_text(p.arena(), "Missing parentheses in call to '%.*s'. Did you mean %.*s(...)?", n,
                  name.data(), n, name.data()));
}

Cst* forgotten_comma(Pass& p, Cst** items) {
  if (legacy(p, items[1]) || p.tokens.items[p.mark - 1]->level == 0) return nullptr;
  return p.raise_from_to(items[1]->range, items[2]->range,
                         "invalid syntax. Perhaps you forgot a comma?");
}

constexpr char kBareGenerator[] = "Generator expression must be parenthesized";

/// `clauses` is a sequence of comprehensions: the last expression of the last one.
const Range& clauses_end(Cst* clauses) {
  Cst* last = clauses->items[clauses->count - 1];
  return last_node(last)->range;
}

Cst* bare_generator(Pass& p, Cst** items) {
  return p.raise_from_to(items[0]->range, clauses_end(items[1]), kBareGenerator);
}

/// The positional arguments of a Call made by the rule `args`.
int positional(Cst* call, Cst*& last) {
  int n = 0;
  each_node(call, [&](Cst* c) -> Cst* {
    if (c->kind != Kind::Keyword) last = c, ++n;
    return nullptr;
  });
  return n;
}

Cst* generator_among_arguments(Pass& p, Cst** items) {
  Cst* last = nullptr;
  if (positional(items[0], last) <= 1) return nullptr;
  return p.raise_from_to(last->range, clauses_end(items[1]), kBareGenerator);
}

Cst* generator_after_arguments(Pass& p, Cst** items) {
  Cst* clauses = items[3];
  Cst* target = nullptr;
  each_node(clauses->items[clauses->count - 1], [&](Cst* c) { return target = c; });
  return p.raise_from_to(items[2]->range, target->range, kBareGenerator);
}

Cst* positional_after_keyword(Pass& p, Cst** items) {
  bool unpacking = false;
  each_node(items[0], [&](Cst* c) -> Cst* {
    if (c->kind == Kind::Keyword && !c->items[0]->is(Kind::Name)) unpacking = true;
    return nullptr;
  });
  return p.raise_last(Diagnostic::kSyntaxError,
                      unpacking ? "positional argument follows keyword argument unpacking"
                                : "positional argument follows keyword argument");
}

Cst* unparenthesized_comprehension(Pass& p, Cst** items) {
  Cst* names = items[3];
  return p.raise_from_to(items[1]->range, names->items[names->count - 1]->range,
                         "did you forget parentheses around the comprehension target?");
}

Cst* positional_patterns_after_keyword(Pass& p, Cst** items) {
  Cst* patterns = items[2];
  return p.raise_from_to(patterns->items[0]->range, patterns->items[patterns->count - 1]->range,
                         "positional patterns follow keyword patterns");
}

Cst* colon_after_key(Pass& p, Cst** items) {
  const Range& r = items[0]->range;
  return p.raise_range(Diagnostic::kSyntaxError, r.line, r.end_column - 1, r.end_line, -1,
                       "':' expected after dictionary key");
}

Cst* constant(Pass& p, Cst** items) {
  Cst* c = p.make(Cst::kNode);
  c->is_node = true;
  c->kind = Kind::ConstantExpr;
  c->range = items[0]->range;
  c->token = items[0]->token;
  switch (c->token->kind) {
    case Tok::True:
      c->constant = Constant::kTrue;
      break;
    case Tok::False:
      c->constant = Constant::kFalse;
      break;
    case Tok::None:
      c->constant = Constant::kNone;
      break;
    default:
      c->constant = Constant::kEllipsis;
      break;
  }
  return c;
}

Cst* strings(Pass& p, Cst** items) {
  Cst* run = items[0];
  Token* tokens = p.arena().array<Token>(static_cast<size_t>(run->count));
  for (int i = 0; i < run->count; ++i) tokens[i] = *run->items[i]->token;
  LiteralProblem problem;
  Expr* e = parse_strings(p.context, tokens, run->count, problem);
  if (!e) return p.raise_problem(problem);
  Cst* c = p.make(Cst::kNode);
  c->is_node = true;
  c->kind = static_cast<Node*>(e)->kind;
  c->constant = Constant::kText;
  c->range = e->range;
  return c;
}

Cst* ensure_real(Pass& p, Cst** items) {
  if (items[0]->constant != Constant::kImaginary) return items[0];
  return p.raise_at(items[0]->range, "real number required in complex literal");
}

Cst* ensure_imaginary(Pass& p, Cst** items) {
  if (items[0]->constant == Constant::kImaginary) return items[0];
  return p.raise_at(items[0]->range, "imaginary number required in complex literal");
}

Cst* check_flufl(Pass& p, Cst** items) {
  bool angular = p.context.source[items[0]->token->start] == '<';
  if (p.context.options.barry_as_FLUFL) {
    if (angular) return items[0];
    return p.raise_last(Diagnostic::kSyntaxError, "with Barry as BDFL, use '<>' instead of '!='");
  }
  return angular ? nullptr : items[0];
}

Cst* interactive_exit(Pass&, Cst**) { return nullptr; }

}  // namespace

RuleAction find_rule_action(std::string_view name) {
  static constexpr struct {
    std::string_view name;
    RuleAction action;
  } kActions[] = {
#define ACTION(f) {#f, f}
      ACTION(invalid_star_target_2),
      ACTION(invalid_star_target_3),
      ACTION(invalid_for_target_3),
      ACTION(invalid_del_target_2),
      ACTION(legacy_statement),
      ACTION(forgotten_comma),
      ACTION(bare_generator),
      ACTION(generator_among_arguments),
      ACTION(generator_after_arguments),
      ACTION(positional_after_keyword),
      ACTION(unparenthesized_comprehension),
      ACTION(positional_patterns_after_keyword),
      ACTION(colon_after_key),
      ACTION(constant),
      ACTION(strings),
      ACTION(ensure_real),
      ACTION(ensure_imaginary),
      ACTION(check_flufl),
      ACTION(interactive_exit),
#undef ACTION
  };
  for (auto& a : kActions) {
    if (a.name == name) return a.action;
  }
  return nullptr;
}

}  // namespace taipan::syntax
