// Floats to text and back. libstdc++'s to_chars/from_chars do the correctly rounded conversions;
// what is added here is Python's choice of notation, its flags, and its error rules.
#include "base/float_text.h"

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace taipan {
namespace {

bool append_special(TextBuffer& out, double value, bool upper, FloatStyle style) {
  const char* text = std::isnan(value) ? (upper ? "NAN" : "nan") : (upper ? "INF" : "inf");
  if (!std::isnan(value) && value < 0) {
    if (!out.append('-')) return false;
  } else if (has(style, FloatStyle::sign)) {
    if (!out.append('+')) return false;
  }
  return out.append(text);
}

/// The decimal digits of a finite, non-negative number and the place of its point:
/// value = 0.DIGITS × 10^point.
struct Decimal {
  const char* digits;
  int count;
  int point;
};

/// Splits "d.ddde±xx" (as to_chars writes it) in place.
Decimal split_scientific(char* text, char* end) {
  char* e = end;
  while (*--e != 'e') {
  }
  int exponent = 0;
  for (char* p = e + 2; p < end; p++) exponent = exponent * 10 + (*p - '0');
  if (e[1] == '-') exponent = -exponent;
  int count = 1;
  if (text[1] == '.') {
    count = static_cast<int>(e - text) - 1;
    text[1] = text[0];
    text++;
  }
  return {text, count, exponent + 1};
}

bool append_zeros(TextBuffer& out, int n) {
  if (n <= 0) return true;
  char* at = out.reserve(static_cast<size_t>(n));
  if (!at) return false;
  memset(at, '0', static_cast<size_t>(n));
  out.advance(static_cast<size_t>(n));
  return true;
}

bool append_digits(TextBuffer& out, const Decimal& d, int from, int to) {
  if (from >= to) return true;
  int stop = to < d.count ? to : d.count;
  if (from < stop && !out.append({d.digits + from, static_cast<size_t>(stop - from)})) return false;
  return append_zeros(out, to - (from > stop ? from : stop));
}

/// Positional notation: `whole` digits before the point, `fraction` after it.
bool append_positional(TextBuffer& out, const Decimal& d, int fraction, bool keep_point,
                       bool add_dot_0) {
  bool ok = d.point <= 0 ? out.append('0') : append_digits(out, d, 0, d.point);
  if (!ok) return false;
  if (fraction <= 0) {
    if (add_dot_0) return out.append(".0");
    return keep_point ? out.append('.') : true;
  }
  if (!out.append('.')) return false;
  int zeros = d.point < 0 ? -d.point : 0;
  if (zeros > fraction) zeros = fraction;
  int first = d.point > 0 ? d.point : 0;
  return append_zeros(out, zeros) && append_digits(out, d, first, first + fraction - zeros);
}

bool append_exponent(TextBuffer& out, int exponent, char letter) {
  char text[8];
  int n = 0;
  text[n++] = letter;
  text[n++] = exponent < 0 ? '-' : '+';
  unsigned magnitude = static_cast<unsigned>(exponent < 0 ? -exponent : exponent);
  if (magnitude >= 100) text[n++] = static_cast<char>('0' + magnitude / 100);
  text[n++] = static_cast<char>('0' + magnitude / 10 % 10);
  text[n++] = static_cast<char>('0' + magnitude % 10);
  return out.append({text, static_cast<size_t>(n)});
}

bool append_scientific(TextBuffer& out, const Decimal& d, int fraction, bool keep_point,
                       char letter) {
  if (!out.append(d.digits[0])) return false;
  if (fraction > 0) {
    if (!out.append('.') || !append_digits(out, d, 1, 1 + fraction)) return false;
  } else if (keep_point && !out.append('.')) {
    return false;
  }
  return append_exponent(out, d.point - 1, letter);
}

bool all_zero(const char* p, const char* end) {
  for (; p < end; p++)
    if (*p >= '1' && *p <= '9') return false;
  return true;
}

// No double has more significant digits than this; digits behind them are zeros.
constexpr int kMaxSignificant = 768;
// The smallest denormal's last digit stands at 10^-1074.
constexpr int kMaxFraction = 1074;

struct Formatter {
  TextBuffer& out;
  double magnitude;
  bool negative;
  FloatStyle style;

  bool sign(bool is_zero) {
    if (negative && !(is_zero && has(style, FloatStyle::no_negative_zero))) return out.append('-');
    return has(style, FloatStyle::sign) ? out.append('+') : true;
  }
  bool alternate() const { return has(style, FloatStyle::alternate); }
  bool dot_0() const { return has(style, FloatStyle::add_dot_0); }

  bool shortest() {
    char text[40];
    auto end =
        std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific).ptr;
    Decimal d = split_scientific(text, end);
    if (!sign(magnitude == 0)) return false;
    if (d.point > 16 || d.point <= -4)
      return append_scientific(out, d, d.count - 1, alternate(), 'e');
    return append_positional(out, d, d.count - d.point, alternate(), dot_0());
  }
  /// Fixed notation by 128-bit integers: exact while mantissa × 10^precision fits and the point is
  /// not too far away. `done` says whether it applied.
  bool fixed_small(int precision, bool* done) {
    constexpr int kMostDigits = 20;
    uint64_t bits = 0;
    memcpy(&bits, &magnitude, sizeof bits);
    int exponent = static_cast<int>(bits >> 52) - 1075;  // magnitude = mantissa × 2^exponent
    *done = precision <= kMostDigits && exponent <= 0 && exponent > -120;
    if (!*done) return true;
    unsigned __int128 scaled = (bits & ((uint64_t{1} << 52) - 1)) | uint64_t{1} << 52;
    for (int i = 0; i < precision; i++) scaled *= 10;
    if (exponent < 0) {
      int shift = -exponent;
      auto one = static_cast<unsigned __int128>(1);
      unsigned __int128 rest = scaled & ((one << shift) - 1), half = one << (shift - 1);
      scaled >>= shift;
      if (rest > half || (rest == half && (scaled & 1))) scaled++;
    }
    char text[64];
    char* end = text + sizeof text;
    char* at = end;
    bool zero = scaled == 0;
    int digit = 0;
    auto put = [&](int value) {
      if (digit++ == precision && precision) *--at = '.';
      *--at = static_cast<char>('0' + value);
    };
    for (; scaled >> 64; scaled /= 10) put(static_cast<int>(scaled % 10));
    for (auto low = static_cast<uint64_t>(scaled); digit <= precision || low; low /= 10)
      put(static_cast<int>(low % 10));
    if (!sign(zero) || !out.append({at, static_cast<size_t>(end - at)})) return false;
    if (precision > 0) return true;
    if (dot_0()) return out.append(".0");
    return alternate() ? out.append('.') : true;
  }
  bool fixed(int precision) {
    bool done = false;
    if (!fixed_small(precision, &done)) return false;
    if (done) return true;
    int exact = precision < kMaxFraction ? precision : kMaxFraction;
    char text[312 + kMaxFraction];
    auto end =
        std::to_chars(text, text + sizeof text, magnitude, std::chars_format::fixed, exact).ptr;
    if (!sign(all_zero(text, end)) || !out.append({text, static_cast<size_t>(end - text)}))
      return false;
    if (precision == 0) {
      if (dot_0()) return out.append(".0");
      return alternate() ? out.append('.') : true;
    }
    return append_zeros(out, precision - exact);
  }
  bool scientific(int precision, char letter) {
    int exact = precision < kMaxSignificant ? precision : kMaxSignificant;
    char text[kMaxSignificant + 16];
    auto end =
        std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific, exact)
            .ptr;
    Decimal d = split_scientific(text, end);
    return sign(magnitude == 0) && append_scientific(out, d, precision, alternate(), letter);
  }
  bool general(int precision, char letter) {
    if (precision == 0) precision = 1;
    int exact = precision - 1 < kMaxSignificant ? precision - 1 : kMaxSignificant;
    char text[kMaxSignificant + 16];
    auto end =
        std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific, exact)
            .ptr;
    Decimal d = split_scientific(text, end);
    if (!alternate())
      while (d.count > 1 && d.digits[d.count - 1] == '0') d.count--;
    if (!sign(magnitude == 0)) return false;
    // With ".0" asked for, an integer must leave room for that zero.
    bool exponent = d.point <= -4 || d.point > precision - (dot_0() ? 1 : 0);
    int shown = alternate() ? precision : d.count;
    if (exponent) return append_scientific(out, d, shown - 1, alternate(), letter);
    return append_positional(out, d, shown - d.point, alternate(), dot_0());
  }
};

}  // namespace

