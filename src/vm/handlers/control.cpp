// Jumps, loops, and the start of functions. Jump operands count from the next instruction; only backward jumps,
// calls and RESUME look at what is pending, so every loop does.
#include "object/error.h"
#include "object/protocol.h"
#include "types/iterators.h"
#include "vm/generator.h"
#include "vm/interpreter.h"
#include "vm/numbers_inline.h"
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
  NEXT_CHECKED(ip - oparg, sp);
}
HANDLER(JUMP_BACKWARD_NO_INTERRUPT) { NEXT(ip - oparg, sp); }

/// Truth of anything but True and False; -1: an exception is pending.
[[gnu::noinline]] static int truth(PyObject* o) {
  if (PyLong_CheckExact(o) || PyList_CheckExact(o) || PyTuple_CheckExact(o)) return Py_SIZE(o) != 0;
  if (PyUnicode_CheckExact(o)) return PyUnicode_GET_LENGTH(o) != 0;
  auto r = is_true(o);
  return r ? *r : -1;
}

// The object goes before the jump; True, False and None are tested without calling anything (and, being immortal, not
// counted).
#define POP_JUMP(name, wanted, offset, next)                           \
  HANDLER(name) {                                                      \
    PyObject* o = sp[-1];                                              \
    if (o == (wanted ? Py_True : Py_False)) next(ip offset oparg, sp - 1); \
    if (o == (wanted ? Py_False : Py_True)) NEXT(ip, sp - 1);          \
    if (o == Py_None) {                                                \
      if (!wanted) next(ip offset oparg, sp - 1);                      \
      NEXT(ip, sp - 1);                                                \
    }                                                                  \
    BECOME(name##_of_other);                                           \
  }
#define POP_JUMP_OF_OTHER(name, wanted, offset, next)                  \
  PRESERVE_NONE static PyObject* name##_of_other(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts, \
                                                 unsigned oparg) {     \
    PyObject* o = sp[-1];                                              \
    save(f, ip);                                                       \
    int is = truth(o);                                                 \
    drop(o);                                                           \
    if (is < 0) [[unlikely]] RAISED(sp - 1);                           \
    if (is == wanted) next(ip offset oparg, sp - 1);                   \
    NEXT(ip, sp - 1);                                                  \
  }
/// A loop that consists of one call must become quick as well.
#define NEXT_BACKWARD(at, stack)          \
  do {                                    \
    count_towards_quickening(f->code);    \
    NEXT_CHECKED(at, stack);              \
  } while (0)
#define POP_JUMPS(each)                                 \
  each(POP_JUMP_FORWARD_IF_FALSE, 0, +, NEXT)           \
  each(POP_JUMP_FORWARD_IF_TRUE, 1, +, NEXT)            \
  each(POP_JUMP_BACKWARD_IF_FALSE, 0, -, NEXT_BACKWARD) \
  each(POP_JUMP_BACKWARD_IF_TRUE, 1, -, NEXT_BACKWARD)
POP_JUMPS(POP_JUMP_OF_OTHER)
POP_JUMPS(POP_JUMP)
#undef POP_JUMPS
#undef POP_JUMP_OF_OTHER
#undef POP_JUMP

// The same of a local, which is looked at where it is. Anything but True, False and None is loaded first.
#define LOCAL_JUMP(name, wanted)                                       \
  HANDLER(name) {                                                      \
    PyObject* o = f->slots[oparg];                                     \
    if (o == (wanted ? Py_True : Py_False)) NEXT(ip + 1 + (*ip >> 8), sp); \
    if (o == (wanted ? Py_False : Py_True)) NEXT(ip + 1, sp);          \
    if (o == Py_None) NEXT(ip + 1 + (wanted ? 0 : *ip >> 8), sp);      \
    BECOME(op_LOAD_FAST);                                              \
  }
LOCAL_JUMP(LOAD_FAST__POP_JUMP_FORWARD_IF_FALSE, 0)
LOCAL_JUMP(LOAD_FAST__POP_JUMP_FORWARD_IF_TRUE, 1)
#undef LOCAL_JUMP

#define POP_JUMP_NONE(name, comparison, offset, next) \
  HANDLER(name) {                                     \
    PyObject* o = sp[-1];                             \
    bool jump = o comparison Py_None;                 \
    drop_at(f, ip, o);                                \
    if (jump) next(ip offset oparg, sp - 1);          \
    NEXT(ip, sp - 1);                                 \
  }
