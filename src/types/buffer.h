#pragma once
// Offering memory through the buffer protocol; borrowing it is object/buffer.h.
#include "object/buffer.h"

namespace taipan {

/// What PyBuffer_FillInfo does: a buffer over one plain block. Failed: BufferError.
Status fill_buffer(Py_buffer* view, PyObject* owner, void* data, Py_ssize_t size, bool read_only,
                   int flags);

}  // namespace taipan
