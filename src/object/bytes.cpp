// bytes' kernel.
#include "object/bytes.h"

#include <array>

#include "base/hash.h"
#include "object/alloc.h"
#include "object/error.h"
#include "object/gc.h"

namespace taipan {
namespace {

constexpr size_t kHead = offsetof(PyBytesObject, ob_sval);
size_t size_for(Py_ssize_t n) { return kHead + static_cast<size_t>(n) + 1; }

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

/// The bytes of one byte, and last the empty one: static, so that a start need not make them.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"  // ob_shash
constexpr auto make_short_bytes() {
  std::array<PyBytesObject, 257> all{};
  for (int i = 0; i <= 256; i++) {
    all[i] = {{{kImmortal, &PyBytes_Type}, i < 256}, -1, {static_cast<char>(i)}};
  }
  return all;
}
#pragma clang diagnostic pop
static_assert(sizeof(PyBytesObject) >= kHead + 2);

}  // namespace

// A C name: embedded code refers to it.
extern "C" constinit std::array<PyBytesObject, 257> taipan_short_bytes = make_short_bytes();

PyObject* empty_bytes() { return object(&taipan_short_bytes[256]); }

Ref<> allocate_bytes(Py_ssize_t n) { return n == 0 ? share(empty_bytes()) : adopt(make(n)); }

Ref<> new_bytes(std::string_view data) {
  if (data.size() == 1) return share(object(&taipan_short_bytes[static_cast<unsigned char>(data[0])]));
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