POP_JUMP_NONE(POP_JUMP_FORWARD_IF_NONE, ==, +, NEXT)
POP_JUMP_NONE(POP_JUMP_FORWARD_IF_NOT_NONE, !=, +, NEXT)
POP_JUMP_NONE(POP_JUMP_BACKWARD_IF_NONE, ==, -, NEXT_BACKWARD)
POP_JUMP_NONE(POP_JUMP_BACKWARD_IF_NOT_NONE, !=, -, NEXT_BACKWARD)
#undef POP_JUMP_NONE

#define JUMP_OR_POP(name, wanted)                                              \
  HANDLER(name) {                                                              \
    PyObject* o = sp[-1];                                                      \
    int is = o == Py_True ? 1 : o == Py_False ? 0 : (save(f, ip), truth(o));   \
    if (is < 0) [[unlikely]] RAISED(sp);                                       \
    if (is == wanted) NEXT(ip + oparg, sp);                                    \
    drop(o);                                                              \
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
  drop(iterable);
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
  drop(iterable);
  NEXT(ip, sp);
}

/// An iterator gave null: is it exhausted (StopIteration is dropped), or did it fail?
[[gnu::noinline]] static bool exhausted(PyThreadState* ts, Frame* f) {
  if (!pending_matches(PyExc_StopIteration)) return false;
  if (ts->c_tracefunc) trace_exception(ts, f);
  clear_error();
  return true;
}

PRESERVE_NONE static PyObject* iterate_generally(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                                 unsigned oparg) {
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
  drop(iterator);
  NEXT(ip + oparg, sp - 1);
}

/// The form of FOR_ITER for this iterator; FOR_ITER: the general one.
static Opcode loop_form(PyTypeObject* type, CodeUnit next) {
  bool stores = unspecialized(opcode_of(next)) == Opcode::STORE_FAST;
  if (type == &PyRangeIter_Type) return stores ? Opcode::FOR_ITER_RANGE__STORE_FAST : Opcode::FOR_ITER_RANGE;
  if (type == &PyListIter_Type) return stores ? Opcode::FOR_ITER_LIST__STORE_FAST : Opcode::FOR_ITER_LIST;
  if (type == &PyTupleIter_Type) return Opcode::FOR_ITER_TUPLE;
  if (type == &PyGen_Type) return Opcode::FOR_ITER_GENERATOR;
  return Opcode::FOR_ITER;
}
HANDLER(FOR_ITER) {
  PyObject* iterator = sp[-1];
  PyTypeObject* type = Py_TYPE(iterator);
  Opcode form = loop_form(type, *ip);
  if (form != Opcode::FOR_ITER) {
    set_opcode(const_cast<CodeUnit*>(ip) - 1, form);
    if (!is_tracing(ts)) [[clang::musttail]] return normal_handlers[uint8_t(form)](f, sp, ip, ts, oparg);
  }
  BECOME(iterate_generally);
}

// The forms for the common iterators. One that meets another iterator becomes the general instruction again, which
// then chooses anew.
#define ITERATOR_IS(kind)                                                          \
  if (Py_TYPE(sp[-1]) != &kind) [[unlikely]] {                                     \
    set_opcode(const_cast<CodeUnit*>(ip) - 1, Opcode::FOR_ITER);                   \
    BECOME(op_FOR_ITER);                                                           \
  }
/// The loop ends: the iterator goes.
PRESERVE_NONE static PyObject* end_loop(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts, unsigned oparg) {
  save(f, ip);
  PyObject* iterator = sp[-1];
  drop(iterator);
  NEXT(ip + oparg, sp - 1);
}
PRESERVE_NONE static PyObject* end_sequence_loop(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                                 unsigned oparg) {
  auto* it = reinterpret_cast<SequenceIterator*>(sp[-1]);
  save(f, ip);
  clear_field(it->sequence);
  BECOME(end_loop);
}
PRESERVE_NONE static PyObject* no_memory_for_item(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                                  unsigned oparg) {
  save(f, ip);
  RAISED(sp);
}