bool append_float(TextBuffer& out, double value, char code, int precision, FloatStyle style) {
  bool upper = code >= 'A' && code <= 'Z';
  if (!std::isfinite(value)) return append_special(out, value, upper, style);
  Formatter f{out, std::fabs(value), std::signbit(value), style};
  char letter = upper ? 'E' : 'e';
  switch (code) {
    case 'r':
      return f.shortest();
    case 'f':
    case 'F':
      return f.fixed(precision);
    case 'e':
    case 'E':
      return f.scientific(precision, letter);
    default:
      return f.general(precision, letter);
  }
}

bool append_repr(TextBuffer& out, double value) {
  return append_float(out, value, 'r', 0, FloatStyle::add_dot_0);
}

bool append_hex(TextBuffer& out, double value) {
  if (!std::isfinite(value)) return append_special(out, value, false, FloatStyle::none);
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof bits);
  uint64_t fraction = bits & 0xFFFFFFFFFFFFF;
  int exponent = static_cast<int>(bits >> 52 & 0x7FF);
  if (std::signbit(value) && !out.append('-')) return false;
  if (exponent == 0 && fraction == 0) return out.append("0x0.0p+0");
  int shown = exponent ? exponent - 1023 : -1022;
  return format(out, "0x{}.{}p{}{}", exponent ? 1 : 0, Hex{fraction, 13}, shown < 0 ? '-' : '+',
                shown < 0 ? -shown : shown);
}

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool starts_with_word(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (size_t i = 0; i < lower.size(); i++)
    if ((text[i] | 0x20) != lower[i]) return false;
  return true;
}

