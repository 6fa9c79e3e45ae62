// bytesobject.h, bytearrayobject.h, memoryobject.h.
#include "object/bytes.h"

#include "capi/export.h"
#include "object/call.h"
#include "object/error.h"
#include "object/protocol.h"
#include "types/buffer.h"
#include "types/bytearray.h"
#include "types/bytes_methods.h"
#include "types/codecs.h"
#include "types/memory.h"
#include "types/memoryview.h"

using namespace taipan;

namespace {
std::string_view view(const char* s, Py_ssize_t n) { return {s, static_cast<size_t>(n)}; }
Raised expected_bytes(PyObject* o) {
  return raise(PyExc_TypeError, "expected bytes, {} found", clip(type_name(o), 200));
}
}  // namespace

CAPI PyObject* PyBytes_FromStringAndSize(const char* s, Py_ssize_t n) {
  if (n < 0) return raise(PyExc_SystemError, "Negative size passed to PyBytes_FromStringAndSize");
  return (s ? new_bytes(view(s, n)) : allocate_bytes(n)).release();
}
CAPI PyObject* PyBytes_FromString(const char* s) { return new_bytes(s).release(); }
CAPI PyObject* PyBytes_FromObject(PyObject* o) {
  if (!o) return raise_internal("bad argument to internal function");
  return bytes_from_object(o).release();
}
CAPI Py_ssize_t PyBytes_Size(PyObject* o) {
  if (!PyBytes_Check(o)) return expected_bytes(o), -1;
  return Py_SIZE(o);
}
CAPI char* PyBytes_AsString(PyObject* o) {
  if (!PyBytes_Check(o)) return expected_bytes(o), nullptr;
  return bytes_data(o);
}
CAPI int PyBytes_AsStringAndSize(PyObject* o, char** s, Py_ssize_t* n) {
  if (!s) return raise_internal("bad argument to internal function"), -1;
  if (!PyBytes_Check(o)) return expected_bytes(o), -1;
  *s = bytes_data(o);
  if (n)
    *n = Py_SIZE(o);
  else if (strlen(*s) != static_cast<size_t>(Py_SIZE(o)))
    return raise(PyExc_ValueError, "embedded null byte"), -1;
  return 0;
}
CAPI PyObject* PyBytes_Repr(PyObject* o, int) {
  return bytes_repr(bytes_view(o), "b", "", false).release();
}
CAPI void PyBytes_Concat(PyObject** a, PyObject* b) {
  if (!*a) return;
  if (!b) {
    Py_CLEAR(*a);
    return;
  }
  Ref<> joined = Ref<>::adopt(PyBytes_Type.tp_as_sequence->sq_concat(*a, b));
  Py_SETREF(*a, joined.release());
}
CAPI void PyBytes_ConcatAndDel(PyObject** a, PyObject* b) {
  PyBytes_Concat(a, b);
  Py_XDECREF(b);
}
CAPI int _PyBytes_Resize(PyObject** bytes, Py_ssize_t n) { return resize_bytes(bytes, n).to_c(); }
CAPI PyObject* _PyBytes_Join(PyObject* separator, PyObject* iterable) {
  return bytes_join(bytes_view(separator), iterable, new_bytes, true).release();
}
CAPI PyObject* PyBytes_DecodeEscape(const char* s, Py_ssize_t n, const char* errors, Py_ssize_t,
                                    const char*) {
  return decode_bytes_escape(view(s, n), errors).release();
}
CAPI PyObject* _PyBytes_DecodeEscape(const char* s, Py_ssize_t n, const char* errors,
                                     const char** first_invalid) {
  Py_ssize_t at = -1;
  Ref<> bytes = decode_bytes_escape(view(s, n), errors, &at);
  *first_invalid = at < 0 ? nullptr : s + at;
  return bytes.release();
}
CAPI PyObject* _PyBytes_FormatEx(const char* s, Py_ssize_t n, PyObject* arguments,
                                 int use_bytearray) {
  return bytes_percent(view(s, n), arguments, use_bytearray ? new_bytearray : new_bytes).release();
}
CAPI PyObject* _PyBytes_FromHex(PyObject* string, int use_bytearray) {
  return bytes_from_hex(string, use_bytearray ? new_bytearray : new_bytes).release();
}
CAPI Py_ssize_t _PyBytes_Find(const char* text, Py_ssize_t n, const char* part, Py_ssize_t m,
                              Py_ssize_t offset) {
  size_t at = view(text, n).find(view(part, m));
  return at == std::string_view::npos ? -1 : static_cast<Py_ssize_t>(at) + offset;
}
CAPI Py_ssize_t _PyBytes_ReverseFind(const char* text, Py_ssize_t n, const char* part, Py_ssize_t m,
                                     Py_ssize_t offset) {
  size_t at = view(text, n).rfind(view(part, m));
  return at == std::string_view::npos ? -1 : static_cast<Py_ssize_t>(at) + offset;
}
CAPI PyObject* PyObject_Bytes(PyObject* o) {
  if (!o) return new_bytes("<NULL>").release();
  if (PyBytes_CheckExact(o)) return Py_NewRef(o);
  if (PyUnicode_Check(o) || PyLong_Check(o)) {
    // Only buffers, iterables and __bytes__ count here.
    return bytes_from_object(o).release();
  }
  auto method = lookup_special(o, "__bytes__"_name);
  if (!method) return nullptr;
  if (!*method) return bytes_from_object(o).release();
  Ref<> made = call((*method).get());
  if (made && !PyBytes_Check(made.get()))
    return raise(PyExc_TypeError, "__bytes__ returned non-bytes (type {})",
                 clip(type_name(made.get()), 200));
  return made.release();
}

