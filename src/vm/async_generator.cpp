// Asynchronous generators: the type, and the awaitables that asend(), athrow(), aclose() and anext() give. What
// the generator yields comes out wrapped, to be told from what it awaits.
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/str.h"
#include "structmember.h"
#include "object/type.h"
#include "vm/generator.h"
#include "vm/vm.h"

namespace taipan {

struct WrappedValue {
  PyObject_HEAD
  PyObject* value;
};
enum class AwaitState : char { init, iterating, closed };
/// asend(value) and __anext__() (value null).
struct AsyncSend {
  PyObject_HEAD
  Generator* generator;
  PyObject* value;
  AwaitState state;
};
/// athrow(*args) and aclose() (arguments null).
struct AsyncThrow {
  PyObject_HEAD
  Generator* generator;
  PyObject* arguments;
  AwaitState state;
};

static Ref<> same(PyObject* o) { return share(o); }

// -- wrapped values --

Ref<> wrap_async_value(PyObject* value) {
  Ref<WrappedValue> w = allocate<WrappedValue>(&_PyAsyncGenWrappedValue_Type);
  if (!w) return {};
  w->value = Py_NewRef(value);
  gc_track(object(w.get()));
  return w;
}
static bool is_wrapped(PyObject* o) { return Py_TYPE(o) == &_PyAsyncGenWrappedValue_Type; }
static void wrapped_dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(reinterpret_cast<WrappedValue*>(o)->value);
  free_object(o, sizeof(WrappedValue));
}
static int wrapped_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(reinterpret_cast<WrappedValue*>(o)->value);
  return 0;
}

static bool ended() {
  return pending_matches(PyExc_StopAsyncIteration) || pending_matches(PyExc_GeneratorExit);
}

/// The result of one step: a yielded value becomes StopIteration(value), what is awaited passes through.
static PyObject* unwrap_step(Generator* g, PyObject* result) {
  if (!result) {
    if (!pending_error()) raise_bare(PyExc_StopAsyncIteration);
    if (ended()) g->gi_closed = 1;
    g->gi_running_async = 0;
    return nullptr;
  }
  if (!is_wrapped(result)) return result;
  stop_iteration(reinterpret_cast<WrappedValue*>(result)->value);
  Py_DECREF(result);
  g->gi_running_async = 0;
  return nullptr;
}

// -- asend(), __anext__() --

static PyObject* new_async_send(PyObject* g, PyObject* value) {
  Ref<AsyncSend> a = allocate<AsyncSend>(&_PyAsyncGenASend_Type);
  if (!a) return nullptr;
  a->generator = reinterpret_cast<Generator*>(Py_NewRef(g));
  a->value = Py_XNewRef(value);
  a->state = AwaitState::init;
  gc_track(object(a.get()));
  return object(a.release());
}
static void asend_dealloc(PyObject* o) {
  auto* a = reinterpret_cast<AsyncSend*>(o);
  gc_untrack(o);
  clear_field(a->generator);
  clear_field(a->value);
  free_object(o, sizeof(AsyncSend));
}
static int asend_traverse(PyObject* o, visitproc visit, void* arg) {
  auto* a = reinterpret_cast<AsyncSend*>(o);
  Py_VISIT(object(a->generator));
  Py_VISIT(a->value);
  return 0;
}
static Raised raise_asend_reused() {
  return raise(PyExc_RuntimeError, "cannot reuse already awaited __anext__()/asend()");
}
static PyObject* asend_send(PyObject* o, PyObject* value) {
  auto* a = reinterpret_cast<AsyncSend*>(o);
  if (a->state == AwaitState::closed) return raise_asend_reused();
  if (a->state == AwaitState::init) {
    if (a->generator->gi_running_async)
      return raise(PyExc_RuntimeError, "anext(): asynchronous generator is already running");
    if (!value || value == Py_None) value = a->value ? a->value : Py_None;
    a->state = AwaitState::iterating;
  }
  a->generator->gi_running_async = 1;
  PyObject* result = unwrap_step(a->generator, send_method(object(a->generator), value ? value : Py_None));
  if (!result) a->state = AwaitState::closed;
  return result;
}
static PyObject* asend_next(PyObject* o) { return asend_send(o, nullptr); }
static Ref<> asend_throw(PyObject* o, Arguments args) {
  auto* a = reinterpret_cast<AsyncSend*>(o);
  if (a->state == AwaitState::closed) return raise_asend_reused();
  if (!check_positional("throw", args.count, 1, 3)) return {};
  PyObject* result = unwrap_step(a->generator, throw_method(object(a->generator), args.items, args.count));
  if (!result) a->state = AwaitState::closed;
  return adopt(result);
}
static PyObject* asend_close(PyObject* o, PyObject*) {
  reinterpret_cast<AsyncSend*>(o)->state = AwaitState::closed;
  return Py_NewRef(Py_None);
}

// -- athrow(), aclose() --

