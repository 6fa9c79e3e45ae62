// bytes(o) for int.from_bytes: what has bytes, is bytes, or yields their values.
#include "object/bytes.h"
#include "object/call.h"
#include "object/error.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/tuple.h"
#include "types/buffer.h"
#include "types/int.h"
#include "types/memory.h"

namespace taipan {
namespace {

Ref<> bytes_of_buffer(PyObject* o) {
  BufferView view;
  TRY(view.acquire(o, PyBUF_FULL_RO));
  return contiguous_bytes(view.raw(), 'C');
}

Ref<> bytes_of_items(PyObject* iterable) {
  BytesBuilder out;
  TRY(for_each(iterable, [&](PyObject* item) -> Status {
    Py_ssize_t value = TRY(to_ssize(item));
    if (value < 0 || value > 255) return raise(PyExc_ValueError, "bytes must be in range(0, 256)");
    if (!out.add(static_cast<char>(value))) return Raised{};
    return {};
  }));
  return out.finish();
}

}  // namespace

Ref<> object_to_bytes(PyObject* o) {
  if (is_exact(o, &PyBytes_Type)) return share(o);
  if (Ref<> method = TRY(lookup_special(o, "__bytes__"_name))) {
    PyObject* none_yet[1] = {nullptr};
    Ref<> result = TRY(vectorcall(method.get(), none_yet + 1, PY_VECTORCALL_ARGUMENTS_OFFSET));
    if (!PyBytes_Check(result.get()))
      return raise(PyExc_TypeError, "__bytes__ returned non-bytes (type {})", clip(type_name(result.get()), 200));
    return result;
  }
  auto* procs = Py_TYPE(o)->tp_as_buffer;
  if (procs && procs->bf_getbuffer) return bytes_of_buffer(o);
  if (!PyUnicode_Check(o)) {
    if (is_exact(o, &PyList_Type) || is_exact(o, &PyTuple_Type)) return bytes_of_items(o);
    if (Ref<> iterator = iterate(o)) return bytes_of_items(iterator.get());
    if (!pending_matches(PyExc_TypeError)) return Raised{};
    clear_error();
  }
  return raise(PyExc_TypeError, "cannot convert '{}' object to bytes", clip(type_name(o), 200));
}

}  // namespace taipan
