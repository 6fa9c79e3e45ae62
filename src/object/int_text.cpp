// Ints to text and back, in every base. Long decimal texts go through GMP's subquadratic conversions, and are
// subject to the limit of sys.set_int_max_str_digits(), which guards against expensive input from outside.
#include "object/int_arithmetic.h"
#include "object/int_digits.h"
#include "object/str.h"

namespace taipan {
namespace {

constexpr char kDigitChars[] = "0123456789abcdefghijklmnopqrstuvwxyz";
/// Texts this short are never refused.
constexpr size_t kLimitThreshold = 640;

size_t digit_limit() { return static_cast<size_t>(interpreter().int_max_str_digits); }
bool exceeds_limit(size_t digits) { return digits > kLimitThreshold && digit_limit() && digits > digit_limit(); }

Ref<> ascii_str(const char* text, size_t n) {
  Ref<> s = TRY(allocate_str(static_cast<Py_ssize_t>(n), 127));
  memcpy(PyUnicode_DATA(s.get()), text, n);
  return s;
}

Ref<> compact_to_text(int64_t value, unsigned base) {
  char text[72];
  char* end = text + sizeof text;
  char* p = end;
  uint64_t v = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  if (base == 10) {  // a constant divisor is a multiplication
    do *--p = static_cast<char>('0' + v % 10);
    while (v /= 10);
  } else {
    do *--p = kDigitChars[v % base];
    while (v /= base);
  }
  if (value < 0) *--p = '-';
  return ascii_str(p, static_cast<size_t>(end - p));
}

Ref<> power_of_two_to_text(Digits d, int bits_per_char, bool negative) {
  uint64_t bits = bit_length(d);
  uint64_t chars = (bits + static_cast<unsigned>(bits_per_char) - 1) / static_cast<unsigned>(bits_per_char);
  if (chars >= PY_SSIZE_T_MAX - 1) return raise(PyExc_OverflowError, "int too large to format");
  Ref<> s = TRY(allocate_str(static_cast<Py_ssize_t>(chars) + negative, 127));
  auto* out = static_cast<char*>(PyUnicode_DATA(s.get()));
  if (negative) *out++ = '-';
  uint64_t pending = 0;
  int have = 0;
  Py_ssize_t next = 0;
  for (uint64_t i = chars; i-- > 0;) {
    if (have < bits_per_char && next < d.size) {
      pending |= static_cast<uint64_t>(d.data[next++]) << have;
      have += kDigitBits;
    }
    out[i] = kDigitChars[pending & ((1u << bits_per_char) - 1)];
    pending >>= bits_per_char;
    have -= bits_per_char;
  }
  return s;
}

Raised raise_limit_to_text() {
  return raise(PyExc_ValueError,
               "Exceeds the limit ({} digits) for integer string conversion; "
               "use sys.set_int_max_str_digits() to increase the limit",
               digit_limit());
}

Ref<> large_to_text(Digits d, int base, bool negative) {
  // log10(2) from below: refuses early what is surely too long, exactly afterwards.
  if (base == 10 && exceeds_limit(static_cast<size_t>(static_cast<double>(bit_length(d) - 1) * 0.30102)))
    return raise_limit_to_text();
  Limbs limbs(limbs_for(d));
  if (!limbs.ok()) return raise_no_memory();
  digits_to_limbs(d, limbs.data());
  size_t room = mpn_sizeinbase(limbs.data(), limbs.count(), base) + 2;
  auto* text = static_cast<unsigned char*>(raw_allocate(room));
  if (!text) return raise_no_memory();
  if (!check_scratch(4 * limbs.size())) {
    raw_free(text);
    return Raised{};
  }
  size_t n = mpn_get_str(text, base, limbs.data(), limbs.count());
  unsigned char* from = text;
  while (n > 1 && *from == 0) from++, n--;
  Ref<> s;
  if (base == 10 && exceeds_limit(n)) raise_limit_to_text();
  else s = allocate_str(static_cast<Py_ssize_t>(n) + negative, 127);
  if (s) {
    auto* out = static_cast<char*>(PyUnicode_DATA(s.get()));
    if (negative) *out++ = '-';
    for (size_t i = 0; i < n; i++) out[i] = kDigitChars[from[i]];
  }
  raw_free(text);
  return s;
}

}  // namespace

Ref<> int_to_text(PyObject* o, int base) {
  if (is_compact(o)) return compact_to_text(compact_value(o), static_cast<unsigned>(base));
  if (std::has_single_bit(static_cast<unsigned>(base)))
    return power_of_two_to_text(digits_of(o), std::countr_zero(static_cast<unsigned>(base)), is_negative(o));
  return large_to_text(digits_of(o), base, is_negative(o));
}

// -- from text --

namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 37;
}

std::string_view strip(std::string_view s) {
  while (!s.empty() && is_blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_blank(s.back())) s.remove_suffix(1);
  return s;
}

int prefix_base(std::string_view s) {
  if (s.size() < 2 || s[0] != '0') return 0;
  switch (s[1] | 0x20) {
    case 'x': return 16;
    case 'o': return 8;
    case 'b': return 2;
    default: return 0;
  }
}

