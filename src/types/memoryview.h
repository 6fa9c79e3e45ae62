#pragma once
// memoryview: a window on another object's memory. Views of one exporter share a _PyManagedBuffer,
// which holds the exporter's buffer; each view has shape, strides and suboffsets of its own behind
// its head.
#include "object/object.h"

namespace taipan {

using MemoryView = PyMemoryViewObject;

/// memoryview(o).
Ref<> new_memoryview(PyObject* o);
/// Over a described buffer that nobody releases (PyMemoryView_FromBuffer, _FromMemory).
Ref<> new_memoryview_of_buffer(const Py_buffer& buffer);
/// A view of the same items, shape and format in a bytes object of its own; 'F': in Fortran's order, else in C's.
Ref<> contiguous_copy(MemoryView& self, char order);
/// Another view of the same memory.
Ref<MemoryView> share_memoryview(MemoryView& self);
/// Recomputes the flags that say how the memory is laid out.
void update_layout_flags(MemoryView& self);
/// ValueError once it was released.
Status check_not_released(MemoryView& self);

// -- memoryview_items.cpp --
/// The native one-character format ("B", or "@B"); 0: another.
char native_format(const char* format);
/// Its size in bytes; 0: no such format.
Py_ssize_t format_size(char code);
/// NotImplementedError for formats of more than one item.
Status check_format(const char* format);
Ref<> unpack_item(const char* at, const char* format);
Status pack_item(char* at, const char* format, PyObject* value);
/// Are all items equal? Formats that nobody knows make them unequal.
Result<bool> equal_items(const Py_buffer& a, const Py_buffer& b);
/// Nested lists of the items.
Ref<> list_items(const Py_buffer& view);
Ref<> cast_memoryview(MemoryView& self, PyObject* format, PyObject* shape);

}  // namespace taipan
