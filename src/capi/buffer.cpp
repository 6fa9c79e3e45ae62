// buffer.h (in abstract.h), genericaliasobject.h, and the recursion guards of object.h.
#include "capi/export.h"
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
CAPI int PyObject_GetBuffer(PyObject* o, Py_buffer* view, int flags) {
  if (view) return acquire_buffer(o, view, flags).to_c();
  raise(PyExc_BufferError, "PyObject_GetBuffer: view==NULL argument is obsolete");
  return -1;
}
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

CAPI PyObject* Py_GenericAlias(PyObject* origin, PyObject* args) { return new_generic_alias(origin, args).release(); }
CAPI int Py_ReprEnter(PyObject* o) { return repr_enter(o); }
CAPI void Py_ReprLeave(PyObject* o) { repr_leave(o); }
CAPI PyObject* PyType_FromModuleAndSpec(PyObject* module, PyType_Spec* spec, PyObject* bases) {
  return type_from_spec(module, spec, bases).release();
}
CAPI PyObject* PyType_FromSpecWithBases(PyType_Spec* spec, PyObject* bases) { return type_from_spec(nullptr, spec, bases).release(); }
CAPI PyObject* PyType_FromSpec(PyType_Spec* spec) { return type_from_spec(nullptr, spec, nullptr).release(); }
