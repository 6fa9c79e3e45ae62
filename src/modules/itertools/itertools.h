#pragma once
// The parts of the module itertools: its types, and how they are declared.
#include "modules/fields.h"
#include "modules/module.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/rows.h"

namespace taipan::itertools {

extern PyTypeObject accumulate_type, combinations_type, combinations_with_replacement_type, cycle_type, dropwhile_type,
    takewhile_type, islice_type, starmap_type, chain_type, compress_type, filterfalse_type, count_type, zip_longest_type,
    pairwise_type, permutations_type, product_type, repeat_type, groupby_type, grouper_type, tee_type, tee_data_type;
extern PyMethodDef tee_row;

/// What all types here have; the fields named after it add to it.
template <class T>
consteval PyTypeObject iterator_type(const char* name, const char* doc, newfunc create, iternextfunc next,
                                     PyMethodDef* methods, unsigned long extra_flags = Py_TPFLAGS_BASETYPE) {
  PyTypeObject type = {
      .ob_base = kStaticTypeHead,
      .tp_name = name,
      .tp_basicsize = sizeof(T),
      .tp_dealloc = Fields<T>::dealloc,
      .tp_getattro = generic_get_attr_slot,
      .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | extra_flags,
      .tp_doc = doc,
      .tp_traverse = Fields<T>::traverse,
      .tp_clear = Fields<T>::clear,
      .tp_iter = slot<share<PyObject>>,
      .tp_iternext = next,
      .tp_methods = methods,
      .tp_alloc = generic_alloc,
      .tp_new = create,
      .tp_free = gc_free,
  };
  return type;
}

/// A new instance, its fields zero.
template <class T>
Ref<T> make(PyTypeObject* type) {
  return adopt(reinterpret_cast<T*>(type->tp_alloc(type, 0)));
}

/// A type without keyword parameters refuses them, unless a subclass's __init__ takes them.
bool refuse_keywords(PyTypeObject* type, PyTypeObject* own, const char* name, PyObject* kwargs);

/// `type(it)` for pickling: an iterator over nothing.
Ref<> empty_iterator();
Ref<> ssize_tuple(const Py_ssize_t* values, Py_ssize_t n);
/// An item of a pickled state as an index into [0, limit].
Result<Py_ssize_t> state_index(PyObject* state, Py_ssize_t i, Py_ssize_t low, Py_ssize_t high);
/// A tuple that only we hold can be filled anew; else `*result` becomes a copy of it.
Status own_tuple(PyObject** result);
/// Replaces an item of such a tuple.
inline void replace_item(PyObject* tuple, Py_ssize_t i, PyObject* value) {
  replace_field(reinterpret_cast<Tuple*>(tuple)->ob_item[i], share(value));
}

}  // namespace taipan::itertools
