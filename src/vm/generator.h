#pragma once
// Generators, coroutines and asynchronous generators share one layout: the frame lies inside the object.
#include "object/object.h"
#include "object/protocol.h"
#include "vm/frame.h"
#include "vm/semantics.h"

namespace taipan {

using Generator = PyGenObject;

inline Frame* frame_of(Generator* g) { return reinterpret_cast<Frame*>(g->gi_iframe); }
inline Generator* generator_of(Frame* f) {
  return reinterpret_cast<Generator*>(reinterpret_cast<char*>(f) - offsetof(Generator, gi_iframe));
}
inline bool is_generator(PyObject* o) { return Py_TYPE(o) == &PyGen_Type; }
inline bool is_coroutine(PyObject* o) { return Py_TYPE(o) == &PyCoro_Type; }
inline bool is_async_generator(PyObject* o) { return Py_TYPE(o) == &PyAsyncGen_Type; }
/// A generator made by types.coroutine.
inline bool is_iterable_coroutine(PyObject* o) {
  return is_generator(o) && (reinterpret_cast<Generator*>(o)->gi_code->co_flags & CO_ITERABLE_COROUTINE);
}
/// "generator", "coroutine" or "async generator": what messages call it.
const char* generator_kind(PyObject* o);

/// The object for a function whose frame just began: its frame is a copy of `f`, whose references it takes over.
Ref<> make_generator(Frame* f);

/// Resumes with a value (null: as iteration does, None). `*result` is what was yielded or returned; a plain return
/// under iteration leaves it null without an exception.
Sent resume(Generator* g, PyObject* value, PyObject** result);
/// Can an instruction enter its frame directly? (It is suspended, or just begun and sent None.)
inline bool can_enter(Generator* g, PyObject* value) {
  return g->gi_frame_state == kSuspended || (g->gi_frame_state == kCreated && value == Py_None);
}
/// Makes the generator's frame the one to go on in, called by `f`, with `value` (taken over) sent. `jump`: how far the
/// calling instruction jumps when the generator returns.
inline Frame* enter_generator(PyThreadState* ts, Frame* f, Generator* g, PyObject* value, unsigned jump) {
  Frame* own = frame_of(g);
  own->slots[own->stacktop++] = value;
  g->gi_exc_state.previous_item = ts->exc_info;
  ts->exc_info = &g->gi_exc_state;
  g->gi_frame_state = kExecuting;
  own->previous = f;
  own->is_entry = false;
  own->leaving = static_cast<uint16_t>(jump);
  ts->cframe->current_frame = own;
  return own;
}
/// The other way: the frame is suspended or done, its caller goes on.
inline Frame* leave_generator(PyThreadState* ts, Generator* g) {
  Frame* own = frame_of(g);
  Frame* caller = std::exchange(own->previous, nullptr);
  ts->exc_info = std::exchange(g->gi_exc_state.previous_item, nullptr);
  ts->cframe->current_frame = caller;
  return caller;
}
/// A generator entered by an instruction has raised: its frame goes.
void end_inline_generator(PyThreadState* ts, Frame* f);

/// Resumes by raising the pending exception in it.
Sent resume_throwing(Generator* g, bool closing, PyObject** result);
/// The iterator that a suspended generator delegates to; borrowed, null if none.
PyObject* delegate_of(Generator* g);

/// As methods: null with StopIteration when it returned.
PyObject* send_method(PyObject* g, PyObject* value);
PyObject* throw_method(PyObject* g, PyObject* const* args, Py_ssize_t n);
Ref<> throw_into(Generator* g, bool close_on_exit, PyObject* type, PyObject* value, PyObject* traceback);
Ref<> close_generator(PyObject* g);
/// Sets StopIteration(value) as the pending exception; a tuple or an exception as value stays one.
Raised stop_iteration(PyObject* value);

int traverse_generator(PyObject* o, visitproc visit, void* arg);
void dealloc_generator(PyObject* o);
void finalize_generator(PyObject* o);
PyObject* iterate_generator(PyObject* o);
PySendResult am_send_generator(PyObject* o, PyObject* value, PyObject** result);
Ref<> generator_repr(PyObject* o);

// Getters and setters that the three types share.
PyObject* get_generator_name(PyObject* o, void*);
int set_generator_name(PyObject* o, PyObject* value, void*);
PyObject* get_generator_qualname(PyObject* o, void*);
int set_generator_qualname(PyObject* o, PyObject* value, void*);
PyObject* get_generator_frame(PyObject* o, void*);
PyObject* get_generator_running(PyObject* o, void*);
PyObject* get_generator_suspended(PyObject* o, void*);
PyObject* get_generator_delegate(PyObject* o, void*);

/// Forgets the reference to a generator's frame contents and exception state.
void clear_generator_frame(Generator* g);

// coroutine.cpp
void warn_never_awaited(PyObject* coroutine);
/// The call stack where a coroutine is made, for cr_origin; null: tracking failed.
Ref<> coroutine_origin(Frame* creator, int depth);

// async_generator.cpp
Ref<> wrap_async_value(PyObject* value);
void forget_async_finalizer(PyObject* g);

}  // namespace taipan
