// Powers, powers modulo a number, greatest common divisors and square roots.
#include <cmath>

#include "object/int_arithmetic.h"
#include "object/int_digits.h"
#include "object/protocol.h"

namespace taipan {
namespace {

/// A magnitude as GMP's mpz for reading. `ok` false: no memory.
class Readable {
 public:
  explicit Readable(PyObject* o) : limbs_(limbs_for(digits_of(o))) {
    if (!limbs_.ok()) return;
    digits_to_limbs(digits_of(o), limbs_.data());
    mpz_roinit_n(z_, limbs_.data(), is_negative(o) ? -limbs_.count() : limbs_.count());
  }
  bool ok() const { return limbs_.ok(); }
  mpz_srcptr get() const { return z_; }

 private:
  Limbs limbs_;
  mpz_t z_;
};

/// An mpz for results, freed at the end.
class Writable {
 public:
  Writable() { mpz_init(z_); }
  ~Writable() { mpz_clear(z_); }
  Writable(const Writable&) = delete;
  mpz_ptr get() { return z_; }
  Ref<> to_int() { return int_from_limbs(mpz_limbs_read(z_), mpz_size(z_), mpz_sgn(z_) < 0); }

 private:
  mpz_t z_;
};

uint64_t multiply_modulo(uint64_t a, uint64_t b, uint64_t m) {
  return static_cast<uint64_t>(static_cast<unsigned __int128>(a) * b % m);
}

/// Magnitude of a modulus of at most two digits; base reduced to it; exponent not negative.
Ref<> power_modulo_compact(uint64_t base, Digits exponent, uint64_t m, bool negative) {
  uint64_t result = m == 1 ? 0 : 1;
  for (Py_ssize_t i = exponent.size; i-- > 0;) {
    for (int bit = kDigitBits; bit-- > 0;) {
      result = multiply_modulo(result, result, m);
      if (exponent.data[i] >> bit & 1) result = multiply_modulo(result, base, m);
    }
  }
  auto value = static_cast<int64_t>(result);
  return new_int(negative && value ? value - static_cast<int64_t>(m) : value);
}

Ref<> power_modulo(PyObject* a, PyObject* exponent, PyObject* modulus) {
  if (Py_SIZE(modulus) == 0) return raise(PyExc_ValueError, "pow() 3rd argument cannot be 0");
  bool negative = is_negative(modulus);
  Ref<> m = TRY(int_absolute(modulus));
  Ref<> base, positive;
  if (is_negative(exponent)) {
    Readable x(a), y(m.get());
    if (!x.ok() || !y.ok()) return raise_no_memory();
    if (!check_scratch(8 * mpz_size(y.get()) + mpz_size(x.get()))) return Raised{};
    Writable inverse;
    // GMP calls everything invertible modulo 1 in some versions and nothing in others.
    if (mpz_cmp_ui(y.get(), 1) != 0 && !mpz_invert(inverse.get(), x.get(), y.get()))
      return raise(PyExc_ValueError, "base is not invertible for the given modulus");
    base = TRY(inverse.to_int());
    positive = TRY(int_negate(exponent));
  } else {
    base = TRY(int_modulo(a, m.get()));
    positive = share(exponent);
  }
  if (is_compact(m.get()))
    return power_modulo_compact(static_cast<uint64_t>(compact_value(base.get())), digits_of(positive.get()),
                                static_cast<uint64_t>(compact_value(m.get())), negative);
  Readable b(base.get()), e(positive.get()), y(m.get());
  if (!b.ok() || !e.ok() || !y.ok()) return raise_no_memory();
  if (!check_scratch(64 * mpz_size(y.get()))) return Raised{};
  Writable power;
  mpz_powm(power.get(), b.get(), e.get(), y.get());
  Ref<> result = TRY(power.to_int());
  return negative && Py_SIZE(result.get()) ? int_add(result.get(), modulus) : std::move(result);
}

Ref<> plain_power(PyObject* a, PyObject* exponent) {
  Digits e = digits_of(exponent);
  if (e.size == 0) return new_int(1);
  if (is_compact(a)) {
    int64_t base = compact_value(a);
    if (base == 0 || base == 1) return new_int(base);
    if (base == -1) return new_int(is_odd(exponent) ? -1 : 1);
    if (base == 2) return int_shift_left(object(small_int(1)), exponent);
  }
  // Left to right, from the exponent's second bit on.
  Ref<> result = TRY(int_copy(a));
  uint64_t bits = bit_length(e);
  for (uint64_t i = bits - 1; i-- > 0;) {
    result = TRY(int_multiply(result.get(), result.get()));
    if (e.data[i / kDigitBits] >> (i % kDigitBits) & 1) result = TRY(int_multiply(result.get(), a));
  }
  return result;
}

}  // namespace

Ref<> int_power(PyObject* a, PyObject* exponent, PyObject* modulus) {
  if (modulus != Py_None) return power_modulo(a, exponent, modulus);
  if (!is_negative(exponent)) return plain_power(a, exponent);
  // A negative power is float's business, its errors included.
  Ref<> x = TRY(new_float(TRY(int_to_double(a))));
  Ref<> y = TRY(new_float(TRY(int_to_double(exponent))));
  return adopt(PyFloat_Type.tp_as_number->nb_power(x.get(), y.get(), Py_None));
}

Ref<> int_power_of_ten(uint64_t n) {
  Ref<> exponent = TRY(new_int_unsigned(n));
  return plain_power(object(small_int(10)), exponent.get());
}

Ref<> int_gcd(PyObject* a, PyObject* b) {
  if (is_compact(a) && is_compact(b)) {
    auto magnitude = [](int64_t v) { return static_cast<uint64_t>(v < 0 ? -v : v); };
    uint64_t x = magnitude(compact_value(a)), y = magnitude(compact_value(b));
    while (y) {
      uint64_t rest = x % y;
      x = y;
      y = rest;
    }
    return new_int_unsigned(x);
  }
  Readable x(a), y(b);
  if (!x.ok() || !y.ok()) return raise_no_memory();
  if (!check_scratch(8 * (mpz_size(x.get()) + mpz_size(y.get())))) return Raised{};
  Writable result;
  mpz_gcd(result.get(), x.get(), y.get());
  return result.to_int();
}

Ref<> int_square_root(PyObject* n) {
  Digits d = digits_of(n);
  if (d.size == 0) return new_int(0);
  Limbs limbs(limbs_for(d));
  Limbs root((limbs.size() + 1) / 2);
  if (!limbs.ok() || !root.ok()) return raise_no_memory();
  digits_to_limbs(d, limbs.data());
  if (!check_scratch(4 * limbs.size())) return Raised{};
  mpn_sqrtrem(root.data(), nullptr, limbs.data(), limbs.count());
  return int_from_limbs(root.data(), root.size(), false);
}

}  // namespace taipan
