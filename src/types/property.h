#pragma once
// property objects, for those who call their functions without a detour.
#include "object/object.h"

namespace taipan {

PyObject* property_getter(PyObject* property);  ///< borrowed; null: none

}  // namespace taipan
