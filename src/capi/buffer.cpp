// buffer.h (in abstract.h), genericaliasobject.h, and the recursion guards of object.h.
#include <cstring>

#include "capi/export.h"
#include "object/call.h"
#include "object/str.h"
#include "runtime/import.h"
#include "object/error.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/type.h"
#include "types/buffer.h"
#include "types/memory.h"
#include "types/rows.h"
#include "vm/vm.h"

using namespace taipan;

CAPI int PyObject_CheckBuffer(PyObject* o) { return has_buffer(o); }
CAPI int PyObject_GetBuffer(PyObject* o, Py_buffer* view, int flags) { return acquire_buffer(o, view, flags).to_c(); }
CAPI void PyBuffer_Release(Py_buffer* view) { release_buffer(view); }
CAPI int PyBuffer_FillInfo(Py_buffer* view, PyObject* o, void* data, Py_ssize_t size, int read_only, int flags) {
  return fill_buffer(view, o, data, size, read_only != 0, flags).to_c();
}
CAPI int PyBuffer_IsContiguous(const Py_buffer* view, char order) { return is_contiguous(*view, order); }
CAPI int PyBuffer_ToContiguous(void* block, const Py_buffer* view, Py_ssize_t size, char order) {
  if (size != view->len) {
    raise(PyExc_ValueError, "PyBuffer_ToContiguous: len != view->len");
    return -1;
  }
  return copy_to_block(*view, static_cast<char*>(block), order).to_c();
}

CAPI int PyBuffer_FromContiguous(const Py_buffer* view, const void* data, Py_ssize_t size, char order) {
  if (size > view->len) size = view->len;
  if (is_contiguous(*view, order)) {
    memcpy(view->buf, data, static_cast<size_t>(size));
    return 0;
  }
  Py_ssize_t index[PyBUF_MAX_NDIM] = {};
  auto* from = static_cast<const char*>(data);
  for (Py_ssize_t left = size / view->itemsize; left > 0; left--, from += view->itemsize) {
    memcpy(PyBuffer_GetPointer(view, index), from, static_cast<size_t>(view->itemsize));
    // The next place: the first index runs fastest in Fortran's order, the last in C's.
    for (int step = 0; step < view->ndim; step++) {
      int k = order == 'F' ? step : view->ndim - 1 - step;
      if (++index[k] < view->shape[k]) break;
      index[k] = 0;
    }
  }
  return 0;
}
CAPI void* PyBuffer_GetPointer(const Py_buffer* view, const Py_ssize_t* indices) {
  auto* p = static_cast<char*>(view->buf);
  for (int i = 0; i < view->ndim; i++) {
    p += view->strides[i] * indices[i];
    if (view->suboffsets && view->suboffsets[i] >= 0) p = *reinterpret_cast<char**>(p) + view->suboffsets[i];
  }
  return p;
}
CAPI Py_ssize_t PyBuffer_SizeFromFormat(const char* format) {
  Ref<> calcsize = import_attribute("struct", "calcsize"), text = calcsize ? new_str(format) : Ref<>();
  Ref<> size = text ? call(calcsize.get(), text.get()) : Ref<>();
  return size ? PyLong_AsSsize_t(size.get()) : -1;
}

CAPI PyObject* Py_GenericAlias(PyObject* origin, PyObject* args) { return new_generic_alias(origin, args).release(); }
CAPI int Py_ReprEnter(PyObject* o) { return repr_enter(o); }
CAPI void Py_ReprLeave(PyObject* o) { repr_leave(o); }
CAPI PyObject* PyType_FromModuleAndSpec(PyObject* module, PyType_Spec* spec, PyObject* bases) {
  return type_from_spec(module, spec, bases).release();
}
CAPI PyObject* PyType_FromSpecWithBases(PyType_Spec* spec, PyObject* bases) { return type_from_spec(nullptr, spec, bases).release(); }
CAPI PyObject* PyType_FromSpec(PyType_Spec* spec) { return type_from_spec(nullptr, spec, nullptr).release(); }
