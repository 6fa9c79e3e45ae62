#pragma once
// Descriptors that static types are made of: methods, members, getsets and slot wrappers.
#include "object/slots.h"

namespace taipan {

Ref<> new_method_descriptor(PyTypeObject* type, PyMethodDef* row);
Ref<> new_classmethod_descriptor(PyTypeObject* type, PyMethodDef* row);
Ref<> new_member_descriptor(PyTypeObject* type, PyMemberDef* row);
Ref<> new_getset_descriptor(PyTypeObject* type, PyGetSetDef* row);
Ref<> new_slot_wrapper(PyTypeObject* type, SlotRow* row, void* wrapped);
/// A slot wrapper bound to an object: method-wrapper.
Ref<> new_method_wrapper(PyObject* descriptor, PyObject* self);

/// Reads and writes a field as a PyMemberDef says (the T_… codes of structmember.h).
Ref<> read_member(const char* object_address, const PyMemberDef* row);
Status write_member(char* object_address, const PyMemberDef* row, PyObject* value);

inline bool is_data_descriptor(PyObject* o) { return Py_TYPE(o)->tp_descr_set != nullptr; }

}  // namespace taipan