/// Length of a decimal number at the front: digits, at most one point, a complete exponent.
size_t scan_decimal(std::string_view s) {
  size_t i = 0;
  while (i < s.size() && is_digit(s[i])) i++;
  size_t digits = i;
  if (i < s.size() && s[i] == '.') {
    size_t from = ++i;
    while (i < s.size() && is_digit(s[i])) i++;
    digits += i - from;
  }
  if (digits == 0) return 0;
  if (i < s.size() && (s[i] | 0x20) == 'e') {
    size_t e = i + 1;
    if (e < s.size() && (s[e] == '+' || s[e] == '-')) e++;
    if (e < s.size() && is_digit(s[e])) {
      while (e < s.size() && is_digit(s[e])) e++;
      i = e;
    }
  }
  return i;
}

/// from_chars does not say whether a number was too large or too small: the decimal exponent of
/// its first non-zero digit does.
bool is_huge(std::string_view s) {
  int64_t leading = 0;  // digits before the point, counted from the first non-zero one
  bool point = false, seen = false;
  size_t i = 0;
  for (; i < s.size() && (is_digit(s[i]) || s[i] == '.'); i++) {
    if (s[i] == '.') {
      point = true;
    } else if (seen) {
      leading += !point;
    } else if (s[i] != '0') {
      seen = true;
      leading += !point;
    } else if (point) {
      leading--;
    }
  }
  int64_t exponent = 0;
  bool negative = false;
  if (i < s.size()) {
    i++;
    if (s[i] == '+' || s[i] == '-') negative = s[i++] == '-';
    for (; i < s.size() && exponent < INT64_MAX / 20; i++) exponent = exponent * 10 + (s[i] - '0');
  }
  return (negative ? -exponent : exponent) + leading > 0;
}

}  // namespace

