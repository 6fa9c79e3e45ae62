// The lexer. A line counts as read when its first character is looked at, as in CPython: lines in
// errors follow from that. Numbers are in lexer_numbers.cpp.
#include "syntax/lexer.h"

#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "base/utf8.h"
#include "syntax/unicode.h"

namespace taipan::syntax {

namespace {

enum CharClass : uint8_t { kOther = 0, kNameStart = 1, kDigit = 2, kSpace = 4 };

struct Classes {
  uint8_t of[256] = {};
  constexpr Classes() {
    for (int c = 'a'; c <= 'z'; ++c) of[c] = of[c - 32] = kNameStart;
    for (int c = 128; c < 256; ++c) of[c] = kNameStart;
    for (int c = '0'; c <= '9'; ++c) of[c] = kDigit;
    of[int('_')] = kNameStart;
    of[int(' ')] = of[int('\t')] = of[int('\f')] = kSpace;
  }
};
constexpr Classes kClasses;

inline uint8_t class_of(char c) { return kClasses.of[static_cast<unsigned char>(c)]; }

constexpr std::string_view kSpellings[] = {
#define TOKEN(Name) "",
#define OPERATOR(Name, text) text,
#define KEYWORD(Name, text) text,
#include "syntax/tokens.def"
};

/// Names from here on have the characters that begin a string's prefix.
inline bool may_prefix(char c) {
  switch (c | 0x20) {
    case 'b':
    case 'r':
    case 'u':
    case 'f':
      return true;
    default:
      return false;
  }
}

bool is_string_prefix(const char* p, size_t n) {
  if (n == 1) return may_prefix(p[0]);
  if (n != 2) return false;
  char a = p[0] | 0x20, b = p[1] | 0x20;
  return (a == 'r' && (b == 'b' || b == 'f')) || (b == 'r' && (a == 'b' || a == 'f'));
}

}  // namespace

std::string_view spelling(Tok t) { return kSpellings[static_cast<int>(t)]; }

Tok keyword_or_name(const char* text, uint32_t length) {
#define IS(word, kind) \
  if (memcmp(text, word, sizeof(word) - 1) == 0) return Tok::kind
  switch (length) {
    case 2:
      switch (text[0]) {
        case 'a':
          IS("as", As);
          break;
        case 'i':
          IS("if", If);
          IS("in", In);
          IS("is", Is);
          break;
        case 'o':
          IS("or", Or);
          break;
      }
      break;
    case 3:
      switch (text[0]) {
        case 'a':
          IS("and", And);
          break;
        case 'd':
          IS("def", Def);
          IS("del", Del);
          break;
        case 'f':
          IS("for", For);
          break;
        case 'n':
          IS("not", Not);
          break;
        case 't':
          IS("try", Try);
          break;
      }
      break;
    case 4:
      switch (text[0]) {
        case 'e':
          IS("else", Else);
          IS("elif", Elif);
          break;
        case 'f':
          IS("from", From);
          break;
        case 'N':
          IS("None", None);
          break;
        case 'p':
          IS("pass", Pass);
          break;
        case 'T':
          IS("True", True);
          break;
        case 'w':
          IS("with", With);
          break;
      }
      break;
    case 5:
      switch (text[0]) {
        case 'a':
          IS("async", Async);
          IS("await", Await);
          break;
        case 'b':
          IS("break", Break);
          break;
        case 'c':
          IS("class", Class);
          break;
        case 'F':
          IS("False", False);
          break;
        case 'r':
          IS("raise", Raise);
          break;
        case 'w':
          IS("while", While);
          break;
        case 'y':
          IS("yield", Yield);
          break;
      }
      break;
    case 6:
      switch (text[0]) {
        case 'a':
          IS("assert", Assert);
          break;
        case 'e':
          IS("except", Except);
          break;
        case 'g':
          IS("global", Global);
          break;
        case 'i':
          IS("import", Import);
          break;
        case 'l':
          IS("lambda", Lambda);
          break;
        case 'r':
          IS("return", Return);
          break;
      }
      break;
    case 7:
      IS("finally", Finally);
      break;
    case 8:
      IS("continue", Continue);
      IS("nonlocal", Nonlocal);
      break;
  }
#undef IS
  return Tok::Name;
}

std::string_view format_text(Arena& arena, const char* format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(nullptr, 0, format, args);
  va_end(args);
  char* p = static_cast<char*>(arena.allocate(static_cast<size_t>(n) + 1, 1));
  vsnprintf(p, static_cast<size_t>(n) + 1, format, again);
  va_end(again);
  return {p, static_cast<size_t>(n)};
}

Lexer::Lexer(std::string_view text, const Options& options, NameTable& names, WarningPort* warnings)
    : source(text.data()),
      end(text.data() + text.size()),
      cur(source),
      line_start(source),
      buffer(source),
      line(options.first_line - 1),
      options(options),
      names_(names),
      warnings_(warnings) {
  columns_[0] = alternatives_[0] = 0;
}

const char* Lexer::line_end() const {
  if (line_start >= end) return end;
  auto* p =
      static_cast<const char*>(memchr(line_start, '\n', static_cast<size_t>(end - line_start)));
  // A line that was read beyond (a string of several lines) ends where the reading stands.
  const char* stop = p ? p + 1 : end;
  if (stop < cur) stop = cur;
  return stop < read_to ? read_to : stop;
}

/// Begins the line at `cur`. False at the end of the text.
bool Lexer::load_line(bool in_token) {
  if (cur >= end) {
    stop = Stop::kEnd;
    return false;
  }
  line_pending_ = false;
  if (!in_token) buffer = cur;
  line_start = cur;
  ++line;
  return true;
}

Token Lexer::make(Tok kind, const char* start, const char* finish) {
  Token t;
  t.kind = kind;
  t.level = static_cast<uint8_t>(level);
  bool multi = kind == Tok::String;
  const char* from = multi ? string_line_start_ : line_start;
  t.range.line = multi ? string_line_ : line;
  t.range.end_line = line;
  t.range.column = start && start >= from ? static_cast<int>(start - from) : -1;
  t.range.end_column = finish && finish >= line_start ? static_cast<int>(finish - line_start) : -1;
  if (line == options.starting_line) [[unlikely]] {
    t.range.column += options.starting_column;
    t.range.end_column += options.starting_column;
  }
  if (cur >= end && start) [[unlikely]]
    look_beyond(kind, start, finish);
  t.start = start ? static_cast<uint32_t>(start - source) : 0;
  t.end = finish ? static_cast<uint32_t>(finish - source) : 0;
  return t;
}

/// Most tokens end where another character is, so that one has been looked for: at the end of a
/// text that has no newline there, this is when the end is noticed.
void Lexer::look_beyond(Tok kind, const char* start, const char* finish) {
  if (end[-1] == '\n' || kind == Tok::Ellipsis) return;
  if (is_augmented_assignment(kind) && finish - start == 3) return;
  if (kind == Tok::String) {
    // Two quotes might have been the beginning of three.
    while (*start != '\'' && *start != '"') ++start;
    if (finish - start != 2) return;
  }
  stop = Stop::kEnd;
}

Token Lexer::fail(Stop why) {
  stop = why;
  return make(Tok::Error, nullptr, nullptr);
}

/// A SyntaxError at the character before `at`.
Token Lexer::fail(const char* at, const char* format, ...) {
  va_list args;
  va_start(args, format);
  char text[256];
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  return fail_range(-1, -1, at, text);
}

Token Lexer::fail_range(int column, int end_column, const char* at, const char* message) {
  auto* d = arena().make<Diagnostic>();
  cur = at;
  d->message = arena().copy(message);
  d->line = d->end_line = line;
  auto* eol =
      static_cast<const char*>(memchr(line_start, '\n', static_cast<size_t>(end - line_start)));
  d->text = arena().copy(
      repair_utf8(arena(), {line_start, static_cast<size_t>((eol ? eol : end) - line_start)}));
  int here =
      count_characters(repair_utf8(arena(), {line_start, static_cast<size_t>(at - line_start)}));
  d->column = column == -1 ? here : column;
  d->end_column = end_column == -1 ? here : end_column;
  if (column != -1 && end_column == -1) d->end_column = d->column;
  d->byte_column = column == -1 ? static_cast<int>(at - line_start) : column;
  d->end_byte_column = end_column == -1 ? d->byte_column : end_column;
  d->synthetic_text = options.starting_line != 0;
  error = d;
  return fail(Stop::kError);
}

/// After a backslash at `p[-1]`: moves to the next line. False: `stop` says why not.
bool Lexer::continuation(const char* p) {
  if (*p != '\n' || p >= end) {
    // What is after the backslash has been looked at already.
    cur = p < end ? p + 1 : p;
    stop = p < end ? Stop::kContinuation : Stop::kEnd;
    if (p >= end) stop = Stop::kContinuation;
    return false;
  }
  cur = p + 1;
  line_pending_ = true;
  if (cur >= end) {
    stop = Stop::kEnd;
    return false;
  }
  return true;
}

/// Measures the white space before the first token of a line and decides on INDENT and DEDENT.
/// False: `stop` is set.
bool Lexer::read_indentation(bool& blank) {
  int column = 0, alternative = 0, continued = 0;
  at_line_start_ = false;
  if (line_pending_) load_line(false);
  const char* p = cur;
  for (;; ++p) {
    if (*p == ' ') {
      ++column, ++alternative;
    } else if (*p == '\t') {
      column = (column / 8 + 1) * 8;
      ++alternative;
    } else if (*p == '\f') {
      column = alternative = 0;
    } else if (*p == '\\') {
      // Indentation cannot be split: what stands before the first backslash counts.
      continued = continued ? continued : column;
      if (!continuation(p + 1)) return false;
      load_line(false);
      p = cur - 1;
    } else {
      break;
    }
  }
  cur = p;
  if (p >= end) stop = Stop::kEnd;
  if (*p == '#' || *p == '\n') {
    // An empty line at the prompt ends a block; anything else blank counts for nothing.
    if (options.interactive && column == 0 && *p == '\n')
      blank = false;
    else if (options.interactive && line == 1)
      blank = false, column = alternative = 0;
    else
      blank = true;
  }
  if (blank || level) return true;
  if (continued) column = alternative = continued;
  if (column == columns_[indent_]) {
    if (alternative == alternatives_[indent_]) return true;
  } else if (column > columns_[indent_]) {
    if (indent_ + 1 >= kMaxIndent) {
      cur = line_end();
      stop = Stop::kTooDeep;
      return false;
    }
    if (alternative > alternatives_[indent_]) {
      ++pending_;
      columns_[++indent_] = column;
      alternatives_[indent_] = alternative;
      return true;
    }
  } else {
    while (indent_ > 0 && column < columns_[indent_]) --pending_, --indent_;
    if (column != columns_[indent_]) {
      cur = line_end();
      stop = Stop::kDedent;
      return false;
    }
    if (alternative == alternatives_[indent_]) return true;
  }
  cur = line_end();
  stop = Stop::kTabs;
  return false;
}

Token Lexer::next() {
  if (error) return fail(Stop::kError);
  for (;;) {
    token_start = nullptr;
    bool blank = false;
    if (options.more_lines && line_pending_ && cur >= end) [[unlikely]]
      return make(Tok::NeedMore, nullptr, nullptr);
    if (at_line_start_ && !read_indentation(blank)) return make(Tok::Error, nullptr, nullptr);
    if (pending_ != 0) {
      token_start = cur;
      int step = pending_ < 0 ? 1 : -1;
      pending_ += step;
      return make(step > 0 ? Tok::Dedent : Tok::Indent, nullptr, nullptr);
    }
    for (;;) {  // tokens of this line, beyond comments and continuations
      token_start = nullptr;
      if (line_pending_ && !load_line(false)) {
        if (options.more_lines) return make(Tok::NeedMore, nullptr, nullptr);
        // Where brackets are open, the end is no end.
        if (level) return make(Tok::Error, nullptr, nullptr);
        return make(Tok::EndMarker, nullptr, nullptr);
      }
      const char* p = cur;
      while (class_of(*p) == kSpace) ++p;
      cur = p;
      token_start = p;
      if (*p == '#') {
        bool is_token = false;
        Token t = comment(blank, is_token);
        if (is_token) return t;
        p = cur;
      }
      uint8_t cls = class_of(*p);
      if (cls == kNameStart) return name();
      if (*p == '\n') {
        cur = p + 1;
        line_pending_ = true;
        at_line_start_ = true;
        if (blank || level) break;
        if (async_def_) [[unlikely]]
          async_def_newline_ = true;
        return make(Tok::Newline, token_start, p);  // a comment belongs to it
      }
      if (cls == kDigit) return number(p, *p);
      if (*p == '.' && class_of(p[1]) == kDigit) return number(p, '.');
      if (*p == '"' || *p == '\'') return string(p);
      if (*p == '\\') {
        if (!continuation(p + 1)) {
          return make(options.more_lines && stop == Stop::kEnd ? Tok::NeedMore : Tok::Error,
                      nullptr, nullptr);
        }
        load_line(true);
        continue;
      }
      if (p >= end) {
        cur = end;
        line_pending_ = true;
        continue;
      }
      return punctuation();
    }
  }
}

/// A comment at `cur`: skipped, unless type comments are wanted and it is one.
Token Lexer::comment(bool blank, bool& is_token) {
  const char* start = cur;
  auto* eol = static_cast<const char*>(memchr(start, '\n', static_cast<size_t>(end - start)));
  cur = eol ? eol : end;
  if (!options.type_comments) return {};
  const char* p = start + 1;
  auto spaces = [&] {
    while (p < cur && (*p == ' ' || *p == '\t')) ++p;
  };
  spaces();
  if (cur - p < 5 || memcmp(p, "type:", 5) != 0) return {};
  p += 5;
  spaces();
  is_token = true;
  if (cur - p >= 6 && memcmp(p, "ignore", 6) == 0 &&
      !(cur > p + 6 && (class_of(p[6]) & (kNameStart | kDigit)) && p[6] != '_')) {
    auto* ignore = arena().make<IgnoreComment>();
    *ignore = {line, arena().copy({p + 6, static_cast<size_t>(cur - (p + 6))}), nullptr};
    *last_ignore_ = ignore;
    last_ignore_ = &ignore->next;
    if (blank && cur < end) {
      ++cur;
      line_pending_ = at_line_start_ = true;
    }
    // Not a token that any rule knows: the one after it takes its place.
    return next();
  }
  return make(Tok::TypeComment, p, cur);
}

Token Lexer::name() {
  const char* start = cur;
  const char* p = start;
  uint32_t hash = NameTable::kSeed;
  unsigned char seen = 0;
  while (class_of(*p) & (kNameStart | kDigit)) {
    seen |= static_cast<unsigned char>(*p);
    hash = NameTable::step(hash, static_cast<unsigned char>(*p));
    ++p;
  }
  auto length = static_cast<uint32_t>(p - start);
  if ((*p == '"' || *p == '\'') && is_string_prefix(start, length)) return string(p);
  cur = p;
  if (seen & 0x80) [[unlikely]] {
    Token failure;
    if (!check_identifier(start, failure)) return failure;
  }
  Token t = make(keyword_or_name(start, length), start, p);
  if (t.kind == Tok::Name) {
    t.name = names_.from_source({start, length}, !(seen & 0x80), hash);
  } else if (options.async_hacks && (t.kind == Tok::Async || t.kind == Tok::Await)) {
    tidy_async(t);
  }
  return t;
}

/// Before 3.7, `async` was special only before `def` and inside `async def`.
void Lexer::tidy_async(Token& t) {
  if (async_def_) return;
  if (t.kind == Tok::Async) {
    const char* p = cur;
    while (class_of(*p) == kSpace) ++p;
    if (memcmp(p, "def", p + 3 <= end ? 3 : 0) == 0 && p + 3 <= end &&
        !(class_of(p[3]) & (kNameStart | kDigit))) {
      async_def_ = true;
      async_def_indent_ = indent_;
      return;
    }
  }
  t.name = names_.intern({source + t.start, t.length()});
  t.kind = Tok::Name;
}

/// Whether the non-ASCII word from `start` to `cur` is an identifier.
bool Lexer::check_identifier(const char* start, Token& failure) {
  const char* stop_at = cur;
  if (scan_utf8({start, static_cast<size_t>(stop_at - start)}).fault != Utf8Fault::none) {
    token_start = start;
    failure = fail(Stop::kDecode);
    return false;
  }
  for (const char* p = start; p < stop_at;) {
    const char* before = p;
    uint32_t c = next_character(p);
    bool good = c < 0x80 || (before == start ? is_identifier_start(c) : is_identifier_continue(c));
    if (good) continue;
    if (is_printable(c)) {
      failure = fail(p, "invalid character '%.*s' (U+%04X)", int(p - before), before, c);
    } else {
      failure = fail(p, "invalid non-printable character U+%04X", c);
    }
    return false;
  }
  return true;
}

/// The string whose opening quote is at `quote_at`; its prefix began at token_start.
Token Lexer::string(const char* quote_at) {
  const char* start = token_start;
  char quote = *quote_at;
  bool triple = quote_at[1] == quote && quote_at[2] == quote;
  string_line_ = line;
  string_line_start_ = line_start;
  const char* p = quote_at + (triple ? 3 : 1);
  for (;;) {
    char c = *p;
    if (c == quote && (!triple || (p[1] == quote && p[2] == quote))) break;
    if (c == '\\' && p + 1 < end) {
      ++p;
      c = *p;
      if (c != '\n') {
        ++p;
        continue;
      }
    } else if (p >= end || (c == '\n' && !triple)) {
      if (triple && options.more_lines) return make(Tok::NeedMore, nullptr, nullptr);
      int found = line;
      read_to = line_end();
      ended_in_string = p >= end;
      line = string_line_;
      line_start = string_line_start_;
      if (triple) {
        return fail(start + 1, "unterminated triple-quoted string literal (detected at line %d)",
                    found);
      }
      return fail(start + 1, "unterminated string literal (detected at line %d)", found);
    }
    ++p;
    if (c == '\n' && p < end) {
      ++line;
      line_start = p;
    }
  }
  cur = p + (triple ? 3 : 1);
  return make(Tok::String, start, cur);
}

Token Lexer::punctuation() {
  const char* p = cur;
  auto give = [&](Tok kind, int length) {
    cur = p + length;
    return make(kind, p, cur);
  };
#define MAYBE_EQUAL(plain, with_equal) p[1] == '=' ? give(Tok::with_equal, 2) : give(Tok::plain, 1)
  switch (*p) {
    case '(':
    case '[':
    case '{':
      if (level >= kMaxLevel) return fail(p + 1, "too many nested parentheses");
      brackets[level++] = {*p, line, static_cast<int>(p - line_start)};
      return give(*p == '(' ? Tok::LeftParen : *p == '[' ? Tok::LeftBracket : Tok::LeftBrace, 1);
    case ')':
    case ']':
    case '}': {
      if (!level) return fail(p + 1, "unmatched '%c'", *p);
      const Bracket& open = brackets[--level];
      if (open.open != (*p == ')' ? '(' : *p == ']' ? '[' : '{')) {
        const char* message = "closing parenthesis '%c' does not match opening parenthesis '%c'";
        if (open.line == line) return fail(p + 1, message, *p, open.open);
        return fail(p + 1,
                    "closing parenthesis '%c' does not match opening parenthesis '%c' on line %d",
                    *p, open.open, open.line);
      }
      return give(*p == ')' ? Tok::RightParen : *p == ']' ? Tok::RightBracket : Tok::RightBrace, 1);
    }
    case ':':
      return MAYBE_EQUAL(Colon, Walrus);
    case ',':
      return give(Tok::Comma, 1);
    case ';':
      return give(Tok::Semicolon, 1);
    case '.':
      return p[1] == '.' && p[2] == '.' ? give(Tok::Ellipsis, 3) : give(Tok::Dot, 1);
    case '=':
      return MAYBE_EQUAL(Equal, EqualEqual);
    case '+':
      return MAYBE_EQUAL(Plus, PlusEqual);
    case '-':
      return p[1] == '>' ? give(Tok::Arrow, 2) : MAYBE_EQUAL(Minus, MinusEqual);
    case '*':
      if (p[1] == '*')
        return p[2] == '=' ? give(Tok::DoubleStarEqual, 3) : give(Tok::DoubleStar, 2);
      return MAYBE_EQUAL(Star, StarEqual);
    case '/':
      if (p[1] == '/')
        return p[2] == '=' ? give(Tok::DoubleSlashEqual, 3) : give(Tok::DoubleSlash, 2);
      return MAYBE_EQUAL(Slash, SlashEqual);
    case '%':
      return MAYBE_EQUAL(Percent, PercentEqual);
    case '@':
      return MAYBE_EQUAL(At, AtEqual);
    case '&':
      return MAYBE_EQUAL(Ampersand, AmpersandEqual);
    case '|':
      return MAYBE_EQUAL(Bar, BarEqual);
    case '^':
      return MAYBE_EQUAL(Caret, CaretEqual);
    case '~':
      return give(Tok::Tilde, 1);
    case '<':
      if (p[1] == '<') return p[2] == '=' ? give(Tok::LeftShiftEqual, 3) : give(Tok::LeftShift, 2);
      if (p[1] == '>') return give(Tok::NotEqual, 2);
      return MAYBE_EQUAL(Less, LessEqual);
    case '>':
      if (p[1] == '>')
        return p[2] == '=' ? give(Tok::RightShiftEqual, 3) : give(Tok::RightShift, 2);
      return MAYBE_EQUAL(Greater, GreaterEqual);
    case '!':
      if (p[1] == '=') return give(Tok::NotEqual, 2);
      break;
  }
#undef MAYBE_EQUAL
  if (!is_printable(static_cast<unsigned char>(*p))) {
    return fail(p + 1, "invalid non-printable character U+%04X", static_cast<unsigned char>(*p));
  }
  return give(Tok::Unknown, 1);
}

}  // namespace taipan::syntax
