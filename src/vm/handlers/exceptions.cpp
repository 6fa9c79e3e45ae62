// Raising, handling, context managers. An exception being handled lies on the stack, as what it displaced in the
// thread's exc_info does.
#include "object/call.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/int.h"
#include "object/tuple.h"
#include "vm/calls_inline.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

HANDLER(PUSH_EXC_INFO) {
  PyObject* exception = sp[-1];
  _PyErr_StackItem* info = ts->exc_info;
  sp[-1] = info->exc_value ? info->exc_value : Py_NewRef(Py_None);
  *sp = exception;
  info->exc_value = Py_NewRef(exception);
  NEXT(ip, sp + 1);
}
HANDLER(POP_EXCEPT) {
  save(f, ip);
  _PyErr_StackItem* info = ts->exc_info;
  PyObject* old = info->exc_value;
  info->exc_value = sp[-1];
  Py_XDECREF(old);
  NEXT(ip, sp - 1);
}

[[gnu::noinline]] static int matches(PyObject* exception, PyObject* type) {
  if (!check_except_type(type)) return -1;
  return exception_matches(exception, type);
}
HANDLER(CHECK_EXC_MATCH) {
  save(f, ip);
  PyObject* type = sp[-1];
  int r = matches(sp[-2], type);
  drop(type);
  if (r < 0) [[unlikely]] RAISED(sp - 1);
  sp[-1] = Py_NewRef(r ? Py_True : Py_False);
  NEXT(ip, sp);
}

/// From [exception, type] to [rest, match]; no match: [exception, None].
[[gnu::noinline]] static bool split_for_star(PyThreadState* ts, PyObject** sp) {
  PyObject* type = sp[-1];
  PyObject* exception = sp[-2];
  if (!check_except_star_type(type)) return false;
  PyObject *match, *rest;
  if (!match_exception_group(exception, type, &match, &rest)) return false;
  if (match == Py_None) {
    drop(rest);
    sp[-1] = match;
  } else {
    sp[-2] = rest;
    sp[-1] = match;
    PyObject* old = std::exchange(ts->exc_info->exc_value, Py_NewRef(match));
    Py_XDECREF(old);
    drop(exception);
  }
  drop(type);
  return true;
}
HANDLER(CHECK_EG_MATCH) {
  save(f, ip);
  if (!split_for_star(ts, sp)) [[unlikely]] RAISED(sp);
  NEXT(ip, sp);
}
HANDLER(PREP_RERAISE_STAR) {
  save(f, ip);
  PyObject* raised = sp[-1];
  PyObject* original = sp[-2];
  PyObject* result = prepare_reraise_star(original, raised).release();
  drop(raised);
  drop(original);
  if (!result) [[unlikely]] RAISED(sp - 2);
  sp[-2] = result;
  NEXT(ip, sp - 1);
}

/// Makes an instance the pending exception again, with the traceback it has. Takes it over.
static void restore_instance(PyThreadState* ts, PyObject* exception) {
  PendingError error;
  error.type = share(object(Py_TYPE(exception)));
  PyObject* traceback = reinterpret_cast<PyBaseExceptionObject*>(exception)->traceback;
  if (traceback) error.traceback = share(traceback);
  error.value = adopt(exception);
  std::move(error).restore();
}

HANDLER(RERAISE) {
  save(f, ip);
  if (oparg) {
    PyObject* lasti = sp[-1 - static_cast<int>(oparg)];
    if (!lasti || !PyLong_Check(lasti)) [[unlikely]] {
      raise(PyExc_SystemError, "lasti is not an int");
      RAISED(sp);
    }
    int64_t unit;
    if (int_to_int64(lasti, &unit) || unit < 0 || unit >= Py_SIZE(f->code)) [[unlikely]] {
      raise(PyExc_SystemError, "lasti is no offset of an instruction");
      RAISED(sp);
    }
    // The exception looks as if it came from where it was raised first.
    f->prev_instr = first_unit(f->code) + unit;
  }
  PyObject* exception = sp[-1];
  if (!PyExceptionInstance_Check(exception)) [[unlikely]] {
    raise(PyExc_SystemError, "exception expected on the stack");
    RAISED(sp);
  }
  restore_instance(ts, exception);
  [[clang::musttail]] return unwind_quietly(f, sp - 1, ip, ts, oparg);
}

HANDLER(RAISE_VARARGS) {
  save(f, ip);
  PyObject* cause = oparg == 2 ? *--sp : nullptr;
  PyObject* exception = oparg >= 1 ? *--sp : nullptr;
  if (do_raise(ts, exception, cause)) [[clang::musttail]] return unwind_quietly(f, sp, ip, ts, oparg);
  RAISED(sp);
}

// -- with --

/// From [manager] to [exit, result of enter].
[[gnu::noinline]] static bool enter_manager(PyObject** sp, bool async) {
  PyObject* manager = sp[-1];
  Ref<> enter, exit;
  if (!load_with_methods(manager, async, &enter, &exit)) return false;
  sp[-1] = exit.release();
  drop(manager);
  Ref<> result = call(enter.get());
  sp[0] = result.release();
  return sp[0] != nullptr;
}
HANDLER(BEFORE_WITH) { BECOME(enter_manager_inline); }
PRESERVE_NONE PyObject* enter_manager_generally(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                                unsigned oparg) {
  save(f, ip);
  if (!enter_manager(sp, false)) [[unlikely]] RAISED(sp);
  NEXT(ip, sp + 1);
}
HANDLER(BEFORE_ASYNC_WITH) {
  save(f, ip);
  if (!enter_manager(sp, true)) [[unlikely]] RAISED(sp);
  NEXT(ip, sp + 1);
}

/// Stack: exit function, lasti, displaced exception, exception.
[[gnu::noinline]] static PyObject* call_exit(PyObject** sp) {
  PyObject* exception = sp[-1];
  PyObject* traceback = reinterpret_cast<PyBaseExceptionObject*>(exception)->traceback;
  Ref<> keep = share(traceback ? traceback : Py_None);
  return call(sp[-4], Py_TYPE(exception), exception, keep.get()).release();
}
HANDLER(WITH_EXCEPT_START) {
  save(f, ip);
  PyObject* result = call_exit(sp);
  if (!result) [[unlikely]] RAISED(sp);
  *sp = result;
  NEXT(ip, sp + 1);
}

}  // namespace taipan
