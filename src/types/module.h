#pragma once
// Modules: making them from a name or a definition, running a definition's exec slots, emptying them at the end.
#include "object/object.h"

namespace taipan {

struct Module {
  PyObject_HEAD
  PyObject* dict;
  PyModuleDef* def;
  void* state;
  PyObject* weaklist;
  PyObject* name;  // for error messages of single-phase modules
};

Ref<> new_module(PyObject* name);
inline PyObject* module_dict(PyObject* module) { return reinterpret_cast<Module*>(module)->dict; }
/// One-phase initialisation (PyModule_Create): the finished module.
Ref<> module_from_def(PyModuleDef* def);
/// First phase of multi-phase initialisation, and the second.
Ref<> module_from_def_and_spec(PyModuleDef* def, PyObject* spec);
Status exec_module(PyObject* module, PyModuleDef* def);
/// The single-phase module of a definition, for code that has only that (PyState_FindModule). Borrowed; null: none.
PyObject* registered_module(PyModuleDef* def);
Status register_module(PyObject* module, PyModuleDef* def);
void forget_module(PyModuleDef* def);
/// Prepares a definition (type, index); idempotent.
PyObject* init_module_def(PyModuleDef* def);
Status add_functions(PyObject* module, PyMethodDef* rows);
Status set_module_doc(PyObject* module, const char* doc);
/// module.name = value in the module's dict.
Status add_to_module(PyObject* module, const char* name, PyObject* value);
Status add_to_module(PyObject* module, const char* name, Ref<> value);
Status add_int_to_module(PyObject* module, const char* name, int64_t value);
/// `__name__`, which must be a str, else SystemError.
Ref<> module_name(PyObject* module);
Ref<> module_filename(PyObject* module);
/// The attribute; absent: empty inside, without the AttributeError.
Result<Ref<>> find_in_module(PyObject* module, PyObject* name);
/// Is `module.__spec__._initializing` true? Errors count as no.
bool is_initializing(PyObject* spec);

/// Sets all values to None, private names first: what globals see while a program ends.
void clear_module_dict(PyObject* dict);

/// While a single-phase extension module initialises: the dotted name it is imported by.
extern const char* package_context;

}  // namespace taipan
