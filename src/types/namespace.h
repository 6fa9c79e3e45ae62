#pragma once
// types.SimpleNamespace: sys.implementation and its like.
#include "object/object.h"

namespace taipan {

/// With the dict's items as attributes (copied); null: none.
Ref<> new_namespace(PyObject* attributes = nullptr);

}  // namespace taipan

extern "C" __attribute__((visibility("default"))) PyTypeObject _PyNamespace_Type;
