// sys.settrace and sys.setprofile. While a function is set, every entry of the thread's handler table is
// DO_TRACING: it tells the functions about calls, lines and returns and then executes the instruction proper.
#include "vm/tracing.h"

#include "object/call.h"
#include "object/error.h"
#include "object/tuple.h"
#include "types/code.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

void update_tracing(PyThreadState* ts) {
  bool active = (ts->c_tracefunc || ts->c_profilefunc) && !ts->tracing;
  if (active == (ts->cframe->use_tracing != 0) &&
      active == (extended(ts)->handlers[0] == reinterpret_cast<void*>(op_DO_TRACING)))
    return;
  ts->cframe->use_tracing = active ? 255 : 0;
  if (!active) return use_normal_handlers(ts);
  for (void*& handler : extended(ts)->handlers) handler = reinterpret_cast<void*>(op_DO_TRACING);
}

/// The finalizer of the old object may try to set a function too: it may not.
static Status replace_hook(PyThreadState* ts, Py_tracefunc& hook, PyObject*& argument, Py_tracefunc function,
                           PyObject* object, const char* kind, bool& installing) {
  if (installing) {
    installing = false;
    return raise(PyExc_RuntimeError, "Cannot install a {} function while another {} function is being installed", kind,
                 kind);
  }
  installing = true;
  hook = nullptr;
  PyObject* old = std::exchange(argument, nullptr);
  update_tracing(ts);
  Py_XDECREF(old);
  argument = Py_XNewRef(object);
  hook = function;
  update_tracing(ts);
  installing = false;
  return {};
}
Status set_profile(PyThreadState* ts, Py_tracefunc function, PyObject* argument) {
  static bool installing = false;
  return replace_hook(ts, ts->c_profilefunc, ts->c_profileobj, function, argument, "profile", installing);
}
Status set_trace(PyThreadState* ts, Py_tracefunc function, PyObject* argument) {
  static bool installing = false;
  return replace_hook(ts, ts->c_tracefunc, ts->c_traceobj, function, argument, "trace", installing);
}

/// Calls a hook, which is not traced itself. False: it raised.
static bool call_hook(PyThreadState* ts, Py_tracefunc hook, PyObject* argument, Frame* f, int what, PyObject* value) {
  if (ts->tracing) return true;
  FrameObject* frame = frame_object_of(f);
  if (!frame) return false;
  int old_what = std::exchange(ts->tracing_what, what);
  ts->tracing++;
  update_tracing(ts);
  // Between KW_NAMES and its call only bytecode from outside has a line.
  PyObject* kwnames = std::exchange(extended(ts)->kwnames, nullptr);
  frame->f_lineno = frame_line(f);
  int result = hook(argument, frame, what, value);
  frame->f_lineno = 0;
  extended(ts)->kwnames = kwnames;
  ts->tracing--;
  update_tracing(ts);
  ts->tracing_what = old_what;
  return result == 0;
}

/// The same while an exception is pending, which stays pending unless the hook raises another.
static bool call_hook_protected(PyThreadState* ts, Py_tracefunc hook, PyObject* argument, Frame* f, int what,
                                PyObject* value) {
  PendingError pending = PendingError::take();
  if (!call_hook(ts, hook, argument, f, what, value)) return false;
  std::move(pending).restore();
  return true;
}

void trace_exception(PyThreadState* ts, Frame* f) {
  if (ts->tracing || is_incomplete(f)) return;
  PendingError pending = PendingError::take();
  Ref<> traceback = pending.traceback ? pending.traceback.copy() : none();
  Ref<> error = std::move(pending).instance();
  if (!error) return;
  Ref<> triple = tuple_of({object(Py_TYPE(error.get())), error.get(), traceback.get()});
  if (!triple) return;
  if (call_hook(ts, ts->c_tracefunc, ts->c_traceobj, f, PyTrace_EXCEPTION, triple.get()))
    raise_instance(std::move(error));
}

bool trace_return(PyThreadState* ts, Frame* f, PyObject* value) {
  auto call = value ? call_hook : call_hook_protected;
  if (!value) value = Py_None;
  if (ts->c_tracefunc && !call(ts, ts->c_tracefunc, ts->c_traceobj, f, PyTrace_RETURN, value)) return false;
  if (ts->c_profilefunc && !call(ts, ts->c_profilefunc, ts->c_profileobj, f, PyTrace_RETURN, value)) return false;
  return true;
}

static bool trace_start(PyThreadState* ts, Frame* f) {
  if (ts->c_tracefunc && !call_hook(ts, ts->c_tracefunc, ts->c_traceobj, f, PyTrace_CALL, Py_None)) return false;
  if (ts->c_profilefunc && !call_hook(ts, ts->c_profilefunc, ts->c_profileobj, f, PyTrace_CALL, Py_None)) return false;
  return true;
}

bool trace_throw(PyThreadState* ts, Frame* f) {
  if (ts->c_tracefunc && !call_hook_protected(ts, ts->c_tracefunc, ts->c_traceobj, f, PyTrace_CALL, Py_None)) return false;
  if (ts->c_profilefunc && !call_hook_protected(ts, ts->c_profilefunc, ts->c_profileobj, f, PyTrace_CALL, Py_None))
    return false;
  return true;
}

