// The entry points: text to tokens to tree; and, if that fails, to a diagnostic.
#include "syntax/parser.h"

#include <cstring>

#include "base/utf8.h"
#include "syntax/error_pass.h"
#include "syntax/parser_core.h"
#include "syntax/warnings.h"

namespace taipan::syntax {

namespace {
/// More nesting than any source that the grammar accepts can have (brackets end at 200, blocks at
/// 100; the rest are chains such as `- - - x`, `x if y else …`, `elif`).
constexpr int kMaxDepth = 8000;
/// From this depth on the rules' own limit may have been passed, which only the slow pass counts.
constexpr int kSuspiciousDepth = 90;
}  // namespace

Parser::Parser(Context& context, TokenFeed& feed) : context_(context), arena_(context.arena) {
  match_ = context.names.intern("match");
  case_ = context.names.intern("case");
  underscore_ = context.names.intern("_");
  bad_name_ = underscore_;
  auto* bad = arena_.make<node::Name>();
  bad->kind = Kind::Name;
  bad->id = bad_name_;
  bad_ = bad;
  bad_pattern_ = arena_.make<node::MatchAs>();
  bad_pattern_->kind = Kind::MatchAs;
  for (auto& t : poison_) t.kind = Tok::Error;
  tokens_.reserve(static_cast<int>((feed.lexer.end - feed.lexer.source) / 5) + 16);
  tokens_.push({});  // so that there is a token before the first
  tokens_.items[0].kind = Tok::Error;
  for (;;) {
    Token t = feed.next();
    tokens_.push(t);
    if (t.kind == Tok::EndMarker || t.kind == Tok::Error || t.kind == Tok::NeedMore) break;
  }
  // Looking ahead needs no checks.
  Token last = tokens_.items[tokens_.count - 1];
  for (int i = 0; i < 4; ++i) tokens_.push(last);
  t_ = tokens_.items + 1;
  ignores_ = feed.lexer.ignores;
}

void Parser::fail() {
  if (failed()) return;
  needs_more_ = at(Tok::NeedMore);
  t_ = poison_ + 1;
}

void Parser::deeper() {
  deepest_ = depth_;
  if (depth_ > kMaxDepth || __builtin_frame_address(0) < context_.options.stack_limit) fail();
}

Mod* Parser::file() {
  auto body = statements(Tok::EndMarker);
  if (failed()) return nullptr;
  auto* m = plain<node::Module>();
  m->body = body;
  int base = mark();
  for (auto* i = ignores_; i; i = i->next) {
    auto* n = plain<node::TypeIgnoreNode>();
    n->lineno = i->line;
    n->tag = i->tag;
    push(n);
  }
  m->type_ignores = take<TypeIgnore*>(base);
  return m;
}

Mod* Parser::eval() {
  Expr* body = expressions();
  while (accept(Tok::Newline)) {
  }
  expect(Tok::EndMarker);
  if (failed()) return nullptr;
  auto* m = plain<node::Expression>();
  m->body = body;
  return m;
}

Mod* Parser::single() {
  int base = mark();
  if (at(Tok::Newline)) {
    const Token* t = t_++;
    Range here = t->range;
    here.end_line = here.line, here.end_column = here.column;
    push(node<node::Pass>(here));
  } else {
    int before = mark();
    const Token* start = t_;
    statement();
    // A compound statement ends with an empty line.
    if (mark() == before + 1 && !failed() && t_[-1].kind != Tok::Newline)
      expect(Tok::Newline);
    else if (mark() == before + 1 && !failed() && start->kind != Tok::EndMarker) {
      Kind k = static_cast<Node*>(pile_.items[before])->kind;
      switch (k) {
        case Kind::If:
        case Kind::While:
        case Kind::For:
        case Kind::AsyncFor:
        case Kind::With:
        case Kind::AsyncWith:
        case Kind::Try:
        case Kind::TryStar:
        case Kind::FunctionDef:
        case Kind::AsyncFunctionDef:
        case Kind::ClassDef:
        case Kind::Match:
          expect(Tok::Newline);
          break;
        default:
          break;
      }
    }
  }
  if (failed()) return nullptr;
  consumed_ = t_[-1].end;
  if (context_.source[consumed_] == '\n') ++consumed_;
  auto* m = plain<node::Interactive>();
  m->body = take<Stmt*>(base);
  return m;
}

Mod* Parser::function_type() {
  int base = mark();
  expect(Tok::LeftParen);
  int stage = 0;  // 1 after `*`, 2 after `**`
  while (!at(Tok::RightParen) && !failed()) {
    if (accept(Tok::Star)) {
      if (stage++) fail();
    } else if (accept(Tok::DoubleStar)) {
      if (stage == 2) fail();
      stage = 2;
    } else if (stage) {
      fail();
    }
    push(expression());
    if (at(Tok::Comma) && t_[1].kind == Tok::RightParen) fail();
    if (!accept(Tok::Comma)) break;
  }
  expect(Tok::RightParen);
  auto argtypes = take<Expr*>(base);
  expect(Tok::Arrow);
  Expr* returns = expression();
  while (accept(Tok::Newline)) {
  }
  expect(Tok::EndMarker);
  if (failed()) return nullptr;
  auto* m = plain<node::FunctionType>();
  m->argtypes = argtypes;
  m->returns = returns;
  return m;
}

Expr* Parser::fstring() {
  Expr* e = star_expressions();
  return failed() ? nullptr : e;
}

namespace {

/// One pass over the source that makes every line end '\n', with a NUL behind.
struct NormalText {
  char* data = nullptr;
  size_t size = 0;
  explicit NormalText(std::string_view source, bool end_with_newline) {
    data = static_cast<char*>(malloc(source.size() + 2));
    if (!data) abort();
    if (source.empty() || !memchr(source.data(), '\r', source.size())) {
      if (!source.empty()) memcpy(data, source.data(), source.size());
      size = source.size();
    } else {
      for (size_t i = 0; i < source.size(); ++i) {
        char c = source[i];
        if (c == '\r') {
          c = '\n';
          if (i + 1 < source.size() && source[i + 1] == '\n') ++i;
        }
        data[size++] = c;
      }
    }
    if (end_with_newline && size && data[size - 1] != '\n') data[size++] = '\n';
    data[size] = 0;
  }
  ~NormalText() { free(data); }
  NormalText(const NormalText&) = delete;
};

/// Whether after a single statement there is more than white space and comments.
bool something_follows(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\f')
      ++i;
    else if (c == '#')
      i = text.find('\n', i);
    else
      return true;
  }
  return false;
}

Lexer::Options lexer_options(const ParseOptions& o) {
  Lexer::Options l;
  l.type_comments = o.type_comments;
  l.interactive = o.interactive;
  l.more_lines = o.interactive && !o.input_ended;
  l.async_hacks = o.feature_version < 7;
  return l;
}

}  // namespace

