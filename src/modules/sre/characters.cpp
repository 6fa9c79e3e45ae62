// Questions about single characters: categories, sets, letter case.
#include <cctype>

#include "base/unicode.h"
#include "modules/sre/code.h"

namespace taipan::sre {

static bool is_ascii_digit(Code c) { return c - '0' < 10; }
static bool is_ascii_space(Code c) { return c == ' ' || (c >= 9 && c <= 13); }
bool is_word(Code c) { return c < 128 && (isalnum(static_cast<int>(c)) || c == '_'); }
bool is_locale_word(Code c) { return c < 256 && (isalnum(static_cast<int>(c)) || c == '_'); }
bool is_unicode_word(Code c) { return unicode::is_alphanumeric(c) || c == '_'; }

bool in_category(Code category, Code c) {
  switch (category) {
    case DIGIT: return is_ascii_digit(c);
    case NOT_DIGIT: return !is_ascii_digit(c);
    case SPACE: return is_ascii_space(c);
    case NOT_SPACE: return !is_ascii_space(c);
    case WORD: return is_word(c);
    case NOT_WORD: return !is_word(c);
    case LINEBREAK: return c == '\n';
    case NOT_LINEBREAK: return c != '\n';
    case LOC_WORD: return is_locale_word(c);
    case LOC_NOT_WORD: return !is_locale_word(c);
    case UNI_DIGIT: return unicode::is_decimal(c);
    case UNI_NOT_DIGIT: return !unicode::is_decimal(c);
    case UNI_SPACE: return unicode::is_space(c);
    case UNI_NOT_SPACE: return !unicode::is_space(c);
    case UNI_WORD: return is_unicode_word(c);
    case UNI_NOT_WORD: return !is_unicode_word(c);
    case UNI_LINEBREAK: return unicode::is_line_break(c);
    case UNI_NOT_LINEBREAK: return !unicode::is_line_break(c);
  }
  return false;
}

Code lower_ascii(Code c) { return c < 128 ? static_cast<Code>(tolower(static_cast<int>(c))) : c; }
Code lower_locale(Code c) { return c < 256 ? static_cast<Code>(tolower(static_cast<int>(c))) : c; }
Code upper_locale(Code c) { return c < 256 ? static_cast<Code>(toupper(static_cast<int>(c))) : c; }
Code lower_unicode(Code c) { return unicode::simple_lower(c); }

static bool has_bit(const Code* bits, Code c) { return bits[c >> 5] >> (c & 31) & 1; }

bool in_set(const Code* set, Code c) {
  bool found = true;  // NEGATE turns what finding means
  for (;;) {
    switch (*set++) {
      case FAILURE: return !found;
      case LITERAL:
        if (c == set[0]) return found;
        set++;
        break;
      case CATEGORY:
        if (in_category(set[0], c)) return found;
        set++;
        break;
      case CHARSET:  // a bit for each of 256 characters
        if (c < 256 && has_bit(set, c)) return found;
        set += 8;
        break;
      case RANGE:
        if (set[0] <= c && c <= set[1]) return found;
        set += 2;
        break;
      case RANGE_UNI_IGNORE: {
        if (set[0] <= c && c <= set[1]) return found;
        Code upper = unicode::simple_upper(c);
        if (set[0] <= upper && upper <= set[1]) return found;
        set += 2;
        break;
      }
      case NEGATE: found = !found; break;
      case BIGCHARSET: {  // a block number for each 256 characters, then the blocks
        Code blocks = *set++;
        int block = c < 65536 ? reinterpret_cast<const uint8_t*>(set)[c >> 8] : -1;
        set += 64;
        if (block >= 0 && has_bit(set + block * 8, c & 255)) return found;
        set += blocks * 8;
        break;
      }
      default: return false;  // the validator lets nothing else pass
    }
  }
}

bool in_set_locale_ignore(const Code* set, Code c) {
  Code lower = lower_locale(c), upper = upper_locale(c);
  return in_set(set, lower) || (upper != lower && in_set(set, upper));
}

static bool same_locale_ignore(Code pattern, Code c) {
  return c == pattern || lower_locale(c) == pattern || upper_locale(c) == pattern;
}

bool matches_one(const Code* op, Code c) {
  switch (op[0]) {
    case ANY: return c != '\n';
    case ANY_ALL: return true;
    case LITERAL: return c == op[1];
    case NOT_LITERAL: return c != op[1];
    case IN: return in_set(op + 2, c);
    case CATEGORY: return in_category(op[1], c);
    case LITERAL_IGNORE: return lower_ascii(c) == op[1];
    case NOT_LITERAL_IGNORE: return lower_ascii(c) != op[1];
    case IN_IGNORE: return in_set(op + 2, lower_ascii(c));
    case LITERAL_UNI_IGNORE: return lower_unicode(c) == op[1];
    case NOT_LITERAL_UNI_IGNORE: return lower_unicode(c) != op[1];
    case IN_UNI_IGNORE: return in_set(op + 2, lower_unicode(c));
    case LITERAL_LOC_IGNORE: return same_locale_ignore(op[1], c);
    case NOT_LITERAL_LOC_IGNORE: return !same_locale_ignore(op[1], c);
    case IN_LOC_IGNORE: return in_set_locale_ignore(op + 2, c);
    default: return false;
  }
}

}  // namespace taipan::sre
