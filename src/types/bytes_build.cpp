// The bytes of an object that is neither number nor str: what bytes(x) and bytearray(x) copy.
#include "object/bytes.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/buffer.h"
#include "types/bytes_methods.h"
#include "types/memory.h"

namespace taipan {

Result<unsigned char> byte_value(PyObject* o, const char* what) {
  Py_ssize_t n = TRY(to_ssize(o));
  if (n < 0 || n > 255) return raise(PyExc_ValueError, "{} must be in range(0, 256)", what);
  return static_cast<unsigned char>(n);
}

namespace {

Status add_byte(BytesBuilder& out, PyObject* o) {
  if (!out.add(static_cast<char>(TRY(byte_value(o, "bytes"))))) return Raised{};
  return {};
}

}  // namespace

Ref<> bytes_from_object(PyObject* o) {
  if (PyBytes_CheckExact(o)) return share(o);
  if (has_buffer(o)) {
    BufferView view;
    TRY(view.acquire(o, PyBUF_FULL_RO));
    return contiguous_bytes(view.raw(), 'C');
  }
  BytesBuilder out;
  if (PyList_CheckExact(o) || PyTuple_CheckExact(o)) {
    // A list may change while its items' __index__ runs.
    for (Py_ssize_t i = 0; i < Py_SIZE(o); i++) {
      Ref<> value = share(fast_items(o)[i]);
      TRY(add_byte(out, value.get()));
    }
    return out.finish();
  }
  if (!PyUnicode_Check(o)) {
    Ref<> iterator = iterate(o);
    if (iterator) {
      while (true) {
        Ref<> value = TRY(next(iterator.get()));
        if (!value) return out.finish();
        TRY(add_byte(out, value.get()));
      }
    }
    if (!clear_error_if(PyExc_TypeError)) return {};
  }
  return raise(PyExc_TypeError, "cannot convert '{}' object to bytes", clip(type_name(o), 200));
}

}  // namespace taipan
