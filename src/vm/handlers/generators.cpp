// Suspension: generators, `yield from`, `await`, asynchronous iteration.
#include "object/call.h"
#include "object/error.h"
#include "object/name.h"
#include "object/protocol.h"
#include "vm/generator.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
#include "vm/tracing.h"
#include "vm/vm.h"

namespace taipan {

/// The frame moves into a generator, which is the call's result.
HANDLER(RETURN_GENERATOR) {
  save(f, ip);
  save_stack(f, sp);
  PyObject* generator = make_generator(f).release();
  if (!generator) [[unlikely]] RAISED(sp);
  ts->recursion_remaining++;
  if (f->is_entry) {
    // The generator has our references now; what remains must be good enough to be cleared.
    f->stacktop = 0;
    f->locals = nullptr;
    f->frame_object = nullptr;
    Py_INCREF(object(f->func));
    Py_INCREF(object(f->code));
    return generator;
  }
  Frame* caller = f->previous;
  ts->cframe->current_frame = caller;
  pop_frame_memory(ts, f);
  f = caller;
  sp = saved_stack(f);
  *sp = generator;
  NEXT(f->prev_instr + 1, sp + 1);
}

HANDLER(YIELD_VALUE) {
  save(f, ip);
  PyObject* value = sp[-1];
  generator_of(f)->gi_frame_state = kSuspended;
  save_stack(f, sp - 1);
  ts->recursion_remaining++;
  if (f->is_entry) return value;
  f = leave_generator(ts, generator_of(f));
  sp = saved_stack(f);
  *sp = value;
  NEXT(f->prev_instr + 1, sp + 1);
}

/// The loop or delegation that resumed the generator goes on behind its jump.
PRESERVE_NONE PyObject* leave_generator_with_value(Frame* f, PyObject** sp, const CodeUnit* ip, PyThreadState* ts,
                                                   unsigned oparg) {
  PyObject* value = sp[-1];
  unsigned jump = f->leaving;
  Generator* g = generator_of(f);
  f = leave_generator(ts, g);
  g->gi_frame_state = kCompleted;
  clear_generator_frame(g);
  sp = saved_stack(f);
  ip = f->prev_instr + 1;
  PyObject* generator = sp[-1];
  if (unspecialized(opcode_of(ip[-1])) == Opcode::SEND) {
    sp[-1] = value;
    drop(generator);
    NEXT(ip + jump, sp);
  }
  drop(value);
  drop(generator);
  NEXT(ip + jump, sp - 1);
}

/// As a call of the method, so that the trace function hears of the StopIteration that ends a delegation.
static Sent send_traced(PyThreadState* ts, Frame* f, PyObject* receiver, PyObject* value, PyObject** result) {
  if (value == Py_None && is_iterator(receiver)) *result = Py_TYPE(receiver)->tp_iternext(receiver);
  else *result = call_method(receiver, "send"_name, value).release();
  if (*result) return Sent::yielded;
  if (pending_matches(PyExc_StopIteration)) trace_exception(ts, f);
  return take_stop_iteration_value(result) ? Sent::returned : Sent::error;
}

HANDLER(SEND) {
  save(f, ip);
  PyObject* value = sp[-1];
  PyObject* receiver = sp[-2];
  if ((is_generator(receiver) || is_coroutine(receiver)) && can_enter(reinterpret_cast<Generator*>(receiver), value) &&
      oparg <= UINT16_MAX && !ts->c_tracefunc) {
    save_stack(f, sp - 1);
    f = enter_generator(ts, f, reinterpret_cast<Generator*>(receiver), value, oparg);
    BECOME(start_frame);
  }
  PyObject* result;
  Sent how = ts->c_tracefunc ? send_traced(ts, f, receiver, value, &sp[-1]) : send_to(receiver, value, &sp[-1]);
  result = sp[-1];
  drop(value);
  if (how == Sent::yielded) {
    sp[-1] = result;
    NEXT(ip, sp);
  }
  if (how == Sent::error) RAISED(sp - 1);
  sp[-2] = result;
  drop(receiver);
  NEXT(ip + oparg, sp - 1);
}

HANDLER(ASYNC_GEN_WRAP) {
  save(f, ip);
  PyObject* value = sp[-1];
  PyObject* wrapped = wrap_async_value(value).release();
  if (!wrapped) [[unlikely]] RAISED(sp);
  sp[-1] = wrapped;
  drop(value);
  NEXT(ip, sp);
}

HANDLER(GET_AWAITABLE) {
  save(f, ip);
  PyObject* o = sp[-1];
  PyObject* iterator = get_awaitable(o, oparg).release();
  drop(o);
  if (!iterator) [[unlikely]] RAISED(sp - 1);
  sp[-1] = iterator;
  NEXT(ip, sp);
}
HANDLER(GET_AITER) {
  save(f, ip);
  PyObject* o = sp[-1];
  PyObject* iterator = get_async_iterator(o).release();
  drop(o);
  if (!iterator) [[unlikely]] RAISED(sp - 1);
  sp[-1] = iterator;
  NEXT(ip, sp);
}
HANDLER(GET_ANEXT) {
  save(f, ip);
  PyObject* awaitable = get_async_next(sp[-1]).release();
  if (!awaitable) [[unlikely]] RAISED(sp);
  *sp = awaitable;
  NEXT(ip, sp + 1);
}

/// StopAsyncIteration ends the loop; any other exception goes on.
HANDLER(END_ASYNC_FOR) {
  save(f, ip);
  PyObject* exception = sp[-1];
  if (exception_matches(exception, PyExc_StopAsyncIteration)) {
    PyObject* iterator = sp[-2];
    drop(exception);
    drop(iterator);
    NEXT(ip, sp - 2);
  }
  oparg = 0;
  BECOME(op_RERAISE);
}

}  // namespace taipan
