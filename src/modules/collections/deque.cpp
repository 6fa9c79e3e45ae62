// The type deque: storage, construction, the sequence protocol, iterators. Methods are in deque_methods.cpp.
#include "modules/collections/deque.h"

#include "modules/fields.h"
#include "modules/module.h"
#include "object/alloc.h"
#include "object/call.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/rows.h"

namespace taipan::collections {

// -- storage --

Status Deque::reserve_one() {
  if (size() < capacity) return {};
  Py_ssize_t larger = capacity ? capacity * 2 : 8;
  auto* moved = larger <= PY_SSIZE_T_MAX / 16 ? static_cast<PyObject**>(raw_allocate(static_cast<size_t>(larger) * sizeof(PyObject*)))
                                              : nullptr;
  if (!moved) return raise_no_memory();
  for (Py_ssize_t i = 0; i < size(); i++) moved[i] = at(i);
  if (slots) raw_free(slots);
  slots = moved;
  capacity = larger;
  first = 0;
  return {};
}

Status Deque::push_back(PyObject* o) {
  Ref<> dropped;  // dies when the deque is consistent again
  if (maxlen == 0) return {};
  if (full()) dropped = take_front();
  else TRY(reserve_one());
  ob_base.ob_size++;
  at(size() - 1) = Py_NewRef(o);
  changes++;
  return {};
}
Status Deque::push_front(PyObject* o) {
  Ref<> dropped;
  if (maxlen == 0) return {};
  if (full()) dropped = take_back();
  else TRY(reserve_one());
  first = (first - 1) & (capacity - 1);
  ob_base.ob_size++;
  at(0) = Py_NewRef(o);
  changes++;
  return {};
}
Ref<> Deque::take_back() {
  changes++;
  PyObject* o = at(size() - 1);
  ob_base.ob_size--;
  return adopt(o);
}
Ref<> Deque::take_front() {
  changes++;
  PyObject* o = at(0);
  first = (first + 1) & (capacity - 1);
  ob_base.ob_size--;
  return adopt(o);
}

void Deque::rotate(Py_ssize_t n) {
  Py_ssize_t length = size();
  if (length <= 1) return;
  n %= length;
  if (n > length / 2) n -= length;
  else if (n < -(length / 2)) n += length;
  if (n == 0) return;
  changes++;
  for (; n > 0; n--) {
    PyObject* o = at(length - 1);
    first = (first - 1) & (capacity - 1);
    at(0) = o;
  }
  for (; n < 0; n++) {
    PyObject* o = at(0);
    first = (first + 1) & (capacity - 1);
    at(length - 1) = o;
  }
}

void Deque::clear() {
  // The items leave the deque before any of them dies: finalizers find it empty, and may fill it again.
  PyObject** old = std::exchange(slots, nullptr);
  Py_ssize_t n = size(), mask = capacity - 1, start = first;
  capacity = first = 0;
  ob_base.ob_size = 0;
  changes++;
  for (Py_ssize_t i = 0; i < n; i++) Py_DECREF(old[(start + i) & mask]);
  if (old) raw_free(old);
}

Raised raise_mutated() { return raise(PyExc_RuntimeError, "deque mutated during iteration"); }

Status extend(Deque& self, PyObject* iterable) {
  if (iterable == object(&self)) {
    Ref<List> copy = TRY(to_list(iterable));
    return extend(self, object(copy.get()));
  }
  return for_each(iterable, [&](PyObject* o) { return self.push_back(o); });
}

namespace {

int traverse(PyObject* o, visitproc visit, void* arg) {
  Deque& self = deque_of(o);
  for (Py_ssize_t i = 0; i < self.size(); i++) Py_VISIT(self.at(i));
  return 0;
}
int clear_slot(PyObject* o) {
  deque_of(o).clear();
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  TrashGuard trash(o);
  if (!trash) return;
  if (deque_of(o).weaklist) clear_weakrefs(o);
  deque_of(o).clear();
  Py_TYPE(o)->tp_free(o);
}

PyObject* new_slot(PyTypeObject* type, PyObject*, PyObject*) {
  PyObject* o = type->tp_alloc(type, 0);
  if (o) deque_of(o).maxlen = -1;
  return o;
}

constexpr char deque_doc[] =
    "deque([iterable[, maxlen]]) --> deque object\n\n"
    "A list-like sequence optimized for data accesses near its endpoints.";
constexpr char init_doc[] = "deque(iterable=NULL, maxlen=None)\n--\n\n";
Status init(Deque& self, PyObject* iterable, PyObject* maxlen_object) {
  Py_ssize_t maxlen = -1;
  if (maxlen_object != Py_None) {
    if (!is_index(maxlen_object)) return raise(PyExc_TypeError, "an integer is required");
    maxlen = TRY(to_c_ssize(maxlen_object));
    if (maxlen < 0) return raise(PyExc_ValueError, "maxlen must be non-negative");
  }
  self.maxlen = maxlen;
  if (self.size()) self.clear();
  return iterable ? extend(self, iterable) : Status();
}

Ref<> get_maxlen(PyObject* o, void*) {
  Py_ssize_t n = deque_of(o).maxlen;
  return n < 0 ? none() : new_int(n);
}
constinit PyGetSetDef getset[] = {
    {"maxlen", slot<get_maxlen>, nullptr, "maximum size of a deque or None if unbounded", nullptr},
    {},
};

// -- iterators --

struct DequeIterator {
  PyObject_HEAD
  PyObject* deque;
  Py_ssize_t left;  // items still to come
  size_t changes;   // the deque's when the iteration began
  template <class F> void each(F&& f) { f(deque); }
};

Ref<DequeIterator> make_iterator(PyTypeObject* type, Deque& deque) {
  Ref<DequeIterator> it = TRY(adopt(reinterpret_cast<DequeIterator*>(type->tp_alloc(type, 0))));
  it->deque = Py_NewRef(object(&deque));
  it->left = deque.size();
  it->changes = deque.changes;
  return it;
}

template <bool reverse>
Result<Ref<>> iterator_next(DequeIterator& it) {
  Deque& deque = deque_of(it.deque);
  if (it.changes != deque.changes) {
    it.left = 0;
    return raise_mutated();
  }
  if (it.left == 0) return Ref<>();
  Py_ssize_t i = reverse ? it.left - 1 : deque.size() - it.left;
  it.left--;
  return share(deque.at(i));
}
Result<Py_ssize_t> length_hint_method(DequeIterator& it) { return it.left; }
Ref<> iterator_reduce(DequeIterator& it) {
  Ref<> passed = TRY(new_int(deque_of(it.deque).size() - it.left));
  Ref<> args = TRY(tuple_of({it.deque, passed.get()}));
  return tuple_of({object(Py_TYPE(object(it))), args.get()});
}

template <PyTypeObject* type>
PyObject* iterator_new(PyTypeObject*, PyObject* args, PyObject*) {
  Py_ssize_t n = tuple_size(args);
  if (n < 1 || n > 2)
    return raise(PyExc_TypeError, "function takes at {} {} argument{} ({} given)", n < 1 ? "least" : "most", n < 1 ? 1 : 2,
                 n < 1 ? "" : "s", n);
  if (!is_deque(item(args, 0)))
    return raise(PyExc_TypeError, "argument 1 must be collections.deque, not {}", type_name(item(args, 0)));
  Py_ssize_t skip = 0;
  if (n == 2) {
    Result<Py_ssize_t> index = to_c_ssize(item(args, 1));
    if (!index) return nullptr;
    skip = *index;
  }
  Ref<DequeIterator> it = make_iterator(type, deque_of(item(args, 0)));
  if (!it) return nullptr;
  if (skip > 0) it->left = skip < it->left ? it->left - skip : 0;
  return object(it.release());
}

constinit PyMethodDef iterator_methods[] = {
    noargs<length_hint_method>("__length_hint__", kLengthHintDoc),
    noargs<iterator_reduce>("__reduce__", kReduceDoc),
    {},
};

consteval PyTypeObject iterator_type(const char* name, newfunc create, iternextfunc next) {
  PyTypeObject type = {
      .ob_base = kStaticTypeHead,
      .tp_name = name,
      .tp_basicsize = sizeof(DequeIterator),
      .tp_dealloc = Fields<DequeIterator>::dealloc,
      .tp_getattro = generic_get_attr_slot,
      .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
      .tp_traverse = Fields<DequeIterator>::traverse,
      .tp_clear = Fields<DequeIterator>::clear,
      .tp_iter = slot<share<PyObject>>,
      .tp_iternext = next,
      .tp_methods = iterator_methods,
      .tp_alloc = generic_alloc,
      .tp_new = create,
      .tp_free = gc_free,
  };
  return type;
}

}  // namespace

Ref<> deque_iterator(Deque& self) { return make_iterator(&deque_iterator_type, self); }
Ref<> deque_reversed(Deque& self) { return make_iterator(&deque_reverse_iterator_type, self); }

constinit PyTypeObject deque_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "collections.deque",
    .tp_basicsize = sizeof(Deque),
    .tp_dealloc = dealloc,
    .tp_repr = slot<deque_repr>,
    .tp_as_sequence = &deque_as_sequence,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_SEQUENCE,
    .tp_doc = deque_doc,
    .tp_traverse = traverse,
    .tp_clear = clear_slot,
    .tp_richcompare = slot<deque_compare>,
    .tp_weaklistoffset = offsetof(Deque, weaklist),
    .tp_iter = slot<deque_iterator>,
    .tp_methods = deque_methods,
    .tp_getset = getset,
    .tp_init = initializer<init_doc, init>::tp_init,
    .tp_alloc = generic_alloc,
    .tp_new = new_slot,
    .tp_free = gc_free,
};
constinit PyTypeObject deque_iterator_type =
    iterator_type("_collections._deque_iterator", iterator_new<&deque_iterator_type>, slot<iterator_next<false>>);
constinit PyTypeObject deque_reverse_iterator_type = iterator_type(
    "_collections._deque_reverse_iterator", iterator_new<&deque_reverse_iterator_type>, slot<iterator_next<true>>);

}  // namespace taipan::collections
