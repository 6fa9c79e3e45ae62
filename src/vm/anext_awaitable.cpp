// What anext(iterator, default) gives: awaits the next item, and gives the default when there is none.
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/str.h"
#include "vm/generator.h"
#include "vm/vm.h"

extern PyTypeObject anext_awaitable_type;

namespace taipan {

struct AnextAwaitable {
  PyObject_HEAD
  PyObject* awaitable;
  PyObject* fallback;
};

Ref<> new_anext_awaitable(PyObject* awaitable, PyObject* fallback) {
  Ref<AnextAwaitable> a = allocate<AnextAwaitable>(&anext_awaitable_type);
  if (!a) return {};
  a->awaitable = Py_NewRef(awaitable);
  a->fallback = Py_NewRef(fallback);
  gc_track(object(a.get()));
  return a;
}
static AnextAwaitable& self_of(PyObject* o) { return *reinterpret_cast<AnextAwaitable*>(o); }
static void dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(self_of(o).awaitable);
  clear_field(self_of(o).fallback);
  free_object(o, sizeof(AnextAwaitable));
}
static int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(self_of(o).awaitable);
  Py_VISIT(self_of(o).fallback);
  return 0;
}

/// An iterator over the awaitable; a coroutine has none of its own but its wrapper.
static Ref<> iterator_of(PyObject* o) {
  Ref<> iterator = TRY(await_iterator(self_of(o).awaitable));
  if (is_iterator(iterator.get())) return iterator;
  Ref<> wrapper = TRY(adopt(Py_TYPE(iterator.get())->tp_as_async->am_await(iterator.get())));
  if (!is_iterator(wrapper.get()))
    return raise(PyExc_TypeError, "{}.__await__() must return an iterable, not {}", type_name(iterator.get()),
                 type_name(wrapper.get()));
  return wrapper;
}
static Ref<> or_fallback(PyObject* o, Ref<> result) {
  if (result || !clear_error_if(PyExc_StopAsyncIteration)) return result;
  return stop_iteration(self_of(o).fallback);
}
static PyObject* step(PyObject* o) {
  Ref<> iterator = iterator_of(o);
  if (!iterator) return nullptr;
  return or_fallback(o, adopt(Py_TYPE(iterator.get())->tp_iternext(iterator.get()))).release();
}
static Ref<> forward(PyObject* o, PyObject* name, PyObject* const* args, Py_ssize_t n) {
  Ref<> iterator = TRY(iterator_of(o));
  Ref<> method = TRY(get_attr(iterator.get(), name));
  return or_fallback(o, vectorcall(method.get(), args, n));
}
static PyObject* send(PyObject* o, PyObject* value) { return forward(o, "send"_name, &value, 1).release(); }
static PyObject* close(PyObject* o, PyObject*) { return forward(o, "close"_name, nullptr, 0).release(); }
static Ref<> throw_(PyObject* o, Arguments args) { return forward(o, "throw"_name, args.items, args.count); }
static Ref<> same(PyObject* o) { return share(o); }

static constinit PyMethodDef methods[] = {
    {"send", send, METH_O, "send(value) -> goes on; the result is what is awaited next."},
    positional_varargs<throw_>("throw", "throw(type[,value[,tb]]) -> raises an exception in what is awaited."),
    {"close", close, METH_NOARGS, "close() -> ends what is awaited."},
    {},
};
static constinit PyAsyncMethods as_async = {.am_await = slot<same>};

}  // namespace taipan

using namespace taipan;
constinit PyTypeObject anext_awaitable_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "anext_awaitable",
    .tp_basicsize = sizeof(AnextAwaitable),
    .tp_dealloc = dealloc,
    .tp_as_async = &as_async,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = traverse,
    .tp_iter = slot<same>,
    .tp_iternext = step,
    .tp_methods = methods,
};
