// Jumps, loops, and the start of functions. Jump operands count from the next instruction; only backward jumps,
// calls and RESUME look at what is pending, so every loop does.
#include "object/error.h"
#include "object/protocol.h"
#include "vm/generator.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/specialize.h"
#include "vm/tracing.h"

namespace taipan {

HANDLER(JUMP_FORWARD) { NEXT(ip + oparg, sp); }

HANDLER(JUMP_BACKWARD) {
  count_towards_quickening(f->code);
  BECOME(op_JUMP_BACKWARD_QUICK);
}
HANDLER(JUMP_BACKWARD_QUICK) {
  save(f, ip);
  NEXT_CHECKED(ip - oparg, sp);
}
HANDLER(JUMP_BACKWARD_NO_INTERRUPT) { NEXT(ip - oparg, sp); }

/// Truth of anything but True and False; -1: an exception is pending.
[[gnu::noinline]] static int truth(PyObject* o) {
  auto r = is_true(o);
  return r ? *r : -1;
}

// The object goes before the jump; True and False are tested without calling anything.
#define POP_JUMP(name, wanted, offset, next)                           \
  HANDLER(name) {                                                      \
    PyObject* o = sp[-1];                                              \
    if (o == (wanted ? Py_True : Py_False)) {                          \
      Py_DECREF(o);                                                    \
      next(ip offset oparg, sp - 1);                                   \
    }                                                                  \
    if (o == (wanted ? Py_False : Py_True)) {                          \
      Py_DECREF(o);                                                    \
      NEXT(ip, sp - 1);                                                \
    }                                                                  \
    save(f, ip);                                                       \
    int is = truth(o);                                                 \
    Py_DECREF(o);                                                      \
    if (is < 0) [[unlikely]] RAISED(sp - 1);                           \
    if (is == wanted) next(ip offset oparg, sp - 1);                   \
    NEXT(ip, sp - 1);                                                  \
  }
POP_JUMP(POP_JUMP_FORWARD_IF_FALSE, 0, +, NEXT)
POP_JUMP(POP_JUMP_FORWARD_IF_TRUE, 1, +, NEXT)
POP_JUMP(POP_JUMP_BACKWARD_IF_FALSE, 0, -, NEXT_CHECKED)
POP_JUMP(POP_JUMP_BACKWARD_IF_TRUE, 1, -, NEXT_CHECKED)
#undef POP_JUMP

#define POP_JUMP_NONE(name, comparison, offset, next) \
  HANDLER(name) {                                     \
    PyObject* o = sp[-1];                             \
    bool jump = o comparison Py_None;                 \
    Py_DECREF(o);                                     \
    if (jump) next(ip offset oparg, sp - 1);          \
    NEXT(ip, sp - 1);                                 \
  }
POP_JUMP_NONE(POP_JUMP_FORWARD_IF_NONE, ==, +, NEXT)
POP_JUMP_NONE(POP_JUMP_FORWARD_IF_NOT_NONE, !=, +, NEXT)
POP_JUMP_NONE(POP_JUMP_BACKWARD_IF_NONE, ==, -, NEXT_CHECKED)
POP_JUMP_NONE(POP_JUMP_BACKWARD_IF_NOT_NONE, !=, -, NEXT_CHECKED)
#undef POP_JUMP_NONE

#define JUMP_OR_POP(name, wanted)                                              \
  HANDLER(name) {                                                              \
    PyObject* o = sp[-1];                                                      \
    int is = o == Py_True ? 1 : o == Py_False ? 0 : (save(f, ip), truth(o));   \
    if (is < 0) [[unlikely]] RAISED(sp);                                       \
    if (is == wanted) NEXT(ip + oparg, sp);                                    \
    Py_DECREF(o);                                                              \
    NEXT(ip, sp - 1);                                                          \
  }
JUMP_OR_POP(JUMP_IF_FALSE_OR_POP, 0)
JUMP_OR_POP(JUMP_IF_TRUE_OR_POP, 1)
#undef JUMP_OR_POP

// -- loops --

HANDLER(GET_ITER) {
  save(f, ip);
  PyObject* iterable = sp[-1];
  PyObject* iterator = iterate(iterable).release();
  Py_DECREF(iterable);
  if (!iterator) [[unlikely]] RAISED(sp - 1);
  sp[-1] = iterator;
  NEXT(ip, sp);
}
HANDLER(GET_YIELD_FROM_ITER) {
  save(f, ip);
  PyObject* iterable = sp[-1];
  PyObject* iterator = yield_from_iterator(f, iterable).release();
  if (!iterator) [[unlikely]] RAISED(sp);
  sp[-1] = iterator;
  Py_DECREF(iterable);
  NEXT(ip, sp);
}

/// An iterator gave null: is it exhausted (StopIteration is dropped), or did it fail?
[[gnu::noinline]] static bool exhausted(PyThreadState* ts, Frame* f) {
  if (!pending_matches(PyExc_StopIteration)) return false;
  if (ts->c_tracefunc) trace_exception(ts, f);
  clear_error();
  return true;
}
HANDLER(FOR_ITER) {
  save(f, ip);
  PyObject* iterator = sp[-1];
  if (is_generator(iterator) && can_enter(reinterpret_cast<Generator*>(iterator), Py_None) && oparg <= UINT16_MAX &&
      !ts->c_tracefunc) {
    save_stack(f, sp);
    f = enter_generator(ts, f, reinterpret_cast<Generator*>(iterator), Py_NewRef(Py_None), oparg);
    BECOME(start_frame);
  }
  iternextfunc next_of = Py_TYPE(iterator)->tp_iternext;
  PyObject* item = next_of ? next_of(iterator) : next_not_implemented(iterator);
  if (item) [[likely]] {
    *sp = item;
    NEXT(ip, sp + 1);
  }
  if (ts->curexc_type && !exhausted(ts, f)) [[unlikely]] RAISED(sp);
  Py_DECREF(iterator);
  NEXT(ip + oparg, sp - 1);
}

// -- the start of a function, and of its resumption --

HANDLER(RESUME) {
  count_towards_quickening(f->code);
  BECOME(op_RESUME_QUICK);
}
HANDLER(RESUME_QUICK) {
  save(f, ip);
  // Not between `yield from` and its delegate: cancelling there would skip the delegate's cleanup.
  if (oparg < 2 && anything_pending()) [[unlikely]] {
    [[clang::musttail]] return handle_pending_and_continue(f, sp, ip, ts, 0);
  }
  NEXT(ip, sp);
}

}  // namespace taipan
