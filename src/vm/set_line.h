#pragma once
// `frame.f_lineno = n` inside a trace function: jumping.
#include "vm/frame.h"

namespace taipan {

Status set_frame_line(FrameObject& frame, PyObject* value);

}  // namespace taipan
