// Taking arguments by the receiving variable's type.
#include "modules/parse_arguments.h"

#include <climits>

#include "modules/module.h"
#include "object/int.h"
#include "object/int_arithmetic.h"
#include "object/protocol.h"
#include "object/str.h"

namespace taipan {

Raised raise_argument(ArgumentPlace place, const char* expected, PyObject* got) {
  return raise(PyExc_TypeError, "{}() argument {} must be {}, not {}", place.function, place.number, expected,
               got == Py_None ? "None" : clip(type_name(got), 50));
}

Status take_argument(ArgumentPlace, PyObject* o, int& to) {
  Ref<> n = TRY(index(o));
  int64_t value = TRY(to_int64(n.get()));
  if (value > INT_MAX) return raise(PyExc_OverflowError, "signed integer is greater than maximum");
  if (value < INT_MIN) return raise(PyExc_OverflowError, "signed integer is less than minimum");
  to = static_cast<int>(value);
  return {};
}
Status take_argument(ArgumentPlace, PyObject* o, unsigned& to) {
  Ref<> n = TRY(index(o));
  to = static_cast<unsigned>(int_to_uint64_mask(n.get()));
  return {};
}
Status take_argument(ArgumentPlace, PyObject* o, Py_ssize_t& to) {
  to = TRY(to_c_ssize(o));
  return {};
}
Status take_argument(ArgumentPlace, PyObject* o, PyObject*& to) {
  to = o;
  return {};
}
Status take_argument(ArgumentPlace, PyObject* o, BufferView& to) { return to.acquire(o); }
Status take_argument(ArgumentPlace place, PyObject* o, WritableView& to) {
  if (has_buffer(o) && to.acquire(o, PyBUF_WRITABLE)) return {};
  clear_error();
  return raise_argument(place, "read-write bytes-like object", o);
}
Status take_argument(ArgumentPlace place, PyObject* o, std::string_view& to) {
  if (!PyUnicode_Check(o)) return raise_argument(place, "str", o);
  std::string_view text = TRY(to_utf8(o));
  if (text.find('\0') != text.npos) return raise(PyExc_ValueError, "embedded null character");
  to = text;
  return {};
}
Status take_argument(ArgumentPlace, PyObject* o, double& to) {
  to = TRY(to_double(o));
  return {};
}

Status check_argument_range(const char* function, Py_ssize_t given, Py_ssize_t required, Py_ssize_t most) {
  return check_count(function, given, required, most);
}

}  // namespace taipan
