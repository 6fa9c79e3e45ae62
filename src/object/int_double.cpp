// Ints and floats: conversion with correct rounding both ways, exact division, and float's own kernel.
#include <cfloat>
#include <cmath>

#include "object/call.h"
#include "object/int_arithmetic.h"
#include "object/int_digits.h"
#include "object/number_text.h"
#include "object/protocol.h"

namespace taipan {

TopBits top_bits(Digits d) {
  if (d.size == 0) return {0, false};
  unsigned __int128 top = 0;
  Py_ssize_t i = d.size;
  int have = 0;
  while (i > 0 && have < 94) {  // three whole digits and the part of the leading one
    i--;
    top = top << kDigitBits | d.data[i];
    have += i == d.size - 1 ? std::bit_width(d.data[i]) : kDigitBits;
  }
  bool sticky = false;
  while (!sticky && i > 0) sticky = d.data[--i] != 0;
  if (have <= 64) return {static_cast<uint64_t>(top) << (64 - have), sticky};
  int drop = have - 64;
  sticky |= (top & ((static_cast<unsigned __int128>(1) << drop) - 1)) != 0;
  return {static_cast<uint64_t>(top >> drop), sticky};
}

namespace {

/// The 53 leading bits, rounded half to even: between 2^52 and 2^53 inclusive.
uint64_t round_to_53(TopBits top) {
  uint64_t kept = top.bits >> 11, rest = top.bits & 0x7FF;
  if (rest > 0x400 || (rest == 0x400 && (top.sticky || (kept & 1)))) kept++;
  return kept;
}

}  // namespace

double int_frexp(PyObject* o, int64_t* exponent) {
  Digits d = digits_of(o);
  *exponent = static_cast<int64_t>(bit_length(d));
  if (d.size == 0) return 0.0;
  double m = std::ldexp(static_cast<double>(round_to_53(top_bits(d))), -53);
  if (m == 1.0) {
    m = 0.5;
    ++*exponent;
  }
  return is_negative(o) ? -m : m;
}

Result<double> int_to_double(PyObject* o) {
  if (is_single_digit(o)) return static_cast<double>(single_digit_value(o));
  int64_t exponent;
  double m = int_frexp(o, &exponent);
  if (exponent > DBL_MAX_EXP) return raise(PyExc_OverflowError, "int too large to convert to float");
  return std::ldexp(m, static_cast<int>(exponent));
}

Ref<> int_from_double(double value) {
  if (std::isinf(value)) return raise(PyExc_OverflowError, "cannot convert float infinity to integer");
  if (std::isnan(value)) return raise(PyExc_ValueError, "cannot convert float NaN to integer");
  if (value > -9.2e18 && value < 9.2e18) return new_int(static_cast<int64_t>(value));
  int exponent;
  double m = std::frexp(std::fabs(value), &exponent);
  auto bits = static_cast<uint64_t>(std::ldexp(m, 53));
  Ref<> mantissa = TRY(new_int_unsigned(bits));
  Ref<> shifted = TRY(int_shift_left(mantissa.get(), static_cast<uint64_t>(exponent - 53)));
  return value < 0 ? int_negate(shifted.get()) : std::move(shifted);
}

// -- a / b --
//
// The quotient is made as an integer of at least 55 bits, scaled by a power of two, with one more bit for whether
// anything was lost; rounding that once, at the place where the double's last bit falls, is correct rounding.

namespace {

/// The limbs of d × 2^shift (shift may be negative: then *inexact says whether ones were lost).
bool scaled_limbs(Digits d, int64_t shift, Limbs& out, bool* inexact) {
  size_t n = limbs_for(d);
  if (shift >= 0) {
    size_t words = static_cast<size_t>(shift) / 64;
    memset(out.data(), 0, words * sizeof(mp_limb_t));
    digits_to_limbs(d, out.data() + words);
    unsigned bits = static_cast<unsigned>(shift % 64);
    size_t total = words + n;
    if (bits) {
      mp_limb_t carry = mpn_lshift(out.data() + words, out.data() + words, static_cast<mp_size_t>(n), bits);
      if (carry) out[total++] = carry;
    }
    out.shrink_to(total);
    return true;
  }
  Limbs whole(n);
  if (!whole.ok()) return false;
  digits_to_limbs(d, whole.data());
  size_t words = static_cast<size_t>(-shift) / 64;
  unsigned bits = static_cast<unsigned>(-shift % 64);
  for (size_t i = 0; i < words && i < n && !*inexact; i++) *inexact = whole[i] != 0;
  if (words >= n) {
    out.shrink_to(0);
    return true;
  }
  if (bits) {
    mp_limb_t lost = mpn_rshift(out.data(), whole.data() + words, static_cast<mp_size_t>(n - words), bits);
    if (lost) *inexact = true;
  } else {
    memcpy(out.data(), whole.data() + words, (n - words) * sizeof(mp_limb_t));
  }
  out.shrink_to(n - words);
  out.strip();
  return true;
}

double exact_double(PyObject* o) {
  Digits d = digits_of(o);
  double v = 0;
  for (Py_ssize_t i = d.size; i-- > 0;) v = v * (1 << kDigitBits) + d.data[i];
  return is_negative(o) ? -v : v;
}

Ref<> divide_large(PyObject* a, PyObject* b, bool negative) {
  Digits x = digits_of(a), y = digits_of(b);
  auto x_bits = static_cast<int64_t>(bit_length(x)), y_bits = static_cast<int64_t>(bit_length(y));
  int64_t difference = x_bits - y_bits;
  auto too_large = [] { return raise(PyExc_OverflowError, "integer division result too large for a float"); };
  if (difference > DBL_MAX_EXP) return too_large();
  if (difference < DBL_MIN_EXP - DBL_MANT_DIG - 1) return new_float(negative ? -0.0 : 0.0);
  int64_t lowest = difference > DBL_MIN_EXP ? difference : DBL_MIN_EXP;
  int64_t shift = lowest - DBL_MANT_DIG - 2;
  bool inexact = false;
  size_t room = limbs_for(x) + (shift < 0 ? static_cast<size_t>(-shift) / 64 + 2 : 0);
  Limbs numerator(room), divisor(limbs_for(y));
  if (!numerator.ok() || !divisor.ok()) return raise_no_memory();
  digits_to_limbs(y, divisor.data());
  if (!scaled_limbs(x, -shift, numerator, &inexact)) return raise_no_memory();
  uint64_t q = 0;
  if (numerator.size() >= divisor.size()) {
    size_t quotient_size = numerator.size() - divisor.size() + 1;
    Limbs quotient(quotient_size), rest(divisor.size());
    if (!quotient.ok() || !rest.ok()) return raise_no_memory();
    if (!check_scratch(4 * numerator.size())) return Raised{};
    mpn_tdiv_qr(quotient.data(), rest.data(), 0, numerator.data(), numerator.count(), divisor.data(), divisor.count());
    q = quotient[0];
    rest.strip();
    inexact |= rest.size() != 0;
  } else {
    inexact |= numerator.size() != 0;
  }
  int q_bits = std::bit_width(q);
  int64_t keep_from = q_bits > DBL_MIN_EXP - shift ? q_bits : DBL_MIN_EXP - shift;
  int extra = static_cast<int>(keep_from - DBL_MANT_DIG);
  uint64_t rest = extra < 64 ? q & ((uint64_t{1} << extra) - 1) : q;
  uint64_t half = uint64_t{1} << (extra - 1);
  q -= rest;
  if (rest > half || (rest == half && (inexact || (q >> extra & 1)))) q += uint64_t{1} << extra;
  double value = static_cast<double>(q);
  if (shift + q_bits >= DBL_MAX_EXP && (shift + q_bits > DBL_MAX_EXP || value == std::ldexp(1.0, q_bits)))
    return too_large();
  value = std::ldexp(value, static_cast<int>(shift));
  return new_float(negative ? -value : value);
}

}  // namespace

Ref<> int_true_divide(PyObject* a, PyObject* b) {
  if (Py_SIZE(b) == 0) return raise(PyExc_ZeroDivisionError, "division by zero");
  bool negative = is_negative(a) != is_negative(b);
  if (Py_SIZE(a) == 0) return new_float(negative ? -0.0 : 0.0);
  if (bit_length(digits_of(a)) <= DBL_MANT_DIG && bit_length(digits_of(b)) <= DBL_MANT_DIG)
    return new_float(exact_double(a) / exact_double(b));
  return divide_large(a, b, negative);
}

// -- float's kernel --

Ref<> new_float(double value) {
  auto* o = static_cast<Float*>(allocate_block(sizeof(Float)));
  if (!o) [[unlikely]] return raise_no_memory();
  count_objects(1);
  o->ob_base.ob_refcnt = 1;
  o->ob_base.ob_type = &PyFloat_Type;
  o->ob_fval = value;
  return adopt(object(o));
}

Result<double> checked_float_result(PyObject* from, PyObject* value) {
  std::string_view owner = clip(type_name(from), 50), name = clip(type_name(value), 50);
  if (!is_instance_of(value, &PyFloat_Type))
    return raise(PyExc_TypeError, "{}.__float__ returned non-float (type {})", owner, name);
  TextBuffer text;
  format(text,
         "{}.__float__ returned non-float (type {}).  The ability to return an instance of a strict subclass of "
         "float is deprecated, and may be removed in a future version of Python.",
         owner, name);
  TRY(warn(PyExc_DeprecationWarning, 1, text.c_str()));
  return float_value(value);
}

Result<double> to_double(PyObject* o) {
  if (is_instance_of(o, &PyFloat_Type)) return float_value(o);
  PyNumberMethods* number = Py_TYPE(o)->tp_as_number;
  if (number && number->nb_float) {
    Ref<> value = TRY(adopt(number->nb_float(o)));
    if (is_exact(value.get(), &PyFloat_Type)) return float_value(value.get());
    return checked_float_result(o, value.get());
  }
  if (is_index(o)) {
    Ref<> whole = TRY(index(o));
    return int_to_double(whole.get());
  }
  return raise(PyExc_TypeError, "must be real number, not {}", clip(type_name(o), 50));
}

}  // namespace taipan
