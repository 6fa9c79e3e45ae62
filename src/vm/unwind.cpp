// From a raise to its handler: the exception table of each frame is asked for the innermost range around the
// instruction; frames without one are left. Nothing of this costs anything until an exception is raised.
#include "bytecode/exception_table.h"
#include "object/error.h"
#include "object/int.h"
#include "types/code.h"
#include "vm/generator.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/tracing.h"
#include "vm/vm.h"

namespace taipan {

static bool find_handler(PyCodeObject* code, int unit, ExceptionEntry* found) {
  auto table = exception_table(code);
  return !table.empty() && find_exception_entry(table, unit, *found);
}

[[gnu::noinline]] static void note_raise(Frame* f, PyThreadState* ts) {
  if (!ts->curexc_type) raise(PyExc_SystemError, "error return without exception set");
  if (!is_incomplete(f)) add_traceback(f);
  if (ts->c_tracefunc) trace_exception(ts, f);
}

PRESERVE_NONE PyObject* unwind(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts, unsigned oparg) {
  extended(ts)->kwnames = nullptr;
  note_raise(f, ts);
  BECOME(unwind_quietly);
}

/// Brings the stack to the handler's depth and pushes what it expects; false: a new exception took over.
[[gnu::noinline]] static bool enter_handler(Frame* f, PyObject*** stack, const ExceptionEntry& range) {
  PyObject** sp = *stack;
  PyObject** level = stack_base(f) + range.depth;
  while (sp > level) {
    PyObject* o = *--sp;
    Py_XDECREF(o);
  }
  if (range.push_lasti) {
    PyObject* lasti = lower(new_int(last_unit(f)));
    if (!lasti) {
      *stack = sp;
      return false;
    }
    *sp++ = lasti;
  }
  *sp++ = take_error().release();
  *stack = sp;
  return true;
}

/// Finds the handler for the pending exception and prepares the stack: the unit to go on at, -1 if there is none.
[[gnu::noinline]] static int find_and_enter(Frame* f, PyThreadState* ts, PyObject** sp, const CodeUnit* ip) {
  ExceptionEntry range;
  int unit = static_cast<int>(ip - first_unit(f->code)) - 1;
  while (find_handler(f->code, unit, &range)) {
    bool entered = enter_handler(f, &sp, range);
    save_stack(f, sp);
    if (entered) return range.handler;
    note_raise(f, ts);
  }
  save_stack(f, sp);
  return -1;
}

PRESERVE_NONE PyObject* unwind_quietly(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                       unsigned oparg) {
  int target = find_and_enter(f, ts, sp, ip);
  sp = saved_stack(f);
  if (target < 0) BECOME(leave_with_error);
  NEXT(first_unit(f->code) + target, sp);
}

[[gnu::noinline]] static void drop_stack(Frame* f, PyObject** sp, PyThreadState* ts) {
  PyObject** base = stack_base(f);
  while (sp > base) {
    PyObject* o = *--sp;
    Py_XDECREF(o);
  }
  save_stack(f, base);
}

PRESERVE_NONE PyObject* leave_with_error(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                         unsigned oparg) {
  drop_stack(f, sp, ts);
  sp = saved_stack(f);
  if (is_tracing(ts) && !is_incomplete(f)) trace_return(ts, f, nullptr);
  BECOME(leave_with_error_untraced);
}

PRESERVE_NONE PyObject* leave_with_error_untraced(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                                  unsigned oparg) {
  drop_stack(f, sp, ts);
  ts->recursion_remaining++;
  if (f->is_entry) return nullptr;
  Frame* caller = f->previous;
  ts->cframe->current_frame = caller;
  if (f->owner == FrameOwner::generator) {
    end_inline_generator(ts, f);
  } else {
    if (f->leaving == kCheckInit || f->leaving == kCheckComparison) ts->recursion_remaining++;
    clear_and_pop(ts, f);
  }
  f = caller;
  sp = saved_stack(f);
  ip = f->prev_instr + 1;
  RAISED(sp);
}

}  // namespace taipan
