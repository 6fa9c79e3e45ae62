// The end of a program by an exception: sys.excepthook, SystemExit, the exit status.
#include "object/call.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "runtime/audit.h"
#include "runtime/config.h"
#include "runtime/lifecycle.h"
#include "runtime/traceback_print.h"

namespace taipan {

int exit_status_of_system_exit() {
  Ref<> e = take_error();
  flush_quietly();
  Ref<> code = e ? get_attr(e.get(), "code"_name) : Ref<>();
  if (!code) {
    clear_error();
    code = e ? std::move(e) : none();
  }
  if (code.get() == Py_None) return 0;
  if (PyLong_Check(code.get())) {
    int64_t value;
    return int_to_int64(code.get(), &value) ? 255 : static_cast<int>(value);
  }
  Ref<> text = to_str(code.get());
  if (text) {
    write_stderr(text.get());
    write_stderr("\n");
  }
  clear_error();
  return 1;
}

static Status remember(PyObject* type, PyObject* value, PyObject* traceback) {
  TRY(sys_set("last_type"_name, type));
  TRY(sys_set("last_value"_name, value));
  return sys_set("last_traceback"_name, traceback);
}

int report_uncaught() {
  if (!config.inspect && pending_matches(PyExc_SystemExit)) return exit_status_of_system_exit();
  Ref<> e = take_error();
  if (!e) return 1;
  auto& x = *reinterpret_cast<Exception*>(e.get());
  Ref<> traceback = x.traceback ? share(x.traceback) : none();
  PyObject* type = object(Py_TYPE(e.get()));
  if (!interpreter().sysdict) {
    (void)raise_instance(std::move(e));
    print_pending_to_stderr();
    return 1;
  }
  if (!remember(type, e.get(), traceback.get())) clear_error();
  PyObject* hook = sys_get("excepthook"_name);
  if (!hook) {
    write_stderr("sys.excepthook is missing\n");
    display_exception(e.get(), traceback.get());
    return 1;
  }
  Ref<> kept = share(hook);
  if (!audit("sys.excepthook", {hook, type, e.get(), traceback.get()})) {
    if (clear_error_if(PyExc_RuntimeError)) return 1;  // the hook shall not be called
    report_unraisable_message("in audit hook", nullptr);
  }
  Ref<> done = call(hook, type, e.get(), traceback.get());
  if (!done) {
    if (pending_matches(PyExc_SystemExit)) return exit_status_of_system_exit();
    Ref<> second = take_error();
    write_stderr("Error in sys.excepthook:\n");
    display_exception(second.get(), nullptr);
    write_stderr("\nOriginal exception was:\n");
    display_exception(e.get(), traceback.get());
  }
  flush_quietly();
  return 1;
}

}  // namespace taipan
