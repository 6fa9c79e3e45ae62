#pragma once
// The type machinery: making static types ready, looking names up along the MRO, slots and their inheritance both ways.
#include "object/object.h"

namespace taipan {

/// Completes a static type (bases, MRO, inherited slots, __dict__ with its descriptors). Idempotent.
Status ready_type(PyTypeObject* type);
/// Readies every built-in type in dependency order; called once at start with the list of all floors' types.
Status ready_types(PyTypeObject* const* types, size_t count);

/// The attribute in the MRO's dicts: borrowed, null if absent; never raises. Goes through the method cache.
PyObject* type_lookup(PyTypeObject* type, PyObject* name);
bool is_subtype(PyTypeObject* a, PyTypeObject* b);
/// The most derived metaclass of all bases, or TypeError (metaclass conflict).
Result<PyTypeObject*> winning_metaclass(PyTypeObject* metatype, PyObject* bases);
/// Must be called after any change of a type's dict: drops its version and those of its subclasses.
void type_modified(PyTypeObject* type);
/// Gives the type a version tag for inline caches; false: none left.
bool assign_version(PyTypeObject* type);

/// tp_alloc and tp_new, tp_free of ordinary types.
PyObject* generic_alloc(PyTypeObject* type, Py_ssize_t items);
PyObject* generic_new(PyTypeObject* type, PyObject* args, PyObject* kwargs);
void generic_free(void* o);
void gc_free(void* o);  ///< PyObject_GC_Del as tp_free
/// `type(name, bases, dict)` with this metatype.
Ref<> new_type(PyTypeObject* metatype, PyObject* name, PyObject* bases, PyObject* dict, PyObject* kwargs = nullptr);
/// PyType_FromModuleAndSpec.
enum class UndottedName : uint8_t { warn, accept };  ///< a type name without a module: DeprecationWarning, or nothing
Ref<> type_from_spec(PyObject* module, PyType_Spec* spec, PyObject* bases, UndottedName undotted = UndottedName::warn);

/// `__name__` without the module; str.
Ref<> type_short_name(PyTypeObject* type);
const char* short_name(const PyTypeObject* type);  ///< text after the last dot of tp_name
/// "module.qualname" as tracebacks show it (builtins and __main__ without the module).
Ref<> type_full_name(PyTypeObject* type);

/// `cls[item]` as a generic alias: `{"__class_getitem__", class_getitem, METH_O | METH_CLASS, …}`.
PyObject* class_getitem(PyObject* type, PyObject* args);

inline bool has_feature(const PyTypeObject* type, unsigned long flag) { return (type->tp_flags & flag) != 0; }

}  // namespace taipan
