#pragma once
// The parts of module sys, joined by sys.cpp.
#include "object/bind.h"

namespace taipan::sys {

extern PyMethodDef state_functions[];  // limits, objects, frames, threads
extern PyMethodDef hook_functions[];   // excepthook and its kin, tracing, audit

/// Adds version_info, flags, float_info … to the module.
Status add_information(PyObject* module);
Ref<> library_names();


}  // namespace taipan::sys
