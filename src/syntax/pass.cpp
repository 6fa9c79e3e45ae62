// Walks the grammar, the way a packrat parser does.
#include "syntax/pass.h"

#include <cstdio>
#include <cstring>

#include "syntax/unicode.h"

namespace taipan::syntax {

bool Pass::fetch() {
  Token* t = arena().make<Token>();
  *t = feed.next();
  // At a prompt nobody is asked for more text just to say better what is wrong.
  if (t->kind == Tok::NeedMore) t->kind = Tok::EndMarker;
  tokens.push(t);
  memo_.push(nullptr);
  if (t->kind != Tok::Error) return true;
  Lexer& lex = lexer();
  auto raise_line = [&](Diagnostic::Type type, int column, std::string_view message) {
    raise_range(type, lex.line, column, lex.line, -1, message);
  };
  switch (lex.stop) {
    case Lexer::Stop::kError:
      error = lex.error;
      failed = true;
      break;
    case Lexer::Stop::kEnd:
      if (lex.level)
        raise_unclosed();
      else
        raise_last(Diagnostic::kSyntaxError, "unexpected EOF while parsing");
      break;
    case Lexer::Stop::kDedent:
      raise_last(Diagnostic::kIndentationError,
                 "unindent does not match any outer indentation level");
      break;
    case Lexer::Stop::kTabs:
      raise_line(Diagnostic::kTabError, 0, "inconsistent use of tabs and spaces in indentation");
      break;
    case Lexer::Stop::kTooDeep:
      raise_line(Diagnostic::kIndentationError, 0, "too many levels of indentation");
      break;
    case Lexer::Stop::kContinuation:
      raise_line(Diagnostic::kSyntaxError, static_cast<int>(lex.cur - lex.buffer - 1),
                 "unexpected character after line continuation character");
      break;
    default:
      raise_last(Diagnostic::kSyntaxError,
                 format_text(arena(), "(unicode error) %s",
                             describe_bad_utf8(arena(), lex.token_start, lex.cur).data()));
      break;
  }
  return false;
}

Pass::Memo* Pass::remembered(int rule) {
  if (mark >= tokens.count) return nullptr;
  for (Memo* m = memo_.items[mark]; m; m = m->next) {
    if (m->rule == rule) return m;
  }
  return nullptr;
}

void Pass::remember(int at, int rule, Cst* result) {
  if (at >= tokens.count) return;
  Memo* m = arena().make<Memo>();
  *m = {rule, mark, result, memo_.items[at]};
  memo_.items[at] = m;
}

void Pass::forget() {
  for (int i = 0; i < memo_.count; ++i) memo_.items[i] = nullptr;
  mark = 0;
}

Cst* Pass::rule(int index) {
  if (level++ == kMaxLevel || __builtin_frame_address(0) < context.options.stack_limit)
    return raise_memory();
  Cst* result = nullptr;
  const GrammarRule& r = rules.rules[index];
  if (failed) {
  } else if (!r.memo && !r.left) {
    bool before = errors_wanted;
    if (r.plain) errors_wanted = false;
    result = alternatives(r.first_alternative, r.alternative_count);
    errors_wanted = before;
  } else if (mark == tokens.count && !fetch()) {
    failed = true;
  } else if (Memo* m = remembered(index)) {
    mark = m->mark;
    result = m->result;
  } else if (r.left) {
    result = left_recursive(index);
  } else {
    int at = mark;
    result = alternatives(r.first_alternative, r.alternative_count);
    if (!failed) remember(at, index, result);
  }
  --level;
  return failed ? nullptr : result;
}

/// Grows the longest match from a seed that fails: each round may use the result of the one before.
Cst* Pass::left_recursive(int index) {
  const GrammarRule& r = rules.rules[index];
  int at = mark, best_mark = mark;
  Cst* best = nullptr;
  remember(at, index, nullptr);
  Memo* memo = memo_.items[at];
  for (;;) {
    memo->result = best;
    memo->mark = mark;
    mark = at;
    if (level++ == kMaxLevel) return raise_memory();
    Cst* next = alternatives(r.first_alternative, r.alternative_count);
    --level;
    if (failed) return nullptr;
    if (!next || mark <= best_mark) break;
    best_mark = mark;
    best = next;
  }
  mark = best_mark;
  return best;
}

Cst* Pass::alternatives(int first, int count) {
  int from = mark;
  Cst* items[16];
  for (int a = first; a < first + count; ++a) {
    if (failed) return nullptr;
    const GrammarAlternative& alt = rules.alternatives[a];
    if (alt.error_rule && !errors_wanted) continue;
    bool cut = false, matched = true;
    for (int i = 0; i < alt.item_count; ++i) {
      const GrammarItem& it = rules.items[alt.first_item + i];
      if (it.op == GrammarItem::kCut) {
        cut = true;
        items[i] = &nothing_;
        continue;
      }
      items[i] = item(it);
      if (!items[i]) {
        matched = false;
        break;
      }
    }
    // An alternative that matched decides, even if its value turns out to be none.
    if (matched) return value(alt, items, from);
    if (failed) return nullptr;
    mark = from;
    if (cut) return nullptr;
  }
  return nullptr;
}

Cst* Pass::expect(const GrammarItem& i) {
  if (mark == tokens.count && !fetch()) {
    failed = true;
    return nullptr;
  }
  const Token* t = tokens.items[mark];
  if (t->kind != i.token) {
    if (i.op == GrammarItem::kForced) {
      raise_at(t->range,
               format_text(arena(), "expected '%.*s'", int(i.text.size()), i.text.data()));
    }
    return nullptr;
  }
  ++mark;
  return token_value(t);
}

Cst* Pass::token_value(const Token* t) {
  Cst* c = make(Cst::kToken);
  c->token = t;
  c->range = t->range;
  if (t->kind == Tok::Name) {
    c->is_node = true;
    c->kind = Kind::Name;
  } else if (t->kind == Tok::Number) {
    Constant value;
    LiteralProblem problem;
    if (!parse_number(context, *t, value, problem)) return raise_problem(problem);
    c->is_node = true;
    c->kind = Kind::ConstantExpr;
    c->constant = value.kind;
  }
  return c;
}

Cst* Pass::item(const GrammarItem& i) {
  switch (i.op) {
    case GrammarItem::kToken:
    case GrammarItem::kForced:
      return expect(i);
    case GrammarItem::kSoftKeyword:
    case GrammarItem::kAnySoftKeyword: {
      if (mark == tokens.count && !fetch()) {
        failed = true;
        return nullptr;
      }
      const Token* t = tokens.items[mark];
      if (t->kind != Tok::Name) return nullptr;
      std::string_view text{context.source + t->start, t->length()};
      // Where any soft keyword will do, CPython takes beginnings of them (`m`, `cas`) for them.
      auto begins = [&](std::string_view word) { return word.starts_with(text); };
      bool matches = i.op == GrammarItem::kSoftKeyword
                         ? text == i.text
                         : begins("_") || begins("case") || begins("match");
      if (!matches) return nullptr;
      ++mark;
      return token_value(t);
    }
    case GrammarItem::kRule:
      return rule(i.index);
    case GrammarItem::kGroup: {
      if (level++ == kMaxLevel) return raise_memory();
      Cst* c = alternatives(i.index, i.count);
      --level;
      return c;
    }
    case GrammarItem::kOptional: {
      Cst* c = item(rules.items[i.index]);
      return c ? c : failed ? nullptr : &nothing_;
    }
    case GrammarItem::kRepeat:
      return repeat(rules.items[i.index], false);
    case GrammarItem::kRepeat1:
      return repeat(rules.items[i.index], true);
    case GrammarItem::kGather:
      return gather(i);
    case GrammarItem::kAhead:
    case GrammarItem::kNotAhead: {
      int from = mark;
      Cst* c = item(rules.items[i.index]);
      mark = from;
      if (failed) return nullptr;
      return (c != nullptr) == (i.op == GrammarItem::kAhead) ? &nothing_ : nullptr;
    }
    default:
      return &nothing_;
  }
}

Cst* Pass::repeat(const GrammarItem& inner, bool needed) {
  if (level++ == kMaxLevel) return raise_memory();
  int start = mark;
  Pile<Cst*> found;
  for (;;) {
    int from = mark;
    Cst* c = item(inner);
    if (!c) {
      mark = from;
      break;
    }
    found.push(c);
    if (mark == from) break;
  }
  --level;
  if (failed || (needed && !found.count)) return nullptr;
  Cst* s = make(Cst::kSequence);
  s->range = range_from(start);
  s->count = found.count;
  s->items = arena().array<Cst*>(static_cast<size_t>(found.count));
  for (int i = 0; i < found.count; ++i) s->items[i] = found.items[i];
  return s;
}

Cst* Pass::gather(const GrammarItem& i) {
  if (level++ == kMaxLevel) return raise_memory();
  int start = mark;
  const GrammarItem& inner = rules.items[i.index];
  Pile<Cst*> found;
  GrammarItem separator{GrammarItem::kToken};
  separator.token = i.token;
  int from = mark;
  Cst* c = item(inner);
  ++level;
  while (c) {
    found.push(c);
    from = mark;
    c = expect(separator) ? item(inner) : nullptr;
  }
  level -= 2;
  mark = from;
  if (failed || !found.count) return nullptr;
  Cst* s = make(Cst::kSequence);
  s->range = range_from(start);
  s->count = found.count;
  s->items = arena().array<Cst*>(static_cast<size_t>(found.count));
  for (int n = 0; n < found.count; ++n) s->items[n] = found.items[n];
  return s;
}

/// From a token to the last one used that is text.
Range Pass::range_from(int from) {
  Range r{};
  if (from >= tokens.count) return r;
  const Token* first = tokens.items[from];
  r = first->range;
  for (int i = mark - 1; i >= 0; --i) {
    const Token* t = tokens.items[i];
    if (t->kind == Tok::EndMarker || t->kind == Tok::Newline || t->kind == Tok::Indent ||
        t->kind == Tok::Dedent)
      continue;
    r.end_line = t->range.end_line;
    r.end_column = t->range.end_column;
    break;
  }
  return r;
}

/// A message with its %s, %t or %d filled in.
std::string_view Pass::fill_message(std::string_view message, const Cst* about) {
  size_t at = message.find('%');
  if (at == message.npos) return message;
  std::string_view with;
  char number[16];
  if (message[at + 1] == 's')
    with = expression_name(about);
  else if (message[at + 1] == 't')
    with = {context.source + about->token->start, about->token->length()};
  else
    with = {number, static_cast<size_t>(snprintf(number, sizeof number, "%d", about->range.line))};
  return format_text(arena(), "%.*s%.*s%.*s", int(at), message.data(), int(with.size()),
                     with.data(), int(message.size() - at - 2), message.data() + at + 2);
}

Cst* Pass::value(const GrammarAlternative& alt, Cst** items, int from) {
  if (alt.version && context.options.feature_version < alt.version) {
    return raise_last(Diagnostic::kSyntaxError,
                      format_text(arena(), "%.*s only supported in Python 3.%d and greater",
                                  int(alt.feature.size()), alt.feature.data(), alt.version));
  }
  Cst* a = alt.a ? items[alt.a - 1] : nullptr;
  switch (alt.value) {
    case GrammarAlternative::kItem:
      return a;
    case GrammarAlternative::kCall:
      return alt.action(*this, items);
    case GrammarAlternative::kAt:
      return raise_at(a->range, fill_message(alt.message, a));
    case GrammarAlternative::kRange:
      return raise_from_to(a->range, items[alt.b - 1]->range, fill_message(alt.message, a));
    case GrammarAlternative::kFrom:
      return raise_range(Diagnostic::kSyntaxError, a->range.line, a->range.column, kCurrent,
                         kCurrent, alt.message);
    case GrammarAlternative::kHere:
      return raise_last(Diagnostic::kSyntaxError, alt.message);
    case GrammarAlternative::kIndent:
      return raise_last(Diagnostic::kIndentationError, fill_message(alt.message, a));
    default:
      break;
  }
  if (alt.value == GrammarAlternative::kDefault) {
    // Look-ahead gives nothing; a single thing that was matched is the value.
    Cst* only = nullptr;
    int useful = 0;
    for (int i = 0; i < alt.item_count; ++i) {
      auto op = rules.items[alt.first_item + i].op;
      if (op == GrammarItem::kAhead || op == GrammarItem::kNotAhead || op == GrammarItem::kCut)
        continue;
      only = items[i];
      ++useful;
    }
    if (useful == 1) return only;
  }
  Cst* c = make(Cst::kNode);
  c->is_node = alt.value == GrammarAlternative::kNode;
  c->kind = alt.kind;
  c->range = range_from(from);
  c->count = alt.item_count;
  c->items = arena().array<Cst*>(alt.item_count);
  for (int i = 0; i < alt.item_count; ++i) c->items[i] = items[i];
  return c;
}

}  // namespace taipan::syntax
