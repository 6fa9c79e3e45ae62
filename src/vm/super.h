#pragma once
// super's look-up, for others that want it without a super object.
#include "object/object.h"
#include "vm/frame.h"

namespace taipan {

/// What super() without arguments takes from the running frame; borrowed.
Status super_arguments(PyObject** self, PyObject** type);
/// What `super().name` is in this frame if it is a method that would be bound to the frame's own instance: borrowed. Null
/// (no exception): it is something else, or not to be had this way.
PyObject* super_method(Frame* f, PyObject* name, PyObject** self);
/// The attribute behind `type` in `start`'s MRO, bound to `o`. Not `*found`: no class has it (no exception).
Ref<> super_lookup(PyTypeObject* type, PyObject* o, PyTypeObject* start, PyObject* name, bool* found);

}  // namespace taipan
