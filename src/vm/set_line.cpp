// `frame.f_lineno = n` inside a trace function: jumping.
#include "vm/set_line.h"

#include "object/error.h"

namespace taipan {

Status set_frame_line(FrameObject& frame, PyObject* value) {
  if (!value) return raise(PyExc_AttributeError, "cannot delete attribute");
  if (!PyLong_CheckExact(value)) return raise(PyExc_ValueError, "lineno must be an integer");
  if (!frame.f_trace) return raise(PyExc_ValueError, "f_lineno can only be set by a trace function");
  return raise(PyExc_ValueError, "f_lineno can only be set in a trace function");
}

}  // namespace taipan
