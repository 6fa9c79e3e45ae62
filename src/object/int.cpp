// Making ints, reading them as C numbers, comparing and hashing them.
#include "object/int.h"

#include "base/hash.h"
#include "object/int_arithmetic.h"
#include "object/int_digits.h"

namespace taipan {

bool start_ints() {
  for (int value = kSmallIntMin; value <= kSmallIntMax; value++) {
    Int* o = small_int(value);
    o->ob_base.ob_base.ob_refcnt = kImmortal;
    o->ob_base.ob_base.ob_type = &PyLong_Type;
    o->ob_base.ob_size = value < 0 ? -1 : value > 0;
    o->ob_digit[0] = static_cast<digit>(value < 0 ? -value : value);
  }
  return true;
}

Ref<Int> allocate_int(Py_ssize_t n) {
  if (n > kMaxDigits) return raise(PyExc_OverflowError, "too many digits in integer");
  auto* z = static_cast<Int*>(allocate_block(int_bytes(n)));
  if (!z) [[unlikely]] return raise_no_memory();
  count_objects(1);
  z->ob_base.ob_base.ob_refcnt = 1;
  z->ob_base.ob_base.ob_type = &PyLong_Type;
  z->ob_base.ob_size = n;
  return adopt(z);
}

namespace {

/// A block from the system that turned out much too large is exchanged for one of the right size: free lists,
/// which know a block by its object's size, must not hoard it.
Ref<> move_to_smaller(Ref<Int> z, Py_ssize_t n, bool negative) {
  Ref<Int> small = TRY(allocate_int(n));
  memcpy(small->ob_digit, z->ob_digit, static_cast<size_t>(n) * sizeof(digit));
  small->ob_base.ob_size = negative ? -n : n;
  count_objects(-1);
  raw_free(z.release());
  return small;
}

}  // namespace

Ref<> finish_int(Ref<Int> z, bool negative) {
  Py_ssize_t allocated = z->ob_base.ob_size, n = allocated;
  while (n > 0 && z->ob_digit[n - 1] == 0) n--;
  if (n <= 1) {
    int64_t value = n ? static_cast<int64_t>(z->ob_digit[0]) : 0;
    if (negative) value = -value;
    if (value >= kSmallIntMin && value <= kSmallIntMax) return share(object(small_int(static_cast<int>(value))));
  }
  if (int_bytes(allocated) > kLargestPooled && (int_bytes(n) <= kLargestPooled || n < allocated / 2)) [[unlikely]]
    return move_to_smaller(std::move(z), n, negative);
  z->ob_base.ob_size = negative ? -n : n;
  return z;
}

Ref<> int_from_digits(Digits d, bool negative) {
  Ref<Int> z = TRY(allocate_int(d.size));
  memcpy(z->ob_digit, d.data, static_cast<size_t>(d.size) * sizeof(digit));
  return finish_int(std::move(z), negative);
}

namespace {

Ref<> new_int_from_magnitude(uint64_t magnitude, bool negative) {
  Py_ssize_t n = magnitude >> 60 ? 3 : magnitude >> kDigitBits ? 2 : 1;
  Ref<Int> z = TRY(allocate_int(n));
  for (Py_ssize_t i = 0; i < n; i++) {
    z->ob_digit[i] = static_cast<digit>(magnitude & kDigitMask);
    magnitude >>= kDigitBits;
  }
  z->ob_base.ob_size = negative ? -n : n;
  return z;
}

}  // namespace

Ref<> new_int(int64_t value) {
  if (value >= kSmallIntMin && value <= kSmallIntMax) return share(object(small_int(static_cast<int>(value))));
  return new_int_from_magnitude(value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value), value < 0);
}

Ref<> new_int_unsigned(uint64_t value) {
  if (value <= kSmallIntMax) return share(object(small_int(static_cast<int>(value))));
  return new_int_from_magnitude(value, false);
}

Ref<> int_copy(PyObject* o) {
  if (is_exact(o, &PyLong_Type)) return share(o);
  return int_from_digits(digits_of(o), is_negative(o));
}

// -- to C numbers --

namespace {

/// The magnitude as 64 bits; false: it is larger.
bool magnitude_64(Digits d, uint64_t* value) {
  if (d.size > 3 || (d.size == 3 && d.data[2] > 15)) return false;
  uint64_t v = 0;
  for (Py_ssize_t i = d.size; i-- > 0;) v = v << kDigitBits | d.data[i];
  *value = v;
  return true;
}

}  // namespace

int int_to_int64(PyObject* o, int64_t* value) {
  if (is_compact(o)) {
    *value = compact_value(o);
    return 0;
  }
  uint64_t magnitude;
  bool negative = is_negative(o);
  constexpr uint64_t kLimit = uint64_t{1} << 63;
  if (!magnitude_64(digits_of(o), &magnitude) || magnitude > kLimit - !negative) return negative ? -1 : 1;
  *value = static_cast<int64_t>(negative ? 0 - magnitude : magnitude);
  return 0;
}

int int_to_uint64(PyObject* o, uint64_t* value) {
  if (is_negative(o)) return -1;
  return magnitude_64(digits_of(o), value) ? 0 : 1;
}

uint64_t int_to_uint64_mask(PyObject* o) {
  Digits d = digits_of(o);
  uint64_t v = 0;
  for (Py_ssize_t i = d.size < 3 ? d.size : 3; i-- > 0;) v = v << kDigitBits | d.data[i];
  return is_negative(o) ? 0 - v : v;
}

Result<int64_t> to_int64(PyObject* o) {
  int64_t value;
  if (int_to_int64(o, &value)) return raise(PyExc_OverflowError, "Python int too large to convert to C long");
  return value;
}

// -- comparison and hash --

int int_compare(PyObject* a, PyObject* b) {
  Py_ssize_t n = Py_SIZE(a), m = Py_SIZE(b);
  if (n != m) return n < m ? -1 : 1;
  const digit* x = reinterpret_cast<Int*>(a)->ob_digit;
  const digit* y = reinterpret_cast<Int*>(b)->ob_digit;
  for (Py_ssize_t i = n < 0 ? -n : n; i-- > 0;)
    if (x[i] != y[i]) return (x[i] < y[i]) == (n > 0) ? -1 : 1;
  return 0;
}

Py_hash_t int_hash(PyObject* o) {
  Digits d = digits_of(o);
  uint64_t h = 0;
  for (Py_ssize_t i = d.size; i-- > 0;) {
    // Modulo 2^61 - 1, multiplying by 2^30 rotates 61 bits.
    h = ((h << kDigitBits) & kHashModulus) | h >> (kHashBits - kDigitBits);
    h += d.data[i];
    if (h >= kHashModulus) h -= kHashModulus;
  }
  Py_hash_t result = static_cast<Py_hash_t>(h);
  if (is_negative(o)) result = -result;
  return result == -1 ? -2 : result;
}

}  // namespace taipan
