// Suspension: generators, `yield from`, `await`, asynchronous iteration.
#include "object/error.h"
#include "vm/generator.h"
#include "vm/interpreter.h"
#include "vm/semantics.h"
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
  return value;
}

HANDLER(SEND) {
  save(f, ip);
  PyObject* value = sp[-1];
  PyObject* receiver = sp[-2];
  PyObject* result;
  Sent how = send_to(receiver, value, &sp[-1]);
  result = sp[-1];
  Py_DECREF(value);
  if (how == Sent::yielded) {
    sp[-1] = result;
    NEXT(ip, sp);
  }
  if (how == Sent::error) RAISED(sp - 1);
  sp[-2] = result;
  Py_DECREF(receiver);
  NEXT(ip + oparg, sp - 1);
}

HANDLER(ASYNC_GEN_WRAP) {
  save(f, ip);
  PyObject* value = sp[-1];
  PyObject* wrapped = wrap_async_value(value).release();
  if (!wrapped) [[unlikely]] RAISED(sp);
  sp[-1] = wrapped;
  Py_DECREF(value);
  NEXT(ip, sp);
}

HANDLER(GET_AWAITABLE) {
  save(f, ip);
  PyObject* o = sp[-1];
  PyObject* iterator = get_awaitable(o, oparg).release();
  Py_DECREF(o);
  if (!iterator) [[unlikely]] RAISED(sp - 1);
  sp[-1] = iterator;
  NEXT(ip, sp);
}
HANDLER(GET_AITER) {
  save(f, ip);
  PyObject* o = sp[-1];
  PyObject* iterator = get_async_iterator(o).release();
  Py_DECREF(o);
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
    Py_DECREF(exception);
    Py_DECREF(iterator);
    NEXT(ip, sp - 2);
  }
  oparg = 0;
  BECOME(op_RERAISE);
}

}  // namespace taipan
