#pragma once
// What the files of str's kernel share among themselves.
#include "object/str.h"

namespace taipan {

/// The strs of one Latin-1 character; they never die.
extern PyObject* latin1_characters[256];

/// Takes a dying str out of the table of interned ones.
void forget_interned(PyObject* s);

}  // namespace taipan
