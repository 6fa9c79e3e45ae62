// The set and frozenset types: constructors, methods, operators.
#include "types/set.h"

#include "object/alloc.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/rows.h"
#include "types/set_table.h"

namespace taipan {

static Set& as_set(PyObject* o) { return *reinterpret_cast<Set*>(o); }

// -- constructors --

static PyObject* set_new(PyTypeObject* type, PyObject*, PyObject*) { return make_set(type, nullptr).release(); }

static int set_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("set", kwargs) || !check_positional("set", tuple_size(args), 0, 1)) return -1;
  if (as_set(self).fill) set_clear(self);
  as_set(self).hash = -1;
  return tuple_size(args) ? set_update(self, item(args, 0)).to_c() : 0;
}

static PyObject* set_vectorcall(PyObject* type, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (!check_no_keywords("set", kwnames) || !check_positional("set", n, 0, 1)) return nullptr;
  return make_set(reinterpret_cast<PyTypeObject*>(type), n ? args[0] : nullptr).release();
}

static Ref<> make_frozenset(PyTypeObject* type, PyObject* iterable) {
  return type == &PyFrozenSet_Type ? new_frozenset(iterable) : make_set(type, iterable);
}
static PyObject* frozenset_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if ((type == &PyFrozenSet_Type || type->tp_init == PyFrozenSet_Type.tp_init) &&
      !check_no_keywords_dict("frozenset", kwargs))
    return nullptr;
  if (!check_positional("frozenset", tuple_size(args), 0, 1)) return nullptr;
  return make_frozenset(type, tuple_size(args) ? item(args, 0) : nullptr).release();
}
static PyObject* frozenset_vectorcall(PyObject* type, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (!check_no_keywords("frozenset", kwnames) || !check_positional("frozenset", n, 0, 1)) return nullptr;
  return make_frozenset(reinterpret_cast<PyTypeObject*>(type), n ? args[0] : nullptr).release();
}

static void set_dealloc(PyObject* o) {
  gc_untrack(o);
  TrashGuard guard(o);
  if (!guard) return;
  Set& set = as_set(o);
  if (set.weakreflist) clear_weakrefs(o);
  for (Py_ssize_t i = 0, left = set.used; left > 0; i++) {
    if (!is_active(set.table[i])) continue;
    left--;
    Py_DECREF(set.table[i].key);
  }
  if (set.table != set.smalltable) free_block(set.table, (static_cast<size_t>(set.mask) + 1) * sizeof(SetSlot));
  Py_TYPE(o)->tp_free(o);
}
static int set_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_ssize_t position = 0;
  while (SetSlot* s = next_slot(&as_set(o), &position)) Py_VISIT(s->key);
  return 0;
}
static int set_tp_clear(PyObject* o) {
  set_clear(o);
  return 0;
}

// -- slots --

static Py_ssize_t set_length(PyObject* o) { return set_size(o); }

static Ref<> set_repr(PyObject* o) {
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? format_str("{}(...)", type_name(o)) : Raised{};
  if (set_size(o) == 0) return format_str("{}()", type_name(o));
  Ref<> keys = Ref<>(TRY(to_list(o)));
  Ref<> text = TRY(repr(keys.get()));
  Ref<> inner = TRY(str_slice(text.get(), 1, str_length(text.get()) - 1));
  if (PySet_CheckExact(o)) return format_str("{{}}", as_str(inner.get()));
  return format_str("{}({{}})", type_name(o), as_str(inner.get()));
}

static Ref<> set_compare(PyObject* a, PyObject* b, int op) {
  if (!PyAnySet_Check(b)) return not_implemented();
  Set &mine = as_set(a), &others = as_set(b);
  bool hashes_differ = mine.hash != -1 && others.hash != -1 && mine.hash != others.hash;
  switch (op) {
    case Py_EQ:
    case Py_NE: {
      bool same = mine.used == others.used && !hashes_differ && TRY(set_is_subset(&mine, b));
      return boolean(same == (op == Py_EQ));
    }
    case Py_LE: return boolean(TRY(set_is_subset(&mine, b)));
    case Py_GE: return boolean(TRY(set_is_superset(&mine, b)));
    case Py_LT: return boolean(mine.used < others.used && TRY(set_is_subset(&mine, b)));
    default: return boolean(mine.used > others.used && TRY(set_is_superset(&mine, b)));
  }
}

