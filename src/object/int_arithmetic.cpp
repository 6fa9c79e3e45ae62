// Sums and products of ints, and the bridge to GMP for large ones. Values of one or two digits, nearly all
// in practice, are computed in machine integers.
#include "object/int_arithmetic.h"

#include "object/int_digits.h"

namespace taipan {

// -- digits and limbs --

void digits_to_limbs(Digits d, mp_limb_t* out) {
  mp_limb_t limb = 0;
  unsigned have = 0;
  for (Py_ssize_t i = 0; i < d.size; i++) {
    limb |= static_cast<mp_limb_t>(d.data[i]) << have;
    have += kDigitBits;
    if (have >= 64) {
      *out++ = limb;
      have -= 64;
      limb = have ? static_cast<mp_limb_t>(d.data[i]) >> (kDigitBits - have) : 0;
    }
  }
  if (limb) *out = limb;
}

Ref<> int_from_limbs(const mp_limb_t* limbs, size_t n, bool negative) {
  while (n && !limbs[n - 1]) n--;
  if (n == 0) return new_int(0);
  size_t bits = n * 64 - static_cast<size_t>(std::countl_zero(limbs[n - 1]));
  Py_ssize_t size = static_cast<Py_ssize_t>((bits + kDigitBits - 1) / kDigitBits);
  Ref<Int> z = TRY(allocate_int(size));
  mp_limb_t limb = 0;
  unsigned have = 0;
  size_t next = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    if (have >= kDigitBits) {
      z->ob_digit[i] = static_cast<digit>(limb & kDigitMask);
      limb >>= kDigitBits;
      have -= kDigitBits;
    } else {
      mp_limb_t more = next < n ? limbs[next++] : 0;
      z->ob_digit[i] = static_cast<digit>((limb | more << have) & kDigitMask);
      limb = more >> (kDigitBits - have);
      have += 64 - kDigitBits;
    }
  }
  return finish_int(std::move(z), negative);
}

bool check_scratch(size_t limbs) {
  constexpr size_t kNotWorthAsking = 4096;
  if (limbs < kNotWorthAsking) return true;
  void* probe = limbs < SIZE_MAX / 16 ? malloc(limbs * sizeof(mp_limb_t)) : nullptr;
  if (!probe) {
    raise_no_memory();
    return false;
  }
  free(probe);
  return true;
}

// -- sums --

namespace {

Ref<> add_magnitudes(Digits a, Digits b, bool negative) {
  if (a.size < b.size) std::swap(a, b);
  Ref<Int> z = TRY(allocate_int(a.size + 1));
  digit carry = 0;
  Py_ssize_t i = 0;
  for (; i < b.size; i++) {
    carry += a.data[i] + b.data[i];
    z->ob_digit[i] = carry & kDigitMask;
    carry >>= kDigitBits;
  }
  for (; i < a.size; i++) {
    carry += a.data[i];
    z->ob_digit[i] = carry & kDigitMask;
    carry >>= kDigitBits;
  }
  z->ob_digit[i] = carry;
  return finish_int(std::move(z), negative);
}

/// |a| - |b|, negated if `negative`.
Ref<> subtract_magnitudes(Digits a, Digits b, bool negative) {
  Py_ssize_t top = a.size - 1;
  bool swapped = a.size < b.size;
  if (a.size == b.size) {
    while (top >= 0 && a.data[top] == b.data[top]) top--;
    if (top < 0) return new_int(0);
    swapped = a.data[top] < b.data[top];
    a.size = b.size = top + 1;  // equal leading digits vanish
  }
  if (swapped) {
    std::swap(a, b);
    negative = !negative;
  }
  Ref<Int> z = TRY(allocate_int(a.size));
  digit borrow = 0;
  Py_ssize_t i = 0;
  for (; i < b.size; i++) {
    borrow = a.data[i] - b.data[i] - borrow;
    z->ob_digit[i] = borrow & kDigitMask;
    borrow = borrow >> kDigitBits & 1;
  }
  for (; i < a.size; i++) {
    borrow = a.data[i] - borrow;
    z->ob_digit[i] = borrow & kDigitMask;
    borrow = borrow >> kDigitBits & 1;
  }
  return finish_int(std::move(z), negative);
}

}  // namespace

