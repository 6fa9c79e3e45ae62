#pragma once
// Calling. Everything goes through vectorcall; tp_call is the fallback.
#include <array>

#include "object/object.h"

namespace taipan {

/// The vectorcall function of a callable, or null.
inline vectorcallfunc vectorcall_of(PyObject* callable) {
  PyTypeObject* type = Py_TYPE(callable);
  if (!(type->tp_flags & Py_TPFLAGS_HAVE_VECTORCALL)) return nullptr;
  vectorcallfunc f;
  memcpy(&f, reinterpret_cast<char*>(callable) + type->tp_vectorcall_offset, sizeof f);
  return f;
}

/// `nargsf` may carry PY_VECTORCALL_ARGUMENTS_OFFSET; kwnames: tuple of str or null.
Ref<> vectorcall(PyObject* callable, PyObject* const* args, size_t nargsf, PyObject* kwnames = nullptr);
/// `callable(*args, **kwargs)`; kwargs a dict or null.
Ref<> call_object(PyObject* callable, PyObject* args_tuple, PyObject* kwargs = nullptr);

template <class... A>
Ref<> call(PyObject* callable, A*... args) {
  PyObject* slots[] = {nullptr, object(args)...};
  return vectorcall(callable, slots + 1, sizeof...(A) | PY_VECTORCALL_ARGUMENTS_OFFSET);
}
/// `o.name(args…)`; name from "…"_name.
Ref<> vectorcall_method(PyObject* name, PyObject* const* args, size_t nargsf, PyObject* kwnames = nullptr);
template <class... A>
Ref<> call_method(PyObject* o, PyObject* name, A*... args) {
  PyObject* slots[] = {nullptr, o, object(args)...};
  return vectorcall_method(name, slots + 1, (1 + sizeof...(A)) | PY_VECTORCALL_ARGUMENTS_OFFSET);
}
/// Calls a type's tp_call-style slot from vectorcall arguments (builds the tuple and dict).
Ref<> make_tp_call(PyObject* callable, PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames);
/// tp_call for types with a vectorcall offset (PyVectorcall_Call).
PyObject* tp_call_by_vectorcall(PyObject* callable, PyObject* args, PyObject* kwargs);
/// Checks a result at the C boundary: null exactly if an exception is pending ("… returned NULL without setting an exception").
Ref<> check_call_result(PyObject* callable, PyObject* result);

/// A built-in function object over a static PyMethodDef row (PyCFunction).
Ref<> new_builtin(PyMethodDef* row, PyObject* self, PyObject* module, PyTypeObject* defining_class = nullptr);

}  // namespace taipan
