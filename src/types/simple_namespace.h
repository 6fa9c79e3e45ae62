#pragma once
// types.SimpleNamespace: an object that is nothing but its attributes.
#include "object/object.h"

extern PyTypeObject _PyNamespace_Type;  // not in the public headers

namespace taipan {
/// Takes over the dict's items; null: empty.
Ref<> new_namespace(PyObject* dict);
}
