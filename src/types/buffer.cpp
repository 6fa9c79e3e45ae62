// The buffer protocol's two ends.
#include "types/buffer.h"

#include "object/error.h"

namespace taipan {

Status acquire_buffer(PyObject* o, Py_buffer* view, int flags) {
  if (!has_buffer(o)) {
    view->obj = nullptr;
    return raise(PyExc_TypeError, "a bytes-like object is required, not '{}'",
                 clip(type_name(o), 100));
  }
  return Status::from_c(Py_TYPE(o)->tp_as_buffer->bf_getbuffer(o, view, flags));
}

void release_buffer(Py_buffer* view) {
  PyObject* owner = view->obj;
  if (!owner) return;
  PyBufferProcs* procs = Py_TYPE(owner)->tp_as_buffer;
  if (procs && procs->bf_releasebuffer) procs->bf_releasebuffer(owner, view);
  view->obj = nullptr;
  Py_DECREF(owner);
}

Status fill_buffer(Py_buffer* view, PyObject* owner, void* data, Py_ssize_t size, bool read_only,
                   int flags) {
  if ((flags & PyBUF_WRITABLE) && read_only) {
    view->obj = nullptr;
    return raise(PyExc_BufferError, "Object is not writable.");
  }
  view->obj = Py_XNewRef(owner);
  view->buf = data;
  view->len = size;
  view->readonly = read_only;
  view->itemsize = 1;
  view->format = flags & PyBUF_FORMAT ? const_cast<char*>("B") : nullptr;
  view->ndim = 1;
  view->shape = flags & PyBUF_ND ? &view->len : nullptr;
  view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? &view->itemsize : nullptr;
  view->suboffsets = nullptr;
  view->internal = nullptr;
  return {};
}

}  // namespace taipan
