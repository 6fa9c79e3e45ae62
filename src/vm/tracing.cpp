// sys.settrace and sys.setprofile.
#include "vm/tracing.h"

#include "object/error.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

static int guarded_call(PyThreadState* ts, Py_tracefunc function, PyObject* argument, Frame* f, int what,
                        PyObject* value) {
  if (ts->tracing) return 0;
  PyFrameObject* frame = frame_object_of(f);
  if (!frame) return -1;
  int old_what = std::exchange(ts->tracing_what, what);
  ts->tracing++;
  update_tracing(ts);
  int result = function(argument, frame, what, value);
  ts->tracing--;
  update_tracing(ts);
  ts->tracing_what = old_what;
  return result;
}

void trace_exception(PyThreadState*, Frame*) {}
bool trace_return(PyThreadState*, Frame*, PyObject*) { (void)guarded_call; return true; }
void update_tracing(PyThreadState*) {}
Status set_profile(PyThreadState*, Py_tracefunc, PyObject*) { return {}; }
Status set_trace(PyThreadState*, Py_tracefunc, PyObject*) { return {}; }

HANDLER(DO_TRACING) { BECOME(op_unknown); }

}  // namespace taipan
