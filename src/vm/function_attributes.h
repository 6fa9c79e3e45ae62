#pragma once
// The attribute tables of the function type.
#include <Python.h>

#include "structmember.h"

namespace taipan {

extern PyMemberDef function_members[];
extern PyGetSetDef function_getset[];

/// `__dict__` of types that have a dict slot, as a row of a PyGetSetDef table.
PyObject* get_function_dict(PyObject* o, void*);
int set_function_dict(PyObject* o, PyObject* value, void*);

}  // namespace taipan
