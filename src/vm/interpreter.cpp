// The table of handlers, entering and leaving the run loop, and what every instruction may come to: pending
// work and exhausted recursion.
#include "vm/interpreter.h"

#include "object/error.h"
#include "object/hooks.h"
#include "vm/arithmetic_inline.h"
#include "vm/numbers_inline.h"
#include "vm/semantics.h"
#include "vm/tracing.h"
#include "vm/vm.h"

namespace taipan {

constinit const std::array<Handler*, 256> normal_handlers = [] {
  std::array<Handler*, 256> t;
  t.fill(op_unknown);
#define OP(name, number, ...) t[number] = op_##name;
#define SPECIALIZED(name, number, ...) t[number] = op_##name;
#include "bytecode/opcodes.def"
  return t;
}();

void use_normal_handlers(PyThreadState* ts) {
  for (int i = 0; i < 256; i++) extended(ts)->handlers[i] = reinterpret_cast<void*>(normal_handlers[i]);
}

HANDLER(unknown) {
  save(f, ip);
  raise(PyExc_SystemError, "unknown opcode {}", static_cast<int>(ip[-1] & 0xff));
  RAISED(sp);
}

// A cache word is never executed: only code from outside can lead here.
HANDLER(CACHE) { BECOME(op_unknown); }

// Ints and floats, which most of the dying are, take a way that saves few registers.
[[clang::preserve_most]] static void dispose_of_others(PyObject* o);
[[gnu::noinline, clang::preserve_most]] static void dispose_of_others(PyObject* o) { _Py_Dealloc(o); }

[[clang::preserve_most]] void dispose(PyObject* o) {
#if !defined(TAIPAN_ASAN)
  PyTypeObject* type = Py_TYPE(o);
  bool small_number = type == &PyFloat_Type || (type == &PyLong_Type && static_cast<size_t>(Py_SIZE(o) + 2) <= 4);
  if (small_number) {
    size_t bytes = type == &PyFloat_Type ? sizeof(Float) : kCompactIntBytes;
    FreeList& list = free_lists[(bytes + kSizeStep - 1) / kSizeStep];
    if (list.count < kFreeListLimit) [[likely]] {
      count_objects(-1);
      *reinterpret_cast<void**>(o) = list.head;
      list.head = o;
      list.count++;
      return;
    }
  }
#endif
  dispose_of_others(o);
}

[[clang::preserve_most]] PyObject* new_int_slowly(int64_t value) {
  return new_int(value).release();
}
[[clang::preserve_most]] PyObject* new_float_slowly(double value) {
  return new_float(value).release();
}

[[clang::preserve_most]] bool equal_texts(PyObject* a, PyObject* b) { return str_equal(a, b); }
[[clang::preserve_most]] unsigned compare_long_ints(PyObject* a, PyObject* b) {
  int order = int_compare(a, b);
  return order < 0 ? 1 : order == 0 ? 2 : 4;
}

PRESERVE_NONE PyObject* handle_pending_and_continue(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                                    unsigned oparg) {
  if (!hooks.handle_pending) interpreter().pending = 0;
  else if (!hooks.handle_pending(ts)) {
    ip = f->prev_instr + 1;  // raised by the instruction that looked, not by the one at which it goes on
    RAISED(sp);
  }
  NEXT(ip, sp);
}

PRESERVE_NONE PyObject* start_frame(Frame* f, PyObject**, const CodeUnit* ip, PyThreadState* ts, unsigned oparg) {
  PyObject** sp = saved_stack(f);
  if (!enter_recursion(ts, "")) [[unlikely]] BECOME(leave_with_error);
  NEXT(f->prev_instr + 1, sp);
}

PRESERVE_NONE static PyObject* start_throwing(Frame* f, PyObject**, const CodeUnit* ip, PyThreadState* ts,
                                              unsigned oparg) {
  PyObject** sp = saved_stack(f);
  if (!enter_recursion(ts, "")) [[unlikely]] BECOME(leave_with_error);
  if (is_tracing(ts) && !is_incomplete(f) && !trace_throw(ts, f)) BECOME(leave_with_error_untraced);
  sp = saved_stack(f);
  ip = f->prev_instr + 1;
  RAISED(sp);
}

PyObject* run_frame(PyThreadState* ts, Frame* f, bool throwing) {
  _PyCFrame cframe;
  _PyCFrame* outer = ts->cframe;
  cframe.use_tracing = outer->use_tracing;
  cframe.previous = outer;
  cframe.current_frame = f;
  f->previous = outer->current_frame;
  f->is_entry = true;
  ts->cframe = &cframe;
  PyObject* result;
  if (reinterpret_cast<char*>(&cframe) < extended(ts)->stack_limit) [[unlikely]] {
    raise(PyExc_RecursionError, "maximum recursion depth exceeded");
    save_stack(f, saved_stack(f));
    result = nullptr;
  } else {
    result = (throwing ? start_throwing : start_frame)(f, nullptr, nullptr, ts, 0);
  }
  ts->cframe = outer;
  outer->use_tracing = cframe.use_tracing;
  return result;
}

/// Drops the locals and stack of a frame that nobody can see any more, up to `end`, and the function and code.
inline void drop_slots(Frame* f, PyObject** end) {
#pragma clang loop unroll(disable)
  for (PyObject** p = f->slots; p < end; p++)
    if (*p) drop(*p);
  drop(object(f->func));
  drop(object(f->code));
}

HANDLER(RETURN_VALUE) {
  if (!is_plain_call(f) || f->frame_object || f->locals) [[unlikely]] BECOME(leave_with_value);
  PyObject* value = sp[-1];
  Frame* caller = f->previous;
  ts->cframe->current_frame = caller;
  drop_slots(f, sp - 1);
  ts->recursion_remaining++;
  pop_frame_memory(ts, f);
  f = caller;
  sp = saved_stack(f);
  *sp = value;
  NEXT(f->prev_instr + 1, sp + 1);
}

PRESERVE_NONE PyObject* leave_with_value(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                         unsigned oparg) {
  PyObject* value = sp[-1];
  ts->recursion_remaining++;
  save_stack(f, sp - 1);
  Frame* caller = f->previous;
  if (!is_plain_call(f)) [[unlikely]] {
    save(f, ip);
    if (f->is_entry) return value;
    if (f->owner == FrameOwner::generator) BECOME(leave_generator_with_value);
    if (f->leaving != kCheckInit) BECOME(leave_operator);
    BECOME(leave_init);
  }
  if (f->frame_object) [[unlikely]] save(f, ip);  // it outlives the frame and tells where that ended
  ts->cframe->current_frame = caller;
  clear_and_pop(ts, f);
  f = caller;
  sp = saved_stack(f);
  *sp = value;
  NEXT(f->prev_instr + 1, sp + 1);
}

/// `__init__` has returned: the new instance is on the caller's stack already.
PRESERVE_NONE PyObject* leave_init(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts, unsigned oparg) {
  PyObject* value = sp[-1];
  Frame* caller = f->previous;
  ts->cframe->current_frame = caller;
  ts->recursion_remaining++;
  if (!f->frame_object && !f->locals) [[likely]] {
    drop_slots(f, sp - 1);
    pop_frame_memory(ts, f);
  } else {
    clear_and_pop(ts, f);
  }
  f = caller;
  sp = saved_stack(f);
  ip = f->prev_instr + 1;
  if (value != Py_None) [[unlikely]] {
    raise(PyExc_TypeError, "__init__() should return None, not '{}'", clip(type_name(value), 200));
    Py_DECREF(value);
    RAISED(sp);
  }
  Py_DECREF(value);
  NEXT(ip, sp);
}

PRESERVE_NONE PyObject* leave_operator(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts, unsigned oparg) {
  PyObject* value = sp[-1];
  bool comparison = f->leaving == kCheckComparison;
  if (comparison) ts->recursion_remaining++;
  Frame* caller = f->previous;
  ts->cframe->current_frame = caller;
  if (!f->frame_object && !f->locals) [[likely]] {
    drop_slots(f, sp - 1);
    pop_frame_memory(ts, f);
  } else {
    clear_and_pop(ts, f);
  }
  f = caller;
  sp = saved_stack(f);
  ip = f->prev_instr + 1;
  PyObject* b = sp[-1];
  PyObject* a = sp[-2];
  if (value == Py_NotImplemented) [[unlikely]] {
    drop(value);
    unsigned operation = ip[-1 - cache_units(comparison ? Opcode::COMPARE_OP : Opcode::BINARY_OP)] >> 8;
    value = comparison ? lower(compare_after_left(a, b, static_cast<int>(operation)))
                       : lower(binary_after_left(static_cast<BinaryOp>(operation), a, b));
  }
  drop(a);
  drop(b);
  if (!value) [[unlikely]] RAISED(sp - 2);
  sp[-2] = value;
  NEXT(ip, sp - 1);
}

void clear_and_pop(PyThreadState* ts, Frame* f) {
  ts->recursion_remaining--;
  clear_frame(ts, f);
  ts->recursion_remaining++;
  pop_frame_memory(ts, f);
}

}  // namespace taipan
