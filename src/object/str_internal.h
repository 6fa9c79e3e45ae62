#pragma once
// What the files of str's kernel and its codecs share among themselves.
#include "object/str.h"

namespace taipan {

struct Utf8Scan;
/// The str of UTF-8 in which `scan` has found no fault.
Ref<> new_str_of_good_utf8(std::string_view text, const Utf8Scan& scan);

/// The strs of one Latin-1 character; they never die.
extern PyObject* latin1_characters[256];

/// Takes a dying str out of the table of interned ones.
void forget_interned(PyObject* s);

}  // namespace taipan