/// The value is off the stack while the hook runs: it may move the frame to another line, to go on there when resumed.
static bool trace_yield(PyThreadState* ts, Frame* f) {
  PyObject* value = f->slots[--f->stacktop];
  bool ok = trace_return(ts, f, value);
  f->slots[f->stacktop++] = value;
  return ok;
}

// -- calls of C functions, which only profilers hear about --

/// The built-in function that a call runs: a method descriptor is bound to its receiver. Empty: none is told of.
static Ref<> profiled_function(PyObject* callable, PyObject* const* args, Py_ssize_t nargs) {
  if (PyCFunction_Check(callable)) return share(callable);
  if (Py_TYPE(callable) != &PyMethodDescr_Type || nargs < 1) return {};
  return adopt(Py_TYPE(callable)->tp_descr_get(callable, args[0], object(Py_TYPE(args[0]))));
}

PyObject* call_profiled(PyThreadState* ts, PyObject* callable, PyObject* const* args, size_t nargsf,
                        PyObject* kwnames) {
  Ref<> told = ts->c_profilefunc ? profiled_function(callable, args, PyVectorcall_NARGS(nargsf)) : Ref<>();
  if (!told) {
    if (ts->curexc_type) return nullptr;
    return vectorcall(callable, args, nargsf, kwnames).release();
  }
  Frame* f = ts->cframe->current_frame;
  if (!call_hook(ts, ts->c_profilefunc, ts->c_profileobj, f, PyTrace_C_CALL, told.get())) return nullptr;
  PyObject* result = vectorcall(callable, args, nargsf, kwnames).release();
  if (!ts->c_profilefunc) return result;
  if (!result) {
    call_hook_protected(ts, ts->c_profilefunc, ts->c_profileobj, f, PyTrace_C_EXCEPTION, told.get());
  } else if (!call_hook(ts, ts->c_profilefunc, ts->c_profileobj, f, PyTrace_C_RETURN, told.get())) {
    Py_CLEAR(result);
  }
  return result;
}

// -- lines --

/// The unit of the RESUME that a function starts with.
static int entry_point(PyCodeObject* code) {
  const CodeUnit* units = first_unit(code);
  int i = 0;
  while (i < Py_SIZE(code) && unspecialized(opcode_of(units[i])) != Opcode::RESUME) i++;
  return i;
}

/// A line event when the line changes or a loop jumps back; an opcode event if they are wanted.
static bool trace_line(PyThreadState* ts, Frame* f, int previous) {
  constexpr int kUnit = sizeof(CodeUnit);
  int last_line = previous <= entry_point(f->code) ? -1 : line_of(f->code, previous * kUnit);
  int line = line_of(f->code, last_unit(f) * kUnit);
  FrameObject* frame = frame_object_of(f);
  if (!frame) return false;
  bool ok = true;
  if (line != -1 && frame->f_trace_lines) {
    bool back = last_unit(f) < previous && unspecialized(opcode_of(*f->prev_instr)) != Opcode::SEND;
    if (line != last_line || back) ok = call_hook(ts, ts->c_tracefunc, ts->c_traceobj, f, PyTrace_LINE, Py_None);
  }
  if (ok && frame->f_trace_opcodes && ts->c_tracefunc)
    ok = call_hook(ts, ts->c_tracefunc, ts->c_traceobj, f, PyTrace_OPCODE, Py_None);
  return ok;
}

/// What comes before an instruction. False: a hook raised.
[[gnu::noinline]] static bool trace_instruction(PyThreadState* ts, Frame* f, PyObject** sp, const CodeUnit* ip) {
  int previous = last_unit(f);
  save(f, ip);
  save_stack(f, sp);
  if (ts->tracing || is_incomplete(f) || last_unit(f) < f->code->_co_firsttraceable) return true;
  Opcode op = unspecialized(opcode_of(ip[-1]));
  if (op == Opcode::RESUME) return trace_start(ts, f);
  if (ts->c_tracefunc && !trace_line(ts, f, previous)) return false;
  if (op == Opcode::RETURN_VALUE) return trace_return(ts, f, saved_stack(f)[-1]);
  if (op == Opcode::YIELD_VALUE) return trace_yield(ts, f);
  return true;
}

HANDLER(DO_TRACING) {
  bool yields = unspecialized(opcode_of(ip[-1])) == Opcode::YIELD_VALUE;
  if (!trace_instruction(ts, f, sp, ip)) {
    Opcode op = unspecialized(opcode_of(ip[-1]));
    bool leaving = op == Opcode::RETURN_VALUE || op == Opcode::YIELD_VALUE;
    if (leaving) BECOME(leave_with_error_untraced);
    RAISED(sp);
  }
  // The hook may have moved the frame to another line.
  if (f->prev_instr != ip - 1) oparg = *f->prev_instr >> 8;
  ip = f->prev_instr + 1;
  sp = saved_stack(f);
  Opcode op = yields ? Opcode::YIELD_VALUE : unspecialized(opcode_of(ip[-1]));
  [[clang::musttail]] return normal_handlers[uint8_t(op)](f, sp, ip, ts, oparg);
}

}  // namespace taipan
