// Numbers. What follows a number directly is looked at, so that `1_a` or `0o8` are one clear error.
#include <cstring>

#include "syntax/lexer.h"

namespace taipan::syntax {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool hex_digit(char c) { return digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }
bool name_character(char c) {
  return digit(c) || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80);
}

/// Whether a word stands at `p` that may follow an expression. (Of `if`, `in` and `is` only the
/// beginning is compared.)
bool keyword_may_follow(const char* p) {
  auto is = [&](const char* word) {
    size_t n = strlen(word);
    return strncmp(p, word, n) == 0 && !name_character(p[n]);
  };
  switch (p[0]) {
    case 'a':
      return is("and");
    case 'e':
      return is("else");
    case 'f':
      return is("for");
    case 'i':
      return p[1] == 'f' || p[1] == 'n' || p[1] == 's';
    case 'o':
      return is("or");
    case 'n':
      return is("not");
    default:
      return false;
  }
}

}  // namespace

/// Whether a number may end before `p`. A keyword glued to it is tolerated, with a warning.
bool Lexer::number_ends(const char* p, const char* kind, Token& failure) {
  if (!name_character(*p)) return true;
  if (!keyword_may_follow(p)) {
    failure = fail(p, "invalid %s literal", kind);
    return false;
  }
  if (!warnings_) return true;
  failure = fail(p, "invalid %s literal", kind);
  PendingWarning w{.syntax_warning = true,
                   .message = error->message,
                   .line = line,
                   .column = static_cast<int>(p - line_start)};
  if (!warnings_->give(w)) return false;
  error = nullptr;
  stop = Stop::kNone;
  return true;
}

/// Past the digits at `p` and their underscores; null if `failure` is set.
const char* Lexer::decimal_tail(const char* p, Token& failure) {
  for (;;) {
    while (digit(*p)) ++p;
    if (*p != '_') return p;
    ++p;
    if (!digit(*p)) {
      failure = fail(p, "invalid decimal literal");
      return nullptr;
    }
  }
}

Token Lexer::number(const char* start, char first) {
  Token failure;
  const char* p = start;
  auto give = [&] {
    cur = p;
    return make(Tok::Number, start, p);
  };
  char letter = first == '0' ? start[1] | 0x20 : 0;
  if (letter == 'x' || letter == 'o' || letter == 'b') {
    const char* kind = letter == 'x' ? "hexadecimal" : letter == 'o' ? "octal" : "binary";
    char top = letter == 'o' ? '8' : '2';
    auto good = [&](char c) { return letter == 'x' ? hex_digit(c) : c >= '0' && c < top; };
    p += 2;
    do {
      if (*p == '_') ++p;
      if (!good(*p)) {
        if (digit(*p)) return fail(p + 1, "invalid digit '%c' in %s literal", *p, kind);
        return fail(p, "invalid %s literal", kind);
      }
      while (good(*p)) ++p;
    } while (*p == '_');
    if (digit(*p)) return fail(p + 1, "invalid digit '%c' in %s literal", *p, kind);
    if (!number_ends(p, kind, failure)) return failure;
    return give();
  }
  bool leading_zeros = false;
  const char* zeros_end = nullptr;
  if (first == '0') {
    for (++p;;) {
      if (*p == '_' && !digit(*++p)) return fail(p, "invalid decimal literal");
      if (*p != '0') break;
      ++p;
    }
    zeros_end = p + 1;
    if (digit(*p)) {
      leading_zeros = true;
      if (!(p = decimal_tail(p, failure))) return failure;
    }
  } else if (first != '.') {
    if (!(p = decimal_tail(p, failure))) return failure;
  }
  bool is_float = false;
  if (*p == '.') {
    is_float = true;
    ++p;
    if (digit(*p) && !(p = decimal_tail(p, failure))) return failure;
  }
  if (*p == 'e' || *p == 'E') {
    const char* digits = p + 1;
    if (*digits == '+' || *digits == '-') {
      if (!digit(*++digits)) return fail(digits, "invalid decimal literal");
    } else if (!digit(*digits)) {
      // Perhaps a keyword: `1else`.
      if (!number_ends(p, "decimal", failure)) return failure;
      return give();
    }
    is_float = true;
    if (!(p = decimal_tail(digits, failure))) return failure;
  }
  if (*p == 'j' || *p == 'J') {
    ++p;
    if (!number_ends(p, "imaginary", failure)) return failure;
    return give();
  }
  if (leading_zeros && !is_float) {
    return fail_range(
        static_cast<int>(start + 1 - line_start), static_cast<int>(zeros_end - line_start), p,
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for "
        "octal integers");
  }
  if (!number_ends(p, "decimal", failure)) return failure;
  return give();
}

}  // namespace taipan::syntax
