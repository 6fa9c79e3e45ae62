#pragma once
// range objects: start, stop, step and length are ints of any size.
#include "object/object.h"

namespace taipan {

struct Range {
  PyObject_HEAD
  PyObject *start, *stop, *step, *length;
};
Ref<> new_range(PyObject* start, PyObject* stop, PyObject* step);
/// An iterator over a range of machine integers.
Ref<> new_range_iterator(long start, long step, long length);

}  // namespace taipan
