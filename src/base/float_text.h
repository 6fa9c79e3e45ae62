#pragma once
// Floating-point numbers to text and back, exactly as Python prints and reads them.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/format.h"

namespace taipan {

enum class FloatStyle : uint8_t {
  none = 0,
  sign = 1,              // '+' in front of what is not negative
  add_dot_0 = 2,         // ".0" behind what looks like an integer
  alternate = 4,         // '#': keep the point and trailing zeros
  no_negative_zero = 8,  // 'z': a result that rounds to zero loses its '-'
};
constexpr FloatStyle operator|(FloatStyle a, FloatStyle b) {
  return static_cast<FloatStyle>(static_cast<uint8_t>(a) | static_cast<uint8_t>(b));
}
constexpr bool has(FloatStyle set, FloatStyle flag) {
  return (static_cast<uint8_t>(set) & static_cast<uint8_t>(flag)) != 0;
}

/// `code` is one of 'e' 'E' 'f' 'F' 'g' 'G' with any precision, or 'r': the shortest text that
/// reads back as `value` (precision is ignored). Infinities and NaN become "inf", "-inf", "nan",
/// in capitals for capital codes. False: out of memory.
bool append_float(TextBuffer& out, double value, char code, int precision,
                  FloatStyle style = FloatStyle::none);

/// What `repr(value)` shows.
bool append_repr(TextBuffer& out, double value);
/// What `value.hex()` shows.
bool append_hex(TextBuffer& out, double value);

/// A number read from the front of a text.
struct ParsedFloat {
  double value = 0;
  size_t length = 0;      // bytes that belong to the number; 0: none
  bool overflow = false;  // too large: `value` is an infinity with its sign
};
/// Decimal literals (sign, digits, point, exponent) and "inf", "infinity", "nan" in any case.
/// No leading blanks, no underscores, no hexadecimal. Independent of the locale.
ParsedFloat parse_float(std::string_view text);

enum class HexFloatError : uint8_t { none, invalid, overflow, too_long };
struct ParsedHexFloat {
  double value = 0;
  HexFloatError error = HexFloatError::none;
};
/// What `float.fromhex` accepts, surrounding blanks included.
ParsedHexFloat parse_hex_float(std::string_view text);

}  // namespace taipan