static PyObject* new_async_throw(PyObject* g, PyObject* arguments) {
  Ref<AsyncThrow> a = allocate<AsyncThrow>(&_PyAsyncGenAThrow_Type);
  if (!a) return nullptr;
  a->generator = reinterpret_cast<Generator*>(Py_NewRef(g));
  a->arguments = Py_XNewRef(arguments);
  a->state = AwaitState::init;
  gc_track(object(a.get()));
  return object(a.release());
}
static void athrow_dealloc(PyObject* o) {
  auto* a = reinterpret_cast<AsyncThrow*>(o);
  gc_untrack(o);
  clear_field(a->generator);
  clear_field(a->arguments);
  free_object(o, sizeof(AsyncThrow));
}
static int athrow_traverse(PyObject* o, visitproc visit, void* arg) {
  auto* a = reinterpret_cast<AsyncThrow*>(o);
  Py_VISIT(object(a->generator));
  Py_VISIT(a->arguments);
  return 0;
}
/// The generator went on yielding although it was told to end.
static PyObject* raise_ignored_exit(AsyncThrow* a, PyObject* yielded) {
  Py_DECREF(yielded);
  a->generator->gi_running_async = 0;
  a->state = AwaitState::closed;
  return raise(PyExc_RuntimeError, "async generator ignored GeneratorExit");
}
/// It ended with an exception; for aclose() its regular end is a plain StopIteration.
static PyObject* finish_throw(AsyncThrow* a) {
  a->generator->gi_running_async = 0;
  a->state = AwaitState::closed;
  if (!a->arguments && ended()) {
    clear_error();
    raise_bare(PyExc_StopIteration);
  }
  return nullptr;
}
static PyObject* start_throw(AsyncThrow* a, PyObject* value) {
  Generator* g = a->generator;
  if (g->gi_running_async) {
    a->state = AwaitState::closed;
    return raise(PyExc_RuntimeError, "{}(): asynchronous generator is already running",
                 a->arguments ? "athrow" : "aclose");
  }
  if (g->gi_closed) {
    a->state = AwaitState::closed;
    return raise_bare(PyExc_StopAsyncIteration);
  }
  if (value != Py_None)
    return raise(PyExc_RuntimeError, "can't send non-None value to a just-started coroutine");
  a->state = AwaitState::iterating;
  g->gi_running_async = 1;
  PyObject* result;
  if (!a->arguments) {
    g->gi_closed = 1;
    result = throw_into(g, false, PyExc_GeneratorExit, nullptr, nullptr).release();
    if (result && is_wrapped(result)) return raise_ignored_exit(a, result);
  } else {
    Py_ssize_t n = PyTuple_GET_SIZE(a->arguments);
    if (!check_positional("athrow", n, 1, 3)) return nullptr;
    PyObject** args = reinterpret_cast<PyTupleObject*>(a->arguments)->ob_item;
    result = throw_into(g, false, args[0], n > 1 ? args[1] : nullptr, n > 2 ? args[2] : nullptr).release();
    result = unwrap_step(g, result);
  }
  return result ? result : finish_throw(a);
}
static Raised raise_athrow_reused() {
  return raise(PyExc_RuntimeError, "cannot reuse already awaited aclose()/athrow()");
}
static PyObject* athrow_send(PyObject* o, PyObject* value) {
  auto* a = reinterpret_cast<AsyncThrow*>(o);
  Generator* g = a->generator;
  if (a->state == AwaitState::closed) return raise_athrow_reused();
  if (g->gi_frame_state >= kCompleted) {
    a->state = AwaitState::closed;
    return raise_bare(PyExc_StopIteration);
  }
  if (a->state == AwaitState::init) return start_throw(a, value);
  PyObject* result = send_method(object(g), value);
  if (a->arguments) return unwrap_step(g, result);
  if (!result) return finish_throw(a);
  return is_wrapped(result) ? raise_ignored_exit(a, result) : result;
}
static PyObject* athrow_next(PyObject* o) { return athrow_send(o, Py_None); }
static Ref<> athrow_throw(PyObject* o, Arguments args) {
  auto* a = reinterpret_cast<AsyncThrow*>(o);
  if (a->state == AwaitState::closed) return raise_athrow_reused();
  if (!check_positional("throw", args.count, 1, 3)) return {};
  PyObject* result = throw_method(object(a->generator), args.items, args.count);
  if (a->arguments) return adopt(unwrap_step(a->generator, result));
  if (result && is_wrapped(result)) return adopt(raise_ignored_exit(a, result));
  if (!result && ended()) {
    clear_error();
    raise_bare(PyExc_StopIteration);
  }
  return adopt(result);
}
static PyObject* athrow_close(PyObject* o, PyObject*) {
  reinterpret_cast<AsyncThrow*>(o)->state = AwaitState::closed;
  return Py_NewRef(Py_None);
}

// -- the generator itself --

