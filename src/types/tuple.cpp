// The tuple type and its iterator. The kernel is object/tuple.cpp.
#include "object/tuple.h"

#include "base/hash.h"
#include "base/vector.h"
#include "object/bind.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/type.h"
#include "types/iterators.h"
#include "types/rows.h"
#include "types/sequence_index.h"
#include "types/slice_range.h"

namespace taipan {

static PyObject** items_of(PyObject* o) { return reinterpret_cast<Tuple*>(o)->ob_item; }

// -- construction and the end --

static constexpr char tuple_doc[] =
    "tuple(iterable=(), /)\n--\n\n"
    "A sequence of items that never changes.\n\n"
    "Without an argument it is empty; else it takes the items of the iterable. A tuple is returned as it is.";

static Ref<> make_tuple(PyObject* iterable) {
  if (!iterable) return share(empty_tuple());
  return Ref<>(TRY(to_tuple(iterable)));
}
static PyObject* tuple_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if ((type == &PyTuple_Type || type->tp_init == PyTuple_Type.tp_init) && !check_no_keywords_dict("tuple", kwargs))
    return nullptr;
  if (!check_positional("tuple", tuple_size(args), 0, 1)) return nullptr;
  Ref<> plain = make_tuple(tuple_size(args) ? item(args, 0) : nullptr);
  if (!plain || type == &PyTuple_Type) return plain.release();
  Py_ssize_t n = tuple_size(plain.get());
  PyObject* made = type->tp_alloc(type, n);
  if (!made) return nullptr;
  for (Py_ssize_t i = 0; i < n; i++) items_of(made)[i] = Py_NewRef(items_of(plain.get())[i]);
  return made;
}
static PyObject* tuple_vectorcall(PyObject*, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (!check_no_keywords("tuple", kwnames) || !check_positional("tuple", n, 0, 1)) return nullptr;
  return make_tuple(n ? args[0] : nullptr).release();
}

static void tuple_dealloc(PyObject* o) {
  if (o == empty_tuple()) {  // immortal; someone took more references than there are
    o->ob_refcnt = kImmortal;
    return;
  }
  gc_untrack(o);
  TrashGuard guard(o);
  if (!guard) return;
  Py_ssize_t n = Py_SIZE(o);
  for (Py_ssize_t i = n; i-- > 0;) Py_XDECREF(items_of(o)[i]);
  if (PyTuple_CheckExact(o)) free_collected(o, offsetof(Tuple, ob_item) + static_cast<size_t>(n) * sizeof(PyObject*));
  else Py_TYPE(o)->tp_free(o);
}
static int tuple_traverse(PyObject* o, visitproc visit, void* arg) {
  for (Py_ssize_t i = Py_SIZE(o); i-- > 0;) Py_VISIT(items_of(o)[i]);
  return 0;
}

// -- slots --

static Py_ssize_t tuple_length(PyObject* o) { return Py_SIZE(o); }

/// A tuple in tuples in tuples …: the levels wait on the heap, however many they are.
static Result<Py_hash_t> hash_deep_tuple(PyObject* o) {
  struct Level {
    PyObject* tuple;
    Py_ssize_t next;
    TupleHash hash;
  };
  Vector<Level> levels;
  if (!levels.append({o, 0, {}})) return raise_no_memory();
  for (;;) {
    Level& level = levels.back();
    Py_ssize_t n = Py_SIZE(level.tuple);
    if (level.next < n) {
      PyObject* part = items_of(level.tuple)[level.next++];
      if (!PyTuple_CheckExact(part)) level.hash.add(TRY(hash(part)));
      else if (!levels.append({part, 0, {}})) return raise_no_memory();
      continue;
    }
    Py_hash_t done = level.hash.finish(static_cast<size_t>(n));
    levels.pop();
    if (levels.empty()) return done;
    levels.back().hash.add(done);
  }
}
static Result<Py_hash_t> hash_tuple(PyObject* o, int depth) {
  constexpr int kDeepest = 50;
  TupleHash h;
  Py_ssize_t n = Py_SIZE(o);
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* part = items_of(o)[i];
    h.add(TRY(!PyTuple_CheckExact(part) ? hash(part) : depth < kDeepest ? hash_tuple(part, depth + 1) : hash_deep_tuple(part)));
  }
  return h.finish(static_cast<size_t>(n));
}
static Result<Py_hash_t> tuple_hash(PyObject* o) { return hash_tuple(o, 0); }

