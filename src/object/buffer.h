#pragma once
// Borrowing another object's memory through the buffer protocol.
#include <string_view>

#include "object/object.h"

namespace taipan {

/// Whether the type offers its memory at all.
inline bool has_buffer(PyObject* o) {
  return Py_TYPE(o)->tp_as_buffer && Py_TYPE(o)->tp_as_buffer->bf_getbuffer;
}
/// PyObject_GetBuffer and PyBuffer_Release. No buffer: TypeError "a bytes-like object is required,
/// not '…'".
Status acquire_buffer(PyObject* o, Py_buffer* view, int flags);
void release_buffer(Py_buffer* view);

/// A contiguous run of bytes of an object, held as long as this lives.
class BufferView {
 public:
  BufferView() { view_.obj = nullptr; }
  ~BufferView() { release_buffer(&view_); }
  BufferView(const BufferView&) = delete;
  Status acquire(PyObject* o, int flags = PyBUF_SIMPLE) { return acquire_buffer(o, &view_, flags); }
  void release() { release_buffer(&view_); }
  std::string_view bytes() const {
    return {static_cast<const char*>(view_.buf), static_cast<size_t>(view_.len)};
  }
  char* data() { return static_cast<char*>(view_.buf); }
  Py_ssize_t size() const { return view_.len; }
  Py_buffer& raw() { return view_; }

 private:
  Py_buffer view_;
};

}  // namespace taipan
