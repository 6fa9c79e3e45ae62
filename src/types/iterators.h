#pragma once
// The iterator over an immutable sequence by index: str, bytes and bytearray have their own types of it,
// which differ only in how the next item is made.
#include "object/object.h"

extern PyTypeObject _PyUnicodeASCIIIter_Type;  // not in the public headers

namespace taipan {

struct SequenceIterator {
  PyObject_HEAD
  Py_ssize_t index;
  PyObject* sequence;  // null once exhausted
};

Ref<> new_sequence_iterator(PyTypeObject* type, PyObject* sequence);
void sequence_iterator_dealloc(SequenceIterator& self);
int sequence_iterator_traverse(SequenceIterator& self, visitproc visit, void* arg);
/// __length_hint__, __reduce__, __setstate__.
extern PyMethodDef sequence_iterator_methods[];
/// tp_iter of an iterator.
PyObject* iterate_self(PyObject* self);
/// The built-in function `iter`: what iterators' __reduce__ names.
Ref<> builtin_iter();

}  // namespace taipan
