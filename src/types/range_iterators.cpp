// range_iterator over machine integers, longrange_iterator over ints of any size.
#include "object/bind.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "types/iterators.h"
#include "types/range.h"
#include "types/rows.h"

namespace taipan {

/// `(iter, (range,), index)`
static Ref<> reduce_over(PyObject* start, PyObject* stop, PyObject* step, PyObject* index) {
  Ref<> range = TRY(new_range(start, stop, step));
  Ref<> iter = TRY(builtin_named("iter"_name));
  Ref<> args = TRY(tuple_of({range.get()}));
  return tuple_of({iter.get(), args.get(), index});
}

// -- range_iterator --

static RangeIterator* as_iterator(PyObject* o) { return reinterpret_cast<RangeIterator*>(o); }

Ref<> new_range_iterator(long start, long step, long length) {
  auto it = TRY(allocate<RangeIterator>(&PyRangeIter_Type));
  it->index = 0;
  it->start = start;
  it->step = step;
  it->length = length;
  return it;
}
static void range_iterator_dealloc(PyObject* o) { deallocate(as_iterator(o)); }
static PyObject* range_iterator_next(PyObject* o) {
  RangeIterator* it = as_iterator(o);
  if (it->index >= it->length) return nullptr;
  return new_int(it->start + it->index++ * it->step).release();
}
static Py_ssize_t range_iterator_left(PyObject* o) { return as_iterator(o)->length - as_iterator(o)->index; }
static Ref<> range_iterator_reduce(PyObject* o) {
  RangeIterator* it = as_iterator(o);
  Ref<> start = TRY(new_int(it->start)), stop = TRY(new_int(it->start + it->length * it->step));
  Ref<> step = TRY(new_int(it->step)), index = TRY(new_int(it->index));
  return reduce_over(start.get(), stop.get(), step.get(), index.get());
}
static Status range_iterator_setstate(PyObject* o, PyObject* state) {
  RangeIterator* it = as_iterator(o);
  Py_ssize_t i = TRY(to_ssize(state, PyExc_OverflowError));
  it->index = i < 0 ? 0 : i > it->length ? it->length : i;
  return {};
}
static constinit PyMethodDef range_iterator_methods[] = {
    noargs<range_iterator_left>("__length_hint__", kLengthHintDoc),
    noargs<range_iterator_reduce>("__reduce__", kReduceDoc),
    one_arg<range_iterator_setstate>("__setstate__", kSetstateDoc),
    {},
};

// -- longrange_iterator --

namespace {
struct LongRangeIterator {
  PyObject_HEAD
  PyObject *index, *start, *step, *length;
};
}  // namespace
static LongRangeIterator* as_long(PyObject* o) { return reinterpret_cast<LongRangeIterator*>(o); }

Ref<> new_long_range_iterator(PyObject* start, PyObject* step, PyObject* length) {
  Ref<> zero = TRY(new_int(0));
  auto it = TRY(allocate<LongRangeIterator>(&PyLongRangeIter_Type));
  it->index = zero.release();
  it->start = Py_NewRef(start);
  it->step = Py_NewRef(step);
  it->length = Py_NewRef(length);
  return it;
}
static void long_dealloc(PyObject* o) {
  LongRangeIterator* it = as_long(o);
  Py_DECREF(it->index);
  Py_DECREF(it->start);
  Py_DECREF(it->step);
  Py_DECREF(it->length);
  deallocate(it);
}
static Result<Ref<>> long_next(PyObject* o) {
  LongRangeIterator* it = as_long(o);
  if (int_compare(it->index, it->length) >= 0) return Ref<>{};
  Ref<> one = TRY(new_int(1));
  Ref<> following = TRY(int_add(it->index, one.get()));
  Ref<> offset = TRY(int_multiply(it->index, it->step));
  Ref<> value = TRY(int_add(it->start, offset.get()));
  replace_field(it->index, std::move(following));
  return value;
}
static Ref<> long_left(PyObject* o) { return int_subtract(as_long(o)->length, as_long(o)->index); }
static Ref<> long_reduce(PyObject* o) {
  LongRangeIterator* it = as_long(o);
  Ref<> distance = TRY(int_multiply(it->length, it->step));
  Ref<> stop = TRY(int_add(it->start, distance.get()));
  return reduce_over(it->start, stop.get(), it->step, it->index);
}
static Status long_setstate(PyObject* o, PyObject* state) {
  LongRangeIterator* it = as_long(o);
  Ref<> i = TRY(index(state));
  if (int_sign(i.get()) < 0) i = TRY(new_int(0));
  if (int_compare(i.get(), it->length) > 0) i = share(it->length);
  replace_field(it->index, std::move(i));
  return {};
}
static constinit PyMethodDef long_methods[] = {
    noargs<long_left>("__length_hint__", kLengthHintDoc),
    noargs<long_reduce>("__reduce__", kReduceDoc),
    one_arg<long_setstate>("__setstate__", kSetstateDoc),
    {},
};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyRangeIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "range_iterator",
    .tp_basicsize = sizeof(RangeIterator),
    .tp_dealloc = range_iterator_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = range_iterator_next,
    .tp_methods = range_iterator_methods,
};
constinit PyTypeObject PyLongRangeIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "longrange_iterator",
    .tp_basicsize = sizeof(LongRangeIterator),
    .tp_dealloc = long_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = slot<long_next>,
    .tp_methods = long_methods,
};
