#pragma once
// marshal's wire format (versions 0 to 4) and the header of .pyc files: CPython 3.11's.
#include <cstdint>

namespace taipan::marshal {

inline constexpr int kVersion = 4;

enum class Code : uint8_t {
  null = '0',
  none = 'N',
  false_ = 'F',
  true_ = 'T',
  stop_iteration = 'S',
  ellipsis = '.',
  int32 = 'i',
  int64 = 'I',  // only read
  float_text = 'f',
  float_binary = 'g',
  complex_text = 'x',
  complex_binary = 'y',
  long_ = 'l',
  bytes = 's',
  interned = 't',
  reference = 'r',
  tuple = '(',
  list = '[',
  dict = '{',
  code = 'c',
  unicode = 'u',
  set = '<',
  frozenset = '>',
  ascii = 'a',
  ascii_interned = 'A',
  small_tuple = ')',
  short_ascii = 'z',
  short_ascii_interned = 'Z',
};
/// Set in a type code: the object gets the next number, by which `reference` names it later.
inline constexpr uint8_t kRefFlag = 0x80;
inline constexpr int kMaxDepth = 2000;
/// ints travel in digits of 15 bits.
inline constexpr int kDigitBits = 15;

/// 3495 and CR LF, little-endian.
inline constexpr uint32_t kPycMagic = 3495u | 0x0a0du << 16;
inline constexpr unsigned kPycHeaderSize = 16;

}  // namespace taipan::marshal
