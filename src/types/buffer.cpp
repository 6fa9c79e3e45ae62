// A plain block of memory as a buffer.
#include "types/buffer.h"

#include "object/error.h"

namespace taipan {

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
