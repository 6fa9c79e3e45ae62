// Floor division and its remainder. Divisors of one digit are divided by directly, longer ones by GMP.
#include "object/int_arithmetic.h"
#include "object/int_digits.h"

namespace taipan {
namespace {

struct FloorPair {
  int64_t quotient, remainder;
};
FloorPair floor_divmod(int64_t a, int64_t b) {
  int64_t q = a / b, r = a % b;
  if (r && (r < 0) != (b < 0)) {
    q--;
    r += b;
  }
  return {q, r};
}

/// Truncated quotient and remainder of magnitudes; either may be not wanted (null).
Status divide_by_digit(Digits a, digit b, Ref<>* quotient, uint64_t* remainder, bool negative) {
  Ref<Int> q;
  if (quotient) q = TRY(allocate_int(a.size));
  uint64_t rest = 0;
  for (Py_ssize_t i = a.size; i-- > 0;) {
    rest = rest << kDigitBits | a.data[i];
    auto d = static_cast<digit>(rest / b);
    rest -= static_cast<uint64_t>(d) * b;
    if (quotient) q->ob_digit[i] = d;
  }
  *remainder = rest;
  if (quotient) *quotient = TRY(finish_int(std::move(q), negative));
  return {};
}

/// Truncating division with |a| >= |b| in limbs; the remainder takes a's sign.
Status divide_limbs(PyObject* a, PyObject* b, Ref<>* quotient, Ref<>* remainder) {
  Digits x = digits_of(a), y = digits_of(b);
  Limbs numerator(limbs_for(x)), divisor(limbs_for(y));
  if (!numerator.ok() || !divisor.ok()) return raise_no_memory();
  digits_to_limbs(x, numerator.data());
  digits_to_limbs(y, divisor.data());
  Limbs q(numerator.size() - divisor.size() + 1), r(divisor.size());
  if (!q.ok() || !r.ok()) return raise_no_memory();
  if (!check_scratch(4 * numerator.size())) return Raised{};
  mpn_tdiv_qr(q.data(), r.data(), 0, numerator.data(), numerator.count(), divisor.data(), divisor.count());
  if (quotient) *quotient = TRY(int_from_limbs(q.data(), q.size(), is_negative(a) != is_negative(b)));
  if (remainder) *remainder = TRY(int_from_limbs(r.data(), r.size(), is_negative(a)));
  return {};
}

int compare_magnitudes(Digits a, Digits b) {
  if (a.size != b.size) return a.size < b.size ? -1 : 1;
  for (Py_ssize_t i = a.size; i-- > 0;)
    if (a.data[i] != b.data[i]) return a.data[i] < b.data[i] ? -1 : 1;
  return 0;
}

/// Truncating division. Not called for two compact values, nor for b == 0.
Status truncated_divmod(PyObject* a, PyObject* b, Ref<>* quotient, Ref<>* remainder) {
  Digits x = digits_of(a), y = digits_of(b);
  if (compare_magnitudes(x, y) < 0) {
    if (quotient) *quotient = TRY(new_int(0));
    if (remainder) *remainder = TRY(int_copy(a));
    return {};
  }
  if (y.size == 1) {
    uint64_t rest;
    TRY(divide_by_digit(x, y.data[0], quotient, &rest, is_negative(a) != is_negative(b)));
    auto value = static_cast<int64_t>(rest);
    if (remainder) *remainder = TRY(new_int(is_negative(a) ? -value : value));
    return {};
  }
  return divide_limbs(a, b, quotient, remainder);
}

/// From truncating to flooring: a remainder takes the divisor's sign.
Status floor_divmod(PyObject* a, PyObject* b, Ref<>* quotient, Ref<>* remainder) {
  if (is_compact(a) && is_compact(b)) {
    auto [q, r] = floor_divmod(compact_value(a), compact_value(b));
    if (quotient) *quotient = TRY(new_int(q));
    if (remainder) *remainder = TRY(new_int(r));
    return {};
  }
  bool signs_differ = is_negative(a) != is_negative(b);
  Ref<> rest;
  TRY(truncated_divmod(a, b, quotient, signs_differ || remainder ? &rest : nullptr));
  if (signs_differ && Py_SIZE(rest.get()) != 0) {
    if (remainder) rest = TRY(int_add(rest.get(), b));
    if (quotient) *quotient = TRY(int_subtract(quotient->get(), object(small_int(1))));
  }
  if (remainder) *remainder = std::move(rest);
  return {};
}

Raised raise_division_by_zero() {
  return raise(PyExc_ZeroDivisionError, "integer division or modulo by zero");
}

}  // namespace

Ref<> int_floor_divide(PyObject* a, PyObject* b) {
  if (Py_SIZE(b) == 0) return raise_division_by_zero();
  Ref<> quotient;
  TRY(floor_divmod(a, b, &quotient, nullptr));
  return quotient;
}

Ref<> int_modulo(PyObject* a, PyObject* b) {
  if (Py_SIZE(b) == 0) return raise(PyExc_ZeroDivisionError, "integer modulo by zero");
  Ref<> remainder;
  TRY(floor_divmod(a, b, nullptr, &remainder));
  return remainder;
}

Status int_divmod(PyObject* a, PyObject* b, Ref<>* quotient, Ref<>* remainder) {
  if (Py_SIZE(b) == 0) return raise_division_by_zero();
  return floor_divmod(a, b, quotient, remainder);
}

Ref<> int_round_to_power_of_ten(PyObject* o, PyObject* digits) {
  if (!is_negative(digits)) return int_copy(o);
  uint64_t n;
  Ref<> count = TRY(int_negate(digits));
  // 10^n is more than twice as large as o: everything rounds to 0 without making that power.
  if (int_to_uint64(count.get(), &n) != 0 || n > int_bit_length(o) / 3 + 2) return new_int(0);
  Ref<> unit = TRY(int_power_of_ten(n)), quotient, rest;
  TRY(int_divmod(o, unit.get(), &quotient, &rest));
  Ref<> twice = TRY(int_shift_left(rest.get(), uint64_t{1}));
  int order = int_compare(twice.get(), unit.get());
  Ref<> below = TRY(int_subtract(o, rest.get()));
  if (order > 0 || (order == 0 && is_odd(quotient.get()))) return int_add(below.get(), unit.get());
  return below;
}

}  // namespace taipan
