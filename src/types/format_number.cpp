// Formatting numbers by the mini-language: sign, prefix, grouped digits, point and rest, and padding around,
// or, with '=', between sign and digits; zeros put there are grouped as if they were digits.
#include <limits.h>
#include <locale.h>

#include "base/float_text.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "types/format_spec.h"

namespace taipan {
namespace {

/// How digits are grouped: group sizes as localeconv() gives them, from the right.
struct NumberLocale {
  const char* decimal_point = ".";
  std::string_view separator;
  const char* sizes = "";
};

NumberLocale locale_of(Grouping g) {
  switch (g) {
    case Grouping::none: return {};
    case Grouping::comma: return {".", ",", "\3"};
    case Grouping::underscore: return {".", "_", "\3"};
    case Grouping::underscore_by_four: return {".", "_", "\4"};
    case Grouping::locale: break;
  }
  lconv* now = localeconv();
  return {now->decimal_point, now->thousands_sep, now->grouping};
}

Py_ssize_t code_points(std::string_view utf8) {
  Py_ssize_t n = 0;
  for (char c : utf8) n += (c & 0xC0) != 0x80;
  return n;
}

/// The sizes of the groups, from the right.
class GroupSizes {
 public:
  explicit GroupSizes(const char* sizes) : next_(sizes) {}
  /// 0: no further grouping.
  Py_ssize_t next() {
    if (*next_ == CHAR_MAX) return 0;
    if (*next_) last_ = *next_++;
    return last_;
  }

 private:
  const char* next_;
  Py_ssize_t last_ = 0;
};

/// The parts of a number in the order they are written.
struct NumberText {
  bool negative = false;
  std::string_view prefix;    // 0x …
  std::string_view digits;    // in front of the point, to be grouped
  bool has_point = false;
  std::string_view rest;      // behind the point, or "inf", "nan"
};

class NumberWriter {
 public:
  NumberWriter(const FormatSpec& spec, const NumberText& text, const NumberLocale& locale)
      : f_(spec), t_(text), locale_(locale) {
    if (f_.sign == '+') sign_ = t_.negative ? '-' : '+';
    else if (f_.sign == ' ') sign_ = t_.negative ? '-' : ' ';
    else if (t_.negative) sign_ = '-';
    separator_width_ = code_points(locale_.separator);
    fixed_ = (sign_ != 0) + size(t_.prefix) + size(t_.rest) + (t_.has_point ? code_points(locale_.decimal_point) : 0);
    if (f_.fill == '0' && f_.align == '=') least_digits_ = f_.width - fixed_;
    plan_groups();
    Py_ssize_t padding = f_.width - fixed_ - grouped_;
    if (padding <= 0) return;
    switch (f_.align) {
      case '<': right_ = padding; break;
      case '^': left_ = padding / 2; right_ = padding - left_; break;
      case '=': middle_ = padding; break;
      default: left_ = padding; break;
    }
  }
  Py_ssize_t width() const { return fixed_ + grouped_ + left_ + middle_ + right_; }

  bool write(StrBuilder& out) const {
    if (!out.fill(f_.fill, left_)) return false;
    if (sign_ && !out.add(static_cast<Py_UCS4>(sign_))) return false;
    if (!out.add(t_.prefix) || !out.fill(f_.fill, middle_) || !write_digits(out)) return false;
    if (t_.has_point && !add_utf8(out, locale_.decimal_point)) return false;
    return out.add(t_.rest) && out.fill(f_.fill, right_);
  }

 private:
  static Py_ssize_t size(std::string_view s) { return static_cast<Py_ssize_t>(s.size()); }
  static bool add_utf8(StrBuilder& out, std::string_view text) {
    Ref<> s = new_str(text);  // a locale's own characters
    return s && out.add(s.get());
  }

  /// Counts digits, zeros and separators of the grouped part.
  void plan_groups() {
    Py_ssize_t remaining = size(t_.digits), least = least_digits_;
    if (remaining == 0) return;
    GroupSizes sizes(locale_.sizes);
    for (;;) {
      Py_ssize_t wanted = remaining > least ? remaining : least;
      if (wanted < 1) wanted = 1;
      Py_ssize_t group = sizes.next();
      bool last = group <= 0;
      if (last || group > wanted) group = wanted;
      grouped_ += group;
      total_digits_ += group;
      remaining -= group < remaining ? group : remaining;
      least -= group;
      if (last || (remaining <= 0 && least <= 0)) return;
      least -= separator_width_;
      grouped_ += separator_width_;
    }
  }

