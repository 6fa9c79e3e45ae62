#pragma once
// The little machine language that re._compiler makes of a pattern: 32-bit words, an operation and its operands.
// A skip is counted from the word it stands in.
#include <cstdint>

namespace taipan::sre {

using Code = uint32_t;
inline constexpr Code kMagic = 20220615;       // re._constants.MAGIC must agree
inline constexpr Code kMaxRepeat = 0xFFFFFFFF; // "without bound"
inline constexpr Code kMaxGroups = 0x3FFFFFFF;

enum Op : Code {
  FAILURE, SUCCESS, ANY, ANY_ALL, ASSERT, ASSERT_NOT, AT, BRANCH, CATEGORY, CHARSET, BIGCHARSET, GROUPREF,
  GROUPREF_EXISTS, IN, INFO, JUMP, LITERAL, MARK, MAX_UNTIL, MIN_UNTIL, NOT_LITERAL, NEGATE, RANGE, REPEAT,
  REPEAT_ONE, SUBPATTERN, MIN_REPEAT_ONE, ATOMIC_GROUP, POSSESSIVE_REPEAT, POSSESSIVE_REPEAT_ONE,
  GROUPREF_IGNORE, IN_IGNORE, LITERAL_IGNORE, NOT_LITERAL_IGNORE,
  GROUPREF_LOC_IGNORE, IN_LOC_IGNORE, LITERAL_LOC_IGNORE, NOT_LITERAL_LOC_IGNORE,
  GROUPREF_UNI_IGNORE, IN_UNI_IGNORE, LITERAL_UNI_IGNORE, NOT_LITERAL_UNI_IGNORE, RANGE_UNI_IGNORE,
};
enum At : Code {
  AT_BEGINNING, AT_BEGINNING_LINE, AT_BEGINNING_STRING, AT_BOUNDARY, AT_NON_BOUNDARY, AT_END, AT_END_LINE,
  AT_END_STRING, AT_LOC_BOUNDARY, AT_LOC_NON_BOUNDARY, AT_UNI_BOUNDARY, AT_UNI_NON_BOUNDARY,
};
enum Category : Code {
  DIGIT, NOT_DIGIT, SPACE, NOT_SPACE, WORD, NOT_WORD, LINEBREAK, NOT_LINEBREAK, LOC_WORD, LOC_NOT_WORD, UNI_DIGIT,
  UNI_NOT_DIGIT, UNI_SPACE, UNI_NOT_SPACE, UNI_WORD, UNI_NOT_WORD, UNI_LINEBREAK, UNI_NOT_LINEBREAK,
};
static_assert(RANGE_UNI_IGNORE == 42 && AT_UNI_NON_BOUNDARY == 11 && UNI_NOT_LINEBREAK == 17);

enum InfoFlag : Code { kInfoPrefix = 1, kInfoLiteral = 2, kInfoCharset = 4 };

// Letter case as the flags ASCII, LOCALE and UNICODE mean it.
bool is_word(Code c);
bool is_locale_word(Code c);
bool is_unicode_word(Code c);
bool in_category(Code category, Code c);
Code lower_ascii(Code c);
Code lower_locale(Code c);
Code upper_locale(Code c);
Code lower_unicode(Code c);

/// Is the character in the set that begins here (the operand of IN)?
bool in_set(const Code* set, Code c);
bool in_set_locale_ignore(const Code* set, Code c);
/// Does an operation that matches exactly one character match this one?
bool matches_one(const Code* op, Code c);
/// Are these words a program that the matcher can run without leaving them or the string?
bool is_valid(const Code* code, uint64_t size, Code groups);

}  // namespace taipan::sre
