// Exceptions that nobody can catch: raised in destructors, callbacks and the like.
#include "object/call.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "runtime/lifecycle.h"
#include "runtime/traceback_print.h"
#include "types/struct_sequence.h"
#include "vm/frame.h"
#include "vm/vm.h"

namespace taipan {

static Ref<> hook_arguments(PyObject* type, PyObject* value, PyObject* traceback, PyObject* message,
                            PyObject* where) {
  // Made at the first need, which may be a bad moment: failing to make it, it is tried again the next time.
  static PyObject* args_type = nullptr;
  if (!args_type) {
    static PyStructSequence_Field fields[] = {{"exc_type", "the exception's class"},
                                              {"exc_value", "the exception"},
                                              {"exc_traceback", "its traceback"},
                                              {"err_msg", "what to say instead of 'Exception ignored in'"},
                                              {"object", "where it happened"},
                                              {}};
    PyStructSequence_Desc desc = {"UnraisableHookArgs", "What sys.unraisablehook gets.", fields, 5};
    args_type = TRY(new_struct_sequence_type(desc)).release();
  }
  StructFiller f(reinterpret_cast<PyTypeObject*>(args_type));
  for (PyObject* o : {type, value, traceback, message, where}) f.add(share(o ? o : Py_None));
  return f.finish();
}

/// A traceback of the running frame alone; empty if no Python code runs.
static Ref<> running_code() {
  PyFrameObject* frame = current_frame_object();
  Ref<> made = frame ? new_traceback(nullptr, frame, 2 * last_unit(frame->f_frame), frame_line(frame->f_frame)) : Ref<>();
  clear_error();
  return made;
}

void report_unraisable(PyObject* where) { report_unraisable_message(nullptr, where); }

void report_unraisable_message(const char* words, PyObject* where) {
  PendingError e = PendingError::take();
  if (!e.type) return;
  if (!e.traceback)  // raised by a function of C++: the running frame tells where
    if (PyFrameObject* frame = current_frame_object())
      e.traceback = new_traceback(nullptr, frame, last_unit(frame->f_frame) * int(sizeof(CodeUnit)), -1);
  Ref<> type = e.type.copy();
  Ref<> traceback = e.traceback ? e.traceback.copy() : Ref<>();
  Ref<> value = std::move(e).instance();
  if (value) type = share(object(Py_TYPE(value.get())));
  if (!traceback) traceback = running_code();  // raised by C code: where that was called
  if (traceback && value && is_exception(value.get()) && !reinterpret_cast<Exception*>(value.get())->traceback)
    reinterpret_cast<Exception*>(value.get())->traceback = Py_NewRef(traceback.get());
  Ref<> words_text = words ? format_str("Exception ignored {}", words) : Ref<>();
  clear_error();
  PyObject* hook = sys_get("unraisablehook"_name);
  if (hook && hook != Py_None && is_started()) {
    Ref<> kept = share(hook);
    Ref<> args = hook_arguments(type.get(), value.get(), traceback.get(), words_text.get(), where);
    if (args && audit("sys.unraisablehook", {hook, args.get()}) && call(hook, args.get())) return;
    // The hook itself failed: its error is shown in place of the first.
    PendingError second = PendingError::take();
    Ref<> second_type = second.type ? second.type.copy() : Ref<>();
    Ref<> second_tb = second.traceback ? second.traceback.copy() : Ref<>();
    Ref<> second_value = std::move(second).instance();
    Ref<> message = new_str("Exception ignored in sys.unraisablehook");
    if (message)
      display_unraisable(second_type.get(), second_value.get(), second_tb.get(), message.get(),
                         hook);
    return clear_error();
  }
  display_unraisable(type.get(), value.get(), traceback.get(), words_text.get(), where);
}

void display_unraisable(PyObject* type, PyObject* value, PyObject* traceback, PyObject* message,
                        PyObject* where) {
  auto given = [](PyObject* o) { return o && o != Py_None; };
  TextBuffer out;
  if (given(where)) {
    if (given(message))
      format(out, "{}: ", as_str(message));
    else
      out.append("Exception ignored in: ");
    Ref<> text = repr(where);
    clear_error();
    if (text)
      write_str_argument(out, text.get());
    else
      out.append("<object repr() failed>");
    out.append('\n');
  } else if (given(message)) {
    format(out, "{}:\n", as_str(message));
  }
  if (given(traceback)) format_traceback(out, traceback);
  if (given(type)) {
    Ref<> module = get_attr(type, "__module__"_name);
    if (!module || !PyUnicode_Check(module.get()))
      out.append("<unknown>");
    else if (!str_equal(module.get(), "builtins") && !str_equal(module.get(), "__main__"))
      format(out, "{}.", as_str(module.get()));
    clear_error();
    Ref<> name = get_attr(type, "__qualname__"_name);
    if (name && PyUnicode_Check(name.get()))
      write_str_argument(out, name.get());
    else
      out.append("<unknown>");
    clear_error();
    if (given(value)) {
      out.append(": ");
      Ref<> text = to_str(value);
      clear_error();
      if (text)
        write_str_argument(out, text.get());
      else
        out.append("<exception str() failed>");
    }
    out.append('\n');
  }
  write_stderr(out.view());
}

}  // namespace taipan