/// The digits at the front of a text: single underscores stand between digits.
struct Scanned {
  size_t digits = 0;
  size_t end = 0;
  bool bad_underscore = false;
};
Scanned scan_digits(std::string_view s, int base) {
  Scanned r;
  char previous = 0;
  for (; r.end < s.size(); r.end++) {
    char c = s[r.end];
    if (c == '_') {
      if (previous == '_') r.bad_underscore = true;
      if (r.bad_underscore) break;
    } else if (digit_value(c) < base) {
      r.digits++;
    } else {
      break;
    }
    previous = c;
  }
  if (previous == '_') r.bad_underscore = true;
  return r;
}

Ref<> parse_power_of_two(std::string_view s, size_t digits, int bits_per_char, bool negative) {
  if (digits > static_cast<size_t>(PY_SSIZE_T_MAX) / 8) {
    raise(PyExc_ValueError, "int string too large to convert");
    return {};
  }
  auto size = static_cast<Py_ssize_t>((digits * static_cast<size_t>(bits_per_char) + kDigitBits - 1) / kDigitBits);
  Ref<Int> z = TRY(allocate_int(size));
  uint64_t pending = 0;
  int have = 0;
  Py_ssize_t n = 0;
  for (size_t i = s.size(); i-- > 0;) {
    if (s[i] == '_') continue;
    pending |= static_cast<uint64_t>(digit_value(s[i])) << have;
    have += bits_per_char;
    if (have >= kDigitBits) {
      z->ob_digit[n++] = static_cast<digit>(pending & kDigitMask);
      pending >>= kDigitBits;
      have -= kDigitBits;
    }
  }
  while (n < size) {
    z->ob_digit[n++] = static_cast<digit>(pending & kDigitMask);
    pending >>= kDigitBits;
  }
  return finish_int(std::move(z), negative);
}

Ref<> parse_long(std::string_view s, size_t digits, int base, bool negative) {
  auto* values = static_cast<unsigned char*>(raw_allocate(digits));
  if (!values) return raise_no_memory();
  size_t n = 0;
  for (char c : s)
    if (c != '_' && (n || c != '0')) values[n++] = static_cast<unsigned char>(digit_value(c));
  size_t bits_per_char = static_cast<size_t>(std::bit_width(static_cast<unsigned>(base)));
  Limbs limbs(digits / 64 * bits_per_char + bits_per_char + 2);
  Ref<> result;
  if (!limbs.ok()) raise_no_memory();
  else if (n == 0) result = new_int(0);
  else if (check_scratch(4 * limbs.size()))
    result = int_from_limbs(limbs.data(), static_cast<size_t>(mpn_set_str(limbs.data(), values, n, base)), negative);
  raw_free(values);
  return result;
}

}  // namespace

IntText parse_int(std::string_view text, int base, Ref<>* value) {
  std::string_view s = strip(text);
  bool negative = false;
  if (!s.empty() && (s[0] == '+' || s[0] == '-')) {
    negative = s[0] == '-';
    s.remove_prefix(1);
  }
  int prefixed = prefix_base(s);
  bool only_zeros = false;  // "00" is an int literal, "07" is not
  if (base == 0) {
    if (prefixed) base = prefixed;
    else if (!s.empty() && s[0] == '0') only_zeros = true;
    if (!prefixed) base = 10;
  }
  if (prefixed == base) {
    s.remove_prefix(2);
    if (!s.empty() && s[0] == '_') s.remove_prefix(1);  // one underscore may follow the prefix
  }
  if (!s.empty() && s[0] == '_') return IntText::malformed;
  Scanned scanned = scan_digits(s, base);
  if (scanned.bad_underscore || scanned.digits == 0) return IntText::malformed;
  bool power_of_two = std::has_single_bit(static_cast<unsigned>(base));
  if (!power_of_two && exceeds_limit(scanned.digits)) {
    raise(PyExc_ValueError,
          "Exceeds the limit ({} digits) for integer string conversion: value has {} digits; "
          "use sys.set_int_max_str_digits() to increase the limit",
          digit_limit(), scanned.digits);
    return IntText::failed;
  }
  if (scanned.end != s.size()) return IntText::malformed;
  if (scanned.digits <= 12) {  // 36^12 fits into 64 bits
    int64_t v = 0;
    for (char c : s)
      if (c != '_') v = v * base + digit_value(c);
    if (only_zeros && v) return IntText::malformed;
    *value = new_int(negative ? -v : v);
  } else if (power_of_two) {
    *value = parse_power_of_two(s, scanned.digits, std::countr_zero(static_cast<unsigned>(base)), negative);
  } else {
    *value = parse_long(s, scanned.digits, base, negative);
    if (only_zeros && *value && Py_SIZE(value->get()) != 0) return IntText::malformed;
  }
  return *value ? IntText::ok : IntText::failed;
}

Ref<> int_from_text(std::string_view text, int base) {
  Ref<> value;
  IntText outcome = parse_int(text, base, &value);
  if (outcome == IntText::malformed) {
    Ref<> shown = TRY(new_str_with_surrogates(text));
    return raise(PyExc_ValueError, "invalid literal for int() with base {}: {}", base, as_repr(shown.get()));
  }
  return value;
}

}  // namespace taipan
