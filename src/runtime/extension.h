#pragma once
// Extension modules: shared objects of CPython 3.11's ABI.
#include "object/object.h"

namespace taipan {
/// Loads the file and makes its module: single-phase ones are finished, others wait for exec_module.
Ref<> load_extension(PyObject* spec);
extern int extension_dlopen_flags;

/// The module of a single-phase definition (PyState_FindModule, _AddModule, _RemoveModule): import registers it. Null: none. Borrowed.
PyObject* registered_module(PyModuleDef* def);
Status register_module(PyModuleDef* def, PyObject* module);  ///< null: forget it
}  // namespace taipan