  bool write_digits(StrBuilder& out) const {
    Py_ssize_t zeros = total_digits_ - size(t_.digits);
    if (total_digits_ == grouped_) return out.fill('0', zeros) && out.add(t_.digits);
    for (Py_ssize_t i = 0; i < total_digits_; i++) {
      if (i && separator_before(total_digits_ - i) && !add_separator(out)) return false;
      if (!out.add(static_cast<Py_UCS4>(i < zeros ? '0' : t_.digits[static_cast<size_t>(i - zeros)]))) return false;
    }
    return true;
  }
  /// Does a separator stand in front of the last `right` digits?
  bool separator_before(Py_ssize_t right) const {
    const char* s = locale_.sizes;
    for (; *s && *s != CHAR_MAX && s[1]; s++) {
      right -= *s;
      if (right <= 0) return right == 0;
    }
    return *s && *s != CHAR_MAX && right % *s == 0;
  }
  bool add_separator(StrBuilder& out) const {
    return locale_.separator.size() == 1 ? out.add(static_cast<Py_UCS4>(static_cast<unsigned char>(locale_.separator[0])))
                                         : add_utf8(out, locale_.separator);
  }

  const FormatSpec& f_;
  const NumberText& t_;
  const NumberLocale& locale_;
  char sign_ = 0;
  Py_ssize_t separator_width_ = 0, fixed_ = 0, least_digits_ = 0;
  Py_ssize_t grouped_ = 0, total_digits_ = 0;
  Py_ssize_t left_ = 0, middle_ = 0, right_ = 0;
};

Ref<> write_number(const FormatSpec& f, const NumberText& text, const NumberLocale& locale) {
  StrBuilder out;
  if (!NumberWriter(f, text, locale).write(out)) return Raised{};
  return out.finish();
}

// -- int --

Ref<> format_character(PyObject* value, const FormatSpec& f) {
  if (f.sign) return raise(PyExc_ValueError, "Sign not allowed with integer format specifier 'c'");
  if (f.alternate) return raise(PyExc_ValueError, "Alternate form (#) not allowed with integer format specifier 'c'");
  int64_t c = TRY(to_int64(value));
  if (c < 0 || c > 0x10FFFF) return raise(PyExc_OverflowError, "%c arg not in range(0x110000)");
  Py_ssize_t padding = f.width > 1 ? f.width - 1 : 0;
  Py_ssize_t left = f.align == '<' ? 0 : f.align == '^' ? padding / 2 : padding;
  StrBuilder out;
  if (!out.fill(f.fill, left) || !out.add(static_cast<Py_UCS4>(c)) || !out.fill(f.fill, padding - left)) return Raised{};
  return out.finish();
}

Ref<> format_integer(PyObject* value, const FormatSpec& f) {
  if (f.no_negative_zero)
    return raise(PyExc_ValueError, "Negative zero coercion (z) not allowed in integer format specifier");
  if (f.precision >= 0) return raise(PyExc_ValueError, "Precision not allowed in integer format specifier");
  if (f.type == 'c') return format_character(value, f);
  int base = 10;
  NumberText text;
  switch (f.type) {
    case 'b': base = 2, text.prefix = "0b"; break;
    case 'o': base = 8, text.prefix = "0o"; break;
    case 'x': base = 16, text.prefix = "0x"; break;
    case 'X': base = 16, text.prefix = "0X"; break;
  }
  if (!f.alternate) text.prefix = {};
  Ref<> digits = TRY(int_to_text(value, base));
  text.digits = TRY(to_utf8(digits.get()));
  text.negative = text.digits[0] == '-';
  if (text.negative) text.digits.remove_prefix(1);
  TextBuffer upper;
  if (f.type == 'X') {
    for (char c : text.digits)
      if (!upper.append(c >= 'a' ? static_cast<char>(c - 32) : c)) return raise_no_memory();
    text.digits = upper.view();
  }
  return write_number(f, text, locale_of(f.type == 'n' ? Grouping::locale : f.grouping));
}

// -- float --

/// A float's text, taken apart. `text` is a buffer that must stay.
NumberText split_real(std::string_view s) {
  NumberText t;
  if (!s.empty() && s[0] == '-') {
    t.negative = true;
    s.remove_prefix(1);
  }
  size_t n = 0;
  while (n < s.size() && s[n] >= '0' && s[n] <= '9') n++;
  t.digits = s.substr(0, n);
  t.has_point = n < s.size() && s[n] == '.';
  t.rest = s.substr(n + t.has_point);
  return t;
}

/// The code and precision that append_float takes.
struct RealStyle {
  char code;
  int precision;
  FloatStyle flags = FloatStyle::none;
};
Result<RealStyle> real_style(const FormatSpec& f, bool dot_0) {
  if (f.precision > INT_MAX) return raise(PyExc_ValueError, "precision too big");
  RealStyle style{static_cast<char>(f.type), 6};
  if (f.alternate) style.flags = style.flags | FloatStyle::alternate;
  if (f.no_negative_zero) style.flags = style.flags | FloatStyle::no_negative_zero;
  if (f.type == 0) {
    style.code = f.precision < 0 ? 'r' : 'g';
    if (dot_0) style.flags = style.flags | FloatStyle::add_dot_0;
  } else if (f.type == 'n') {
    style.code = 'g';
  } else if (f.type == '%') {
    style.code = 'f';
  }
  if (f.precision >= 0) style.precision = static_cast<int>(f.precision);
  return style;
}

Ref<> format_real(double value, const FormatSpec& f) {
  RealStyle style = TRY(real_style(f, true));
  if (f.type == '%') value *= 100;
  TextBuffer buffer;
  if (!append_float(buffer, value, style.code, style.precision, style.flags)) return raise_no_memory();
  if (f.type == '%' && !buffer.append('%')) return raise_no_memory();
  return write_number(f, split_real(buffer.view()), locale_of(f.type == 'n' ? Grouping::locale : f.grouping));
}

}  // namespace

Ref<> format_int(PyObject* value, PyObject* spec) {
  if (str_length(spec) == 0) return to_str(value);
  FormatSpec f = TRY(parse_format_spec(spec, value, 'd', '>'));
  switch (f.type) {
    case 'b': case 'c': case 'd': case 'o': case 'x': case 'X': case 'n': return format_integer(value, f);
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case '%': return format_real(TRY(int_to_double(value)), f);
    default: return raise_unknown_format(f.type, value);
  }
}

Ref<> format_float(PyObject* value, PyObject* spec) {
  if (str_length(spec) == 0) return to_str(value);
  FormatSpec f = TRY(parse_format_spec(spec, value, 0, '>'));
  switch (f.type) {
    case 0: case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'n': case '%':
      return format_real(float_value(value), f);
    default: return raise_unknown_format(f.type, value);
  }
}

Ref<> format_complex(PyObject* value, PyObject* spec) {
  if (str_length(spec) == 0) return to_str(value);
  FormatSpec f = TRY(parse_format_spec(spec, value, 0, '>'));
  switch (f.type) {
    case 0: case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'n': break;
    default: return raise_unknown_format(f.type, value);
  }
  if (f.fill == '0') return raise(PyExc_ValueError, "Zero padding is not allowed in complex format specifier");
  if (f.align == '=') return raise(PyExc_ValueError, "'=' alignment flag is not allowed in complex format specifier");
  Py_complex z = reinterpret_cast<Complex*>(value)->cval;
  RealStyle style = TRY(real_style(f, false));
  // Without a type it looks like repr: parentheses, and no real part if that is a positive zero.
  bool like_repr = f.type == 0, skip_real = like_repr && z.real == 0 && !__builtin_signbit(z.real);
  TextBuffer real, imag;
  if (!append_float(real, z.real, style.code, style.precision, style.flags) ||
      !append_float(imag, z.imag, style.code, style.precision, style.flags))
    return raise_no_memory();
  FormatSpec part = f;
  part.width = -1;
  part.fill = ' ';
  part.align = '<';
  NumberLocale locale = locale_of(f.type == 'n' ? Grouping::locale : f.grouping);
  NumberText real_text = split_real(real.view()), imag_text = split_real(imag.view());
  NumberWriter real_writer(part, real_text, locale);
  FormatSpec imag_part = part;
  if (!skip_real) imag_part.sign = '+';
  NumberWriter imag_writer(imag_part, imag_text, locale);
  bool parentheses = like_repr && !skip_real;
  Py_ssize_t width = (skip_real ? 0 : real_writer.width()) + imag_writer.width() + 1 + 2 * parentheses;
  Py_ssize_t padding = f.width > width ? f.width - width : 0;
  Py_ssize_t left = f.align == '<' ? 0 : f.align == '^' ? padding / 2 : padding;
  StrBuilder out;
  bool ok = out.fill(f.fill, left) && (!parentheses || out.add(Py_UCS4{'('})) && (skip_real || real_writer.write(out)) &&
            imag_writer.write(out) && out.add(Py_UCS4{'j'}) && (!parentheses || out.add(Py_UCS4{')'})) &&
            out.fill(f.fill, padding - left);
  return ok ? out.finish() : Ref<>();
}

}  // namespace taipan
