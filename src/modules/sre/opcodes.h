#pragma once
// The words of the code that the library's compiler of regular expressions produces. Their numbers are fixed by
// re/_constants.py, which checks MAGIC.
#include <cstdint>

namespace taipan::sre {

using Word = uint32_t;

inline constexpr Word kMagic = 20220615;
inline constexpr Word kMaxRepeat = UINT32_MAX;          // as an upper bound: none
inline constexpr Word kMaxGroups = INT32_MAX / 2;

enum class Op : Word {
  failure, success, any, any_all, assert_, assert_not, at, branch, category, charset, bigcharset, groupref,
  groupref_exists, in, info, jump, literal, mark, max_until, min_until, not_literal, negate, range, repeat, repeat_one,
  subpattern, min_repeat_one, atomic_group, possessive_repeat, possessive_repeat_one,
  groupref_ignore, in_ignore, literal_ignore, not_literal_ignore,
  groupref_loc_ignore, in_loc_ignore, literal_loc_ignore, not_literal_loc_ignore,
  groupref_uni_ignore, in_uni_ignore, literal_uni_ignore, not_literal_uni_ignore, range_uni_ignore,
};

enum class At : Word {
  beginning, beginning_line, beginning_string, boundary, non_boundary, end, end_line, end_string,
  loc_boundary, loc_non_boundary, uni_boundary, uni_non_boundary, count,
};

enum class Category : Word {
  digit, not_digit, space, not_space, word, not_word, linebreak, not_linebreak, loc_word, loc_not_word,
  uni_digit, uni_not_digit, uni_space, uni_not_space, uni_word, uni_not_word, uni_linebreak, uni_not_linebreak, count,
};

// Flags of a pattern, and of its info block.
inline constexpr int kFlagLocale = 4, kFlagUnicode = 32, kFlagAscii = 256;
inline constexpr Word kInfoPrefix = 1, kInfoLiteral = 2, kInfoCharset = 4;

// Bitmaps within sets.
inline constexpr Word kCharsetWords = 256 / 32, kBlockIndexWords = 256 / 4;

}  // namespace taipan::sre
