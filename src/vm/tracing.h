#pragma once
// sys.settrace and sys.setprofile as the machine sees them. While a function is set (and not running itself), the
// thread's handler table holds DO_TRACING everywhere, so that untraced code pays nothing.
#include "vm/frame.h"

namespace taipan {

/// Calls the trace function for an exception that reached this frame.
void trace_exception(PyThreadState* ts, Frame* f);
/// Tells that the frame is left: with a value, or null for an exception. False: the function raised.
bool trace_return(PyThreadState* ts, Frame* f, PyObject* value);
/// Calls a callable with the profile function told before and after, if it is one of C's.
inline bool is_tracing(PyThreadState* ts) { return ts->cframe->use_tracing != 0; }

}  // namespace taipan
