#pragma once
// Functions as the call handlers know them.
#include "object/object.h"
#include "types/code.h"
#include "vm/frame.h"

namespace taipan {

/// The vectorcall of every Python function that nobody has replaced.
PyObject* function_vectorcall(PyObject* func, PyObject* const* args, size_t nargsf, PyObject* kwnames);

/// The vectorcall of a function whose code is still to be verified.
PyObject* first_vectorcall(PyObject* func, PyObject* const* args, size_t nargsf, PyObject* kwnames);
/// What a function with this code is called by.
inline vectorcallfunc vectorcall_for(PyObject* code) {
  return is_verified(reinterpret_cast<PyCodeObject*>(code)) ? function_vectorcall : first_vectorcall;
}

inline bool awaits_verification(PyObject* callable) {
  return Py_TYPE(callable) == &PyFunction_Type &&
         reinterpret_cast<PyFunctionObject*>(callable)->vectorcall == first_vectorcall;
}
/// Verifies the code of such a function, which is an ordinary one from then on.
bool verify_function(PyFunctionObject* func);

/// May a call push a frame instead of calling out? Not if its code is to be verified first, or an extension has replaced the
/// vectorcall.
inline bool is_plain_function(PyObject* callable) {
  return Py_TYPE(callable) == &PyFunction_Type &&
         reinterpret_cast<PyFunctionObject*>(callable)->vectorcall == function_vectorcall;
}
/// The namespace a called function starts with, owned: none for ordinary functions, the globals for code that
/// works on a namespace (a module's code in a function).
inline PyObject* locals_for_call(PyFunctionObject* func) {
  if (reinterpret_cast<PyCodeObject*>(func->func_code)->co_flags & CO_OPTIMIZED) [[likely]] return nullptr;
  return Py_NewRef(func->func_globals);
}

/// Gives a function a version for call caches; 0: none left.
uint32_t function_version(PyFunctionObject* func);

/// Calls a function whose arguments and names are as given, with a namespace (borrowed; may be null).
Ref<> call_function(PyFunctionObject* func, PyObject* locals, PyObject* const* args, size_t nargs, PyObject* kwnames);

struct FunctionParts {
  PyObject* globals;
  PyObject* builtins;
  PyObject* name;
  PyObject* qualname;
  PyObject* code;
  PyObject* defaults = nullptr;
  PyObject* kwdefaults = nullptr;
  PyObject* closure = nullptr;
};
/// A function for running code directly (no docstring, no module). Everything is borrowed.
Ref<PyFunctionObject> function_from_parts(const FunctionParts& parts);

}  // namespace taipan