/// The event loop's hooks are asked once, when iteration begins.
static bool start_hooks(PyObject* o) {
  auto* g = reinterpret_cast<Generator*>(o);
  if (g->gi_hooks_inited) return true;
  g->gi_hooks_inited = 1;
  PyThreadState* ts = current_thread();
  if (ts->async_gen_finalizer) g->gi_origin_or_finalizer = Py_NewRef(ts->async_gen_finalizer);
  if (!ts->async_gen_firstiter) return true;
  Ref<> first = share(ts->async_gen_firstiter);
  return bool(call(first.get(), o));
}
static PyObject* agen_next(PyObject* o) { return start_hooks(o) ? new_async_send(o, nullptr) : nullptr; }
static PyObject* agen_send(PyObject* o, PyObject* value) {
  return start_hooks(o) ? new_async_send(o, value) : nullptr;
}
static PyObject* agen_close(PyObject* o, PyObject*) { return start_hooks(o) ? new_async_throw(o, nullptr) : nullptr; }
static PyObject* agen_throw(PyObject* o, PyObject* args) { return start_hooks(o) ? new_async_throw(o, args) : nullptr; }

static constexpr char asend_doc[] = "asend(v) -> an awaitable that sends v into the generator.";
static constexpr char athrow_doc[] =
    "athrow(value)\nathrow(type[,value[,tb]])\n\nAn awaitable that raises an exception in the generator.";
static constexpr char aclose_doc[] = "aclose() -> an awaitable that raises GeneratorExit inside the generator.";
static constexpr char send_doc[] = "send(value) -> goes on; the result is what is awaited next.";
static constexpr char throw_doc[] = "throw(type[,value[,tb]]) -> raises an exception where it is suspended.";
static constexpr char close_doc[] = "close() -> it shall not be awaited any more.";

static constinit PyMethodDef agen_methods[] = {
    {"asend", agen_send, METH_O, asend_doc},
    {"athrow", agen_throw, METH_VARARGS, athrow_doc},
    {"aclose", agen_close, METH_NOARGS, aclose_doc},
    {"__class_getitem__", class_getitem, METH_O | METH_CLASS, "See PEP 585"},
    {},
};
static constinit PyGetSetDef agen_getset[] = {
    {"__name__", get_generator_name, set_generator_name, "name of the async generator", nullptr},
    {"__qualname__", get_generator_qualname, set_generator_qualname, "qualified name of the async generator", nullptr},
    {"ag_await", get_generator_delegate, nullptr, "what the generator awaits, or None", nullptr},
    {"ag_frame", get_generator_frame, nullptr, nullptr, nullptr},
    {},
};
static constinit PyMemberDef agen_members[] = {
    {"ag_running", T_BOOL, offsetof(PyAsyncGenObject, ag_running_async), READONLY, nullptr},
    {"ag_code", T_OBJECT_EX, offsetof(PyAsyncGenObject, ag_code), READONLY | PY_AUDIT_READ, nullptr},
    {},
};
static constinit PyAsyncMethods agen_async = {
    .am_aiter = slot<same>, .am_anext = agen_next, .am_send = am_send_generator};
static constinit PyAsyncMethods awaitable_async = {.am_await = slot<same>};
static constinit PyMethodDef asend_methods[] = {
    {"send", asend_send, METH_O, send_doc},
    positional_varargs<asend_throw>("throw", throw_doc),
    {"close", asend_close, METH_NOARGS, close_doc},
    {},
};
static constinit PyMethodDef athrow_methods[] = {
    {"send", athrow_send, METH_O, send_doc},
    positional_varargs<athrow_throw>("throw", throw_doc),
    {"close", athrow_close, METH_NOARGS, close_doc},
    {},
};

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PyAsyncGen_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "async_generator",
    .tp_basicsize = offsetof(PyGenObject, gi_iframe) + offsetof(_PyInterpreterFrame, slots),
    .tp_itemsize = sizeof(PyObject*),
    .tp_dealloc = dealloc_generator,
    .tp_as_async = &agen_async,
    .tp_repr = slot<generator_repr>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = traverse_generator,
    .tp_weaklistoffset = offsetof(PyAsyncGenObject, ag_weakreflist),
    .tp_methods = agen_methods,
    .tp_members = agen_members,
    .tp_getset = agen_getset,
    .tp_finalize = finalize_generator,
};
constinit PyTypeObject _PyAsyncGenASend_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "async_generator_asend",
    .tp_basicsize = sizeof(AsyncSend),
    .tp_dealloc = asend_dealloc,
    .tp_as_async = &awaitable_async,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = asend_traverse,
    .tp_iter = slot<same>,
    .tp_iternext = asend_next,
    .tp_methods = asend_methods,
};
constinit PyTypeObject _PyAsyncGenAThrow_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "async_generator_athrow",
    .tp_basicsize = sizeof(AsyncThrow),
    .tp_dealloc = athrow_dealloc,
    .tp_as_async = &awaitable_async,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = athrow_traverse,
    .tp_iter = slot<same>,
    .tp_iternext = athrow_next,
    .tp_methods = athrow_methods,
};
constinit PyTypeObject _PyAsyncGenWrappedValue_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "async_generator_wrapped_value",
    .tp_basicsize = sizeof(WrappedValue),
    .tp_dealloc = wrapped_dealloc,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = wrapped_traverse,
};
