#pragma once
// What the hash objects of all modules share: their input, and digests as text.
#include "object/buffer.h"
#include "object/object.h"

namespace taipan::digests {

/// Borrows the data to be hashed; a str or what is no buffer: TypeError.
Status acquire_input(PyObject* o, BufferView& buffer);
Ref<> hexadecimal(const unsigned char* data, size_t n);

}  // namespace taipan::digests
