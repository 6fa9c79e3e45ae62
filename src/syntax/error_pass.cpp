// Where errors stand and which of them counts: the rules around the two passes.
#include "syntax/error_pass.h"

#include <cstring>

#include "syntax/pass.h"
#include "syntax/unicode.h"

namespace taipan::syntax {

namespace {

/// The line of the source that an error about `line` shows, if the lexer has moved on from it.
std::string_view line_of(const char* text, const char* end, int line) {
  auto newline = [&](const char* p) {
    return static_cast<const char*>(memchr(p, '\n', static_cast<size_t>(end - p)));
  };
  const char* p = text;
  for (int i = 1; i < line; ++i) {
    const char* next = newline(p);
    if (!next || next + 1 > end) break;
    p = next + 1;
  }
  const char* stop = newline(p);
  return {p, static_cast<size_t>((stop ? stop : end) - p)};
}

/// The number of characters that the first `bytes` bytes of a line begin or hold.
int characters_in(std::string_view line, int bytes) {
  if (bytes <= 0) return 0;
  auto n = static_cast<size_t>(bytes);
  int count = count_characters(line.substr(0, n < line.size() ? n : line.size()));
  return n > line.size() ? count + 1 : count;
}

}  // namespace

std::string_view Pass::text_for(int line) {
  Lexer& lex = lexer();
  const char* read = lex.line_end();
  if (!lex.options.interactive && lex.line <= line && read > lex.buffer)
    return {lex.buffer, static_cast<size_t>(read - lex.buffer)};
  int relative = lex.options.starting_line ? line - lex.options.starting_line + 1 : line;
  return line_of(lex.source, lex.end, relative);
}

/// Columns from 1 here, 0 for none.
Cst* Pass::raise_raw(Diagnostic::Type type, int line, int column, int end_line, int end_column,
                     std::string_view message) {
  if (failed && error) return nullptr;
  failed = true;
  auto* d = arena().make<Diagnostic>();
  Lexer& lex = lexer();
  if (end_line == kCurrent) end_line = lex.line;
  if (end_column == kCurrent) end_column = static_cast<int>(lex.cur - lex.line_start);
  d->type = type;
  bool in_fstring = start == Start::kFString;
  d->message = in_fstring
                   ? format_text(arena(), "f-string: %.*s", int(message.size()), message.data())
                   : arena().copy(message);
  d->text = arena().copy(repair_utf8(arena(), text_for(line)));
  d->synthetic_text = in_fstring;
  if (in_fstring) {
    column -= lex.options.starting_column;
    end_column -= lex.options.starting_column;
  }
  d->line = line;
  d->end_line = end_line;
  d->byte_column = column;
  d->end_byte_column = end_column;
  d->column = column;
  d->end_column = end_column;
  if (!in_fstring && !context.options.columns_in_bytes) {
    d->column = characters_in(d->text, column);
    if (end_column > 0) d->end_column = characters_in(d->text, end_column);
  }
  error = d;
  return nullptr;
}

Cst* Pass::raise_range(Diagnostic::Type type, int line, int column, int end_line, int end_column,
                       std::string_view message) {
  return raise_raw(type, line, column == kCurrent ? kCurrent : column + 1, end_line,
                   end_column == kCurrent ? kCurrent : end_column + 1, message);
}

Cst* Pass::raise_token(const Token& t, Diagnostic::Type type, std::string_view message) {
  Lexer& lex = lexer();
  int column = t.range.column + 1;
  if (t.range.column == -1)
    column = lex.cur == lex.buffer ? 0 : static_cast<int>(lex.cur - lex.line_start);
  int end_column = t.range.end_column == -1 ? -1 : t.range.end_column + 1;
  return raise_raw(type, t.range.line, column, t.range.end_line, end_column, message);
}

Cst* Pass::raise_last(Diagnostic::Type type, std::string_view message) {
  if (!tokens.count) return raise_raw(type, 0, 0, 0, -1, message);
  return raise_token(*last_token(), type, message);
}

Cst* Pass::raise_unclosed() {
  auto& open = lexer().brackets[lexer().level - 1];
  return raise_range(Diagnostic::kSyntaxError, open.line, open.column, open.line, -1,
                     format_text(arena(), "'%c' was never closed", open.open));
}

Cst* Pass::raise_problem(const LiteralProblem& problem) {
  if (problem.complete) {
    failed = true;
    if (!error) error = problem.complete;
    return nullptr;
  }
  if (!problem.token) return raise_last(Diagnostic::kSyntaxError, problem.message);
  const Token& t = *problem.token;
  if (problem.no_column) {
    return raise_range(Diagnostic::kSyntaxError, t.range.line, -1, t.range.end_line, -1,
                       problem.message);
  }
  Token* kept = arena().make<Token>();
  *kept = t;
  error_token = kept;
  return raise_token(t, Diagnostic::kSyntaxError, problem.message);
}

Cst* Pass::raise_memory() {
  failed = true;
  auto* d = arena().make<Diagnostic>();
  d->type = Diagnostic::kMemoryError;
  d->place = false;
  if (!error) error = d;
  return nullptr;
}

namespace {

/// Reads the rest of the text: an error that the lexer finds there is more to the point than what
/// the rules said, and so is a bracket that is still open.
void look_for_lexical_errors(Pass& p) {
  Lexer& lex = p.lexer();
  if (lex.options.interactive) return;
  int line = (p.error_token ? p.error_token : p.last_token())->range.line;
  const Diagnostic* before = p.error;
  for (;;) {
    Token t = p.feed.next();
    if (t.kind == Tok::Error) {
      if (lex.error) {
        p.error = lex.error;
      } else if (lex.level && line > lex.brackets[lex.level - 1].line) {
        p.error = nullptr;
        p.raise_unclosed();
      }
      break;
    }
    if (t.kind == Tok::EndMarker || t.kind == Tok::NeedMore) break;
  }
  if (!p.error) p.error = before;
}

void choose_error(Pass& p, const Token* last) {
  if (p.failed) {
    bool lexer_fine = p.lexer().stop == Lexer::Stop::kNone;
    bool syntax = p.error->type == Diagnostic::kSyntaxError ||
                  p.error->type == Diagnostic::kIndentationError ||
                  p.error->type == Diagnostic::kTabError;
    if (lexer_fine && syntax) look_for_lexical_errors(p);
    return;
  }
  if (!p.tokens.count) {
    p.raise_last(Diagnostic::kSyntaxError, "error at start before reading any input");
    return;
  }
  if (last->kind == Tok::Error && p.lexer().stop == Lexer::Stop::kEnd) {
    if (p.lexer().level)
      p.raise_unclosed();
    else
      p.raise_last(Diagnostic::kSyntaxError, "unexpected EOF while parsing");
    return;
  }
  if (last->kind == Tok::Indent || last->kind == Tok::Dedent) {
    p.raise_last(Diagnostic::kIndentationError,
                 last->kind == Tok::Indent ? "unexpected indent" : "unexpected unindent");
    return;
  }
  p.raise_at(last->range, "invalid syntax");
  look_for_lexical_errors(p);
}

/// Whether after a single statement there is more than white space and comments.
bool something_follows(const char* p) {
  for (;;) {
    if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\f')
      ++p;
    else if (*p == '#') {
      while (*p && *p != '\n') ++p;
    } else {
      return *p != 0;
    }
  }
}

bool at_end_of_source(const Lexer& lex) {
  return lex.stop == Lexer::Stop::kEnd || lex.ended_in_string;
}

}  // namespace

ErrorPassResult find_error(Context& outer, std::string_view text, Start start,
                           const Lexer::Options& lexing) {
  static constexpr std::string_view kStarts[] = {"file", "eval", "interactive", "func_type",
                                                 "fstring"};
  Context context = outer;
  context.source = text.data();
  TokenFeed feed(text, lexing, start, outer.options.dont_imply_dedent, outer.names,
                 context.warnings);
  Pass pass(context, feed, start);
  int first = pass.rules.find(kStarts[static_cast<int>(start)]);
  if (pass.rule(first)) {
    if (start == Start::kSingle && !lexing.interactive && something_follows(pass.lexer().cur)) {
      pass.raise_last(Diagnostic::kSyntaxError,
                      "multiple statements found while compiling a single statement");
    }
    return {pass.error, false};
  }
  if (outer.options.allow_incomplete_input && at_end_of_source(pass.lexer())) {
    pass.error = nullptr;
    pass.raise_last(Diagnostic::kSyntaxError, "incomplete input");
    return {pass.error, false};
  }
  const Token* last = pass.tokens.count ? pass.last_token() : nullptr;
  if (!pass.failed) {
    pass.forget();
    pass.errors_wanted = true;
    pass.level = 0;
    pass.rule(first);
  }
  choose_error(pass, last);
  return {pass.error, false};
}

}  // namespace taipan::syntax
