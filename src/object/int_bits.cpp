// Ints as two's complement bit strings without end: shifts, and, or, xor; their bytes.
#include <cstring>

#include "object/int_arithmetic.h"
#include "object/int_digits.h"

namespace taipan {

uint64_t int_bit_length(PyObject* o) { return bit_length(digits_of(o)); }

uint64_t int_bit_count(PyObject* o) {
  Digits d = digits_of(o);
  uint64_t ones = 0;
  for (Py_ssize_t i = 0; i < d.size; i++) ones += static_cast<uint64_t>(std::popcount(d.data[i]));
  return ones;
}

Ref<> int_invert(PyObject* o) {
  if (is_compact(o)) return new_int(~compact_value(o));
  Ref<> next = TRY(int_add(o, object(small_int(1))));
  return int_negate(next.get());
}

// -- shifts --

Ref<> int_shift_left(PyObject* a, uint64_t count) {
  Digits d = digits_of(a);
  if (d.size == 0) return new_int(0);
  if (d.size == 1 && count <= kDigitBits) return new_int(single_digit_value(a) * (int64_t{1} << count));
  auto words = static_cast<Py_ssize_t>(count / kDigitBits);
  auto bits = static_cast<unsigned>(count % kDigitBits);
  Ref<Int> z = TRY(allocate_int(d.size + words + 1));
  memset(z->ob_digit, 0, static_cast<size_t>(words) * sizeof(digit));
  uint64_t carry = 0;
  for (Py_ssize_t i = 0; i < d.size; i++) {
    carry |= static_cast<uint64_t>(d.data[i]) << bits;
    z->ob_digit[words + i] = static_cast<digit>(carry & kDigitMask);
    carry >>= kDigitBits;
  }
  z->ob_digit[words + d.size] = static_cast<digit>(carry);
  return finish_int(std::move(z), is_negative(a));
}

Ref<> int_shift_right(PyObject* a, uint64_t count) {
  if (is_compact(a)) return new_int(compact_value(a) >> (count < 63 ? count : 63));
  Digits d = digits_of(a);
  bool negative = is_negative(a);
  uint64_t words = count / kDigitBits;
  auto bits = static_cast<unsigned>(count % kDigitBits);
  if (words >= static_cast<uint64_t>(d.size)) return new_int(negative ? -1 : 0);
  auto skipped = static_cast<Py_ssize_t>(words);
  // A negative value is rounded down: its magnitude goes up if any one is shifted out.
  bool round_up = false;
  if (negative) {
    round_up = (d.data[skipped] & ((digit{1} << bits) - 1)) != 0;
    for (Py_ssize_t i = 0; i < skipped && !round_up; i++) round_up = d.data[i] != 0;
  }
  Py_ssize_t n = d.size - skipped;
  Ref<Int> z = TRY(allocate_int(n + round_up));
  for (Py_ssize_t i = 0; i < n; i++) {
    uint64_t pair = d.data[skipped + i];
    if (i + 1 < n) pair |= static_cast<uint64_t>(d.data[skipped + i + 1]) << kDigitBits;
    z->ob_digit[i] = static_cast<digit>(pair >> bits & kDigitMask);
  }
  if (round_up) {
    z->ob_digit[n] = 0;
    for (Py_ssize_t i = 0; (z->ob_digit[i] = (z->ob_digit[i] + 1) & kDigitMask) == 0;) i++;
  }
  return finish_int(std::move(z), negative);
}

Ref<> int_shift_left(PyObject* a, PyObject* count) {
  if (is_negative(count)) return raise(PyExc_ValueError, "negative shift count");
  if (Py_SIZE(a) == 0) return new_int(0);
  uint64_t n;
  constexpr uint64_t kMostBits = static_cast<uint64_t>(kMaxDigits) * 8;
  if (int_to_uint64(count, &n) != 0 || n / kDigitBits > kMostBits)
    return raise(PyExc_OverflowError, "too many digits in integer");
  if (n / kDigitBits >= static_cast<uint64_t>(kMaxDigits) / 2) return raise_no_memory();
  return int_shift_left(a, n);
}

Ref<> int_shift_right(PyObject* a, PyObject* count) {
  if (is_negative(count)) return raise(PyExc_ValueError, "negative shift count");
  uint64_t n;
  if (int_to_uint64(count, &n) != 0) return new_int(is_negative(a) ? -1 : 0);
  return int_shift_right(a, n);
}

// -- and, or, xor --

namespace {

/// The digits of a value in two's complement, from the lowest on; endless.
class TwosComplement {
 public:
  explicit TwosComplement(PyObject* o) : d_(digits_of(o)), carry_(1), negative_(is_negative(o)) {}
  digit at(Py_ssize_t i) {  // called once for each i, in order
    digit v = i < d_.size ? d_.data[i] : 0;
    if (!negative_) return v;
    v = (~v & kDigitMask) + carry_;
    carry_ = v >> kDigitBits;
    return v & kDigitMask;
  }

