#pragma once
// What the handlers of arithmetic share: operators on machine numbers, comparisons that decide a jump.
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "vm/numbers_inline.h"
#include "vm/specialize.h"

namespace taipan {

/// Equal, neither being the other; leaves all registers alone.
[[gnu::noinline, clang::preserve_most]] bool equal_texts(PyObject* a, PyObject* b);
/// 1, 2 or 4: less, equal, greater.
[[gnu::noinline, clang::preserve_most]] unsigned compare_long_ints(PyObject* a, PyObject* b);

template <class T>
unsigned outcome_of(T x, T y) {
  return x < y ? 1 : x == y ? 2 : 4;
}
/// Both are exact ints.
inline unsigned compare_ints(PyObject* a, PyObject* b) {
  if (!one_digit(a) || !one_digit(b)) [[unlikely]] return compare_long_ints(a, b);
  return outcome_of(single_digit_value(a), single_digit_value(b));
}

/// The operators without an instruction of their own, on values of one digit. False: not this way.
inline bool other_int_operation(unsigned operation, int64_t x, int64_t y, int64_t* value) {
  constexpr unsigned kInPlace = 13;
  switch (static_cast<BinaryOp>(operation < kInPlace ? operation : operation - kInPlace)) {
    case BinaryOp::And: *value = x & y; return true;
    case BinaryOp::Or: *value = x | y; return true;
    case BinaryOp::Xor: *value = x ^ y; return true;
    case BinaryOp::LShift:
      if (static_cast<uint64_t>(y) > 29) return false;
      *value = x * (int64_t{1} << y);
      return true;
    case BinaryOp::RShift:
      if (y < 0) return false;
      *value = y > 63 ? x >> 63 : x >> y;
      return true;
    case BinaryOp::Mod: {
      if (y == 0) return false;
      auto rest = static_cast<int32_t>(x) % static_cast<int32_t>(y);
      if (rest && (rest ^ y) < 0) rest += static_cast<int32_t>(y);
      *value = rest;
      return true;
    }
    case BinaryOp::FloorDiv: {
      if (y == 0) return false;
      auto quotient = static_cast<int32_t>(x) / static_cast<int32_t>(y);
      if (quotient * static_cast<int32_t>(y) != x && (x ^ y) < 0) quotient--;
      *value = quotient;
      return true;
    }
    default: return false;
  }
}

/// A float or an int of one digit, exact.
inline bool read_number(PyObject* o, double* value) {
  if (PyFloat_CheckExact(o)) *value = float_value(o);
  else if (PyLong_CheckExact(o) && one_digit(o)) *value = static_cast<double>(single_digit_value(o));
  else return false;
  return true;
}
inline bool is_division(unsigned operation) {
  return operation == static_cast<unsigned>(BinaryOp::Div) || operation == static_cast<unsigned>(BinaryOp::InPlaceDiv);
}
inline bool mixed_operation(unsigned operation, double x, double y, double* value) {
  constexpr unsigned kInPlace = 13;
  switch (static_cast<BinaryOp>(operation < kInPlace ? operation : operation - kInPlace)) {
    case BinaryOp::Add: *value = x + y; return true;
    case BinaryOp::Sub: *value = x - y; return true;
    case BinaryOp::Mult: *value = x * y; return true;
    case BinaryOp::Div:
      if (y == 0) return false;
      *value = x / y;
      return true;
    default: return false;
  }
}

/// `at` is where COMPARE_OP's caches begin. The mask there says whether an outcome jumps; the jump instruction behind it
/// is skipped.
#define DECIDE(outcome, at, stack)                                                     \
  do {                                                                                 \
    unsigned mask = (at)[CompareCache::mask];                                          \
    const CodeUnit* jump = (at) + cache_units(Opcode::COMPARE_OP);                     \
    if (!(mask & (outcome))) NEXT(jump + 1, stack);                                    \
    unsigned distance = *jump >> 8;                                                    \
    if (mask & 8) NEXT_CHECKED(jump + 1 - distance, stack);                            \
    NEXT(jump + 1 + distance, stack);                                                  \
  } while (0)

}  // namespace taipan
