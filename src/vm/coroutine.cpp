// Coroutines: the type, what `await` iterates over, where they were made, the warning when nobody awaited one.
#include "base/vector.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/int.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "structmember.h"
#include "vm/generator.h"
#include "vm/vm.h"

namespace taipan {

// -- await --

Ref<> await_iterator(PyObject* o) {
  if (is_coroutine(o) || is_iterable_coroutine(o)) return share(o);
  PyAsyncMethods* methods = Py_TYPE(o)->tp_as_async;
  if (!methods || !methods->am_await)
    return raise(PyExc_TypeError, "object {} can't be used in 'await' expression", type_name(o));
  Ref<> iterator = TRY(adopt(methods->am_await(o)));
  if (is_coroutine(iterator.get()) || is_iterable_coroutine(iterator.get()))
    return raise(PyExc_TypeError, "__await__() returned a coroutine");
  if (!is_iterator(iterator.get()))
    return raise(PyExc_TypeError, "__await__() returned non-iterator of type '{}'", type_name(iterator.get()));
  return iterator;
}

Ref<> get_awaitable(PyObject* o, unsigned context) {
  Ref<> iterator = await_iterator(o);
  if (!iterator) {
    PyAsyncMethods* methods = Py_TYPE(o)->tp_as_async;
    if (context && (!methods || !methods->am_await)) {
      clear_error();
      raise(PyExc_TypeError, "'async with' received an object from {} that does not implement __await__: {}",
            context == 1 ? "__aenter__" : "__aexit__", type_name(o));
    }
    return {};
  }
  if (is_coroutine(iterator.get()) && delegate_of(reinterpret_cast<Generator*>(iterator.get())))
    return raise(PyExc_RuntimeError, "coroutine is being awaited already");
  return iterator;
}

// -- origin and warning --

Ref<> coroutine_origin(Frame* creator, int depth) {
  Vector<Frame*> frames;
  for (Frame* f = first_complete(creator); f && depth-- > 0; f = first_complete(f->previous))
    if (!frames.append(f)) return raise_no_memory();
  Ref<Tuple> origin = TRY(new_tuple(frames.size()));
  for (size_t i = 0; i < frames.size(); i++) {
    PyCodeObject* code = frames[i]->code;
    Ref<> line = TRY(new_int(frame_line(frames[i])));
    Ref<> entry = TRY(tuple_of({code->co_filename, line.get(), code->co_name}));
    origin->ob_item[i] = entry.release();
  }
  return origin;
}

/// warnings._warn_unawaited_coroutine tells where the coroutine was made; without that module, the bare fact.
void warn_never_awaited(PyObject* coroutine) {
  if (hooks.import_module) {
    Ref<> module = hooks.import_module("warnings");
    if (!module) {
      write_unraisable(coroutine);
    } else if (auto found = find_attr(module.get(), "_warn_unawaited_coroutine"_name)) {
      Ref<> function = found.take();
      if (function) {
        Ref<> done = call(function.get(), coroutine);
        bool warned = done || pending_matches(PyExc_RuntimeWarning);
        if (!done) write_unraisable(coroutine);
        if (warned) return;
      }
    } else {
      clear_error();
    }
  }
  Ref<> text = format_str("coroutine '{}' was never awaited",
                          as_str(reinterpret_cast<Generator*>(coroutine)->gi_qualname));
  if (text && hooks.warn && !hooks.warn(PyExc_RuntimeWarning, text.get(), 1)) write_unraisable(coroutine);
}

// -- the object that a coroutine's __await__ gives --

struct CoroutineWrapper {
  PyObject_HEAD
  PyObject* coroutine;
};

static PyObject* make_wrapper(PyObject* coroutine) {
  Ref<CoroutineWrapper> w = allocate<CoroutineWrapper>(&_PyCoroWrapper_Type);
  if (!w) return nullptr;
  w->coroutine = Py_NewRef(coroutine);
  gc_track(object(w.get()));
  return object(w.release());
}
static PyObject* wrapped(PyObject* o) { return reinterpret_cast<CoroutineWrapper*>(o)->coroutine; }
static void wrapper_dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(reinterpret_cast<CoroutineWrapper*>(o)->coroutine);
  free_object(o, sizeof(CoroutineWrapper));
}
static int wrapper_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(wrapped(o));
  return 0;
}
static PyObject* wrapper_next(PyObject* o) { return iterate_generator(wrapped(o)); }
static PyObject* wrapper_send(PyObject* o, PyObject* value) { return send_method(wrapped(o), value); }
static PyObject* wrapper_close(PyObject* o, PyObject*) { return close_generator(wrapped(o)).release(); }
static Ref<> wrapper_throw(PyObject* o, Arguments args) {
  if (!check_positional("throw", args.count, 1, 3)) return {};
  return adopt(throw_method(wrapped(o), args.items, args.count));
}
static Ref<> same(PyObject* o) { return share(o); }

