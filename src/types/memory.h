#pragma once
// Multi-dimensional memory of the buffer protocol as plain bytes.
#include "object/object.h"

namespace taipan {

/// PyBuffer_IsContiguous; order 'C', 'F' or 'A' (either).
bool is_contiguous(const Py_buffer& view, char order);
/// The whole as a bytes object, item after item in that order ('A': Fortran's if the memory is,
/// else C's).
Ref<> contiguous_bytes(const Py_buffer& view, char order);
/// Copies `view.len` bytes from or to a C- or Fortran-ordered block.
Status copy_to_block(const Py_buffer& view, char* block, char order);
Status copy_from_block(const Py_buffer& view, const char* block, char order);
/// Address of the item at the indices.
char* item_address(const Py_buffer& view, const Py_ssize_t* indices);

}  // namespace taipan
