#pragma once
// The attribute tables of the function type.
#include <Python.h>

#include "structmember.h"

namespace taipan {

extern PyMemberDef function_members[];
extern PyGetSetDef function_getset[];


}  // namespace taipan
