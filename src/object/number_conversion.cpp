// int(o) and float(o) of any object: the special methods in their order, then text.
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/number_text.h"
#include "object/protocol.h"

namespace taipan {
namespace {

/// What nb_int gave must be an int; an instance of a subclass is deprecated.
Ref<> checked_int(Ref<> value) {
  if (is_exact(value.get(), &PyLong_Type)) return value;
  std::string_view name = clip(type_name(value.get()), 200);
  if (!PyLong_Check(value.get())) return raise(PyExc_TypeError, "__int__ returned non-int (type {})", name);
  TextBuffer text;
  format(text,
         "__int__ returned non-int (type {}).  The ability to return an instance of a strict subclass of int is "
         "deprecated, and may be removed in a future version of Python.",
         name);
  TRY(warn(PyExc_DeprecationWarning, 1, text.c_str()));
  return int_copy(value.get());
}

Ref<> int_by_trunc(PyObject* method) {
  TRY(warn(PyExc_DeprecationWarning, 1, "The delegation of int() to __trunc__ is deprecated."));
  PyObject* no_args[1] = {nullptr};
  Ref<> value = TRY(vectorcall(method, no_args + 1, PY_VECTORCALL_ARGUMENTS_OFFSET));
  if (PyLong_Check(value.get())) return int_copy(value.get());
  if (!is_index(value.get()))
    return raise(PyExc_TypeError, "__trunc__ returned non-Integral (type {})", clip(type_name(value.get()), 200));
  return index(value.get());
}

}  // namespace

Ref<> to_int(PyObject* o) {
  if (is_exact(o, &PyLong_Type)) return share(o);
  PyNumberMethods* number = Py_TYPE(o)->tp_as_number;
  if (number && number->nb_int) return checked_int(TRY(adopt(number->nb_int(o))));
  if (number && number->nb_index) return index(o);
  if (Ref<> trunc = TRY(lookup_special(o, "__trunc__"_name))) return int_by_trunc(trunc.get());
  if (PyUnicode_Check(o)) return int_from_str(o, 10);
  if (PyBytes_Check(o)) return int_from_bytes_object(o, 10);
  auto* procs = Py_TYPE(o)->tp_as_buffer;
  Py_buffer view;
  if (procs && procs->bf_getbuffer) {
    if (procs->bf_getbuffer(o, &view, PyBUF_SIMPLE) == 0) {
      Ref<> bytes = new_bytes({static_cast<char*>(view.buf), static_cast<size_t>(view.len)});
      if (procs->bf_releasebuffer) procs->bf_releasebuffer(o, &view);
      Py_XDECREF(view.obj);
      return bytes ? int_from_bytes_object(bytes.get(), 10) : Ref<>();
    }
    clear_error();
  }
  return raise(PyExc_TypeError, "int() argument must be a string, a bytes-like object or a real number, not '{}'",
               clip(type_name(o), 200));
}

Ref<> to_float(PyObject* o) {
  if (is_exact(o, &PyFloat_Type)) return share(o);
  PyNumberMethods* number = Py_TYPE(o)->tp_as_number;
  if (PyFloat_Check(o) || (number && (number->nb_float || number->nb_index))) {
    // A subclass's own __float__ counts, unlike in to_double().
    if (number->nb_float) {
      Ref<> value = TRY(adopt(number->nb_float(o)));
      if (is_exact(value.get(), &PyFloat_Type)) return value;
      return new_float(TRY(checked_float_result(o, value.get())));
    }
    Ref<> whole = TRY(index(o));
    return new_float(TRY(int_to_double(whole.get())));
  }
  return float_from_text_object(o);
}

}  // namespace taipan
