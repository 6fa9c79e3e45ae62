// Iterators that count: over anything with __getitem__, and over calls until a sentinel comes back.
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "types/iterators.h"
#include "types/rows.h"

namespace taipan {

// -- what all index iterators share --

static SequenceIterator* as_iterator(PyObject* o) { return reinterpret_cast<SequenceIterator*>(o); }

Ref<> new_index_iterator(PyTypeObject* type, PyObject* sequence, Py_ssize_t index) {
  auto it = TRY(allocate_collected<SequenceIterator>(type));
  it->index = index;
  it->sequence = Py_NewRef(sequence);
  gc_track(object(it.get()));
  return it;
}
void index_iterator_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(as_iterator(o)->sequence);
  deallocate_collected(as_iterator(o));
}
int index_iterator_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_iterator(o)->sequence);
  return 0;
}
Ref<> reduce_index_iterator(PyObject* o, PyObject* builtin, PyObject* empty) {
  Ref<> function = TRY(builtin_named(builtin));
  SequenceIterator* it = as_iterator(o);  // the look-up may have run code that exhausted it
  if (it->sequence) {
    Ref<> args = TRY(tuple_of({it->sequence}));
    Ref<> index = TRY(new_int(it->index));
    return tuple_of({function.get(), args.get(), index.get()});
  }
  function = TRY(builtin_named("iter"_name));
  Ref<> args = TRY(tuple_of({empty}));
  return tuple_of({function.get(), args.get()});
}

// -- iterator --

static PyObject* sequence_next(PyObject* o) {
  SequenceIterator* it = as_iterator(o);
  if (!it->sequence) return nullptr;
  if (it->index == PY_SSIZE_T_MAX) return raise(PyExc_OverflowError, "iter index too large");
  Ref<> hold = share(it->sequence);
  Ref<> value = sequence_item(hold.get(), it->index);
  if (value) {
    it->index++;
    return value.release();
  }
  if (pending_matches(PyExc_IndexError) || pending_matches(PyExc_StopIteration)) {
    clear_error();
    clear_field(it->sequence);
  }
  return nullptr;
}
static Ref<> sequence_length_hint(PyObject* o) {
  SequenceIterator* it = as_iterator(o);
  if (!it->sequence) return new_int(0);
  // Without __len__ there is nothing to tell.
  PyTypeObject* type = Py_TYPE(it->sequence);
  bool sized = (type->tp_as_sequence && type->tp_as_sequence->sq_length) ||
               (type->tp_as_mapping && type->tp_as_mapping->mp_length);
  if (!sized) return not_implemented();
  Py_ssize_t n = TRY(length(it->sequence)) - it->index;
  return new_int(n < 0 ? 0 : n);
}
static Ref<> sequence_reduce(PyObject* o) { return reduce_index_iterator(o, "iter"_name, empty_tuple()); }
static Ref<> sequence_setstate(PyObject* o, PyObject* state) {
  Py_ssize_t index = TRY(to_ssize(state, PyExc_OverflowError));
  if (as_iterator(o)->sequence) as_iterator(o)->index = index < 0 ? 0 : index;
  return none();
}
static constinit PyMethodDef sequence_methods[] = {
    noargs<sequence_length_hint>("__length_hint__", kLengthHintDoc),
    noargs<sequence_reduce>("__reduce__", kReduceDoc),
    one_arg<sequence_setstate>("__setstate__", kSetstateDoc),
    {},
};

// -- callable_iterator --

namespace {
struct CallableIterator {
  PyObject_HEAD
  PyObject* callable;  // null when exhausted
  PyObject* sentinel;
};
}  // namespace
static CallableIterator* as_calls(PyObject* o) { return reinterpret_cast<CallableIterator*>(o); }

Ref<> new_callable_iterator(PyObject* callable, PyObject* sentinel) {
  auto it = TRY(allocate<CallableIterator>(&PyCallIter_Type));
  it->callable = Py_NewRef(callable);
  it->sentinel = Py_NewRef(sentinel);
  gc_track(object(it.get()));
  return it;
}
static void calls_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(as_calls(o)->callable);
  Py_XDECREF(as_calls(o)->sentinel);
  deallocate(as_calls(o));
}
static int calls_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_calls(o)->callable);
  Py_VISIT(as_calls(o)->sentinel);
  return 0;
}
static PyObject* calls_next(PyObject* o) {
  CallableIterator* it = as_calls(o);
  if (!it->callable) return nullptr;
  Ref<> callable = share(it->callable);
  Ref<> result = call(callable.get());
  if (!result) {
    if (pending_matches(PyExc_StopIteration)) {
      clear_error();
      clear_field(it->callable);
      clear_field(it->sentinel);
    }
    return nullptr;
  }
  if (!it->sentinel) return nullptr;  // the call exhausted the iterator
  Ref<> sentinel = share(it->sentinel);
  auto same = equal(sentinel.get(), result.get());
  if (!same) return nullptr;
  if (!*same) return result.release();
  clear_field(it->callable);
  clear_field(it->sentinel);
  return nullptr;
}
static Ref<> calls_reduce(PyObject* o) {
  Ref<> iter = TRY(builtin_named("iter"_name));
  CallableIterator* it = as_calls(o);
  Ref<> args = it->callable && it->sentinel ? tuple_of({it->callable, it->sentinel}) : tuple_of({empty_tuple()});
  if (!args) return {};
  return tuple_of({iter.get(), args.get()});
}
static constinit PyMethodDef calls_methods[] = {
    noargs<calls_reduce>("__reduce__", kReduceDoc),
    {},
};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PySeqIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "iterator",
    .tp_basicsize = sizeof(SequenceIterator),
    .tp_dealloc = index_iterator_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = index_iterator_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = sequence_next,
    .tp_methods = sequence_methods,
};
constinit PyTypeObject PyCallIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "callable_iterator",
    .tp_basicsize = sizeof(CallableIterator),
    .tp_dealloc = calls_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = calls_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = calls_next,
    .tp_methods = calls_methods,
};
