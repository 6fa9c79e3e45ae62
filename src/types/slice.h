#pragma once
// slice objects.
#include "object/object.h"

namespace taipan {

/// Null parts are None.
Ref<> new_slice(PyObject* start, PyObject* stop, PyObject* step = nullptr);
/// slice.indices(length) with ints of any size.
struct LongIndices {
  Ref<> start, stop, step;
};
Status slice_long_indices(PyObject* slice, PyObject* length, LongIndices* out);

}  // namespace taipan
