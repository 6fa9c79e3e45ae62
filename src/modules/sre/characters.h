#pragma once
// Characters as patterns see them: categories, cases, sets.
#include <cctype>

#include "base/unicode.h"
#include "modules/sre/opcodes.h"

namespace taipan::sre {

inline bool is_ascii_alpha(uint32_t c) { return c < 128 && (c | 32) - 'a' < 26; }
inline bool is_ascii_digit(uint32_t c) { return c - '0' < 10; }
inline bool is_ascii_word(uint32_t c) { return is_ascii_alpha(c) || is_ascii_digit(c) || c == '_'; }
inline bool is_ascii_space(uint32_t c) { return c == ' ' || c - '\t' < 5; }
inline bool is_locale_word(uint32_t c) { return c == '_' || (c < 256 && isalnum(static_cast<int>(c))); }
inline bool is_unicode_word(uint32_t c) { return c < 128 ? is_ascii_word(c) : unicode::is_alphanumeric(c); }

inline uint32_t lower_ascii(uint32_t c) { return c - 'A' < 26 ? c + 32 : c; }
inline uint32_t lower_locale(uint32_t c) { return c < 256 ? static_cast<uint32_t>(tolower(static_cast<int>(c))) : c; }
inline uint32_t upper_locale(uint32_t c) { return c < 256 ? static_cast<uint32_t>(toupper(static_cast<int>(c))) : c; }
// Of a mapping to several characters only the first one counts.
inline uint32_t lower_unicode(uint32_t c) {
  if (c < 128) return lower_ascii(c);
  if (!unicode::record(c).special) return unicode::simple_lower(c);
  uint32_t out[3];
  unicode::full_lower(c, out);
  return out[0];
}
inline uint32_t upper_unicode(uint32_t c) {
  if (c < 128) return c - 'a' < 26 ? c - 32 : c;
  if (!unicode::record(c).special) return unicode::simple_upper(c);
  uint32_t out[3];
  unicode::full_upper(c, out);
  return out[0];
}

inline bool in_category(Word category, uint32_t c) {
  using enum Category;
  switch (static_cast<Category>(category)) {
    case digit: return is_ascii_digit(c);
    case not_digit: return !is_ascii_digit(c);
    case space: return is_ascii_space(c);
    case not_space: return !is_ascii_space(c);
    case word: return is_ascii_word(c);
    case not_word: return !is_ascii_word(c);
    case linebreak: return c == '\n';
    case not_linebreak: return c != '\n';
    case loc_word: return is_locale_word(c);
    case loc_not_word: return !is_locale_word(c);
    case uni_digit: return unicode::is_decimal(c);
    case uni_not_digit: return !unicode::is_decimal(c);
    case uni_space: return unicode::is_space(c);
    case uni_not_space: return !unicode::is_space(c);
    case uni_word: return is_unicode_word(c);
    case uni_not_word: return !is_unicode_word(c);
    case uni_linebreak: return unicode::is_line_break(c);
    case uni_not_linebreak: return !unicode::is_line_break(c);
    case count: break;
  }
  return false;
}

/// Whether the set that begins at `set` and ends with FAILURE has the character.
inline bool in_set(const Word* set, uint32_t c) {
  auto bit = [](const Word* map, uint32_t i) { return map[i >> 5] >> (i & 31) & 1; };
  for (bool found = true;;) {
    switch (static_cast<Op>(*set++)) {
      case Op::literal:
        if (c == *set++) return found;
        break;
      case Op::category:
        if (in_category(*set++, c)) return found;
        break;
      case Op::charset:
        if (c < 256 && bit(set, c)) return found;
        set += kCharsetWords;
        break;
      case Op::range:
        if (set[0] <= c && c <= set[1]) return found;
        set += 2;
        break;
      case Op::range_uni_ignore: {
        uint32_t upper = upper_unicode(c);
        if ((set[0] <= c && c <= set[1]) || (set[0] <= upper && upper <= set[1])) return found;
        set += 2;
        break;
      }
      case Op::negate: found = !found; break;
      case Op::bigcharset: {  // an index of 256 bytes, then the blocks it names
        Word blocks = *set++;
        const auto* index = reinterpret_cast<const unsigned char*>(set);
        set += kBlockIndexWords;
        if (c < 0x10000 && bit(set, index[c >> 8] * 256u + (c & 255))) return found;
        set += blocks * kCharsetWords;
        break;
      }
      default: return !found;
    }
  }
}

inline bool in_set_locale(const Word* set, uint32_t c) {
  uint32_t lower = lower_locale(c), upper = upper_locale(c);
  return in_set(set, lower) || (upper != lower && in_set(set, upper));
}
inline bool same_in_locale(uint32_t wanted, uint32_t c) {
  return c == wanted || lower_locale(c) == wanted || upper_locale(c) == wanted;
}

}  // namespace taipan::sre
