#pragma once
// The common vocabulary: Python's objects by Python's names, in CPython's layouts (the headers are the ABI).
#include <Python.h>
#include <structmember.h>

#include "object/ref.h"

namespace taipan {

using Object = PyObject;
using Type = PyTypeObject;
using Int = PyLongObject;
using Float = PyFloatObject;
using Complex = PyComplexObject;
using Str = PyASCIIObject;  // the head that every str has; use PyUnicode_DATA/KIND/READ from the headers for the rest
using Bytes = PyBytesObject;
using ByteArray = PyByteArrayObject;
using Tuple = PyTupleObject;
using List = PyListObject;
using Dict = PyDictObject;
using Set = PySetObject;
using Slice = PySliceObject;
using Code = PyCodeObject;
using Function = PyFunctionObject;
using Exception = PyBaseExceptionObject;

/// The head of a static type object: counted like anything else, but from so high that it never dies.
inline constexpr Py_ssize_t kImmortal = Py_ssize_t{1} << 60;
inline constexpr PyVarObject kStaticTypeHead = {{kImmortal, nullptr}, 0};  // ob_type is filled by ready_type()
/// Use: `constinit PyTypeObject PyList_Type = {.ob_base = kStaticTypeHead, …}` at global scope.

inline const char* type_name(const PyObject* o) { return Py_TYPE(o)->tp_name; }

inline bool is_exact(const PyObject* o, const PyTypeObject* type) { return Py_TYPE(o) == type; }

/// Is `o` an instance of `type` or of a subtype (by the MRO, as `PyObject_TypeCheck`)?
inline bool is_instance_of(const PyObject* o, PyTypeObject* type) {
  return PyObject_TypeCheck(const_cast<PyObject*>(o), type);
}

/// Replaces an owned field; the old value dies last, after the field is already new.
template <class T>
void replace_field(T*& field, Ref<std::type_identity_t<T>> value) {
  T* old = std::exchange(field, value.release());
  Py_XDECREF(reinterpret_cast<PyObject*>(old));
}
template <class T>
void clear_field(T*& field) {
  T* old = std::exchange(field, nullptr);
  Py_XDECREF(reinterpret_cast<PyObject*>(old));
}

}  // namespace taipan