static Ref<> tuple_repr(PyObject* o) {
  Py_ssize_t n = Py_SIZE(o);
  if (n == 0) return new_str("()");
  ReprGuard guard(o);  // a tuple may contain itself through a list
  if (!guard) return guard.seen() ? new_str("(...)") : Raised{};
  StrBuilder text;
  if (!text.add("(")) return {};
  for (Py_ssize_t i = 0; i < n; i++) {
    if (i > 0 && !text.add(", ")) return {};
    Ref<> part = TRY(repr(items_of(o)[i]));
    if (!text.add(part.get())) return {};
  }
  if (!text.add(n == 1 ? ",)" : ")")) return {};
  return text.finish();
}

static Ref<> tuple_compare(PyObject* a, PyObject* b, int op) {
  if (!PyTuple_Check(a) || !PyTuple_Check(b)) return not_implemented();
  Py_ssize_t n = Py_SIZE(a), m = Py_SIZE(b), i = 0;
  for (; i < n && i < m; i++)
    if (!TRY(equal(item(a, i), item(b, i)))) break;
  if (i >= n || i >= m) {
    bool holds = op == Py_LT   ? n < m
                 : op == Py_LE ? n <= m
                 : op == Py_EQ ? n == m
                 : op == Py_NE ? n != m
                 : op == Py_GT ? n > m
                               : n >= m;
    return boolean(holds);
  }
  if (op == Py_EQ || op == Py_NE) return boolean(op == Py_NE);
  return compare(item(a, i), item(b, i), op);
}

static Result<bool> tuple_contains(PyObject* o, PyObject* value) {
  for (Py_ssize_t i = 0; i < Py_SIZE(o); i++)
    if (TRY(equal(item(o, i), value))) return true;
  return false;
}

static Ref<> tuple_get(PyObject* o, Py_ssize_t i) {
  if (i < 0 || i >= Py_SIZE(o)) return raise(PyExc_IndexError, "tuple index out of range");
  return share(item(o, i));
}

static Ref<> tuple_subscript(PyObject* o, PyObject* key) {
  if (is_index(key)) {
    Py_ssize_t i = TRY(to_ssize(key, PyExc_IndexError));
    return tuple_get(o, i < 0 ? i + Py_SIZE(o) : i);
  }
  if (!PySlice_Check(key))
    return raise(PyExc_TypeError, "tuple indices must be integers or slices, not {}", clip(type_name(key), 200));
  SliceBounds bounds = TRY(slice_bounds(key));
  SliceRange r = clamp_slice(bounds, Py_SIZE(o));
  if (r.count <= 0) return share(empty_tuple());
  if (r.step == 1) return tuple_slice(o, r.start, r.start + r.count);
  auto result = TRY(new_tuple(r.count));
  for (Py_ssize_t i = 0, at = r.start; i < r.count; i++, at += r.step) result->ob_item[i] = Py_NewRef(item(o, at));
  return result;
}

static Ref<> tuple_concat(PyObject* a, PyObject* b) {
  if (Py_SIZE(a) == 0 && PyTuple_CheckExact(b)) return share(b);
  if (!PyTuple_Check(b))
    return raise(PyExc_TypeError, "can only concatenate tuple (not \"{}\") to tuple", clip(type_name(b), 200));
  Py_ssize_t n = Py_SIZE(a), m = Py_SIZE(b);
  if (m == 0 && PyTuple_CheckExact(a)) return share(a);
  if (n > PY_SSIZE_T_MAX - m) return raise_no_memory();
  auto result = TRY(new_tuple(n + m));
  for (Py_ssize_t i = 0; i < n; i++) result->ob_item[i] = Py_NewRef(item(a, i));
  for (Py_ssize_t i = 0; i < m; i++) result->ob_item[n + i] = Py_NewRef(item(b, i));
  return result;
}

static Ref<> tuple_repeat(PyObject* o, Py_ssize_t times) {
  Py_ssize_t n = Py_SIZE(o);
  if ((n == 0 || times == 1) && PyTuple_CheckExact(o)) return share(o);
  if (n == 0 || times <= 0) return share(empty_tuple());
  if (times > PY_SSIZE_T_MAX / n) return raise_no_memory();
  auto result = TRY(new_tuple(n * times));
  for (Py_ssize_t i = 0; i < n; i++) item(o, i)->ob_refcnt += times;
  for (Py_ssize_t i = 0; i < times; i++)
    memcpy(result->ob_item + i * n, items_of(o), static_cast<size_t>(n) * sizeof(PyObject*));
  return result;
}

// -- methods --

static constexpr char getnewargs_doc[] = "__getnewargs__($self, /)\n--\n\n";
static Ref<> getnewargs(PyObject* self) {
  Ref<> plain = TRY(tuple_of(items_of(self), Py_SIZE(self)));
  return tuple_of({plain.get()});
}

