// bytearray's memory: ob_start lies somewhere in ob_bytes, so that bytes can be taken off the front
// without moving the others; a zero always stands behind the last byte.
#include "types/bytearray.h"

#include "object/alloc.h"
#include "object/error.h"
#include "object/gc.h"

namespace taipan {

Ref<> new_bytearray(std::string_view data) {
  auto o = TRY(adopt(
      reinterpret_cast<ByteArray*>(allocate_var_object(&PyByteArray_Type, sizeof(ByteArray), 0))));
  o->ob_alloc = 0;
  o->ob_bytes = nullptr;
  o->ob_start = _PyByteArray_empty_string;
  o->ob_exports = 0;
  if (data.empty()) return o;
  TRY(bytearray_resize(object(o.get()), static_cast<Py_ssize_t>(data.size())));
  memcpy(o->ob_start, data.data(), data.size());
  return o;
}

namespace {

Status check_exports(ByteArray* a) {
  if (a->ob_exports > 0)
    return raise(PyExc_BufferError, "Existing exports of data: object cannot be re-sized");
  return {};
}

/// How much to ask for: room to grow when growing, all of the old when shrinking a little.
Py_ssize_t capacity_for(Py_ssize_t size, Py_ssize_t have) {
  if (size < have / 2) return size + 1;
  if (size < have) return have;
  if (size <= have + have / 8) return size + (size >> 3) + (size < 9 ? 3 : 6);
  return size + 1;
}

}  // namespace

Status bytearray_resize(PyObject* o, Py_ssize_t size) {
  auto a = reinterpret_cast<ByteArray*>(o);
  if (size == Py_SIZE(o)) return {};
  TRY(check_exports(a));
  Py_ssize_t front = a->ob_start - (a->ob_bytes ? a->ob_bytes : a->ob_start);
  if (size > PY_SSIZE_T_MAX - 16 - size / 8) return raise_no_memory();
  if (size + front + 1 <= a->ob_alloc && size >= a->ob_alloc / 2) {
    // It fits, and not too loosely.
    reinterpret_cast<PyVarObject*>(o)->ob_size = size;
    a->ob_start[size] = '\0';
    return {};
  }
  Py_ssize_t capacity = capacity_for(size, a->ob_alloc);
  Py_ssize_t keep = size < Py_SIZE(o) ? size : Py_SIZE(o);
  char* block;
  if (front > 0) {
    block = static_cast<char*>(raw_allocate(static_cast<size_t>(capacity)));
    if (block) {
      memcpy(block, a->ob_start, static_cast<size_t>(keep));
      raw_free(a->ob_bytes);
    }
  } else {
    block = static_cast<char*>(raw_reallocate(a->ob_bytes, static_cast<size_t>(capacity)));
  }
  if (!block) return raise_no_memory();
  a->ob_bytes = a->ob_start = block;
  a->ob_alloc = capacity;
  reinterpret_cast<PyVarObject*>(o)->ob_size = size;
  block[size] = '\0';
  return {};
}

Status bytearray_splice(PyObject* o, Py_ssize_t low, Py_ssize_t high, std::string_view with) {
  auto a = reinterpret_cast<ByteArray*>(o);
  Py_ssize_t size = Py_SIZE(o), growth = static_cast<Py_ssize_t>(with.size()) - (high - low);
  if (growth < 0) {
    TRY(check_exports(a));
    if (low == 0) {
      // Shrinking at the front only moves the start.
      a->ob_start -= growth;
      reinterpret_cast<PyVarObject*>(o)->ob_size = size + growth;
    } else {
      memmove(a->ob_start + high + growth, a->ob_start + high, static_cast<size_t>(size - high));
      TRY(bytearray_resize(o, size + growth));
    }
  } else if (growth > 0) {
    if (size > PY_SSIZE_T_MAX - growth) return raise_no_memory();
    TRY(bytearray_resize(o, size + growth));
    memmove(a->ob_start + high + growth, a->ob_start + high, static_cast<size_t>(size - high));
  }
  if (!with.empty()) memcpy(a->ob_start + low, with.data(), with.size());
  return {};
}

}  // namespace taipan
