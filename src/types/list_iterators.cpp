// list_iterator and list_reverseiterator.
#include "object/bind.h"
#include "object/error.h"
#include "object/list.h"
#include "object/name.h"
#include "object/slot.h"
#include "types/iterators.h"
#include "types/rows.h"

namespace taipan {

static SequenceIterator* as_iterator(PyObject* o) { return reinterpret_cast<SequenceIterator*>(o); }

static PyObject* list_iterator_next(PyObject* o) {
  SequenceIterator* it = as_iterator(o);
  PyObject* list = it->sequence;
  if (!list) return nullptr;
  if (it->index < list_size(list)) return Py_NewRef(list_item(list, it->index++));
  clear_field(it->sequence);
  return nullptr;
}
static PyObject* list_reverse_next(PyObject* o) {
  SequenceIterator* it = as_iterator(o);
  PyObject* list = it->sequence;
  if (!list) return nullptr;
  if (it->index >= 0 && it->index < list_size(list)) return Py_NewRef(list_item(list, it->index--));
  it->index = -1;
  clear_field(it->sequence);
  return nullptr;
}

static Py_ssize_t forward_left(PyObject* o) {
  SequenceIterator* it = as_iterator(o);
  Py_ssize_t n = it->sequence ? list_size(it->sequence) - it->index : 0;
  return n < 0 ? 0 : n;
}
static Py_ssize_t backward_left(PyObject* o) {
  SequenceIterator* it = as_iterator(o);
  Py_ssize_t n = it->index + 1;
  return it->sequence && list_size(it->sequence) >= n ? n : 0;
}
static Ref<> reduce_with(PyObject* o, PyObject* builtin) {
  auto empty = TRY(new_list());
  return reduce_index_iterator(o, builtin, object(empty.get()));
}
static Ref<> forward_reduce(PyObject* o) { return reduce_with(o, "iter"_name); }
static Ref<> backward_reduce(PyObject* o) { return reduce_with(o, "reversed"_name); }

static Status forward_setstate(PyObject* o, PyObject* state) {
  Py_ssize_t i = TRY(to_ssize(state, PyExc_OverflowError));
  SequenceIterator* it = as_iterator(o);
  if (!it->sequence) return {};
  Py_ssize_t n = list_size(it->sequence);
  it->index = i < 0 ? 0 : i > n ? n : i;
  return {};
}
static Status backward_setstate(PyObject* o, PyObject* state) {
  Py_ssize_t i = TRY(to_ssize(state, PyExc_OverflowError));
  SequenceIterator* it = as_iterator(o);
  if (!it->sequence) return {};
  Py_ssize_t n = list_size(it->sequence);
  it->index = i < -1 ? -1 : i > n - 1 ? n - 1 : i;
  return {};
}

static constinit PyMethodDef forward_methods[] = {
    noargs<forward_left>("__length_hint__", kLengthHintDoc),
    noargs<forward_reduce>("__reduce__", kReduceDoc),
    one_arg<forward_setstate>("__setstate__", kSetstateDoc),
    {},
};
static constinit PyMethodDef backward_methods[] = {
    noargs<backward_left>("__length_hint__", kLengthHintDoc),
    noargs<backward_reduce>("__reduce__", kReduceDoc),
    one_arg<backward_setstate>("__setstate__", kSetstateDoc),
    {},
};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyListIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "list_iterator",
    .tp_basicsize = sizeof(SequenceIterator),
    .tp_dealloc = index_iterator_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = index_iterator_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = list_iterator_next,
    .tp_methods = forward_methods,
};
constinit PyTypeObject PyListRevIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "list_reverseiterator",
    .tp_basicsize = sizeof(SequenceIterator),
    .tp_dealloc = index_iterator_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = index_iterator_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = list_reverse_next,
    .tp_methods = backward_methods,
};