ParseResult parse(std::string_view source, const ParseOptions& options, Arena& arena) {
  ParseResult result;
  if (!source.empty() && memchr(source.data(), 0, source.size())) {
    auto* d = arena.make<Diagnostic>();
    d->type = Diagnostic::kValueError;
    d->message = "source code string cannot contain null bytes";
    d->place = false;
    result.error = d;
    return result;
  }
  constexpr Start kStarts[] = {Start::kFile, Start::kEval, Start::kSingle, Start::kFunctionType};
  Start start = kStarts[static_cast<int>(options.mode)];
  NormalText text(source, start == Start::kFile);
  std::string_view view{text.data, text.size};
  NameTable names(arena);
  WarningCounter warnings;
  Context context{options, names, arena, options.warn ? &warnings : nullptr, text.data};
  context.fast = true;
  context.valid =
      ascii_prefix(text.data, text.size) == text.size || scan_utf8(view).fault == Utf8Fault::none;
  {
    TokenFeed feed(view, lexer_options(options), start, options.dont_imply_dedent, names,
                   context.warnings);
    Parser parser(context, feed);
    switch (start) {
      case Start::kFile:
        result.tree = parser.file();
        break;
      case Start::kEval:
        result.tree = parser.eval();
        break;
      case Start::kSingle:
        result.tree = parser.single();
        break;
      default:
        result.tree = parser.function_type();
        break;
    }
    if (parser.needs_more()) {
      result.needs_more = true;
      return result;
    }
    result.consumed = parser.consumed();
    bool sound = result.tree && parser.deepest() < kSuspiciousDepth;
    if (sound && start == Start::kSingle && !options.interactive &&
        something_follows(view.substr(result.consumed))) {
      sound = false;
    }
    if (sound && !warnings.count) return result;
  }
  // Something is wrong, or must be warned of, or is nested so deeply that only CPython's own way
  // through the grammar tells whether it is too deep.
  Delivery delivery(options);
  context.fast = false;
  context.warnings = options.warn ? &delivery : nullptr;
  auto found = find_error(context, view, start, lexer_options(options));
  result.error = found.error;
  result.aborted = found.aborted || delivery.aborted;
  if (result.error || result.aborted) result.tree = nullptr;
  if (!result.tree && !result.error && !result.aborted) {
    // The two passes disagree, which they never should.
    auto* d = arena.make<Diagnostic>();
    d->message = "invalid syntax";
    d->line = d->column = 1;
    result.error = d;
  }
  return result;
}

Expr* parse_fstring_expression(Context& outer, std::string_view text, int first_line, int column,
                               LiteralProblem& problem) {
  NormalText normal(text, true);
  std::string_view view{normal.data, normal.size};
  Context context{outer.options, outer.names, outer.arena, outer.warnings, normal.data};
  context.fstring_depth = outer.fstring_depth + 1;
  context.valid = outer.valid;
  Lexer::Options lexing;
  lexing.type_comments = outer.options.type_comments;
  lexing.async_hacks = outer.options.feature_version < 7;
  lexing.starting_line = lexing.first_line = first_line;
  lexing.starting_column = column;
  WarningCounter warnings;
  if (!outer.fast) context.warnings = &warnings;
  context.fast = true;
  Expr* e;
  {
    TokenFeed feed(view, lexing, Start::kFString, false, outer.names, context.warnings);
    Parser parser(context, feed);
    e = parser.fstring();
  }
  if (outer.fast || (e && !warnings.count)) return e;
  context.fast = false;
  context.warnings = outer.warnings;
  auto found = find_error(context, view, Start::kFString, lexing);
  problem.complete = found.error;
  return found.error ? nullptr : e;
}

}  // namespace taipan::syntax
