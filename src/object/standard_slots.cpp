// Slot functions that CPython's headers name and that every floor uses in its tables.
#include "object/error.h"
#include "object/protocol.h"
#include "object/type_internal.h"

using namespace taipan;

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT PyObject* PyObject_SelfIter(PyObject* o) { return Py_NewRef(o); }
EXPORT PyObject* PyObject_GenericGetAttr(PyObject* o, PyObject* name) { return generic_get_attr(o, name).release(); }
EXPORT int PyObject_GenericSetAttr(PyObject* o, PyObject* name, PyObject* value) { return generic_set_attr(o, name, value).to_c(); }
EXPORT Py_hash_t PyObject_HashNotImplemented(PyObject* o) { return hash_not_implemented(o); }
EXPORT PyObject* PyType_GenericAlloc(PyTypeObject* type, Py_ssize_t items) { return generic_alloc(type, items); }
EXPORT PyObject* PyType_GenericNew(PyTypeObject* type, PyObject* args, PyObject* kwargs) { return generic_new(type, args, kwargs); }
EXPORT int PyType_Ready(PyTypeObject* type) { return ready_type(type).to_c(); }
