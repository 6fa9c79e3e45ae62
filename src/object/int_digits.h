#pragma once
// The inside of ints, for the kernel's own files: making them, seeing their magnitude as 30-bit digits, and the way
// to GMP's 64-bit limbs and back for large values.
#include <gmp.h>

#include <bit>
#include <cstdlib>
#include <cstring>

#include "object/alloc.h"
#include "object/error.h"
#include "object/int.h"

namespace taipan {

inline constexpr int kDigitBits = PyLong_SHIFT;
inline constexpr digit kDigitMask = PyLong_MASK;
static_assert(kDigitBits == 30 && sizeof(digit) == 4 && GMP_NUMB_BITS == 64);

inline constexpr Py_ssize_t kMaxDigits =
    (PY_SSIZE_T_MAX - static_cast<Py_ssize_t>(offsetof(Int, ob_digit))) / static_cast<Py_ssize_t>(sizeof(digit));

inline size_t int_bytes(Py_ssize_t digits) {
  return offsetof(Int, ob_digit) + sizeof(digit) * static_cast<size_t>(digits > 1 ? digits : 1);
}

/// A magnitude, borrowed: `size` digits, the last one not zero.
struct Digits {
  const digit* data;
  Py_ssize_t size;
};
inline Digits digits_of(const PyObject* o) {
  Py_ssize_t n = Py_SIZE(o);
  return {reinterpret_cast<const Int*>(o)->ob_digit, n < 0 ? -n : n};
}
inline bool is_negative(const PyObject* o) { return Py_SIZE(o) < 0; }

/// An int with room for `n` digits, which are not set yet. OverflowError or MemoryError.
Ref<Int> allocate_int(Py_ssize_t n);
/// Completes an int whose digits are written: drops leading zeros, sets the sign, gives the shared small ints.
Ref<> finish_int(Ref<Int> z, bool negative);
/// The int with that magnitude.
Ref<> int_from_digits(Digits d, bool negative);

/// Is it of at most two digits, so that sums and products of two fit into 64 and 128 bits?
inline bool is_compact(PyObject* o) { return static_cast<size_t>(Py_SIZE(o) + 2) <= 4; }
inline int64_t compact_value(PyObject* o) {
  const digit* d = reinterpret_cast<Int*>(o)->ob_digit;
  switch (Py_SIZE(o)) {
    case 0: return 0;
    case 1: return d[0];
    case -1: return -static_cast<int64_t>(d[0]);
    case 2: return static_cast<int64_t>(d[0]) | static_cast<int64_t>(d[1]) << kDigitBits;
    default: return -(static_cast<int64_t>(d[0]) | static_cast<int64_t>(d[1]) << kDigitBits);
  }
}

inline uint64_t bit_length(Digits d) {
  if (d.size == 0) return 0;
  return static_cast<uint64_t>(d.size - 1) * kDigitBits + std::bit_width(d.data[d.size - 1]);
}
inline bool is_odd(PyObject* o) { return Py_SIZE(o) != 0 && (reinterpret_cast<Int*>(o)->ob_digit[0] & 1); }

/// Working memory for limbs: on the stack if it is little.
class Limbs {
 public:
  explicit Limbs(size_t n) : size_(n) {
    if (n > kInline) data_ = static_cast<mp_limb_t*>(n < SIZE_MAX / 16 ? raw_allocate(n * sizeof(mp_limb_t)) : nullptr);
  }
  ~Limbs() {
    if (data_ != inline_) raw_free(data_);
  }
  Limbs(const Limbs&) = delete;
  bool ok() const { return data_ != nullptr; }
  mp_limb_t* data() { return data_; }
  const mp_limb_t* data() const { return data_; }
  mp_limb_t& operator[](size_t i) { return data_[i]; }
  size_t size() const { return size_; }
  mp_size_t count() const { return static_cast<mp_size_t>(size_); }
  void shrink_to(size_t n) { size_ = n; }
  void strip() {
    while (size_ && !data_[size_ - 1]) size_--;
  }

 private:
  static constexpr size_t kInline = 40;
  size_t size_;
  mp_limb_t* data_ = inline_;
  mp_limb_t inline_[kInline];
};

inline size_t limbs_for(Digits d) { return (bit_length(d) + 63) / 64; }
/// Writes limbs_for(d) limbs.
void digits_to_limbs(Digits d, mp_limb_t* out);
Ref<> int_from_limbs(const mp_limb_t* limbs, size_t n, bool negative);
/// GMP ends the process when it finds no memory: so its scratch space is asked for, and given back, before
/// each large operation. False: MemoryError is set.
bool check_scratch(size_t limbs);

/// The top 64 bits of a magnitude (its leading bit at bit 63) and whether any bit below them is set.
struct TopBits {
  uint64_t bits;
  bool sticky;
};
TopBits top_bits(Digits d);

/// An operation on exact text bytes, see int_text.cpp.
enum class IntText : uint8_t { ok, malformed, failed };
/// int_from_text without its ValueError for malformed text (`failed`: another exception is pending).
IntText parse_int(std::string_view text, int base, Ref<>* value);

}  // namespace taipan
