#pragma once
// bytes' kernel: making and reading. Methods are in types/bytes*.cpp.
#include <string_view>

#include "object/object.h"

namespace taipan {

Ref<> new_bytes(std::string_view data);  ///< the empty one and single bytes are shared
/// Uninitialised, with its terminating zero; fill it before anyone sees it.
Ref<> allocate_bytes(Py_ssize_t n);
PyObject* empty_bytes();  ///< borrowed
/// Shrinks or grows bytes that nobody else has seen (one reference). Failed: `*bytes` is cleared.
Status resize_bytes(PyObject** bytes, Py_ssize_t n);
/// tp_dealloc.
void bytes_dealloc(PyObject* o);

inline std::string_view bytes_view(PyObject* o) {
  return {reinterpret_cast<Bytes*>(o)->ob_sval, static_cast<size_t>(Py_SIZE(o))};
}
inline char* bytes_data(PyObject* o) { return reinterpret_cast<Bytes*>(o)->ob_sval; }
/// The cached hash lies in a deprecated field of the header.
inline Py_hash_t& bytes_hash_field(PyObject* o) {
  return *reinterpret_cast<Py_hash_t*>(reinterpret_cast<char*>(o) +
                                       offsetof(PyBytesObject, ob_sval) - sizeof(Py_hash_t));
}
Py_hash_t bytes_hash(PyObject* o);

/// Grows bytes piece by piece. All functions false/empty: MemoryError is set.
class BytesBuilder {
 public:
  BytesBuilder() = default;
  ~BytesBuilder();
  BytesBuilder(const BytesBuilder&) = delete;
  bool add(std::string_view data) {
    if (data.size() > static_cast<size_t>(capacity_ - size_) &&
        !reserve(static_cast<Py_ssize_t>(data.size())))
      return false;
    if (!data.empty()) memcpy(data_ + size_, data.data(), data.size());
    size_ += static_cast<Py_ssize_t>(data.size());
    return true;
  }
  bool add(char c) {
    if (size_ == capacity_ && !reserve(1)) return false;
    data_[size_++] = c;
    return true;
  }
  bool fill(char c, Py_ssize_t count) {
    if (count <= 0) return true;
    if (!reserve(count)) return false;
    memset(data_ + size_, c, static_cast<size_t>(count));
    size_ += count;
    return true;
  }
  bool reserve(Py_ssize_t more);
  /// Where the next `reserve`d bytes go; `advance` counts them.
  char* end() { return data_ + size_; }
  void advance(Py_ssize_t n) { size_ += n; }
  Py_ssize_t size() const { return size_; }
  std::string_view view() const { return {data_, static_cast<size_t>(size_)}; }
  /// The bytes object; the builder is empty again.
  Ref<> finish();

 private:
  char* data_ = nullptr;
  Py_ssize_t size_ = 0, capacity_ = 0;
};

}  // namespace taipan
