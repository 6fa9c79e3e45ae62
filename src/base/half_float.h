#pragma once
// IEEE 754 numbers of 16 bits: doubles to them and back.
#include <cstdint>

namespace taipan {

/// Rounded half to even. False: too large.
bool to_half(double value, uint16_t* bits);
double from_half(uint16_t bits);

}  // namespace taipan
