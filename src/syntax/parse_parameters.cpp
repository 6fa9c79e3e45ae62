// Parameters of functions and lambdas: defaults only after others have them, `/` once and before
// `*`, something named after a bare `*`, `**` last.
#include "syntax/parser_core.h"

namespace taipan::syntax {

Arg* Parser::parameter(For what, bool star) {
  const Token* start = t_;
  Identifier id = name();
  Expr* annotation = nullptr;
  if (what == For::kFunction && accept(Tok::Colon))
    annotation = star ? star_expression() : expression();
  auto* arg = node<Arg>(from(start));
  arg->arg = id;
  arg->annotation = annotation;
  return arg;
}

Arguments* Parser::parameters(For what, Tok close) {
  Nested nested(*this);
  auto* a = plain<Arguments>();
  if (at(close)) return a;
  int base = mark();
  Pile<Expr*> defaults, keyword_defaults;
  enum { kPositional, kKeyword, kEnd } stage = kPositional;
  bool bare_star = false, positional_only = false;
  int positional_end = -1, args_end = -1;
  while (!at(close)) {
    if (stage == kEnd) return fail(), a;
    Arg* last = nullptr;  // whom a type comment would belong to
    if (at(Tok::Slash)) {
      if (stage != kPositional || positional_only || mark() == base) return fail(), a;
      ++t_;
      since(8);
      positional_only = true;
      positional_end = mark();
    } else if (at(Tok::Star)) {
      if (stage != kPositional) return fail(), a;
      ++t_;
      stage = kKeyword;
      args_end = mark();
      bare_star = at(Tok::Comma);
      if (!bare_star) last = a->vararg = parameter(what, true);
    } else if (accept(Tok::DoubleStar)) {
      if (bare_star) return fail(), a;
      last = a->kwarg = parameter(what, false);
      stage = kEnd;
    } else {
      last = parameter(what, false);
      Expr* value = accept(Tok::Equal) ? expression() : nullptr;
      if (stage == kKeyword)
        keyword_defaults.push(value);
      else if (value)
        defaults.push(value);
      else if (defaults.count)
        return fail(), a;
      bare_star = false;
      push(last);
    }
    if (at(Tok::TypeComment)) {
      if (!last || t_[1].kind != close) return fail(), a;
      last->type_comment = type_comment();
    }
    if (!accept(Tok::Comma)) break;
    if (at(Tok::TypeComment) && last) last->type_comment = type_comment();
  }
  if (bare_star) return fail(), a;
  if (failed()) return a;
  int end = mark();
  if (args_end < 0) args_end = end;
  if (positional_end < 0) positional_end = base;
  auto args = [&](int from, int to) {
    Seq<Arg*> s{arena_.array<Arg*>(static_cast<size_t>(to - from)), to - from};
    for (int i = from; i < to; ++i) s[i - from] = static_cast<Arg*>(pile_.items[i]);
    return s;
  };
  a->posonlyargs = args(base, positional_end);
  a->args = args(positional_end, args_end);
  a->kwonlyargs = args(args_end, end);
  pile_.count = base;
  auto copy = [&](Pile<Expr*>& from) {
    Seq<Expr*> s{arena_.array<Expr*>(static_cast<size_t>(from.count)), from.count};
    for (int i = 0; i < from.count; ++i) s[i] = from.items[i];
    return s;
  };
  a->defaults = copy(defaults);
  a->kw_defaults = copy(keyword_defaults);
  return a;
}

}  // namespace taipan::syntax
