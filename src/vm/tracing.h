#pragma once
// sys.settrace and sys.setprofile as the machine sees them. While a function is set (and not running itself), the
// thread's handler table holds DO_TRACING everywhere, so that untraced code pays nothing.
#include "vm/frame.h"

namespace taipan {

/// Calls the trace function for the pending exception, which reached this frame.
void trace_exception(PyThreadState* ts, Frame* f);
/// Tells that an exception is thrown into a suspended frame, which goes on with it. False: a function raised.
bool trace_throw(PyThreadState* ts, Frame* f);
/// Tells that the frame is left: with a value, or null for the pending exception. False: a function raised.
bool trace_return(PyThreadState* ts, Frame* f, PyObject* value);
/// A call from bytecode while tracing: the profile function hears of C functions before and after.
PyObject* call_profiled(PyThreadState* ts, PyObject* callable, PyObject* const* args, size_t nargsf,
                        PyObject* kwnames);
inline bool is_tracing(PyThreadState* ts) { return ts->cframe->use_tracing != 0; }

}  // namespace taipan
