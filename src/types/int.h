#pragma once
// int beyond its kernel: what int.from_bytes and its kin need of other types.
#include "object/object.h"

namespace taipan {

/// bytes(o) as PyObject_Bytes does it: __bytes__, a buffer's contents, or an iterable of ints.
Ref<> object_to_bytes(PyObject* o);

}  // namespace taipan
