// The struct of hooks, and the functions of this floor that only pass on what a higher one does.
#include "object/hooks.h"

#include "object/audit_hook.h"
#include "object/protocol.h"
#include "object/type.h"

namespace taipan {

Status (*audit_from_below)(const char* event, std::initializer_list<PyObject*> args) = nullptr;


Hooks hooks;

Ref<> new_static_method(PyObject* callable) { return hooks.new_static_method(callable); }
Ref<> new_class_method(PyObject* callable) { return hooks.new_class_method(callable); }
Ref<> new_mapping_proxy(PyObject* mapping) { return hooks.new_mapping_proxy(mapping); }
Ref<> new_union(PyObject* a, PyObject* b) { return hooks.new_union(a, b); }
Ref<> new_generic_alias(PyObject* origin, PyObject* args) { return hooks.new_generic_alias(origin, args); }
Ref<> new_sequence_iterator(PyObject* sequence) { return hooks.new_sequence_iterator(sequence); }
PyObject* class_getitem(PyObject* type, PyObject* args) { return new_generic_alias(type, args).release(); }

}  // namespace taipan
