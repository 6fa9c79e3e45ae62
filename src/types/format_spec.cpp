// Reading the format mini-language, and formatting str with it.
#include "types/format_spec.h"

#include "base/unicode.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/str.h"

namespace taipan {
namespace {

bool is_align(Py_UCS4 c) { return c == '<' || c == '>' || c == '=' || c == '^'; }
bool is_sign(Py_UCS4 c) { return c == '+' || c == '-' || c == ' '; }

/// Walks over the characters of a specification.
class SpecReader {
 public:
  explicit SpecReader(PyObject* spec) : spec_(spec), end_(str_length(spec)) {}

  Py_ssize_t left() const { return end_ - at_; }
  Py_UCS4 peek(Py_ssize_t ahead = 0) const { return at_ + ahead < end_ ? char_at(spec_, at_ + ahead) : 0; }
  Py_UCS4 take() { return char_at(spec_, at_++); }
  bool take_if(Py_UCS4 c) {
    if (left() == 0 || peek() != c) return false;
    at_++;
    return true;
  }
  /// A decimal number of any script; -1 if there is none here.
  Result<Py_ssize_t> number() {
    Py_ssize_t value = -1;
    for (; left() > 0; at_++) {
      int d = unicode::decimal_value(peek());
      if (d < 0) break;
      if (value < 0) value = 0;
      if (value > (PY_SSIZE_T_MAX - d) / 10)
        return raise(PyExc_ValueError, "Too many decimal digits in format string");
      value = value * 10 + d;
    }
    return value;
  }

 private:
  PyObject* spec_;
  Py_ssize_t at_ = 0, end_;
};

Raised raise_bad_grouping(Grouping g, Py_UCS4 type) {
  char c = static_cast<char>(g);
  if (type > 32 && type < 128)
    return raise(PyExc_ValueError, "Cannot specify '{}' with '{}'.", c, static_cast<char>(type));
  return raise(PyExc_ValueError, "Cannot specify '{}' with '\\x{}'.", c, Hex{type});
}

Status check_grouping(FormatSpec& f) {
  switch (f.type) {
    case 'd': case 'e': case 'f': case 'g': case 'E': case 'G': case '%': case 'F': case 0: return {};
    case 'b': case 'o': case 'x': case 'X':
      if (f.grouping == Grouping::underscore) {
        f.grouping = Grouping::underscore_by_four;
        return {};
      }
      [[fallthrough]];
    default: return raise_bad_grouping(f.grouping, f.type);
  }
}

Status read_grouping(SpecReader& in, FormatSpec& f) {
  auto both = [] { return raise(PyExc_ValueError, "Cannot specify both ',' and '_'."); };
  if (in.take_if(',')) f.grouping = Grouping::comma;
  if (in.take_if('_')) {
    if (f.grouping != Grouping::none) return both();
    f.grouping = Grouping::underscore;
  }
  if (in.peek() == ',' && f.grouping == Grouping::underscore) return both();
  return {};
}

}  // namespace

Result<FormatSpec> parse_format_spec(PyObject* spec, PyObject* value, Py_UCS4 default_type, char default_align) {
  FormatSpec f{.align = default_align, .type = default_type};
  SpecReader in(spec);
  bool fill_given = false, align_given = false;
  if (in.left() >= 2 && is_align(in.peek(1))) {
    f.fill = in.take();
    fill_given = true;
  }
  if (in.left() && is_align(in.peek())) {
    f.align = static_cast<char>(in.take());
    align_given = true;
  }
  if (in.left() && is_sign(in.peek())) f.sign = static_cast<char>(in.take());
  f.no_negative_zero = in.take_if('z');
  f.alternate = in.take_if('#');
  // "0" in front of the width stands for "fill with zeros behind the sign".
  if (!fill_given && in.take_if('0')) {
    f.fill = '0';
    if (!align_given && default_align == '>') f.align = '=';
  }
  f.width = TRY(in.number());
  TRY(read_grouping(in, f));
  if (in.take_if('.')) {
    f.precision = TRY(in.number());
    if (f.precision < 0) return raise(PyExc_ValueError, "Format specifier missing precision");
  }
  if (in.left() > 1)
    return raise(PyExc_ValueError, "Invalid format specifier '{}' for object of type '{}'", as_str(spec), type_name(value));
  if (in.left()) f.type = in.take();
  if (f.grouping != Grouping::none) TRY(check_grouping(f));
  return f;
}

Raised raise_unknown_format(Py_UCS4 type, PyObject* value) {
  std::string_view name = clip(type_name(value), 200);
  if (type > 32 && type < 128)
    return raise(PyExc_ValueError, "Unknown format code '{}' for object of type '{}'", static_cast<char>(type), name);
  return raise(PyExc_ValueError, "Unknown format code '\\x{}' for object of type '{}'", Hex{type}, name);
}

Ref<> format_str_value(PyObject* value, PyObject* spec) {
  if (str_length(spec) == 0) return is_exact(value, &PyUnicode_Type) ? share(value) : to_str(value);
  FormatSpec f = TRY(parse_format_spec(spec, value, 's', '<'));
  if (f.type != 's') return raise_unknown_format(f.type, value);
  if (f.sign == ' ') return raise(PyExc_ValueError, "Space not allowed in string format specifier");
  if (f.sign) return raise(PyExc_ValueError, "Sign not allowed in string format specifier");
  if (f.no_negative_zero)
    return raise(PyExc_ValueError, "Negative zero coercion (z) not allowed in string format specifier");
  if (f.alternate) return raise(PyExc_ValueError, "Alternate form (#) not allowed in string format specifier");
  if (f.align == '=') return raise(PyExc_ValueError, "'=' alignment not allowed in string format specifier");
  Py_ssize_t n = str_length(value);
  if (f.precision >= 0 && f.precision < n) n = f.precision;
  Py_ssize_t padding = f.width > n ? f.width - n : 0;
  Py_ssize_t left = f.align == '>' ? padding : f.align == '^' ? padding / 2 : 0;
  StrBuilder out;
  if (!out.fill(f.fill, left) || !out.add(value, 0, n) || !out.fill(f.fill, padding - left)) return Raised{};
  return out.finish();
}

}  // namespace taipan