static constexpr char index_doc[] =
    "index($self, value, start=0, stop=sys.maxsize, /)\n--\n\n"
    "Where the first item equal to value is.\n\n"
    "If there is none, this is a ValueError.";
static Result<Py_ssize_t> index_of(PyObject* self, PyObject* value, SearchIndex start, SearchIndex stop) {
  Py_ssize_t n = Py_SIZE(self);
  start.count_from_end(n);
  stop.count_from_end(n);
  for (Py_ssize_t i = start.value; i < stop.value && i < n; i++)
    if (TRY(equal(item(self, i), value))) return i;
  return raise(PyExc_ValueError, "tuple.index(x): x not in tuple");
}

static constexpr char count_doc[] =
    "count($self, value, /)\n--\n\n"
    "How many items are equal to value.";
static Result<Py_ssize_t> count(PyObject* self, PyObject* value) {
  Py_ssize_t n = 0;
  for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) n += TRY(equal(item(self, i), value));
  return n;
}

static Ref<> tuple_iter(PyObject* o) { return new_index_iterator(&PyTupleIter_Type, o); }

static constinit PyMethodDef tuple_methods[] = {
    method<getnewargs_doc, getnewargs>,
    method<index_doc, index_of>,
    method<count_doc, count>,
    kClassGetitemRow,
    {},
};
static constinit PySequenceMethods tuple_as_sequence = {
    .sq_length = slot<tuple_length>,
    .sq_concat = slot<tuple_concat>,
    .sq_repeat = slot<tuple_repeat>,
    .sq_item = slot<tuple_get>,
    .sq_contains = slot<tuple_contains>,
};
static constinit PyMappingMethods tuple_as_mapping = {
    .mp_length = slot<tuple_length>,
    .mp_subscript = slot<tuple_subscript>,
};

// -- the iterator --

static SequenceIterator* as_iterator(PyObject* o) { return reinterpret_cast<SequenceIterator*>(o); }

static PyObject* tuple_iterator_next(PyObject* o) {
  SequenceIterator* it = as_iterator(o);
  PyObject* tuple = it->sequence;
  if (!tuple) return nullptr;
  if (it->index < Py_SIZE(tuple)) return Py_NewRef(item(tuple, it->index++));
  clear_field(it->sequence);
  return nullptr;
}
static Py_ssize_t tuple_iterator_left(PyObject* o) {
  SequenceIterator* it = as_iterator(o);
  return it->sequence ? Py_SIZE(it->sequence) - it->index : 0;
}
static Ref<> tuple_iterator_reduce(PyObject* o) { return reduce_index_iterator(o, "iter"_name, empty_tuple()); }
static Status tuple_iterator_setstate(PyObject* o, PyObject* state) {
  Py_ssize_t i = TRY(to_ssize(state, PyExc_OverflowError));
  SequenceIterator* it = as_iterator(o);
  if (!it->sequence) return {};
  Py_ssize_t n = Py_SIZE(it->sequence);
  it->index = i < 0 ? 0 : i > n ? n : i;
  return {};
}
static constinit PyMethodDef tuple_iterator_methods[] = {
    noargs<tuple_iterator_left>("__length_hint__", kLengthHintDoc),
    noargs<tuple_iterator_reduce>("__reduce__", kReduceDoc),
    one_arg<tuple_iterator_setstate>("__setstate__", kSetstateDoc),
    {},
};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyTuple_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "tuple",
    .tp_basicsize = offsetof(PyTupleObject, ob_item),
    .tp_itemsize = sizeof(PyObject*),
    .tp_dealloc = tuple_dealloc,
    .tp_repr = slot<tuple_repr>,
    .tp_as_sequence = &tuple_as_sequence,
    .tp_as_mapping = &tuple_as_mapping,
    .tp_hash = slot<tuple_hash>,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TUPLE_SUBCLASS |
                _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_SEQUENCE,
    .tp_doc = tuple_doc,
    .tp_traverse = tuple_traverse,
    .tp_richcompare = slot<tuple_compare>,
    .tp_iter = slot<tuple_iter>,
    .tp_methods = tuple_methods,
    .tp_alloc = generic_alloc,
    .tp_new = tuple_new,
    .tp_free = gc_free,
    .tp_vectorcall = tuple_vectorcall,
};
constinit PyTypeObject PyTupleIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "tuple_iterator",
    .tp_basicsize = sizeof(SequenceIterator),
    .tp_dealloc = index_iterator_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = index_iterator_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = tuple_iterator_next,
    .tp_methods = tuple_iterator_methods,
};
