#pragma once
// The iterators of str, bytes and bytearray have types of their own, which differ only in how the
// next item is made.
#include "types/iterators.h"

extern PyTypeObject _PyUnicodeASCIIIter_Type;  // not in the public headers

namespace taipan {

/// __length_hint__, __reduce__, __setstate__.
extern PyMethodDef text_iterator_methods[];
/// tp_iter of an iterator.
PyObject* iterate_self(PyObject* self);

}  // namespace taipan
