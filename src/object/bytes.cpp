// bytes' kernel.
#include "object/bytes.h"

#include "base/hash.h"
#include "object/alloc.h"
#include "object/error.h"
#include "object/gc.h"

namespace taipan {
namespace {

constexpr size_t kHead = offsetof(PyBytesObject, ob_sval);
size_t size_for(Py_ssize_t n) { return kHead + static_cast<size_t>(n) + 1; }

PyObject* single_bytes[256];
PyObject* the_empty_bytes;

PyObject* make(Py_ssize_t n) {
  if (n < 0) return raise(PyExc_SystemError, "Negative size passed to PyBytes_FromStringAndSize");
  if (n > PY_SSIZE_T_MAX - static_cast<Py_ssize_t>(kHead) - 1)
    return raise(PyExc_OverflowError, "byte string is too large");
  PyObject* o = allocate_var_object(&PyBytes_Type, size_for(n), n);
  if (!o) return nullptr;
  bytes_hash_field(o) = -1;
  bytes_data(o)[n] = '\0';
  return o;
}

}  // namespace

bool start_bytes() {
  the_empty_bytes = make(0);
  if (!the_empty_bytes) return false;
  for (int i = 0; i < 256; i++) {
    if (!(single_bytes[i] = make(1))) return false;
    bytes_data(single_bytes[i])[0] = static_cast<char>(i);
  }
  return true;
}

PyObject* empty_bytes() { return the_empty_bytes; }

Ref<> allocate_bytes(Py_ssize_t n) { return n == 0 ? share(the_empty_bytes) : adopt(make(n)); }

Ref<> new_bytes(std::string_view data) {
  if (data.size() == 1) return share(single_bytes[static_cast<unsigned char>(data[0])]);
  Ref<> o = TRY(allocate_bytes(static_cast<Py_ssize_t>(data.size())));
  if (!data.empty()) memcpy(bytes_data(o.get()), data.data(), data.size());
  return o;
}

Status resize_bytes(PyObject** bytes, Py_ssize_t n) {
  PyObject* o = *bytes;
  Py_ssize_t old = Py_SIZE(o);
  if (n == old) return {};
  if (n == 0 || old == 0 || !PyBytes_CheckExact(o)) {
    Ref<> copy = allocate_bytes(n);
    if (copy) memcpy(bytes_data(copy.get()), bytes_data(o), static_cast<size_t>(n < old ? n : old));
    *bytes = copy.release();
    Py_DECREF(o);
    if (!*bytes) return Raised{};
    return {};
  }
  size_t steps = (size_for(n) + kSizeStep - 1) / kSizeStep;
  auto moved = static_cast<PyObject*>(raw_reallocate(o, steps * kSizeStep));
  if (!moved) {
    Py_DECREF(o);
    *bytes = nullptr;
    return raise_no_memory();
  }
  reinterpret_cast<PyVarObject*>(moved)->ob_size = n;
  bytes_data(moved)[n] = '\0';
  bytes_hash_field(moved) = -1;
  *bytes = moved;
  return {};
}

void bytes_dealloc(PyObject* o) {
  if (PyBytes_CheckExact(o))
    free_object(o, size_for(Py_SIZE(o)));
  else
    Py_TYPE(o)->tp_free(o);
}

Py_hash_t bytes_hash(PyObject* o) {
  Py_hash_t& hash = bytes_hash_field(o);
  if (hash == -1) hash = hash_bytes(bytes_data(o), static_cast<size_t>(Py_SIZE(o)));
  return hash;
}

BytesBuilder::~BytesBuilder() { raw_free(data_); }

bool BytesBuilder::reserve(Py_ssize_t more) {
  if (more <= capacity_ - size_) return true;
  if (more > PY_SSIZE_T_MAX / 4 - size_) return raise_no_memory(), false;
  Py_ssize_t capacity = size_ + more + (capacity_ ? (size_ + more) / 2 : 0);
  if (capacity < 64) capacity = 64;
  auto grown = static_cast<char*>(raw_reallocate(data_, static_cast<size_t>(capacity)));
  if (!grown) return raise_no_memory(), false;
  data_ = grown;
  capacity_ = capacity;
  return true;
}

Ref<> BytesBuilder::finish() {
  Ref<> o = new_bytes(view());
  raw_free(data_);
  data_ = nullptr;
  size_ = capacity_ = 0;
  return o;
}

}  // namespace taipan