static bool both_sets(PyObject* a, PyObject* b) { return PyAnySet_Check(a) && PyAnySet_Check(b); }
static Ref<> set_sub(PyObject* a, PyObject* b) {
  return both_sets(a, b) ? set_difference(&as_set(a), b) : not_implemented();
}
static Ref<> set_and(PyObject* a, PyObject* b) {
  return both_sets(a, b) ? set_intersection(&as_set(a), b) : not_implemented();
}
static Ref<> set_xor(PyObject* a, PyObject* b) {
  return both_sets(a, b) ? set_symmetric_difference(&as_set(a), b) : not_implemented();
}
static Ref<> set_or(PyObject* a, PyObject* b) {
  if (!both_sets(a, b)) return not_implemented();
  Ref<> result = TRY(set_copy_of(&as_set(a)));
  if (a != b) TRY(set_update(result.get(), b));
  return result;
}
static Ref<> set_inplace_sub(PyObject* a, PyObject* b) {
  if (!PyAnySet_Check(b)) return not_implemented();
  TRY(set_difference_update(&as_set(a), b));
  return share(a);
}
static Ref<> set_inplace_and(PyObject* a, PyObject* b) {
  if (!PyAnySet_Check(b)) return not_implemented();
  Ref<> common = TRY(set_intersection(&as_set(a), b));
  swap_contents(&as_set(a), &as_set(common.get()));
  return share(a);
}
static Ref<> set_inplace_xor(PyObject* a, PyObject* b) {
  if (!PyAnySet_Check(b)) return not_implemented();
  TRY(set_symmetric_difference_update(&as_set(a), b));
  return share(a);
}
static Ref<> set_inplace_or(PyObject* a, PyObject* b) {
  if (!PyAnySet_Check(b)) return not_implemented();
  TRY(set_update(a, b));
  return share(a);
}

// -- methods --

static Status set_remove(PyObject* self, PyObject* key) {
  bool found = TRY(set_discard(self, key));
  if (!found) return raise_key_error(key);
  return {};
}
static Status discard_method(PyObject* self, PyObject* key) {
  TRY(set_discard(self, key));
  return {};
}
static Status clear_method(PyObject* self) {
  set_clear(self);
  return {};
}
static Ref<> copy_method(PyObject* self) { return set_copy_of(&as_set(self)); }
static Ref<> frozen_copy_method(PyObject* self) {
  return PyFrozenSet_CheckExact(self) ? share(self) : set_copy_of(&as_set(self));
}
static Ref<> union_method(PyObject* self, Arguments a) {
  Ref<> result = TRY(set_copy_of(&as_set(self)));
  for (Py_ssize_t i = 0; i < a.count; i++)
    if (a.items[i] != self) TRY(set_update(result.get(), a.items[i]));
  return result;
}
static Status update_method(PyObject* self, Arguments a) {
  for (Py_ssize_t i = 0; i < a.count; i++) TRY(set_update(self, a.items[i]));
  return {};
}
static Ref<> intersection_method(PyObject* self, Arguments a) {
  if (a.count == 0) return set_copy_of(&as_set(self));
  Ref<> result = share(self);
  for (Py_ssize_t i = 0; i < a.count; i++) result = TRY(set_intersection(&as_set(result.get()), a.items[i]));
  return result;
}
static Status intersection_update_method(PyObject* self, Arguments a) {
  Ref<> common = TRY(intersection_method(self, a));
  swap_contents(&as_set(self), &as_set(common.get()));
  return {};
}
static Ref<> difference_method(PyObject* self, Arguments a) {
  if (a.count == 0) return set_copy_of(&as_set(self));
  Ref<> result = TRY(set_difference(&as_set(self), a.items[0]));
  for (Py_ssize_t i = 1; i < a.count; i++) TRY(set_difference_update(&as_set(result.get()), a.items[i]));
  return result;
}
static Status difference_update_method(PyObject* self, Arguments a) {
  for (Py_ssize_t i = 0; i < a.count; i++) TRY(set_difference_update(&as_set(self), a.items[i]));
  return {};
}
static Ref<> symmetric_difference_method(PyObject* self, PyObject* other) {
  return set_symmetric_difference(&as_set(self), other);
}
static Status symmetric_difference_update_method(PyObject* self, PyObject* other) {
  return set_symmetric_difference_update(&as_set(self), other);
}
static Result<bool> isdisjoint_method(PyObject* self, PyObject* o) { return set_is_disjoint(&as_set(self), o); }
static Result<bool> issubset_method(PyObject* self, PyObject* o) { return set_is_subset(&as_set(self), o); }
static Result<bool> issuperset_method(PyObject* self, PyObject* o) { return set_is_superset(&as_set(self), o); }
static Py_ssize_t sizeof_method(PyObject* self) {
  const Set& set = as_set(self);
  Py_ssize_t size = Py_TYPE(self)->tp_basicsize;
  return set.table == set.smalltable ? size : size + (set.mask + 1) * static_cast<Py_ssize_t>(sizeof(SetSlot));
}
static Ref<> reduce_method(PyObject* self) {
  Ref<> keys = Ref<>(TRY(to_list(self)));
  Ref<> args = TRY(tuple_of({keys.get()}));
  Ref<> state = TRY(call_method(self, "__getstate__"_name));
  return tuple_of({object(Py_TYPE(self)), args.get(), state.get()});
}

