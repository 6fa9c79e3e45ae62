// sys: the functions that the interpreter calls back (excepthook, displayhook …), tracing, audit.
#include <cstdlib>

#include "modules/sys.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/exceptions.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"
#include "runtime/audit.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "runtime/traceback_print.h"
#include "vm/frame.h"
#include "vm/vm.h"

namespace taipan::sys {

// -- displaying -----------------------------------------------------------------------------

/// A text that the stream's encoding cannot say, with escapes.
static Status write_escaped(PyObject* stream, PyObject* text) {
  Ref<> encoding = TRY(get_attr(stream, "encoding"_name));
  Ref<> bytes = TRY(call_method(text, "encode"_name, encoding.get(), "backslashreplace"_name));
  Ref<> buffer = TRY(find_attr(stream, "buffer"_name));
  if (buffer) return done(call_method(buffer.get(), "write"_name, bytes.get()));
  Ref<> decoded = TRY(call_method(bytes.get(), "decode"_name, encoding.get(), "strict"_name));
  return done(call_method(stream, "write"_name, decoded.get()));
}

static constexpr char displayhook_doc[] =
    "displayhook($module, object, /)\n--\n\nPrints an object at the prompt and keeps it as "
    "builtins._; None is not printed.";
static Status displayhook(PyObject*, PyObject* o) {
  Ref<> builtins = TRY(imported_module("builtins"_name));
  if (!builtins) return raise(PyExc_RuntimeError, "lost builtins module");
  if (o == Py_None) return {};
  TRY(set_attr(builtins.get(), "_"_name, Py_None));
  PyObject* out = sys_get("stdout"_name);
  if (!out || out == Py_None) return raise(PyExc_RuntimeError, "lost sys.stdout");
  Ref<> stream = share(out);
  Ref<> text = TRY(repr(o));
  if (!call_method(stream.get(), "write"_name, text.get())) {
    if (!clear_error_if(PyExc_UnicodeEncodeError)) return Raised{};
    TRY(write_escaped(stream.get(), text.get()));
  }
  TRY(done(call_method(stream.get(), "write"_name, "\n"_name)));
  return set_attr(builtins.get(), "_"_name, o);
}

static constexpr char excepthook_doc[] =
    "excepthook($module, exctype, value, traceback, /)\n--\n\nPrints an exception and its "
    "traceback to sys.stderr.";
static void excepthook(PyObject*, PyObject*, PyObject* value, PyObject* traceback) {
  display_exception(value, traceback);
}

static constexpr char unraisablehook_doc[] =
    "unraisablehook($module, unraisable, /)\n--\n\nPrints an exception that nobody can catch to "
    "sys.stderr.";
static Status unraisablehook(PyObject*, PyObject* args) {
  if (strcmp(type_name(args), "UnraisableHookArgs"))
    return raise(PyExc_TypeError, "sys.unraisablehook argument type must be UnraisableHookArgs");
  display_unraisable(item(args, 0), item(args, 1), item(args, 2), item(args, 3), item(args, 4));
  return {};
}

static Ref<> breakpointhook(PyObject*, Arguments args) {
  const char* env = getenv("PYTHONBREAKPOINT");
  std::string_view target = env && *env ? env : "pdb.set_trace";
  if (target == "0") return none();
  size_t dot = target.rfind('.');
  std::string_view module = dot == target.npos ? "builtins" : target.substr(0, dot);
  Ref<> name = TRY(new_str(dot == target.npos ? target : target.substr(dot + 1)));
  Ref<> found = module.empty() ? Ref<>() : import_module(module);
  Ref<> hook = found ? get_attr(found.get(), name.get()) : Ref<>();
  if (!hook) {
    if (pending_error() && !clear_error_if(PyExc_ImportError) &&
        !clear_error_if(PyExc_AttributeError))
      return {};
    Ref<> text = TRY(format_str("Ignoring unimportable $PYTHONBREAKPOINT: \"{}\"", target));
    TRY(warn(PyExc_RuntimeWarning, 0, utf8_or_question(text.get()).data()));
    return none();
  }
  return vectorcall(hook.get(), args.items, static_cast<size_t>(args.count), args.names);
}

// -- tracing --------------------------------------------------------------------------------

static constexpr const char* kEvents[] = {"call",   "exception",   "line",     "return",
                                          "c_call", "c_exception", "c_return", "opcode"};

static Ref<> call_tracer(PyObject* callback, PyFrameObject* frame, int what, PyObject* arg) {
  TRY(fast_to_locals(frame->f_frame));
  Ref<> event = TRY(new_interned(kEvents[what]));
  Ref<> result = call(callback, object(frame), event.get(), arg ? arg : Py_None);
  locals_to_fast(frame->f_frame, true);
  if (!result) add_traceback(frame->f_frame);
  return result;
}

static int profile_entry(PyObject* self, PyFrameObject* frame, int what, PyObject* arg) {
  Ref<> callback = share(self);
  if (call_tracer(self, frame, what, arg)) return 0;
  PendingError kept = PendingError::take();
  if (!set_profile(current_thread(), nullptr, nullptr)) clear_error();
  std::move(kept).restore();
  return -1;
}

/// The global function is called for new frames; what it returns is called for the frame's other
/// events.
static int trace_entry(PyObject* self, PyFrameObject* frame, int what, PyObject* arg) {
  PyObject* callback = what == PyTrace_CALL ? self : frame->f_trace;
  if (!callback) return 0;
  Ref<> kept_callback = share(callback);
  Ref<> result = call_tracer(callback, frame, what, arg);
  if (!result) {
    PendingError kept = PendingError::take();
    if (!set_trace(current_thread(), nullptr, nullptr)) clear_error();
    clear_field(frame->f_trace);
    std::move(kept).restore();
    return -1;
  }
  if (result.get() != Py_None) replace_field(frame->f_trace, std::move(result));
  return 0;
}

static Ref<> settrace(PyObject*, PyObject* function) {
  TRY(audit("sys.settrace", {}));
  bool off = function == Py_None;
  TRY(set_trace(current_thread(), off ? nullptr : trace_entry, off ? nullptr : function));
  return none();
}
static Ref<> setprofile(PyObject*, PyObject* function) {
  TRY(audit("sys.setprofile", {}));
  bool off = function == Py_None;
  TRY(set_profile(current_thread(), off ? nullptr : profile_entry, off ? nullptr : function));
  return none();
}
template <Ref<> (*F)(PyObject*, PyObject*)>
static PyObject* entry(PyObject* self, PyObject* o) {
  return F(self, o).release();
}
static constexpr char gettrace_doc[] =
    "gettrace($module, /)\n--\n\nThe function that settrace() installed.";
static Ref<> gettrace(PyObject*) {
  PyObject* o = current_thread()->c_traceobj;
  return share(o ? o : Py_None);
}
static constexpr char getprofile_doc[] =
    "getprofile($module, /)\n--\n\nThe function that setprofile() installed.";
static Ref<> getprofile(PyObject*) {
  PyObject* o = current_thread()->c_profileobj;
  return share(o ? o : Py_None);
}
static constexpr char call_tracing_doc[] =
    "call_tracing($module, func, args, /)\n--\n\nfunc(*args) with tracing on: for debuggers that "
    "debug from within a trace function.";
static Ref<> call_tracing(PyObject*, PyObject* function, Tuple& args) {
  PyThreadState* ts = current_thread();
  int tracing = std::exchange(ts->tracing, 0);
  update_tracing(ts);
  Ref<> result = call_object(function, object(args));
  ts->tracing = tracing;
  update_tracing(ts);
  return result;
}

// -- audit ----------------------------------------------------------------------------------

static constexpr char addaudithook_doc[] =
    "addaudithook($module, /, hook)\n--\n\nAdds a function that is called with every audit event "
    "and its arguments.";
static Status addaudithook(PyObject*, PyObject* hook) {
  if (!audit("sys.addaudithook", {})) {
    // A hook that does not want another one just keeps it out; only what is no Exception is heard of.
    if (!clear_error_if(PyExc_Exception)) return Raised{};
    return {};
  }
  return add_audit_hook(hook);
}
static Ref<> audit_event(PyObject*, Arguments args) {
  if (!args.count)
    return raise(PyExc_TypeError, "audit() missing 1 required positional argument: 'event'");
  if (!has_audit_hooks()) return none();
  if (!PyUnicode_Check(args.items[0]))
    return raise(PyExc_TypeError, "expected str for argument 'event', not {}",
                 type_name(args.items[0]));
  Ref<> rest = TRY(tuple_of(args.items + 1, args.count - 1));
  TRY(audit_with(args.items[0], rest.get()));
  return none();
}

constinit PyMethodDef hook_functions[] = {
    method<displayhook_doc, displayhook>,
    method<excepthook_doc, excepthook>,
    method<unraisablehook_doc, unraisablehook>,
    varargs<breakpointhook>("breakpointhook",
                            "breakpointhook(*args, **kws)\n\nWhat breakpoint() calls: "
                            "pdb.set_trace, or what $PYTHONBREAKPOINT names."),
    {"settrace", entry<settrace>, METH_O,
     "settrace(function)\n\nCalls the function on every call, line, return and exception of Python "
     "code."},
    method<gettrace_doc, gettrace>,
    {"setprofile", entry<setprofile>, METH_O,
     "setprofile(function)\n\nCalls the function on every call and return."},
    method<getprofile_doc, getprofile>,
    method<call_tracing_doc, call_tracing>,
    method<addaudithook_doc, addaudithook>,
    positional_varargs<audit_event>("audit",
                                    "audit(event, *args)\n\nPasses the event to all audit hooks."),
    {},
};

}  // namespace taipan::sys