HANDLER(FOR_ITER_RANGE) {
  ITERATOR_IS(PyRangeIter_Type);
  auto* it = reinterpret_cast<RangeIterator*>(sp[-1]);
  if (it->index >= it->length) [[unlikely]] BECOME(end_loop);
  int64_t value = it->start + it->index * it->step;
  PyObject* item = is_short(value) ? fast_int(value) : new_int_slowly(value);
  if (!item) [[unlikely]] BECOME(no_memory_for_item);
  it->index++;
  *sp = item;
  NEXT(ip, sp + 1);
}
/// The int of the last round, if nobody has kept it, becomes the next one.
HANDLER(FOR_ITER_RANGE__STORE_FAST) {
  ITERATOR_IS(PyRangeIter_Type);
  auto* it = reinterpret_cast<RangeIterator*>(sp[-1]);
  if (it->index >= it->length) [[unlikely]] BECOME(end_loop);
  int64_t value = it->start + it->index * it->step;
  PyObject** slot = &f->slots[*ip >> 8];
  PyObject* old = *slot;
  if (is_short(value) && can_become(old, value)) {
    write_int(old, value);
    it->index++;
    NEXT(ip + 1, sp);
  }
  PyObject* item = is_short(value) ? fast_int(value) : new_int_slowly(value);
  if (!item) [[unlikely]] BECOME(no_memory_for_item);
  it->index++;
  *slot = item;
  if (old) drop_at(f, ip + 1, old);
  NEXT(ip + 1, sp);
}

HANDLER(FOR_ITER_LIST) {
  ITERATOR_IS(PyListIter_Type);
  auto* it = reinterpret_cast<SequenceIterator*>(sp[-1]);
  auto* list = reinterpret_cast<PyListObject*>(it->sequence);
  if (!list) [[unlikely]] BECOME(end_loop);
  if (it->index >= Py_SIZE(list)) [[unlikely]] BECOME(end_sequence_loop);
  *sp = Py_NewRef(list->ob_item[it->index++]);
  NEXT(ip, sp + 1);
}
HANDLER(FOR_ITER_LIST__STORE_FAST) {
  ITERATOR_IS(PyListIter_Type);
  auto* it = reinterpret_cast<SequenceIterator*>(sp[-1]);
  auto* list = reinterpret_cast<PyListObject*>(it->sequence);
  if (!list) [[unlikely]] BECOME(end_loop);
  if (it->index >= Py_SIZE(list)) [[unlikely]] BECOME(end_sequence_loop);
  PyObject** slot = &f->slots[*ip >> 8];
  PyObject* old = *slot;
  *slot = Py_NewRef(list->ob_item[it->index++]);
  if (old) drop_at(f, ip + 1, old);
  NEXT(ip + 1, sp);
}
HANDLER(FOR_ITER_TUPLE) {
  ITERATOR_IS(PyTupleIter_Type);
  auto* it = reinterpret_cast<SequenceIterator*>(sp[-1]);
  auto* tuple = reinterpret_cast<PyTupleObject*>(it->sequence);
  if (!tuple) [[unlikely]] BECOME(end_loop);
  if (it->index >= Py_SIZE(tuple)) [[unlikely]] BECOME(end_sequence_loop);
  *sp = Py_NewRef(tuple->ob_item[it->index++]);
  NEXT(ip, sp + 1);
}

/// Goes on inside the generator, in this run loop.
HANDLER(FOR_ITER_GENERATOR) {
  ITERATOR_IS(PyGen_Type);
  auto* generator = reinterpret_cast<Generator*>(sp[-1]);
  bool enters = can_enter(generator, Py_None) && oparg <= UINT16_MAX && ts->recursion_remaining > 1;
  if (!enters) [[unlikely]] BECOME(iterate_generally);
  save(f, ip);
  save_stack(f, sp);
  ts->recursion_remaining--;
  f = enter_generator(ts, f, generator, Py_None, oparg);
  NEXT(f->prev_instr + 1, saved_stack(f));
}
#undef ITERATOR_IS

HANDLER(LOAD_CONST__RETURN_VALUE) {
  PyObject* o = constant(f, oparg);
  Py_INCREF(o);
  *sp = o;
  [[clang::musttail]] return op_RETURN_VALUE(f, sp + 1, ip + 1, ts, 0);
}
HANDLER(LOAD_FAST__RETURN_VALUE) {
  PyObject* o = f->slots[oparg];
  if (!o) [[unlikely]] BECOME(op_LOAD_FAST);
  *sp = o;
  // A frame that will be gone gives its reference away; others are asked for their locals later.
  if (is_plain_call(f) && !f->frame_object) f->slots[oparg] = nullptr;
  else Py_INCREF(o);
  [[clang::musttail]] return op_RETURN_VALUE(f, sp + 1, ip + 1, ts, 0);
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
