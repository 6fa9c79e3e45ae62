#pragma once
// The generated tables that only base/unicode*.cpp read.
#include <cstdint>

namespace taipan::unicode {

// Decompositions: a word with the tag's number (low byte) and the length (next byte), then the
// code points. Index 0 means none.
extern const uint16_t kDecompositionBlocks[];
extern const uint16_t kDecompositionIndex[];
extern const uint32_t kDecompositions[];
extern const char* const kDecompositionTags[];
inline constexpr uint32_t kDecompositionLimit = 0x30000;  // none from here on

// first << 42 | second << 21 | composite, sorted.
extern const uint64_t kCompositions[];
extern const unsigned kCompositionCount;

// Names: words numbered by frequency; a name is a run of word numbers in one or two bytes (the high
// bit of the first says two), in the order of the names' texts.
struct NameEntry {
  uint32_t point;
  uint32_t offset;  // into kNameCodes; ends where the next begins
};
extern const uint8_t kNameCodes[];
extern const NameEntry kNames[];  // sorted by name; one entry more at the end
extern const unsigned kNameCount;
extern const uint16_t kNameOrder[];  // the same entries' numbers, sorted by code point
extern const char kNameWords[];
extern const uint32_t kNameWordStart[];

struct NameAlias {
  const char* name;
  uint32_t point;
};
extern const NameAlias kNameAliases[];  // sorted by name
extern const unsigned kNameAliasCount;

struct NameSequence {
  const char* name;
  unsigned count;
  uint32_t points[4];
};
extern const NameSequence kNameSequences[];  // sorted by name
extern const unsigned kNameSequenceCount;

struct PointRange {
  uint32_t first, last;
};
extern const PointRange kIdeographs[];  // named by their number
extern const unsigned kIdeographCount;

}  // namespace taipan::unicode
