// IEEE 754 numbers of 16 bits: a sign, 5 bits of exponent with bias 15, 10 of fraction.
#include "base/half_float.h"

#include <cmath>

namespace taipan {

bool to_half(double value, uint16_t* bits) {
  uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  double x = std::fabs(value);
  if (std::isnan(x)) {
    *bits = sign | 0x7E00;
    return true;
  }
  if (std::isinf(x)) {
    *bits = sign | 0x7C00;
    return true;
  }
  if (x == 0) {
    *bits = sign;
    return true;
  }
  int exponent;
  std::frexp(x, &exponent);
  // The unit of the last place: of a number below 2^-14 it is 2^-24.
  int unit = exponent - 11 < -24 ? -24 : exponent - 11;
  double scaled = std::ldexp(x, -unit), whole = std::floor(scaled), rest = scaled - whole;
  if (rest > 0.5 || (rest == 0.5 && std::fmod(whole, 2.0) != 0)) whole += 1;
  // Exponent and fraction side by side: a carry out of the fraction is the right exponent.
  auto fraction = static_cast<uint32_t>(whole);
  uint32_t result = unit == -24 ? fraction : (static_cast<uint32_t>(unit + 24) << 10) + fraction;
  if (result >= 0x7C00) return false;
  *bits = static_cast<uint16_t>(sign | result);
  return true;
}

double from_half(uint16_t bits) {
  int exponent = bits >> 10 & 0x1F, fraction = bits & 0x3FF;
  double x;
  if (exponent == 0x1F) x = fraction ? NAN : INFINITY;
  else if (exponent == 0) x = std::ldexp(fraction, -24);
  else x = std::ldexp(fraction | 0x400, exponent - 25);
  return bits & 0x8000 ? -x : x;
}

}  // namespace taipan