// -- the type --

static Ref<> coroutine_throw(PyObject* o, Arguments args) {
  if (!check_positional("throw", args.count, 1, 3)) return {};
  return adopt(throw_method(o, args.items, args.count));
}
static PyObject* coroutine_send(PyObject* o, PyObject* value) { return send_method(o, value); }
static PyObject* coroutine_close(PyObject* o, PyObject*) { return close_generator(o).release(); }

static constexpr char send_doc[] =
    "send(arg) -> puts arg into coroutine as what it was waiting for;\n"
    "the result is what it waits for next, or StopIteration is raised.";
static constexpr char throw_doc[] =
    "throw(value)\nthrow(type[,value[,traceback]])\n\nRaises an exception in coroutine code. "
    "It is raised where the coroutine is suspended; the result is what it waits\n"
    "for next, or StopIteration is raised.";
static constexpr char close_doc[] = "close() -> raises GeneratorExit inside coroutine code, which must end.";

static constinit PyMethodDef coroutine_methods[] = {
    {"send", coroutine_send, METH_O, send_doc},
    positional_varargs<coroutine_throw>("throw", throw_doc),
    {"close", coroutine_close, METH_NOARGS, close_doc},
    {},
};
static constinit PyMethodDef wrapper_methods[] = {
    {"send", wrapper_send, METH_O, send_doc},
    positional_varargs<wrapper_throw>("throw", throw_doc),
    {"close", wrapper_close, METH_NOARGS, close_doc},
    {},
};
static constinit PyGetSetDef coroutine_getset[] = {
    {"__name__", get_generator_name, set_generator_name, "name of the coroutine", nullptr},
    {"__qualname__", get_generator_qualname, set_generator_qualname, "qualified name of the coroutine", nullptr},
    {"cr_await", get_generator_delegate, nullptr, "what the coroutine awaits, or None", nullptr},
    {"cr_running", get_generator_running, nullptr, nullptr, nullptr},
    {"cr_frame", get_generator_frame, nullptr, nullptr, nullptr},
    {"cr_suspended", get_generator_suspended, nullptr, nullptr, nullptr},
    {},
};
static constinit PyMemberDef coroutine_members[] = {
    {"cr_code", T_OBJECT_EX, offsetof(PyCoroObject, cr_code), READONLY | PY_AUDIT_READ, nullptr},
    {"cr_origin", T_OBJECT, offsetof(PyCoroObject, cr_origin_or_finalizer), READONLY, nullptr},
    {},
};
static constinit PyAsyncMethods coroutine_async = {.am_await = make_wrapper, .am_send = am_send_generator};

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject PyCoro_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "coroutine",
    .tp_basicsize = offsetof(PyGenObject, gi_iframe) + offsetof(_PyInterpreterFrame, slots),
    .tp_itemsize = sizeof(PyObject*),
    .tp_dealloc = dealloc_generator,
    .tp_as_async = &coroutine_async,
    .tp_repr = slot<generator_repr>,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = traverse_generator,
    .tp_weaklistoffset = offsetof(PyCoroObject, cr_weakreflist),
    .tp_methods = coroutine_methods,
    .tp_members = coroutine_members,
    .tp_getset = coroutine_getset,
    .tp_finalize = finalize_generator,
};
constinit PyTypeObject _PyCoroWrapper_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "coroutine_wrapper",
    .tp_basicsize = sizeof(CoroutineWrapper),
    .tp_dealloc = wrapper_dealloc,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "What a coroutine's __await__ gives: an iterator over it.",
    .tp_traverse = wrapper_traverse,
    .tp_iter = slot<same>,
    .tp_iternext = wrapper_next,
    .tp_methods = wrapper_methods,
};
