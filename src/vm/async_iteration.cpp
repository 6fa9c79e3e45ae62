// `async for` and `yield from`: which iterator they get.
#include "object/error.h"
#include "vm/generator.h"
#include "vm/semantics.h"
#include "vm/vm.h"

namespace taipan {

Ref<> yield_from_iterator(Frame* f, PyObject* iterable) {
  if (is_coroutine(iterable)) {
    if (!(f->code->co_flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE)))
      return raise(PyExc_TypeError, "cannot 'yield from' a coroutine object in a non-coroutine generator");
    return share(iterable);
  }
  if (is_generator(iterable)) return share(iterable);
  return iterate(iterable);
}

Ref<> get_async_iterator(PyObject* o) {
  PyAsyncMethods* methods = Py_TYPE(o)->tp_as_async;
  if (!methods || !methods->am_aiter)
    return raise(PyExc_TypeError, "'async for' requires an object with __aiter__ method, got {}", type_name(o));
  Ref<> iterator = TRY(adopt(methods->am_aiter(o)));
  PyAsyncMethods* got = Py_TYPE(iterator.get())->tp_as_async;
  if (!got || !got->am_anext)
    return raise(PyExc_TypeError,
                 "'async for' received an object from __aiter__ that does not implement __anext__: {}",
                 type_name(iterator.get()));
  return iterator;
}

/// The pending exception becomes the cause of a new TypeError.
static Raised raise_from_cause(PyObject* next) {
  Ref<> cause = take_error();
  raise(PyExc_TypeError, "'async for' received an invalid object from __anext__: {}", type_name(next));
  Ref<> error = take_error();
  auto* e = reinterpret_cast<PyBaseExceptionObject*>(error.get());
  Py_XSETREF(e->cause, cause.copy().release());
  e->suppress_context = 1;
  Py_XSETREF(e->context, cause.release());
  return raise_instance(std::move(error));
}

Ref<> get_async_next(PyObject* iterator) {
  PyAsyncMethods* methods = Py_TYPE(iterator)->tp_as_async;
  if (!methods || !methods->am_anext)
    return raise(PyExc_TypeError, "'async for' requires an iterator with __anext__ method, got {}",
                 type_name(iterator));
  Ref<> next = TRY(adopt(methods->am_anext(iterator)));
  if (is_async_generator(iterator)) return next;
  Ref<> awaitable = await_iterator(next.get());
  if (!awaitable) return raise_from_cause(next.get());
  return awaitable;
}

}  // namespace taipan