// -- bytearray --

CAPI PyObject* PyByteArray_FromObject(PyObject* o) {
  return call(object(&PyByteArray_Type), o).release();
}
CAPI PyObject* PyByteArray_FromStringAndSize(const char* s, Py_ssize_t n) {
  if (n < 0)
    return raise(PyExc_SystemError, "Negative size passed to PyByteArray_FromStringAndSize");
  if (s) return new_bytearray(view(s, n)).release();
  Ref<> o = new_bytearray({});
  if (!o || !bytearray_resize(o.get(), n)) return nullptr;
  return o.release();
}
CAPI PyObject* PyByteArray_Concat(PyObject* a, PyObject* b) {
  return PyByteArray_Type.tp_as_sequence->sq_concat(a, b);
}
CAPI Py_ssize_t PyByteArray_Size(PyObject* o) { return Py_SIZE(o); }
CAPI char* PyByteArray_AsString(PyObject* o) { return reinterpret_cast<ByteArray*>(o)->ob_start; }
CAPI int PyByteArray_Resize(PyObject* o, Py_ssize_t n) { return bytearray_resize(o, n).to_c(); }

// -- memoryview --

CAPI PyObject* PyMemoryView_FromObject(PyObject* o) { return new_memoryview(o).release(); }
CAPI PyObject* PyMemoryView_FromBuffer(const Py_buffer* buffer) {
  return new_memoryview_of_buffer(*buffer).release();
}
CAPI PyObject* PyMemoryView_FromMemory(char* data, Py_ssize_t size, int flags) {
  Py_buffer buffer;
  if (!fill_buffer(&buffer, nullptr, data, size, flags != PyBUF_WRITE, PyBUF_FULL_RO))
    return nullptr;
  return new_memoryview_of_buffer(buffer).release();
}
CAPI PyObject* PyMemoryView_GetContiguous(PyObject* o, int kind, char order) {
  Ref<> view = new_memoryview(o);
  if (!view) return nullptr;
  auto& source = *reinterpret_cast<MemoryView*>(view.get());
  const Py_buffer& b = source.view;
  if (kind == PyBUF_WRITE && b.readonly)
    return raise(PyExc_BufferError, "underlying buffer is not writable");
  if (is_contiguous(b, order)) return view.release();
  if (kind == PyBUF_WRITE)
    return raise(PyExc_BufferError,
                 "writable contiguous buffer requested for a non-contiguous object.");
  return contiguous_copy(source, order).release();
}
