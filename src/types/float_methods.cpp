// float's methods and attributes.
#include <cfloat>
#include <cmath>
#include <cstring>

#include "base/float_text.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/float.h"
#include "types/format_spec.h"

namespace taipan {
namespace {

constexpr char conjugate_doc[] = "conjugate($self, /)\n--\n\nReturn self, the complex conjugate of any float.";
Ref<> conjugate(PyObject* self) { return exact_float(self); }

constexpr char trunc_doc[] = "__trunc__($self, /)\n--\n\nReturn the Integral closest to x between 0 and x.";
Ref<> trunc(PyObject* self) { return int_from_double(float_value(self)); }

constexpr char floor_doc[] = "__floor__($self, /)\n--\n\nReturn the floor as an Integral.";
Ref<> floor(PyObject* self) { return int_from_double(std::floor(float_value(self))); }

constexpr char ceil_doc[] = "__ceil__($self, /)\n--\n\nReturn the ceiling as an Integral.";
Ref<> ceil(PyObject* self) { return int_from_double(std::ceil(float_value(self))); }

constexpr char is_integer_doc[] = "is_integer($self, /)\n--\n\nReturn True if the float is an integer.";
bool is_integer(PyObject* self) {
  double x = float_value(self);
  return std::isfinite(x) && std::floor(x) == x;
}

constexpr char hex_doc[] =
    "hex($self, /)\n--\n\n"
    "The value in hexadecimal: (-0.1).hex() is '-0x1.999999999999ap-4'.";
Ref<> hex(PyObject* self) {
  TextBuffer text;
  append_hex(text, float_value(self));
  return ascii_text(text);
}

constexpr char fromhex_doc[] =
    "fromhex($type, string, /)\n--\n\n"
    "The float that a hexadecimal text stands for: float.fromhex('0x1.ffffp10') is 2047.984375.";
Ref<> fromhex(PyObject* type, PyObject* text) {
  if (!PyUnicode_Check(text)) return raise(PyExc_TypeError, "bad argument type for built-in operation");
  ParsedHexFloat parsed = parse_hex_float(TRY(to_utf8(text)));
  switch (parsed.error) {
    case HexFloatError::none: break;
    case HexFloatError::invalid: return raise(PyExc_ValueError, "invalid hexadecimal floating-point string");
    case HexFloatError::overflow: return raise(PyExc_OverflowError, "hexadecimal value too large to represent as a float");
    case HexFloatError::too_long: return raise(PyExc_ValueError, "hexadecimal string too long to convert");
  }
  Ref<> value = TRY(new_float(parsed.value));
  if (type == object(&PyFloat_Type)) return value;
  return call(type, value.get());
}

constexpr char ratio_doc[] =
    "as_integer_ratio($self, /)\n--\n\n"
    "Two integers, the second one positive, whose quotient is exactly this number: (10.5).as_integer_ratio() is (21, 2).\n\n"
    "Infinities raise OverflowError, NaNs ValueError.";
Ref<> as_integer_ratio(PyObject* self) {
  double x = float_value(self);
  if (std::isinf(x)) return raise(PyExc_OverflowError, "cannot convert Infinity to integer ratio");
  if (std::isnan(x)) return raise(PyExc_ValueError, "cannot convert NaN to integer ratio");
  int exponent;
  double mantissa = std::frexp(x, &exponent);
  auto m = static_cast<int64_t>(std::ldexp(mantissa, DBL_MANT_DIG));
  exponent -= DBL_MANT_DIG;
  if (m == 0) exponent = 0;
  else {
    int zeros = __builtin_ctzll(static_cast<uint64_t>(m));
    m >>= zeros;
    exponent += zeros;
  }
  Ref<> numerator = TRY(new_int(m)), denominator = TRY(new_int(1));
  if (exponent > 0) numerator = TRY(int_shift_left(numerator.get(), static_cast<uint64_t>(exponent)));
  else denominator = TRY(int_shift_left(denominator.get(), static_cast<uint64_t>(-exponent)));
  return tuple_of({numerator.get(), denominator.get()});
}

// -- rounding to decimals --
//
// A double's decimal expansion is finite; it is rounded where it is exact, in its text, and read back.

/// 10^n if the magnitude of x is more than half of that, n digits being all it has in front of its point; else 0.
double round_to_own_magnitude(double x, int n) {
  TextBuffer text;
  append_float(text, std::fabs(x), 'e', 766);
  std::string_view s = text.view();
  bool up = s[0] > '5';
  if (s[0] == '5')
    for (char c : s.substr(2, 766)) up |= c > '0';
  if (!up) return std::copysign(0.0, x);
  TextBuffer power;
  format(power, "1e{}", n);
  return std::copysign(parse_float(power.view()).value, x);
}

Result<double> round_decimally(double x, int digits) {
  TextBuffer text;
  if (digits >= 0) {
    append_float(text, x, 'f', digits);
  } else {
    TextBuffer scientific;
    append_float(scientific, std::fabs(x), 'e', 17);
    int exponent = 0;
    std::string_view s = scientific.view();
    size_t e = s.find('e');
    for (char c : s.substr(e + 2)) exponent = exponent * 10 + (c - '0');
    if (s[e + 1] == '-') exponent = -exponent;
    // 9.99…e5 may have been rounded up to 1e6: one digit more than there is.
    if (s[0] == '1' && std::fabs(x) < parse_float(s).value) exponent--;
    int kept = exponent + digits;  // digits kept behind the leading one
    if (kept < -1) return std::copysign(0.0, x);
    if (kept == -1) return round_to_own_magnitude(x, -digits);
    append_float(text, x, 'e', kept);
  }
  if (!text.ok()) return raise_no_memory();
  ParsedFloat parsed = parse_float(text.view());
  if (parsed.overflow) return raise(PyExc_OverflowError, "rounded value too large to represent");
  return parsed.value;
}

double round_half_even(double x) {
  double rounded = std::round(x);
  if (std::fabs(x - rounded) == 0.5) rounded = 2.0 * std::round(x / 2.0);
  return rounded;
}

constexpr char round_doc[] =
    "__round__($self, ndigits=None, /)\n--\n\n"
    "Return the Integral closest to x, rounding half toward even.\n\n"
    "With ndigits: the float closest to x among those with that many decimals.";
Ref<> round(PyObject* self, PyObject* ndigits) {
  double x = float_value(self);
  if (ndigits == Py_None) return int_from_double(round_half_even(x));
  Py_ssize_t digits = TRY(to_ssize(ndigits));
  if (!std::isfinite(x) || x == 0) return new_float(x);
  // Beyond these a double is its own rounding, or nothing remains of it.
  constexpr Py_ssize_t kMost = static_cast<Py_ssize_t>((DBL_MANT_DIG - DBL_MIN_EXP) * 0.30103);
  constexpr Py_ssize_t kLeast = -static_cast<Py_ssize_t>((DBL_MAX_EXP + 1) * 0.30103);
  if (digits > kMost) return new_float(x);
  if (digits < kLeast) return new_float(0.0 * x);
  return new_float(TRY(round_decimally(x, static_cast<int>(digits))));
}

constexpr char getnewargs_doc[] = "__getnewargs__($self, /)\n--\n\n";
Ref<> getnewargs(PyObject* self) {
  Ref<> value = TRY(new_float(float_value(self)));
  return tuple_of({value.get()});
}

constexpr char getformat_doc[] =
    "__getformat__($type, typestr, /)\n--\n\n"
    "How 'double' or 'float' are laid out here: of use to Python's tests only.";
Ref<> getformat(PyObject*, Str& which) {
  if (!str_equal(object(which), "double") && !str_equal(object(which), "float"))
    return raise(PyExc_ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
  return new_str("IEEE, little-endian");
}

constexpr char format_doc[] = "__format__($self, format_spec, /)\n--\n\nFormats the float according to format_spec.";
Ref<> format_method(PyObject* self, Str& spec) { return format_float_value(self, whole(object(spec))); }

Ref<> get_real(PyObject* o, void*) { return exact_float(o); }
Ref<> get_imag(PyObject*, void*) { return new_float(0.0); }

}  // namespace

constinit PyMethodDef float_methods[] = {
    method<conjugate_doc, conjugate>,
    method<trunc_doc, trunc>,
    method<floor_doc, floor>,
    method<ceil_doc, ceil>,
    method<round_doc, round>,
    method<ratio_doc, as_integer_ratio>,
    method<fromhex_doc, fromhex>,
    method<hex_doc, hex>,
    method<is_integer_doc, is_integer>,
    method<getnewargs_doc, getnewargs>,
    method<getformat_doc, getformat>,
    method<format_doc, format_method>,
    {},
};

constinit PyGetSetDef float_getset[] = {
    {"real", slot<get_real>, nullptr, "the real part of a complex number", nullptr},
    {"imag", slot<get_imag>, nullptr, "the imaginary part of a complex number", nullptr},
    {},
};

}  // namespace taipan
