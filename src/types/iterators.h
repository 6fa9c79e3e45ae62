#pragma once
// Layouts of the sequence iterators, for those who step through them without a call.
#include "object/object.h"

namespace taipan {

/// list_iterator, list_reverseiterator, tuple_iterator, iterator.
struct SequenceIterator {
  PyObject_HEAD
  Py_ssize_t index;
  PyObject* sequence;  // null when exhausted
};
struct RangeIterator {
  PyObject_HEAD
  long index, start, step, length;  // yields start + index * step while index < length
};
extern "C" {
extern PyTypeObject PyTupleIter_Type, PyListIter_Type, PyListRevIter_Type;
}

/// A new iterator of the given type (one of those above) over a sequence.
Ref<> new_index_iterator(PyTypeObject* type, PyObject* sequence, Py_ssize_t index = 0);
void index_iterator_dealloc(PyObject* o);
int index_iterator_traverse(PyObject* o, visitproc visit, void* arg);
/// `(iter, (sequence,), index)`; exhausted: `(iter, (empty,))`.
Ref<> reduce_index_iterator(PyObject* o, PyObject* builtin, PyObject* empty);

Ref<> new_callable_iterator(PyObject* callable, PyObject* sentinel);

}  // namespace taipan
