#pragma once
// The functions of `builtins`, by subject; builtins.cpp joins them into the module.
#include "object/bind.h"

namespace taipan::builtins {

extern PyMethodDef object_functions[];     // attributes, classes, text, numbers
extern PyMethodDef iteration_functions[];  // iterables and what is computed from them
extern PyMethodDef code_functions[];       // running and compiling code, input and output

}  // namespace taipan::builtins
