#pragma once
// Every built-in module's initialiser, from modules.def, and the table that cli/ hands to the runtime.
#include <span>

#include "object/object.h"

#define MODULE(name, init) PyObject* init();
#include "modules/modules.def"
#undef MODULE

namespace taipan {
std::span<const _inittab> module_table();
}
