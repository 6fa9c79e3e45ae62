#pragma once
// Equality of constants by type and value: 1, 1.0 and True are different constants, 0.0 and -0.0 too. Code objects
// compare their constants so, and the compiler merges its own. Never fails: runs no Python code.
#include <cstdint>

#include "object/object.h"

namespace taipan {

uint64_t constant_hash(PyObject* o);
bool same_constant(PyObject* a, PyObject* b);

}  // namespace taipan
