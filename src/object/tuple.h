#pragma once
// tuple's kernel: what the machinery itself needs. Methods are in types/tuple.cpp.
#include <initializer_list>

#include "object/object.h"

namespace taipan {

PyObject* empty_tuple();                                    ///< borrowed; the one empty tuple
/// A new tuple of n null items, to be filled before anyone else sees it; tracked by the collector by then (track_tuple).
Ref<Tuple> new_tuple(Py_ssize_t n);
Ref<> tuple_of(PyObject* const* items, Py_ssize_t n);       ///< shares the items
Ref<> tuple_taking(PyObject* const* items, Py_ssize_t n);   ///< takes the references over, on failure too; n is an instruction's operand
Ref<> tuple_of(std::initializer_list<PyObject*> items);
Ref<> tuple_slice(PyObject* tuple, Py_ssize_t low, Py_ssize_t high);
inline PyObject* item(PyObject* tuple, Py_ssize_t i) { return reinterpret_cast<Tuple*>(tuple)->ob_item[i]; }
inline Py_ssize_t tuple_size(PyObject* tuple) { return Py_SIZE(tuple); }
/// The items of an exact list or tuple.
inline PyObject** fast_items(PyObject* o) {
  return PyList_Check(o) ? reinterpret_cast<List*>(o)->ob_item : reinterpret_cast<Tuple*>(o)->ob_item;
}

// Lists, as far as everyone makes them.
Ref<List> new_list(Py_ssize_t n = 0);                       ///< n null items, to be filled
Status list_append(PyObject* list, PyObject* o);            ///< runs no Python code
Status list_extend(PyObject* list, PyObject* iterable);
Ref<> list_of(PyObject* const* items, Py_ssize_t n);

}  // namespace taipan
