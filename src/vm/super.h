#pragma once
// super's look-up, for others that want it without a super object.
#include "object/object.h"

namespace taipan {

/// What super() without arguments takes from the running frame; borrowed.
Status super_arguments(PyObject** self, PyObject** type);
/// The attribute behind `type` in `start`'s MRO, bound to `o`. Not `*found`: no class has it (no exception).
Ref<> super_lookup(PyTypeObject* type, PyObject* o, PyTypeObject* start, PyObject* name, bool* found);

}  // namespace taipan
