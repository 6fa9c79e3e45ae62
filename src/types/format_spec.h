#pragma once
// The format mini-language, [[fill]align][sign][z][#][0][width][grouping][.precision][type], and what the
// built-in types make of it.
#include "object/object.h"

namespace taipan {

enum class Grouping : char { none = 0, comma = ',', underscore = '_', underscore_by_four = '4', locale = 'l' };

struct FormatSpec {
  Py_UCS4 fill = ' ';
  char align = '<';  // < > ^ =
  char sign = 0;     // + - or a space, 0 for none given
  bool no_negative_zero = false;
  bool alternate = false;
  Grouping grouping = Grouping::none;
  Py_ssize_t width = -1;      // -1: none given
  Py_ssize_t precision = -1;  // -1: none given
  Py_UCS4 type = 0;
};

/// `value` is what is being formatted: its type's name stands in the errors.
Result<FormatSpec> parse_format_spec(PyObject* spec, PyObject* value, Py_UCS4 default_type, char default_align);

/// ValueError "Unknown format code 'x' for object of type 'T'".
Raised raise_unknown_format(Py_UCS4 type, PyObject* value);

/// T.__format__ of int (and subclasses, bool), float, complex, str.
Ref<> format_int(PyObject* value, PyObject* spec);
Ref<> format_float(PyObject* value, PyObject* spec);
Ref<> format_complex(PyObject* value, PyObject* spec);
Ref<> format_str_value(PyObject* value, PyObject* spec);

}  // namespace taipan
