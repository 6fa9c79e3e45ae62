#pragma once
// set and frozenset: the C++ side.
#include "object/object.h"

namespace taipan {

Ref<> new_set(PyObject* iterable = nullptr);
Ref<> new_frozenset(PyObject* iterable = nullptr);   ///< an exact frozenset is returned as it is
inline Py_ssize_t set_size(PyObject* set) { return reinterpret_cast<Set*>(set)->used; }
Status set_add(PyObject* set, PyObject* key);        ///< also for a frozenset that nobody else has seen yet
Result<bool> set_contains(PyObject* set, PyObject* key);
Result<bool> set_discard(PyObject* set, PyObject* key);  ///< was it there?
Ref<> set_pop(PyObject* set);                        ///< KeyError if empty
void set_clear(PyObject* set);
Status set_update(PyObject* set, PyObject* iterable);
/// Walks the keys; `*position` starts at 0; borrowed. The set must not change meanwhile.
bool set_next(PyObject* set, Py_ssize_t* position, PyObject** key, Py_hash_t* hash = nullptr);

inline bool is_any_set(PyObject* o) { return PyAnySet_Check(o); }
inline bool is_any_set_exact(PyObject* o) { return PyAnySet_CheckExact(o); }

}  // namespace taipan
