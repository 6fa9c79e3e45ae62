#pragma once
// The Unicode 14.0.0 character database: one record per code point behind a two-stage table, and
// what is derived from it. The tables are made at build time by tools/make_unicode.cpp.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/format.h"
#include "base/vector.h"

namespace taipan::unicode {

inline constexpr char kVersion[] = "14.0.0";
inline constexpr uint32_t kMaxCodePoint = 0x10FFFF;

enum Flag : uint32_t {
  kAlpha = 1 << 0,
  kLower = 1 << 1,
  kUpper = 1 << 2,
  kTitle = 1 << 3,
  kPrintable = 1 << 4,
  kSpace = 1 << 5,
  kXidStart = 1 << 6,
  kXidContinue = 1 << 7,
  kCased = 1 << 8,
  kCaseIgnorable = 1 << 9,
  kMirrored = 1 << 10,
  kDecimal = 1 << 11,
  kDigit = 1 << 12,
  kNumeric = 1 << 13,
  kUnassignedIn32 = 1 << 14,  // not yet a character in Unicode 3.2
  kAlphanumeric = kAlpha | kDecimal | kDigit | kNumeric,
};

enum class Form : uint8_t { nfd, nfkd, nfc, nfkc };
enum class QuickCheck : uint8_t { yes, maybe, no };

struct Record {
  uint32_t flags;
  int32_t upper, lower, title;                        // distances to the simple mappings
  uint16_t special;                                   // 0, or where the full mappings are
  uint16_t numeric;                                   // which value, if kNumeric
  uint8_t category, bidirectional, combining, width;  // the first two and the last: which name
  int8_t decimal, digit;                              // -1: none
  uint8_t quick_checks;                               // two bits per Form
};

/// Full case mappings that are more than one code point, or that the record cannot tell; each ends
/// at its first 0.
struct SpecialCase {
  uint32_t upper[3], lower[3], title[3], fold[3];
};

// The generated tables.
inline constexpr unsigned kShift = 7;
extern const Record kRecords[];
extern const uint16_t kRecordBlocks[];
extern const uint16_t kRecordIndex[];
extern const SpecialCase kSpecialCases[];
extern const double kNumericValues[];
extern const char* const kCategoryNames[];
extern const char* const kBidirectionalNames[];
extern const char* const kWidthNames[];

inline const Record& record(uint32_t c) {
  if (c > kMaxCodePoint) c = kMaxCodePoint;  // not a character either
  return kRecords[kRecordIndex[size_t{kRecordBlocks[c >> kShift]} << kShift |
                               (c & ((1u << kShift) - 1))]];
}
inline bool has(uint32_t c, uint32_t flags) { return record(c).flags & flags; }

inline bool is_alpha(uint32_t c) { return has(c, kAlpha); }
inline bool is_alphanumeric(uint32_t c) { return has(c, kAlphanumeric); }
inline bool is_lower(uint32_t c) { return has(c, kLower); }
inline bool is_upper(uint32_t c) { return has(c, kUpper); }
inline bool is_title(uint32_t c) { return has(c, kTitle); }
inline bool is_space(uint32_t c) { return has(c, kSpace); }
inline bool is_printable(uint32_t c) { return has(c, kPrintable); }
inline bool is_decimal(uint32_t c) { return has(c, kDecimal); }
inline bool is_digit(uint32_t c) { return has(c, kDigit); }
inline bool is_numeric(uint32_t c) { return has(c, kNumeric); }
inline bool is_cased(uint32_t c) { return has(c, kCased); }
inline bool is_case_ignorable(uint32_t c) { return has(c, kCaseIgnorable); }
inline bool is_xid_start(uint32_t c) { return has(c, kXidStart); }
inline bool is_xid_continue(uint32_t c) { return has(c, kXidContinue); }
bool is_line_break(uint32_t c);

/// -1 if it is none.
inline int decimal_value(uint32_t c) { return record(c).decimal; }
inline int digit_value(uint32_t c) { return record(c).digit; }
/// Meaningful if `is_numeric`.
inline double numeric_value(uint32_t c) { return kNumericValues[record(c).numeric]; }

inline const char* category(uint32_t c) { return kCategoryNames[record(c).category]; }
inline const char* bidirectional(uint32_t c) {
  return kBidirectionalNames[record(c).bidirectional];
}
inline const char* east_asian_width(uint32_t c) { return kWidthNames[record(c).width]; }
inline int combining(uint32_t c) { return record(c).combining; }

inline uint32_t simple_upper(uint32_t c) { return c + static_cast<uint32_t>(record(c).upper); }
inline uint32_t simple_lower(uint32_t c) { return c + static_cast<uint32_t>(record(c).lower); }
inline uint32_t simple_title(uint32_t c) { return c + static_cast<uint32_t>(record(c).title); }

/// Full mappings: write 1 to 3 code points, return how many. (The final sigma is the caller's.)
unsigned full_upper(uint32_t c, uint32_t out[3]);
unsigned full_lower(uint32_t c, uint32_t out[3]);
unsigned full_title(uint32_t c, uint32_t out[3]);
unsigned full_fold(uint32_t c, uint32_t out[3]);

/// The decomposition as the database has it: a tag ("<compat>", "" if canonical) and code points.
/// Hangul syllables, which decompose by arithmetic, have none here.
struct Decomposition {
  const char* tag;
  const uint32_t* points;
  unsigned count;
};
Decomposition decomposition(uint32_t c);

QuickCheck quick_check(uint32_t c, Form form);
/// The version of the database whose decompositions count.
enum class Version : uint8_t { current, v3_2 };
/// Appends the normal form of `text`. False: out of memory.
bool normalize(const uint32_t* text, size_t n, Form form, Vector<uint32_t>& out,
               Version version = Version::current);
/// Whether `text` surely is in that form (false: it may be or not).
template <class Unit>
bool surely_normalized(const Unit* text, size_t n, Form form) {
  int last = 0;
  for (size_t i = 0; i < n; i++) {
    if (sizeof(Unit) == 1 && text[i] < 0x80) {
      last = 0;
      continue;
    }
    const Record& r = record(text[i]);
    if (r.combining && last > r.combining) return false;
    if (r.quick_checks >> 2 * static_cast<unsigned>(form) & 3) return false;
    last = r.combining;
  }
  return true;
}

/// The database as it was in version 3.2 (names, cases and numeric values are the current ones).
namespace v3_2 {
inline bool is_assigned(uint32_t c) { return !has(c, kUnassignedIn32); }
const char* category(uint32_t c);
const char* bidirectional(uint32_t c);
const char* east_asian_width(uint32_t c);
int mirrored(uint32_t c);
int decimal_value(uint32_t c);
}  // namespace v3_2

/// Appends the name to `out`. False: it has none.
bool append_name(uint32_t c, TextBuffer& out);

/// What a name stands for: a character (its name or an alias of it), or a named sequence.
struct Named {
  const uint32_t* points = nullptr;
  unsigned count = 0;   // 0: no such name
  uint32_t single = 0;  // the character, if count is 1
};
enum class NamedSequences : bool { no, yes };
/// Case does not matter, but for the names that are computed (ideographs, Hangul syllables).
Named lookup_name(std::string_view name, NamedSequences sequences);

}  // namespace taipan::unicode
