#pragma once
// Cells: the variables that closures share. The type is in vm/cell.cpp.
#include "object/object.h"

namespace taipan {

using Cell = PyCellObject;
Ref<> new_cell(PyObject* content);  ///< content may be null (unbound)

}  // namespace taipan
