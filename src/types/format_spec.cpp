// Parses [[fill]align][sign][z][#][0][width][grouping][.precision][type] and lays numbers out by
// it:
//   padding, sign, prefix, inner padding, grouped digits, point, remainder, padding.
#include "types/format_spec.h"

#include <climits>
#include <clocale>

#include "base/float_text.h"
#include "base/unicode.h"
#include "base/vector.h"
#include "object/error.h"
#include "object/int.h"
#include "object/protocol.h"
#include "types/str_methods.h"

namespace taipan {
namespace {

struct Spec {
  Py_UCS4 fill = ' ';
  Py_UCS4 align;
  Py_UCS4 sign = 0;
  bool align_given = false, alternate = false, no_negative_zero = false;
  Py_UCS4 grouping =
      0;  // ',' '_' or 0; four digits to a group for '_' in binary, octal and hexadecimal
  bool by_four = false;
  Py_ssize_t width = -1, precision = -1;
  Py_UCS4 type;
};

bool is_align(Py_UCS4 c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

/// The character as messages show it: itself, or its code.
Raised raise_with_char(std::string_view before, Py_UCS4 c, std::string_view after) {
  if (c > 32 && c < 128)
    return raise(PyExc_ValueError, "{}'{}'{}", before, static_cast<char>(c), after);
  return raise(PyExc_ValueError, "{}'\\x{}'{}", before, Hex{c}, after);
}

Raised raise_unknown_type(Py_UCS4 c, PyObject* value) {
  TextBuffer after;
  format(after, " for object of type '{}'", clip(type_name(value), 200));
  return raise_with_char("Unknown format code ", c, after.view());
}

Status check_grouping(Spec& f) {
  if (!f.grouping) return {};
  switch (f.type) {
    case 'd':
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'G':
    case '%':
    case 'F':
    case 0:
      return {};
    case 'b':
    case 'o':
    case 'x':
    case 'X':
      if (f.grouping == '_') {
        f.by_four = true;
        return {};
      }
      [[fallthrough]];
    default:
      break;
  }
  char before[] = "Cannot specify ',' with ";
  before[16] = static_cast<char>(f.grouping);
  return raise_with_char(before, f.type, ".");
}

Result<Spec> parse(TextRange text, PyObject* value, Py_UCS4 default_type, Py_UCS4 default_align) {
  Spec f{.align = default_align, .type = default_type};
  Py_ssize_t at = text.start, end = text.end;
  auto peek = [&](Py_ssize_t ahead = 0) {
    return at + ahead < end ? char_at(text.str, at + ahead) : Py_UCS4{0xFFFFFFFF};
  };
  bool fill_given = false;
  if (is_align(peek(1))) {
    f.fill = peek();
    f.align = peek(1);
    fill_given = f.align_given = true;
    at += 2;
  } else if (is_align(peek())) {
    f.align = peek();
    f.align_given = true;
    at++;
  }
  if (peek() == ' ' || peek() == '+' || peek() == '-') f.sign = peek(), at++;
  if (peek() == 'z') f.no_negative_zero = true, at++;
  if (peek() == '#') f.alternate = true, at++;
  if (!fill_given && peek() == '0') {
    f.fill = '0';
    if (!f.align_given && default_align == '>') f.align = '=';
    at++;
  }
  f.width = TRY(parse_decimal(text.str, &at, end));
  if (peek() == ',') f.grouping = ',', at++;
  if (peek() == '_') {
    if (f.grouping) return raise(PyExc_ValueError, "Cannot specify both ',' and '_'.");
    f.grouping = '_';
    at++;
  }
  if (peek() == ',' && f.grouping == '_')
    return raise(PyExc_ValueError, "Cannot specify both ',' and '_'.");
  if (peek() == '.') {
    at++;
    f.precision = TRY(parse_decimal(text.str, &at, end));
    if (f.precision < 0) return raise(PyExc_ValueError, "Format specifier missing precision");
  }
  if (end - at > 1) {
    Ref<> spec = TRY(text.to_str());
    return raise(PyExc_ValueError, "Invalid format specifier '{}' for object of type '{}'",
                 as_str(spec.get()), clip(type_name(value), 200));
  }
  if (at < end) f.type = peek();
  TRY(check_grouping(f));
  return f;
}

// -- padding --

struct Padding {
  Py_ssize_t left = 0, right = 0;
};
Padding padding_for(Py_ssize_t size, Py_ssize_t width, Py_UCS4 align) {
  Py_ssize_t spare = width > size ? width - size : 0;
  if (align == '>') return {spare, 0};
  if (align == '^') return {spare / 2, spare - spare / 2};
  return {0, spare};  // '<', and '=' where nothing goes inside
}

// -- numbers --

struct Punctuation {
  PyObject* point = "."_name;  // borrowed
  PyObject* separator = ""_name;
  const char* groups = "";  // sizes, as localeconv has them
  Ref<> owned_point, owned_separator;
};

Status use_locale(Punctuation& p) {
  const lconv* conv = localeconv();
  auto decode = [](const char* text) -> Ref<> {
    std::string_view s = text;
    Ref<> str = new_str(s);
    if (str || !clear_error_if(PyExc_UnicodeError)) return str;
    return new_str_latin1(s);
  };
  p.owned_point = TRY(decode(conv->decimal_point));
  p.owned_separator = TRY(decode(conv->thousands_sep));
  p.point = p.owned_point.get();
  p.separator = p.owned_separator.get();
  p.groups = conv->grouping;
  return {};
}

Status choose_punctuation(const Spec& f, Punctuation& p) {
  if (f.type == 'n') return use_locale(p);
  if (f.grouping) {
    p.separator = f.grouping == ',' ? ","_name : "_"_name;
    p.groups = f.by_four ? "\4" : "\3";
  }
  return {};
}

/// Where the separators go: the groups from the right, each some leading zeros and some digits.
struct Group {
  Py_ssize_t zeros, digits;
};

/// Splits `remaining` digits, filled up with zeros so that the whole (separators included) has at
/// least `min_width`.
bool split_groups(Py_ssize_t remaining, Py_ssize_t min_width, const Punctuation& p,
                  Vector<Group>& out) {
  Py_ssize_t gap = str_length(p.separator), size = 0;
  const char* sizes = p.groups;
  auto take = [&](Py_ssize_t most) {
    Py_ssize_t need = remaining > min_width ? remaining : min_width;
    if (need < 1) need = 1;
    Py_ssize_t n = most && most < need ? most : need;
    Group g{n > remaining ? n - remaining : 0, n < remaining ? n : remaining};
    remaining -= g.digits;
    min_width -= n;
    return out.append(g);
  };
  while (*sizes || size) {
    if (*sizes == CHAR_MAX) break;  // no further grouping
    if (*sizes) size = *sizes++;
    if (!take(size)) return false;
    if (remaining <= 0 && min_width <= 0) return true;
    min_width -= gap;
  }
  return take(0);
}

Py_ssize_t grouped_size(const Vector<Group>& groups, Py_ssize_t gap) {
  Py_ssize_t total = 0;
  for (const Group& g : groups) total += g.zeros + g.digits;
  return groups.empty() ? 0 : total + static_cast<Py_ssize_t>(groups.size() - 1) * gap;
}

bool add_groups(StrBuilder& out, std::string_view digits, const Vector<Group>& groups,
                PyObject* separator) {
  for (size_t i = groups.size(); i-- > 0;) {
    if (!out.fill('0', groups[i].zeros) ||
        !out.add(digits.substr(0, static_cast<size_t>(groups[i].digits))))
      return false;
    digits.remove_prefix(static_cast<size_t>(groups[i].digits));
    if (i && !out.add(separator)) return false;
  }
  return true;
}

/// The parts of a number's text.
struct Number {
  bool negative = false;
  std::string_view prefix;  // "0x" …
  std::string_view digits;  // before the point
  bool point = false;
  std::string_view remainder;     // behind the point, or what is no digits at all
  PyObject* character = nullptr;  // for 'c': stands as the remainder
};

/// Splits the text that float formatting made.
Number split_number(std::string_view text) {
  Number n;
  if (text.starts_with('-')) {
    n.negative = true;
    text.remove_prefix(1);
  }
  size_t i = 0;
  while (i < text.size() && text[i] >= '0' && text[i] <= '9') i++;
  n.digits = text.substr(0, i);
  n.point = i < text.size() && text[i] == '.';
  n.remainder = text.substr(i + n.point);
  return n;
}

bool add_number(StrBuilder& out, const Spec& f, const Number& n, const Punctuation& p) {
  Py_UCS4 sign = n.negative ? '-' : f.sign == '+' || f.sign == ' ' ? f.sign : 0;
  Py_ssize_t fixed = (sign != 0) + static_cast<Py_ssize_t>(n.prefix.size() + n.remainder.size()) +
                     (n.point ? str_length(p.point) : 0) + (n.character ? 1 : 0);
  Py_ssize_t min_width = f.fill == '0' && f.align == '=' ? f.width - fixed : 0;
  Vector<Group> groups;
  if (!n.digits.empty() &&
      !split_groups(static_cast<Py_ssize_t>(n.digits.size()), min_width, p, groups))
    return raise_no_memory(), false;
  Py_ssize_t size = fixed + grouped_size(groups, str_length(p.separator));
  Py_ssize_t inside = f.align == '=' && f.width > size ? f.width - size : 0;
  Padding pad = f.align == '=' ? Padding{} : padding_for(size, f.width, f.align);
  return out.fill(f.fill, pad.left) && (!sign || out.add(sign)) && out.add(n.prefix) &&
         out.fill(f.fill, inside) && add_groups(out, n.digits, groups, p.separator) &&
         (!n.point || out.add(p.point)) && out.add(n.remainder) &&
         (!n.character || out.add(n.character)) && out.fill(f.fill, pad.right);
}

Ref<> lay_out(const Spec& f, const Number& n) {
  Punctuation p;
  TRY(choose_punctuation(f, p));
  StrBuilder out;
  if (!add_number(out, f, n, p)) return {};
  return out.finish();
}

// -- int --

Ref<> format_character(PyObject* value, const Spec& f) {
  if (f.sign) return raise(PyExc_ValueError, "Sign not allowed with integer format specifier 'c'");
  if (f.alternate)
    return raise(PyExc_ValueError,
                 "Alternate form (#) not allowed with integer format specifier 'c'");
  int64_t code = TRY(to_int64(value));
  if (code < 0 || code > 0x10FFFF)
    return raise(PyExc_OverflowError, "%c arg not in range(0x110000)");
  Ref<> character = TRY(char_str(static_cast<Py_UCS4>(code)));
  Number n;
  n.character = character.get();
  return lay_out(f, n);
}

Ref<> format_integer(PyObject* value, const Spec& f) {
  if (f.precision != -1)
    return raise(PyExc_ValueError, "Precision not allowed in integer format specifier");
  if (f.no_negative_zero)
    return raise(PyExc_ValueError,
                 "Negative zero coercion (z) not allowed in integer format specifier");
  if (f.type == 'c') return format_character(value, f);
  int base = f.type == 'b' ? 2 : f.type == 'o' ? 8 : f.type == 'x' || f.type == 'X' ? 16 : 10;
  Ref<> text = TRY(int_to_text(value, base));
  if (f.type == 'X') text = TRY(str_upper(text.get()));
  Number n;
  n.digits = narrow_text(text.get());
  if (n.digits.starts_with('-')) {
    n.negative = true;
    n.digits.remove_prefix(1);
  }
  if (f.alternate)
    n.prefix = base == 2 ? "0b" : base == 8 ? "0o" : f.type == 'X' ? "0X" : base == 16 ? "0x" : "";
  return lay_out(f, n);
}

// -- float --

Status check_precision(const Spec& f) {
  if (f.precision > INT_MAX) return raise(PyExc_ValueError, "precision too big");
  return {};
}

FloatStyle style_of(const Spec& f) {
  return (f.alternate ? FloatStyle::alternate : FloatStyle::none) |
         (f.no_negative_zero ? FloatStyle::no_negative_zero : FloatStyle::none);
}

/// The float code and precision that a type and precision mean. `omitted`: the type was left out.
struct FloatCode {
  char code;
  int precision;
};
FloatCode float_code(const Spec& f, bool omitted) {
  char code = omitted ? 'r' : f.type == 'n' ? 'g' : f.type == '%' ? 'f' : static_cast<char>(f.type);
  if (f.precision < 0) return {code, omitted ? 0 : 6};
  return {omitted ? 'g' : code, static_cast<int>(f.precision)};
}

Ref<> format_real(PyObject* value, const Spec& f) {
  TRY(check_precision(f));
  double v = TRY(to_double(value));
  bool omitted = f.type == 0;
  FloatCode c = float_code(f, omitted);
  if (f.type == '%') v *= 100;
  TextBuffer text;
  FloatStyle style = style_of(f) | (omitted ? FloatStyle::add_dot_0 : FloatStyle::none);
  if (!append_float(text, v, c.code, c.precision, style) || (f.type == '%' && !text.append('%')))
    return raise_no_memory();
  return lay_out(f, split_number(text.view()));
}

bool is_float_type(Py_UCS4 c) {
  return c == 'e' || c == 'E' || c == 'f' || c == 'F' || c == 'g' || c == 'G' || c == 'n';
}

// -- complex --

Ref<> format_parts(Py_complex v, Spec f) {
  if (f.fill == '0')
    return raise(PyExc_ValueError, "Zero padding is not allowed in complex format specifier");
  if (f.align == '=')
    return raise(PyExc_ValueError, "'=' alignment flag is not allowed in complex format specifier");
  TRY(check_precision(f));
  bool omitted = f.type == 0;
  bool skip_real = omitted && v.real == 0.0 && !__builtin_signbit(v.real),
       parentheses = omitted && !skip_real;
  FloatCode c = float_code(f, omitted);
  TextBuffer real, imaginary;
  if (!append_float(real, v.real, c.code, c.precision, style_of(f)) ||
      !append_float(imaginary, v.imag, c.code, c.precision, style_of(f)))
    return raise_no_memory();
  Punctuation p;
  TRY(choose_punctuation(f, p));
  Spec bare = f;
  bare.fill = 0;
  bare.align = '<';
  bare.width = -1;
  StrBuilder number;
  if (parentheses && !number.add('(')) return {};
  if (!skip_real) {
    if (!add_number(number, bare, split_number(real.view()), p)) return {};
    bare.sign = '+';
  }
  if (!add_number(number, bare, split_number(imaginary.view()), p) || !number.add('j')) return {};
  if (parentheses && !number.add(')')) return {};
  Ref<> text = TRY(number.finish());
  Padding pad = padding_for(str_length(text.get()), f.width, f.align);
  return str_pad(text.get(), pad.left, pad.right, f.fill);
}

}  // namespace

Result<Py_ssize_t> parse_decimal(PyObject* str, Py_ssize_t* at, Py_ssize_t end) {
  Py_ssize_t value = -1;
  for (; *at < end; ++*at) {
    int digit = unicode::decimal_value(char_at(str, *at));
    if (digit < 0) break;
    if (value < 0) value = 0;
    if (value > (PY_SSIZE_T_MAX - digit) / 10)
      return raise(PyExc_ValueError, "Too many decimal digits in format string");
    value = value * 10 + digit;
  }
  return value;
}

Ref<> format_str_value(PyObject* value, TextRange spec) {
  if (spec.empty()) return PyUnicode_CheckExact(value) ? share(value) : to_str(value);
  Spec f = TRY(parse(spec, value, 's', '<'));
  if (f.type != 's') return raise_unknown_type(f.type, value);
  if (f.sign == ' ') return raise(PyExc_ValueError, "Space not allowed in string format specifier");
  if (f.sign) return raise(PyExc_ValueError, "Sign not allowed in string format specifier");
  if (f.no_negative_zero)
    return raise(PyExc_ValueError,
                 "Negative zero coercion (z) not allowed in string format specifier");
  if (f.alternate)
    return raise(PyExc_ValueError, "Alternate form (#) not allowed in string format specifier");
  if (f.align == '=')
    return raise(PyExc_ValueError, "'=' alignment not allowed in string format specifier");
  Py_ssize_t n = str_length(value);
  Ref<> text = TRY(str_slice(value, 0, f.precision >= 0 && f.precision < n ? f.precision : n));
  Padding pad = padding_for(str_length(text.get()), f.width, f.align);
  return str_pad(text.get(), pad.left, pad.right, f.fill);
}

Ref<> format_int_value(PyObject* value, TextRange spec) {
  if (spec.empty()) return PyLong_CheckExact(value) ? int_to_text(value, 10) : to_str(value);
  Spec f = TRY(parse(spec, value, 'd', '>'));
  switch (f.type) {
    case 'b':
    case 'c':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
    case 'n':
      return format_integer(value, f);
    default:
      break;
  }
  if (!is_float_type(f.type) && f.type != '%') return raise_unknown_type(f.type, value);
  Ref<> real = TRY(to_float(value));
  return format_real(real.get(), f);
}

Ref<> format_float_value(PyObject* value, TextRange spec) {
  if (spec.empty()) return to_str(value);
  Spec f = TRY(parse(spec, value, 0, '>'));
  if (f.type && !is_float_type(f.type) && f.type != '%') return raise_unknown_type(f.type, value);
  return format_real(value, f);
}

Ref<> format_complex_value(PyObject* value, TextRange spec) {
  if (spec.empty()) return to_str(value);
  Spec f = TRY(parse(spec, value, 0, '>'));
  if (f.type && !is_float_type(f.type)) return raise_unknown_type(f.type, value);
  return format_parts(reinterpret_cast<Complex*>(value)->cval, f);
}

}  // namespace taipan