 private:
  Digits d_;
  digit carry_;
  bool negative_;
};

enum class Bitwise { And, Or, Xor };

template <Bitwise op, class T>
T combine(T a, T b) {
  if constexpr (op == Bitwise::And) return a & b;
  else if constexpr (op == Bitwise::Or) return a | b;
  else return a ^ b;
}

template <Bitwise op>
Ref<> bitwise(PyObject* a, PyObject* b) {
  if (is_compact(a) && is_compact(b)) [[likely]] return new_int(combine<op>(compact_value(a), compact_value(b)));
  bool negative = combine<op>(is_negative(a), is_negative(b));
  Py_ssize_t n = digits_of(a).size, m = digits_of(b).size;
  Py_ssize_t size = n > m ? n : m;
  // A factor that is not negative bounds the result of `&`.
  if (op == Bitwise::And && !is_negative(a) && (is_negative(b) || n < m)) size = n;
  else if (op == Bitwise::And && !is_negative(b)) size = m;
  Ref<Int> z = TRY(allocate_int(size + negative));
  TwosComplement x(a), y(b);
  digit carry = 1;
  for (Py_ssize_t i = 0; i < size + negative; i++) {
    digit v = combine<op>(x.at(i), y.at(i));
    if (negative) {
      v = (~v & kDigitMask) + carry;
      carry = v >> kDigitBits;
      v &= kDigitMask;
    }
    z->ob_digit[i] = v;
  }
  return finish_int(std::move(z), negative);
}

}  // namespace

Ref<> int_and(PyObject* a, PyObject* b) { return bitwise<Bitwise::And>(a, b); }
Ref<> int_or(PyObject* a, PyObject* b) { return bitwise<Bitwise::Or>(a, b); }
Ref<> int_xor(PyObject* a, PyObject* b) { return bitwise<Bitwise::Xor>(a, b); }

// -- bytes --

Ref<> int_from_bytes(const uint8_t* bytes, size_t n, Endian endian, Signed is_signed) {
  auto byte = [&](size_t i) { return endian == Endian::little ? bytes[i] : bytes[n - 1 - i]; };  // i from the low end
  if (n == 0) return new_int(0);
  bool negative = is_signed == Signed::yes && byte(n - 1) >= 0x80;
  const uint8_t filler = negative ? 0xFF : 0;
  while (n > 0 && (endian == Endian::little ? bytes[n - 1] : bytes[0]) == filler) {
    if (endian == Endian::big) bytes++;
    n--;
  }
  if (n > SIZE_MAX / 16) return raise(PyExc_OverflowError, "byte array too long to convert to int");
  // One more bit than the bytes have: the magnitude of a negative value may be 2^(8n).
  auto size = static_cast<Py_ssize_t>((n * 8 + (negative ? 1 : 0) + kDigitBits - 1) / kDigitBits);
  Ref<Int> z = TRY(allocate_int(size));
  uint64_t bits = 0;
  int have = 0;
  unsigned carry = negative;
  size_t next = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    if (!negative && have < kDigitBits && next + 4 <= n) {
      uint32_t word;
      memcpy(&word, endian == Endian::little ? bytes + next : bytes + n - next - 4, 4);
      if (endian == Endian::big) word = __builtin_bswap32(word);
      bits |= static_cast<uint64_t>(word) << have;
      have += 32;
      next += 4;
    }
    while (have < kDigitBits) {
      unsigned b = next < n ? byte(next) : filler;
      next++;
      if (negative) {
        b = (~b & 0xFF) + carry;
        carry = b >> 8;
        b &= 0xFF;
      }
      bits |= static_cast<uint64_t>(b) << have;
      have += 8;
    }
    z->ob_digit[i] = static_cast<digit>(bits & kDigitMask);
    bits >>= kDigitBits;
    have -= kDigitBits;
  }
  return finish_int(std::move(z), negative);
}

Status int_to_bytes(PyObject* o, uint8_t* bytes, size_t n, Endian endian, Signed is_signed) {
  bool negative = is_negative(o);
  if (negative && is_signed == Signed::no)
    return raise(PyExc_OverflowError, "can't convert negative int to unsigned");
  auto too_big = [] { return raise(PyExc_OverflowError, "int too big to convert"); };
  uint64_t length = int_bit_length(o);
  if (n < SIZE_MAX / 8 && length > n * 8) return too_big();
  TwosComplement digits(o);
  uint64_t bits = 0;
  int have = 0;
  Py_ssize_t next = 0;
  uint8_t last = 0;
  for (size_t i = 0; i < n; i++) {
    if (have < 8) {
      bits |= static_cast<uint64_t>(digits.at(next++)) << have;
      have += kDigitBits;
    }
    last = static_cast<uint8_t>(bits);
    bytes[endian == Endian::little ? i : n - 1 - i] = last;
    bits >>= 8;
    have -= 8;
  }
  // The sign bit of the highest byte must say the sign.
  if (is_signed == Signed::yes && (n ? (last >= 0x80) != negative : negative)) return too_big();
  return {};
}

}  // namespace taipan