static constexpr PyMethodDef kContains =
    one_arg<set_contains>("__contains__", "x.__contains__(y) <==> y in x.", METH_COEXIST);
static constexpr PyMethodDef kDifference = positional_varargs<difference_method>(
    "difference", "A new set of the elements that are in none of the other sets.");
static constexpr PyMethodDef kIntersection = positional_varargs<intersection_method>(
    "intersection", "A new set of the elements that are in all of the sets.");
static constexpr PyMethodDef kIsDisjoint =
    one_arg<isdisjoint_method>("isdisjoint", "Have the two sets no element in common?");
static constexpr PyMethodDef kIsSubset =
    one_arg<issubset_method>("issubset", "Is every element of this set in the other?");
static constexpr PyMethodDef kIsSuperset =
    one_arg<issuperset_method>("issuperset", "Is every element of the other set in this one?");
static constexpr PyMethodDef kReduce = noargs<reduce_method>("__reduce__", kReduceDoc);
static constexpr PyMethodDef kSizeof =
    noargs<sizeof_method>("__sizeof__", "S.__sizeof__() -> bytes of memory that S takes");
static constexpr PyMethodDef kSymmetricDifference = one_arg<symmetric_difference_method>(
    "symmetric_difference", "A new set of the elements that are in exactly one of the two sets.");
static constexpr PyMethodDef kUnion =
    positional_varargs<union_method>("union", "A new set of the elements that are in any of the sets.");

static constinit PyMethodDef set_methods[] = {
    one_arg<set_add>("add", "Put an element into the set.\n\nNothing changes if it is there already."),
    noargs<clear_method>("clear", "Take all elements out of the set."),
    kContains,
    noargs<copy_method>("copy", "A shallow copy of the set."),
    one_arg<discard_method>("discard",
                            "Take an element out of the set if it is there.\n\n"
                            "Unlike remove(), it is no error if it is not."),
    kDifference,
    positional_varargs<difference_update_method>("difference_update",
                                                 "Take all elements of the other sets out of this one."),
    kIntersection,
    positional_varargs<intersection_update_method>("intersection_update",
                                                   "Keep only the elements that are in all the other sets too."),
    kIsDisjoint,
    kIsSubset,
    kIsSuperset,
    noargs<set_pop>("pop", "Take some element out of the set and return it.\nAn empty set is a KeyError."),
    kReduce,
    one_arg<set_remove>("remove", "Take an element out of the set.\n\nIf it is not there, this is a KeyError."),
    kSizeof,
    kSymmetricDifference,
    one_arg<symmetric_difference_update_method>(
        "symmetric_difference_update", "Keep the elements that the other set has not, and add its other elements."),
    kUnion,
    positional_varargs<update_method>("update", "Add the elements of all the others."),
    kClassGetitemRow,
    {},
};
static constinit PyMethodDef frozenset_methods[] = {
    kContains,   noargs<frozen_copy_method>("copy", "A shallow copy of the set."),
    kDifference, kIntersection,
    kIsDisjoint, kIsSubset,
    kIsSuperset, kReduce,
    kSizeof,     kSymmetricDifference,
    kUnion,      kClassGetitemRow,
    {},
};
static constinit PySequenceMethods set_as_sequence = {.sq_length = slot<set_length>, .sq_contains = slot<set_contains>};
static constinit PyNumberMethods set_as_number = {
    .nb_subtract = slot<set_sub>,
    .nb_and = slot<set_and>,
    .nb_xor = slot<set_xor>,
    .nb_or = slot<set_or>,
    .nb_inplace_subtract = slot<set_inplace_sub>,
    .nb_inplace_and = slot<set_inplace_and>,
    .nb_inplace_xor = slot<set_inplace_xor>,
    .nb_inplace_or = slot<set_inplace_or>,
};
static constinit PyNumberMethods frozenset_as_number = {
    .nb_subtract = slot<set_sub>,
    .nb_and = slot<set_and>,
    .nb_xor = slot<set_xor>,
    .nb_or = slot<set_or>,
};

// -- the iterator --