ParsedFloat parse_float(std::string_view text) {
  size_t i = 0;
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) negative = text[i++] == '-';
  std::string_view body = text.substr(i);
  double value = 0;
  size_t n = 0;
  bool overflow = false;
  if (starts_with_word(body, "inf")) {
    value = std::numeric_limits<double>::infinity();
    n = starts_with_word(body, "infinity") ? 8 : 3;
  } else if (starts_with_word(body, "nan")) {
    value = std::numeric_limits<double>::quiet_NaN();
    n = 3;
  } else {
    n = scan_decimal(body);
    if (n == 0) return {};
    auto r = std::from_chars(body.data(), body.data() + n, value);
    if (r.ec == std::errc::result_out_of_range) {
      overflow = is_huge(body.substr(0, n));
      value = overflow ? std::numeric_limits<double>::infinity() : 0.0;
    }
  }
  return {negative ? -value : value, i + n, overflow};
}

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char l = static_cast<char>(c | 0x20);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}
bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view strip(std::string_view s) {
  while (!s.empty() && is_blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_blank(s.back())) s.remove_suffix(1);
  return s;
}

/// Rounds mantissa × 2^exponent (mantissa non-zero; `sticky`: a non-zero bit was dropped below it)
/// to the nearest double, ties to even. Infinite when it is too large.
double round_to_double(uint64_t mantissa, int64_t exponent, bool sticky) {
  int shift = __builtin_clzll(mantissa);
  mantissa <<= shift;
  exponent -= shift;  // the value is in [2^(exponent+63), 2^(exponent+64))
  int64_t top = exponent + 63;
  if (top > 1023) return std::numeric_limits<double>::infinity();
  int drop = 11;
  if (top < -1022) drop = -1022 - top > 60 ? 64 + 1 : static_cast<int>(11 + (-1022 - top));
  if (drop > 64) return 0.0;
  uint64_t kept = drop == 64 ? 0 : mantissa >> drop;
  uint64_t rest = drop == 64 ? mantissa : mantissa & ((uint64_t{1} << drop) - 1);
  uint64_t half = uint64_t{1} << (drop - 1);
  if (rest > half || (rest == half && (sticky || (kept & 1)))) kept++;
  // Exact: `kept` has at most 54 bits with a zero low bit, and the scale lands on a double.
  return std::ldexp(static_cast<double>(kept), static_cast<int>(exponent + drop));
}

}  // namespace

ParsedHexFloat parse_hex_float(std::string_view text) {
  constexpr ParsedHexFloat kInvalid{0, HexFloatError::invalid};
  std::string_view s = strip(text);
  if (s.empty()) return kInvalid;
  size_t i = 0;
  bool negative = false;
  if (s[0] == '+' || s[0] == '-') negative = s[i++] == '-';
  s.remove_prefix(i);
  if (starts_with_word(s, "inf") || starts_with_word(s, "nan")) {
    ParsedFloat p = parse_float(s);
    if (p.length != s.size()) return kInvalid;
    return {negative ? -p.value : p.value};
  }
  if (s.size() >= 2 && s[0] == '0' && (s[1] | 0x20) == 'x') s.remove_prefix(2);

  uint64_t mantissa = 0;
  bool sticky = false, point = false;
  int64_t exponent = 0;
  size_t digits = 0;
  for (i = 0; i < s.size(); i++) {
    if (s[i] == '.' && !point) {
      point = true;
      continue;
    }
    int d = hex_digit(s[i]);
    if (d < 0) break;
    digits++;
    if (mantissa >> 60 == 0) {
      mantissa = mantissa << 4 | static_cast<uint64_t>(d);
      exponent -= point ? 4 : 0;
    } else {
      sticky |= d != 0;
      exponent += point ? 0 : 4;
    }
  }
  if (digits == 0) return kInvalid;
  int64_t scale = 0;
  if (i < s.size() && (s[i] | 0x20) == 'p') {
    i++;
    bool down = false;
    if (i < s.size() && (s[i] == '+' || s[i] == '-')) down = s[i++] == '-';
    if (i == s.size() || !is_digit(s[i])) return kInvalid;
    for (; i < s.size() && is_digit(s[i]); i++)
      if (scale < INT64_MAX / 20) scale = scale * 10 + (s[i] - '0');
    if (down) scale = -scale;
  }
  if (i != s.size()) return kInvalid;
  if (digits > static_cast<size_t>(INT64_MAX / 16)) return {0, HexFloatError::too_long};
  if (mantissa == 0) return {negative ? -0.0 : 0.0};
  double value = round_to_double(mantissa, exponent + scale, sticky);
  if (std::isinf(value)) return {value, HexFloatError::overflow};
  return {negative ? -value : value};
}

}  // namespace taipan
