#pragma once
// The format specification mini-language (PEP 3101) for str, int, float and complex: parsed and
// obeyed in one place. `spec` is a str; its range [start, end) lets str.format pass a part of its
// own text.
#include "object/object.h"
#include "object/str.h"

namespace taipan {

/// A piece of a str, borrowed.
struct TextRange {
  PyObject* str = nullptr;
  Py_ssize_t start = 0, end = 0;
  bool empty() const { return start >= end; }
  Ref<> to_str() const { return str ? str_slice(str, start, end) : share(empty_str()); }
};
inline TextRange whole(PyObject* str) { return {str, 0, str_length(str)}; }

/// `value.__format__(spec)`. Subclass instances with an empty spec go through str().
Ref<> format_str_value(PyObject* value, TextRange spec);
Ref<> format_int_value(PyObject* value, TextRange spec);
Ref<> format_float_value(PyObject* value, TextRange spec);
Ref<> format_complex_value(PyObject* value, TextRange spec);

/// Decimal digits at the front of [*at, end) as a number; -1 with `*at` unmoved: there are none.
/// Too many: ValueError.
Result<Py_ssize_t> parse_decimal(PyObject* str, Py_ssize_t* at, Py_ssize_t end);

}  // namespace taipan
