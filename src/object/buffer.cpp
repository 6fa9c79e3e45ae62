// Borrowing and giving back another object's memory.
#include "object/buffer.h"

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

}  // namespace taipan
