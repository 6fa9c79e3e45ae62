#pragma once
// What str % and bytes % have in common: the arguments, the conversions' flags, and numbers' texts.
#include "base/format.h"
#include "object/object.h"

namespace taipan {

/// Hands out the right operand's values: a tuple's items one by one, or the operand itself once.
class PercentArguments {
 public:
  PercentArguments(PyObject* values, bool is_mapping, const char* kind);
  bool has_mapping() const { return mapping_ != nullptr; }
  Result<PyObject*> next();       ///< borrowed
  Status use_key(PyObject* key);  ///< the next value is the mapping's item
  Status finish();                ///< TypeError if values are left

 private:
  PyObject* values_;
  PyObject* mapping_;
  const char* kind_;  // "string" or "bytes", for messages
  bool is_tuple_;
  Py_ssize_t at_ = 0, count_;
  Ref<> keyed_;
};

struct PercentSpec {
  bool left = false, plus = false, blank = false, alternate = false, zero = false;
  Py_ssize_t width = -1, precision = -1;
  char code = 0;

  bool is_plain() const { return !plus && !blank && width < 0 && precision < 0; }
  bool take_flag(uint32_t c) {
    switch (c) {
      case '-':
        return left = true;
      case '+':
        return plus = true;
      case ' ':
        return blank = true;
      case '#':
        return alternate = true;
      case '0':
        return zero = true;
      default:
        return false;
    }
  }
};

/// Appends the digits of d i u o x X, or of e E f F g G: a '-' if negative, a prefix if
/// `alternate`.
Status percent_integer(PyObject* value, const PercentSpec& spec, TextBuffer& out);
Status percent_float(PyObject* value, const PercentSpec& spec, TextBuffer& out);
/// The value of a `*` width or precision.
Result<Py_ssize_t> percent_star(PyObject* value, bool precision);

/// Where sign, prefix and padding go: left blanks, sign, prefix, zeros, digits, right blanks.
struct NumberLayout {
  char sign = 0;
  std::string_view prefix, digits;
  Py_ssize_t left = 0, zeros = 0, right = 0;
};
NumberLayout lay_out_number(std::string_view text, const PercentSpec& spec);

}  // namespace taipan
