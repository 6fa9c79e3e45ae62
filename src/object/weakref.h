#pragma once
// Weak references: weakref.ref, the two proxy types, and the moments at which they are cleared.
#include "object/object.h"

namespace taipan {

using WeakRef = PyWeakReference;

/// Where an object keeps the head of its list of weak references; null if its type has none.
inline PyObject** weakref_list(PyObject* o) {
  Py_ssize_t offset = Py_TYPE(o)->tp_weaklistoffset;
  return offset > 0 ? reinterpret_cast<PyObject**>(reinterpret_cast<char*>(o) + offset) : nullptr;
}

/// Called by deallocs (and nobody else): unties every weak reference to `o`, then calls their callbacks, newest
/// first. Errors in callbacks are reported as unraisable; the pending exception is kept.
void clear_weakrefs_slow(PyObject* o);
inline void clear_weakrefs(PyObject* o) {
  PyObject** list = weakref_list(o);
  if (list && *list) clear_weakrefs_slow(o);
}
/// Unties one reference from its object but keeps its callback (the collector's tool).
void untie_weakref(WeakRef* ref);

/// weakref.ref(o, callback), weakref.proxy(o, callback); a null or None callback means none.
Ref<> new_weakref(PyObject* o, PyObject* callback = nullptr);
Ref<> new_weak_proxy(PyObject* o, PyObject* callback = nullptr);
/// The object, borrowed; null if it is gone (or is just dying).
inline PyObject* weakref_target(PyObject* ref) {
  PyObject* o = reinterpret_cast<WeakRef*>(ref)->wr_object;
  return o != Py_None && Py_REFCNT(o) > 0 ? o : nullptr;
}
Py_ssize_t weakref_count(PyObject* o);
Ref<> weakrefs_of(PyObject* o);  ///< weakref.getweakrefs(o): a list

}  // namespace taipan