Ref<> int_add(PyObject* a, PyObject* b) {
  if (is_compact(a) && is_compact(b)) [[likely]] return new_int(compact_value(a) + compact_value(b));
  bool negative = is_negative(a);
  if (negative == is_negative(b)) return add_magnitudes(digits_of(a), digits_of(b), negative);
  return subtract_magnitudes(digits_of(a), digits_of(b), negative);
}

Ref<> int_subtract(PyObject* a, PyObject* b) {
  if (is_compact(a) && is_compact(b)) [[likely]] return new_int(compact_value(a) - compact_value(b));
  bool negative = is_negative(a);
  if (negative != is_negative(b)) return add_magnitudes(digits_of(a), digits_of(b), negative);
  return subtract_magnitudes(digits_of(a), digits_of(b), negative);
}

Ref<> int_negate(PyObject* o) {
  if (is_compact(o)) return new_int(-compact_value(o));
  return int_from_digits(digits_of(o), !is_negative(o));
}

Ref<> int_absolute(PyObject* o) { return is_negative(o) ? int_negate(o) : int_copy(o); }

// -- products --

namespace {

/// Below this many digits of the smaller factor, the way to GMP's limbs and back costs more than it saves.
constexpr Py_ssize_t kGmpFactor = 12;

Ref<> multiply_by_digits(Digits a, Digits b, bool negative) {
  Ref<Int> z = TRY(allocate_int(a.size + b.size));
  memset(z->ob_digit, 0, static_cast<size_t>(a.size + b.size) * sizeof(digit));
  for (Py_ssize_t i = 0; i < a.size; i++) {
    uint64_t carry = 0, factor = a.data[i];
    digit* out = z->ob_digit + i;
    for (Py_ssize_t j = 0; j < b.size; j++) {
      carry += out[j] + factor * b.data[j];
      out[j] = static_cast<digit>(carry & kDigitMask);
      carry >>= kDigitBits;
    }
    out[b.size] = static_cast<digit>(carry);
  }
  return finish_int(std::move(z), negative);
}

Ref<> multiply_large(Digits a, Digits b, bool square, bool negative) {
  if (a.size < b.size) std::swap(a, b);
  Limbs x(limbs_for(a)), y(square ? 0 : limbs_for(b));
  Limbs product(limbs_for(a) + limbs_for(b));
  if (!x.ok() || !y.ok() || !product.ok()) return raise_no_memory();
  digits_to_limbs(a, x.data());
  if (!check_scratch(6 * product.size())) return Raised{};
  if (square) {
    mpn_sqr(product.data(), x.data(), x.count());
  } else {
    digits_to_limbs(b, y.data());
    if (x.count() >= y.count()) mpn_mul(product.data(), x.data(), x.count(), y.data(), y.count());
    else mpn_mul(product.data(), y.data(), y.count(), x.data(), x.count());
  }
  return int_from_limbs(product.data(), product.size(), negative);
}

}  // namespace

Ref<> int_multiply(PyObject* a, PyObject* b) {
  if (is_single_digit(a) && is_single_digit(b)) [[likely]]
    return new_int(single_digit_value(a) * single_digit_value(b));
  Digits x = digits_of(a), y = digits_of(b);
  if (x.size == 0 || y.size == 0) return new_int(0);
  bool negative = is_negative(a) != is_negative(b);
  if (x.size > y.size) std::swap(x, y);
  if (x.size < kGmpFactor) return multiply_by_digits(x, y, negative);
  return multiply_large(x, y, a == b, negative);
}

}  // namespace taipan
