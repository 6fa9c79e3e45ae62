#pragma once
// Weak references' kernel; the types are in object/weakref.cpp.
#include "object/object.h"

namespace taipan {

/// weakref.ref(o): the shared one without callback if there is one.
Ref<> new_weakref(PyObject* o, PyObject* callback = nullptr);
Ref<> new_weak_proxy(PyObject* o, PyObject* callback = nullptr);
/// Clears all weak references to a dying object and calls their callbacks. Deallocs of weakly referenceable objects call it.
void clear_weakrefs(PyObject* o);
/// Clears without calling (the collector calls back later).
bool supports_weakrefs(PyTypeObject* type);
inline PyObject** weaklist_slot(PyObject* o) {
  return reinterpret_cast<PyObject**>(reinterpret_cast<char*>(o) + Py_TYPE(o)->tp_weaklistoffset);
}

}  // namespace taipan
