// Resuming: the one place where a suspended frame is entered again, by value or by exception; and delegation.
#include "vm/generator.h"

#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/weakref.h"
#include "vm/function.h"
#include "vm/interpreter.h"
#include "vm/vm.h"

namespace taipan {

const char* generator_kind(PyObject* o) {
  return is_coroutine(o) ? "coroutine" : is_async_generator(o) ? "async generator" : "generator";
}

// -- making --

static size_t generator_size(const PyCodeObject* code) {
  return offsetof(Generator, gi_iframe) + frame_words(code) * sizeof(PyObject*);
}

Ref<> make_generator(Frame* f) {
  PyCodeObject* code = f->code;
  PyTypeObject* type = code->co_flags & CO_COROUTINE ? &PyCoro_Type
                       : code->co_flags & CO_ASYNC_GENERATOR ? &PyAsyncGen_Type : &PyGen_Type;
  PyObject* o = allocate_object(type, generator_size(code));
  if (!o) return {};
  auto* g = reinterpret_cast<Generator*>(o);
  g->gi_code = reinterpret_cast<PyCodeObject*>(Py_NewRef(object(code)));
  g->gi_weakreflist = nullptr;
  g->gi_name = Py_NewRef(f->func->func_name);
  g->gi_qualname = Py_NewRef(f->func->func_qualname);
  g->gi_exc_state = {nullptr, nullptr};
  g->gi_origin_or_finalizer = nullptr;
  g->gi_hooks_inited = g->gi_closed = g->gi_running_async = 0;
  g->gi_frame_state = kCreated;
  PyThreadState* ts = current_thread();
  if (type == &PyCoro_Type && ts->coroutine_origin_tracking_depth > 0) {
    g->gi_frame_state = kCleared;  // it has no frame yet, should the next step fail
    Ref<> origin = coroutine_origin(f->previous, ts->coroutine_origin_tracking_depth);
    if (!origin) {
      gc_track(o);
      Py_DECREF(o);
      return {};
    }
    g->gi_origin_or_finalizer = origin.release();
    g->gi_frame_state = kCreated;
  }
  Frame* own = frame_of(g);
  size_t bytes = reinterpret_cast<char*>(&f->slots[f->stacktop]) - reinterpret_cast<char*>(f);
  memcpy(static_cast<void*>(own), f, bytes);
  own->owner = FrameOwner::generator;
  own->previous = nullptr;
  own->is_entry = false;
  if (own->frame_object) own->frame_object->f_frame = own;
  gc_track(o);
  return adopt(o);
}

// -- dying --

void clear_generator_frame(Generator* g) {
  PyObject* handled = std::exchange(g->gi_exc_state.exc_value, nullptr);
  Py_XDECREF(handled);
  g->gi_frame_state = kCleared;
  Frame* f = frame_of(g);
  f->previous = nullptr;
  clear_frame(current_thread(), f);
}

int traverse_generator(PyObject* o, visitproc visit, void* arg) {
  auto* g = reinterpret_cast<Generator*>(o);
  Py_VISIT(object(g->gi_code));
  Py_VISIT(g->gi_name);
  Py_VISIT(g->gi_qualname);
  Py_VISIT(g->gi_origin_or_finalizer);
  if (g->gi_frame_state < kCleared) {
    // While it runs, its stack changes under our eyes: its references count as coming from outside.
    if (g->gi_frame_state != kExecuting)
      if (int r = traverse_frame(frame_of(g), visit, arg)) return r;
  }
  Py_VISIT(g->gi_exc_state.exc_value);
  return 0;
}

void dealloc_generator(PyObject* o) {
  auto* g = reinterpret_cast<Generator*>(o);
  gc_untrack(o);
  if (g->gi_weakreflist) clear_weakrefs(o);
  gc_track(o);
  if (call_finalizer_from_dealloc(o)) return;
  gc_untrack(o);
  bool coroutine = g->gi_code->co_flags & CO_COROUTINE;
  if (is_async_generator(o)) clear_field(g->gi_origin_or_finalizer);
  if (g->gi_frame_state < kCleared) clear_generator_frame(g);
  if (coroutine) clear_field(g->gi_origin_or_finalizer);
  size_t size = generator_size(g->gi_code);
  Py_DECREF(object(g->gi_code));
  clear_field(g->gi_name);
  clear_field(g->gi_qualname);
  clear_field(g->gi_exc_state.exc_value);
  free_object(o, size);
}

void finalize_generator(PyObject* o) {
  auto* g = reinterpret_cast<Generator*>(o);
  if (g->gi_frame_state >= kCompleted) return;
  PendingError pending = PendingError::take();
  if (is_async_generator(o) && g->gi_origin_or_finalizer && !g->gi_closed) {
    Ref<> finalizer = share(g->gi_origin_or_finalizer);
    Ref<> done = call(finalizer.get(), o);
    if (!done) write_unraisable(o);
    std::move(pending).restore();
    return;
  }
  if ((g->gi_code->co_flags & CO_COROUTINE) && g->gi_frame_state == kCreated) {
    warn_never_awaited(o);
  } else {
    Ref<> done = close_generator(o);
    if (!done && pending_error()) write_unraisable(o);
  }
  std::move(pending).restore();
}

// -- resuming --

/// Replaces the pending exception by RuntimeError(message) with it as cause and context.
static void raise_from_pending(const char* kind, const char* what) {
  Ref<> cause = take_error();
  raise(PyExc_RuntimeError, "{} raised {}", kind, what);
  Ref<> error = take_error();
  auto* e = reinterpret_cast<PyBaseExceptionObject*>(error.get());
  Py_XSETREF(e->cause, cause.copy().release());
  e->suppress_context = 1;
  Py_XSETREF(e->context, cause.release());
  raise_instance(std::move(error));
}

/// What may not leave a generator: a StopIteration would end its consumer's loop silently.
[[gnu::noinline]] static void convert_escaped_stop(PyObject* g) {
  if (pending_matches(PyExc_StopIteration)) raise_from_pending(generator_kind(g), "StopIteration");
  else if (is_async_generator(g) && pending_matches(PyExc_StopAsyncIteration))
    raise_from_pending("async generator", "StopAsyncIteration");
}

/// It cannot be resumed: why. `value` null: it was iterated over.
[[gnu::noinline]] static Sent refuse(Generator* g, PyObject* value, bool throwing, bool closing, PyObject** result) {
  PyObject* o = object(g);
  if (g->gi_frame_state == kCreated)
    raise(PyExc_TypeError, "can't send non-None value to a just-started {}", generator_kind(o));
  else if (g->gi_frame_state == kExecuting)
    raise(PyExc_ValueError, "{} already executing", generator_kind(o));
  else if (is_coroutine(o) && !closing)
    raise(PyExc_RuntimeError, "cannot reuse already awaited coroutine");
  else if (value && !throwing) {
    *result = Py_NewRef(Py_None);
    return Sent::returned;
  }
  return Sent::error;
}

/// What the generator itself is handling becomes the context of what is thrown in.
static void chain_thrown(PyObject* handled) {
  if (!handled || handled == Py_None || !pending_error()) return;
  Ref<> error = take_error();
  auto* e = reinterpret_cast<PyBaseExceptionObject*>(error.get());
  if (handled != error.get()) Py_XSETREF(e->context, Py_NewRef(handled));
  raise_instance(std::move(error));
}

static Sent resume_frame(Generator* g, PyObject* value, bool throwing, bool closing, PyObject** result) {
  *result = nullptr;
  bool bad_start = g->gi_frame_state == kCreated && value && value != Py_None;
  if (g->gi_frame_state >= kExecuting || bad_start) [[unlikely]] return refuse(g, value, throwing, closing, result);
  PyThreadState* ts = current_thread();
  Frame* f = frame_of(g);
  f->slots[f->stacktop++] = Py_NewRef(value ? value : Py_None);
  g->gi_exc_state.previous_item = ts->exc_info;
  ts->exc_info = &g->gi_exc_state;
  if (throwing) chain_thrown(g->gi_exc_state.exc_value);
  g->gi_frame_state = kExecuting;
  PyObject* got = run_frame(ts, f, throwing);
  if (g->gi_frame_state == kExecuting) g->gi_frame_state = kCompleted;
  ts->exc_info = std::exchange(g->gi_exc_state.previous_item, nullptr);
  f->previous = nullptr;
  if (got && g->gi_frame_state == kSuspended) {
    *result = got;
    return Sent::yielded;
  }
  if (!got) {
    convert_escaped_stop(object(g));
  } else if (got == Py_None && !value && !is_async_generator(object(g))) {
    Py_DECREF(got);  // iteration ends without any exception
    got = nullptr;
    clear_generator_frame(g);
    return Sent::returned;
  }
  clear_generator_frame(g);
  *result = got;
  return got ? Sent::returned : Sent::error;
}

void end_inline_generator(PyThreadState* ts, Frame* f) {
  Generator* g = generator_of(f);
  leave_generator(ts, g);
  convert_escaped_stop(object(g));
  g->gi_frame_state = kCompleted;
  clear_generator_frame(g);
}

Sent resume(Generator* g, PyObject* value, PyObject** result) { return resume_frame(g, value, false, false, result); }
Sent resume_throwing(Generator* g, bool closing, PyObject** result) {
  return resume_frame(g, Py_None, true, closing, result);
}

Raised stop_iteration(PyObject* value) {
  if (!value || value == Py_None) return raise_bare(PyExc_StopIteration);
  if (!PyTuple_Check(value) && !PyExceptionInstance_Check(value)) return raise_value(PyExc_StopIteration, value);
  // These would be taken apart: make the instance here.
  Ref<> e = call(PyExc_StopIteration, value);
  if (!e) return {};
  return raise_value(PyExc_StopIteration, e.get());
}

/// As a method returns it: what was yielded, or null and StopIteration.
static PyObject* as_method_result(PyObject* g, Sent how, PyObject* result) {
  if (how != Sent::returned) return result;
  if (is_async_generator(g)) raise_bare(PyExc_StopAsyncIteration);
  else stop_iteration(result);
  Py_XDECREF(result);
  return nullptr;
}

PyObject* send_method(PyObject* o, PyObject* value) {
  PyObject* result;
  Sent how = resume(reinterpret_cast<Generator*>(o), value, &result);
  return as_method_result(o, how, result);
}
Ref<> generator_send(PyObject* generator, PyObject* value) { return adopt(send_method(generator, value)); }

static PyObject* throw_pending(Generator* g, bool closing = false) {
  PyObject* result;
  Sent how = resume_throwing(g, closing, &result);
  return as_method_result(object(g), how, result);
}

PyObject* iterate_generator(PyObject* o) {
  PyObject* result;
  Sent how = resume(reinterpret_cast<Generator*>(o), nullptr, &result);
  if (how != Sent::returned || !result) return result;
  return as_method_result(o, how, result);
}
PySendResult am_send_generator(PyObject* o, PyObject* value, PyObject** result) {
  switch (resume(reinterpret_cast<Generator*>(o), value, result)) {
    case Sent::yielded: return PYGEN_NEXT;
    case Sent::returned: return PYGEN_RETURN;
    default: return PYGEN_ERROR;
  }
}

// -- delegation --

PyObject* delegate_of(Generator* g) {
  if (g->gi_frame_state >= kCleared || g->gi_frame_state == kCreated) return nullptr;
  Frame* f = frame_of(g);
  CodeUnit next = f->prev_instr[1];
  // Suspended inside `yield from` or `await`: the RESUME behind the YIELD_VALUE says so.
  if (unspecialized(opcode_of(next)) != Opcode::RESUME || operand_of(next) < 2) return nullptr;
  return f->stacktop > 0 ? f->slots[f->stacktop - 1] : nullptr;
}

Status take_stop_iteration_value(PyObject** value) {
  *value = nullptr;
  if (!pending_error()) {
    *value = Py_NewRef(Py_None);
    return {};
  }
  if (!pending_matches(PyExc_StopIteration)) return Raised{};
  Ref<> error = take_error();
  PyObject* found = reinterpret_cast<PyStopIterationObject*>(error.get())->value;
  *value = Py_NewRef(found ? found : Py_None);
  return {};
}

Sent send_to(PyObject* receiver, PyObject* value, PyObject** result) {
  PyTypeObject* type = Py_TYPE(receiver);
  if (type->tp_as_async && type->tp_as_async->am_send) {
    switch (type->tp_as_async->am_send(receiver, value, result)) {
      case PYGEN_NEXT: return Sent::yielded;
      case PYGEN_RETURN: return Sent::returned;
      default: return Sent::error;
    }
  }
  if (value == Py_None && is_iterator(receiver)) *result = type->tp_iternext(receiver);
  else *result = call_method(receiver, "send"_name, value).release();
  if (*result) return Sent::yielded;
  return take_stop_iteration_value(result) ? Sent::returned : Sent::error;
}

/// Closes the iterator that a generator delegates to.
static Status close_delegate(PyObject* iterator) {
  if (is_generator(iterator) || is_coroutine(iterator)) {
    Ref<> done = TRY(close_generator(iterator));
    return {};
  }
  auto method = find_attr(iterator, "close"_name);
  if (!method) {
    write_unraisable(iterator);
    return {};
  }
  Ref<> close = method.take();
  if (close) Ref<> done = TRY(call(close.get()));
  return {};
}

Ref<> close_generator(PyObject* o) {
  auto* g = reinterpret_cast<Generator*>(o);
  if (g->gi_frame_state >= kCompleted) return none();
  bool closed = true;
  if (PyObject* delegate = delegate_of(g)) {
    Ref<> keep = share(delegate);
    int8_t state = std::exchange(g->gi_frame_state, kExecuting);
    closed = bool(close_delegate(delegate));
    g->gi_frame_state = state;
  }
  if (closed) raise_bare(PyExc_GeneratorExit);
  Ref<> yielded = adopt(throw_pending(g, true));
  if (yielded) return raise(PyExc_RuntimeError, "{} ignored GeneratorExit", generator_kind(o));
  if (pending_matches(PyExc_StopIteration) || pending_matches(PyExc_GeneratorExit)) {
    clear_error();
    return none();
  }
  return {};
}

/// The delegate has ended under throw(): goes on behind the SEND with its value, or with its exception.
static PyObject* leave_delegation(Generator* g) {
  Frame* f = frame_of(g);
  PyObject* delegate = f->slots[--f->stacktop];
  Py_DECREF(delegate);
  // The YIELD_VALUE stands right behind the SEND, whose operand leads to what comes after.
  f->prev_instr--;
  f->prev_instr += operand_of(f->prev_instr[0]);
  PyObject* value;
  if (take_stop_iteration_value(&value)) {
    PyObject* result = send_method(object(g), value);
    Py_DECREF(value);
    return result;
  }
  return throw_pending(g);
}

/// Makes type, value and traceback of a throw() the pending exception.
static Status set_thrown(PyObject* type, PyObject* value, PyObject* traceback) {
  if (traceback == Py_None) traceback = nullptr;
  else if (traceback && !PyTraceBack_Check(traceback))
    return raise(PyExc_TypeError, "throw() third argument must be a traceback object");
  PendingError thrown;
  if (PyExceptionClass_Check(type)) {
    thrown.type = share(type);
    if (value) thrown.value = share(value);
    if (traceback) thrown.traceback = share(traceback);
    Ref<> instance = std::move(thrown).instance();
    if (instance) raise_instance(std::move(instance));
    return {};
  }
  if (!PyExceptionInstance_Check(type))
    return raise(PyExc_TypeError, "exceptions must be classes or instances deriving from BaseException, not {}",
                 type_name(type));
  if (value && value != Py_None)
    return raise(PyExc_TypeError, "instance exception may not have a separate value");
  if (!traceback) traceback = reinterpret_cast<PyBaseExceptionObject*>(type)->traceback;
  thrown.type = share(object(Py_TYPE(type)));
  thrown.value = share(type);
  if (traceback) thrown.traceback = share(traceback);
  std::move(thrown).restore();
  return {};
}

/// Passes a throw() on to the delegate. `*handled` false: it has no throw method.
static PyObject* throw_into_delegate(Generator* g, PyObject* delegate, bool close_on_exit, PyObject* type,
                                     PyObject* value, PyObject* traceback, bool* handled) {
  *handled = true;
  PyObject* result;
  if (is_generator(delegate) || is_coroutine(delegate)) {
    // Its traceback and its callees shall see us as the caller.
    PyThreadState* ts = current_thread();
    Frame* f = frame_of(g);
    Frame* caller = ts->cframe->current_frame;
    f->previous = caller;
    ts->cframe->current_frame = f;
    int8_t state = std::exchange(g->gi_frame_state, kExecuting);
    result = throw_into(reinterpret_cast<Generator*>(delegate), close_on_exit, type, value, traceback).release();
    g->gi_frame_state = state;
    ts->cframe->current_frame = caller;
    f->previous = nullptr;
    return result;
  }
  auto found = find_attr(delegate, "throw"_name);
  if (!found) return nullptr;
  Ref<> method = found.take();
  if (!method) {
    *handled = false;
    return nullptr;
  }
  int8_t state = std::exchange(g->gi_frame_state, kExecuting);
  if (traceback) result = call(method.get(), type, value, traceback).release();
  else if (value) result = call(method.get(), type, value).release();
  else result = call(method.get(), type).release();
  g->gi_frame_state = state;
  return result;
}

Ref<> throw_into(Generator* g, bool close_on_exit, PyObject* type, PyObject* value, PyObject* traceback) {
  if (PyObject* delegate = delegate_of(g)) {
    Ref<> keep = share(delegate);
    if (close_on_exit && exception_matches(type, PyExc_GeneratorExit)) {
      int8_t state = std::exchange(g->gi_frame_state, kExecuting);
      bool closed(close_delegate(delegate));
      g->gi_frame_state = state;
      if (!closed) return adopt(throw_pending(g));
    } else {
      bool handled;
      PyObject* result = throw_into_delegate(g, delegate, close_on_exit, type, value, traceback, &handled);
      if (handled) return adopt(result ? result : leave_delegation(g));
    }
  }
  TRY(set_thrown(type, value, traceback));
  return adopt(throw_pending(g));
}

PyObject* throw_method(PyObject* o, PyObject* const* args, Py_ssize_t n) {
  return throw_into(reinterpret_cast<Generator*>(o), true, args[0], n > 1 ? args[1] : nullptr,
                    n > 2 ? args[2] : nullptr).release();
}

}  // namespace taipan