namespace {
struct SetIterator {
  PyObject_HEAD
  Set* set;  // null when exhausted
  Py_ssize_t used, position, left;
};
}  // namespace

Ref<> new_set_iterator(PyObject* set) {
  auto it = TRY(allocate<SetIterator>(&PySetIter_Type));
  it->set = reinterpret_cast<Set*>(Py_NewRef(set));
  it->used = it->left = it->set->used;
  it->position = 0;
  gc_track(object(it.get()));
  return it;
}
static void set_iterator_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(object(reinterpret_cast<SetIterator*>(o)->set));
  deallocate(reinterpret_cast<SetIterator*>(o));
}
static int set_iterator_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(reinterpret_cast<SetIterator*>(o)->set);
  return 0;
}
static PyObject* set_iterator_next(PyObject* o) {
  auto* it = reinterpret_cast<SetIterator*>(o);
  if (!it->set) return nullptr;
  if (it->used != it->set->used) {
    it->used = -1;  // so it stays
    return raise(PyExc_RuntimeError, "Set changed size during iteration");
  }
  if (SetSlot* s = next_slot(it->set, &it->position)) {
    it->left--;
    return Py_NewRef(s->key);
  }
  clear_field(it->set);
  return nullptr;
}
static Py_ssize_t set_iterator_left(PyObject* o) {
  auto* it = reinterpret_cast<SetIterator*>(o);
  return it->set && it->used == it->set->used ? it->left : 0;
}
static Ref<> set_iterator_reduce(PyObject* o) {
  auto* it = reinterpret_cast<SetIterator*>(o);
  auto copy = TRY(allocate<SetIterator>(&PySetIter_Type));  // emptying it leaves `it` where it is
  copy->set = reinterpret_cast<Set*>(Py_XNewRef(object(it->set)));
  copy->used = it->used;
  copy->position = it->position;
  copy->left = it->left;
  gc_track(object(copy.get()));
  Ref<> rest = Ref<>(TRY(to_list(object(copy.get()))));
  Ref<> iter = TRY(builtin_named("iter"_name));
  Ref<> args = TRY(tuple_of({rest.get()}));
  return tuple_of({iter.get(), args.get()});
}
static constinit PyMethodDef set_iterator_methods[] = {
    noargs<set_iterator_left>("__length_hint__", kLengthHintDoc),
    noargs<set_iterator_reduce>("__reduce__", kReduceDoc),
    {},
};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PySet_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "set",
    .tp_basicsize = sizeof(PySetObject),
    .tp_dealloc = set_dealloc,
    .tp_repr = slot<set_repr>,
    .tp_as_number = &set_as_number,
    .tp_as_sequence = &set_as_sequence,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    .tp_doc = "set() -> an empty set\n"
              "set(iterable) -> a set of the iterable's elements\n\n"
              "A collection in no order in which every element is unique.",
    .tp_traverse = set_traverse,
    .tp_clear = set_tp_clear,
    .tp_richcompare = slot<set_compare>,
    .tp_weaklistoffset = offsetof(PySetObject, weakreflist),
    .tp_iter = slot<new_set_iterator>,
    .tp_methods = set_methods,
    .tp_init = set_init,
    .tp_alloc = generic_alloc,
    .tp_new = set_new,
    .tp_free = gc_free,
    .tp_vectorcall = set_vectorcall,
};
constinit PyTypeObject PyFrozenSet_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "frozenset",
    .tp_basicsize = sizeof(PySetObject),
    .tp_dealloc = set_dealloc,
    .tp_repr = slot<set_repr>,
    .tp_as_number = &frozenset_as_number,
    .tp_as_sequence = &set_as_sequence,
    .tp_hash = frozenset_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    .tp_doc = "frozenset() -> an empty frozenset\n"
              "frozenset(iterable) -> a frozenset of the iterable's elements\n\n"
              "A set that never changes and can be hashed.",
    .tp_traverse = set_traverse,
    .tp_clear = set_tp_clear,
    .tp_richcompare = slot<set_compare>,
    .tp_weaklistoffset = offsetof(PySetObject, weakreflist),
    .tp_iter = slot<new_set_iterator>,
    .tp_methods = frozenset_methods,
    .tp_alloc = generic_alloc,
    .tp_new = frozenset_new,
    .tp_free = gc_free,
    .tp_vectorcall = frozenset_vectorcall,
};
constinit PyTypeObject PySetIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "set_iterator",
    .tp_basicsize = sizeof(SetIterator),
    .tp_dealloc = set_iterator_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = set_iterator_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = set_iterator_next,
    .tp_methods = set_iterator_methods,
};
