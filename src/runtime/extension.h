#pragma once
// Extension modules: shared objects of CPython 3.11's ABI.
#include "object/object.h"

namespace taipan {
/// Loads the file and makes its module: single-phase ones are finished, others wait for exec_module.
Ref<> load_extension(PyObject* spec);
extern int extension_dlopen_flags;
}  // namespace taipan
