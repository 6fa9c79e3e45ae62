#pragma once
// list's kernel beyond what tuple.h declares: growth, slices, insertion.
#include "object/object.h"
#include "object/tuple.h"

namespace taipan {

/// Sets the size; new items are uninitialised, dropped ones are the caller's. Over-allocates when growing.
bool list_resize(List* list, Py_ssize_t n);
Status list_insert(PyObject* list, Py_ssize_t index, PyObject* o);  ///< index as list.insert() takes it
Ref<> list_slice(PyObject* list, Py_ssize_t low, Py_ssize_t high);  ///< clamped
/// list[low:high] = items; null deletes.
Status list_set_slice(PyObject* list, Py_ssize_t low, Py_ssize_t high, PyObject* items);
void list_clear(PyObject* list);
Ref<> list_concat(PyObject* a, PyObject* b);                        ///< both lists
Ref<> list_repeat(PyObject* list, Py_ssize_t n);
/// Memory of `n` items and its release, for code that takes a list's array away (sort).
PyObject** list_items_allocate(Py_ssize_t n);
void list_items_free(PyObject** items, Py_ssize_t allocated);
Status list_sort(PyObject* list, PyObject* key, bool reverse);      ///< key may be null or None

inline Py_ssize_t list_size(PyObject* list) { return Py_SIZE(list); }
inline PyObject* list_item(PyObject* list, Py_ssize_t i) { return reinterpret_cast<List*>(list)->ob_item[i]; }

}  // namespace taipan
