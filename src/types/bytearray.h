#pragma once
// bytearray's kernel. The memory may not move while somebody has a buffer of it (ob_exports).
#include <string_view>

#include "object/object.h"

namespace taipan {

Ref<> new_bytearray(std::string_view data);
inline std::string_view bytearray_view(PyObject* o) {
  return {reinterpret_cast<ByteArray*>(o)->ob_start, static_cast<size_t>(Py_SIZE(o))};
}
/// New bytes at the end are not set. BufferError if a buffer is out.
Status bytearray_resize(PyObject* o, Py_ssize_t size);
/// Replaces [low, high) by `with`, which may not lie in the array itself.
Status bytearray_splice(PyObject* o, Py_ssize_t low, Py_ssize_t high, std::string_view with);

}  // namespace taipan
