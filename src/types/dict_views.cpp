// dict.keys(), dict.values(), dict.items(): windows on a dict; the first and the last behave like sets.
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/dict.h"
#include "types/rows.h"
#include "types/set.h"

namespace taipan {

using View = _PyDictViewObject;

Ref<> new_dict_view(PyObject* dict, PyTypeObject* type) {
  if (!PyDict_Check(dict))
    return raise(PyExc_TypeError, "{}() requires a dict argument, not '{}'", type->tp_name, type_name(dict));
  auto view = TRY(allocate<View>(type));
  view->dv_dict = reinterpret_cast<Dict*>(Py_NewRef(dict));
  gc_track(object(view.get()));
  return view;
}

static void view_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(object(reinterpret_cast<View*>(o)->dv_dict));
  deallocate(reinterpret_cast<View*>(o));
}
static int view_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(reinterpret_cast<View*>(o)->dv_dict);
  return 0;
}
static PyObject* dict_of(PyObject* view) { return object(reinterpret_cast<View*>(view)->dv_dict); }
static Py_ssize_t view_length(PyObject* view) { return reinterpret_cast<View*>(view)->dv_dict ? dict_size(dict_of(view)) : 0; }

static Ref<> view_repr(PyObject* view) {
  ReprGuard guard(view);
  if (!guard) return guard.seen() ? new_str("...") : Raised{};
  auto list = TRY(to_list(view));
  return format_str("{}({})", type_name(view), as_repr(object(list.get())));
}

// -- membership --

static Result<bool> keys_contain(PyObject* view, PyObject* key) { return dict_contains(dict_of(view), key); }

static Result<bool> items_contain(PyObject* view, PyObject* pair) {
  if (!PyTuple_Check(pair) || tuple_size(pair) != 2) return false;
  PyObject* found = TRY(dict_find(dict_of(view), item(pair, 0)));
  if (!found) return false;
  Ref<> hold = share(found);
  return equal(found, item(pair, 1));
}

static Result<bool> view_contains(PyObject* view, PyObject* o) {
  return PyDictKeys_Check(view) ? keys_contain(view, o) : items_contain(view, o);
}

static Result<bool> all_contained_in(PyObject* some, PyObject* others) {
  Ref<> iterator = TRY(iterate(some));
  for (;;) {
    Ref<> o = TRY(next(iterator.get()));
    if (!o) return true;
    bool found = TRY(contains(others, o.get()));
    if (!found) return false;
  }
}

static Ref<> view_compare(PyObject* self, PyObject* other, int op) {
  if (!is_any_set(other) && !is_dict_view_set(other)) return not_implemented();
  Py_ssize_t mine = TRY(length(self)), theirs = TRY(length(other));
  bool candidate = op == Py_LT   ? mine < theirs
                   : op == Py_LE ? mine <= theirs
                   : op == Py_GT ? mine > theirs
                   : op == Py_GE ? mine >= theirs
                                 : mine == theirs;
  bool self_inside = op == Py_LT || op == Py_LE || op == Py_EQ || op == Py_NE;
  bool holds = candidate && TRY(self_inside ? all_contained_in(self, other) : all_contained_in(other, self));
  return boolean(op == Py_NE ? !holds : holds);
}

// -- set operations --

static Ref<> view_to_set(PyObject* view) {
  // The keys of a plain dict: the set may copy them with their hashes.
  if (Py_IS_TYPE(view, &PyDictKeys_Type) && PyDict_CheckExact(dict_of(view))) return new_set(dict_of(view));
  return new_set(view);
}

static Ref<> view_subtract(PyObject* a, PyObject* b) {
  auto result = TRY(view_to_set(a));
  TRY(call_method(result.get(), "difference_update"_name, b)).reset();
  return result;
}

static Ref<> view_or(PyObject* a, PyObject* b) {
  auto result = TRY(view_to_set(a));
  TRY(set_update(result.get(), b));
  return result;
}

/// Pairs whose key is in one dict only, or whose values differ; each hash is computed once.
static Ref<> items_xor(PyObject* a, PyObject* b) {
  PyObject *left = dict_of(a), *right = dict_of(b);
  if (dict_size(left) > dict_size(right)) std::swap(left, right);
  Ref<> rest = Ref<>(TRY(dict_copy(left)));
  auto result = TRY(new_set());
  auto add = [&](PyObject* key, PyObject* value) -> Status {
    auto pair = TRY(tuple_of({key, value}));
    return set_add(result.get(), pair.get());
  };
  Py_ssize_t position = 0;
  PyObject *key, *value;
  Py_hash_t hash;
  while (dict_next(right, &position, &key, &value, &hash)) {
    Ref<> hold_key = share(key), hold_value = share(value);
    PyObject* other = TRY(dict_find(rest.get(), key, hash));
    if (other) {
      Ref<> hold_other = share(other);
      bool same = TRY(equal(value, other));
      if (same) {
        Ref<> gone = TRY(dict_pop(rest.get(), key, hash));
        continue;
      }
    }
    TRY(add(key, value));
  }
  position = 0;
  while (dict_next(rest.get(), &position, &key, &value)) TRY(add(key, value));
  return result;
}

static Ref<> view_xor(PyObject* a, PyObject* b) {
  if (Py_IS_TYPE(a, &PyDictItems_Type) && Py_IS_TYPE(b, &PyDictItems_Type)) return items_xor(a, b);
  auto result = TRY(view_to_set(a));
  TRY(call_method(result.get(), "symmetric_difference_update"_name, b)).reset();
  return result;
}

Ref<> dict_view_intersect(PyObject* a, PyObject* b) {
  if (!is_dict_view_set(a)) std::swap(a, b);  // the view may be the right operand
  Py_ssize_t mine = view_length(a);
  if (PySet_CheckExact(b) && mine <= set_size(b)) return call_method(b, "intersection"_name, a);
  if (is_dict_view_set(b) && view_length(b) > mine) std::swap(a, b);
  auto result = TRY(new_set());
  TRY(for_each(b, [&](PyObject* o) -> Status {
    bool found = TRY(view_contains(a, o));
    return found ? set_add(result.get(), o) : Status();
  }));
  return result;
}

static Ref<> view_isdisjoint(PyObject* self, PyObject* other) {
  if (self == other) return boolean(view_length(self) == 0);
  // The smaller of two sets is walked.
  if (is_any_set_exact(other) || is_dict_view_set(other)) {
    if (TRY(length(other)) > view_length(self)) std::swap(self, other);
  }
  Ref<> iterator = TRY(iterate(other));
  for (;;) {
    Ref<> o = TRY(next(iterator.get()));
    if (!o) return boolean(true);
    bool found = TRY(contains(self, o.get()));
    if (found) return boolean(false);
  }
}

// -- the types --

static Ref<> view_mapping(PyObject* view, void*) { return make_mapping_proxy(dict_of(view)); }
static constinit PyGetSetDef view_getset[] = {
    {"mapping", slot<view_mapping>, nullptr, "the dictionary that this view shows", nullptr},
    {},
};

static Ref<> keys_iter(PyObject* v) { return new_dict_iterator(dict_of(v), &PyDictIterKey_Type); }
static Ref<> values_iter(PyObject* v) { return new_dict_iterator(dict_of(v), &PyDictIterValue_Type); }
static Ref<> items_iter(PyObject* v) { return new_dict_iterator(dict_of(v), &PyDictIterItem_Type); }
static Ref<> keys_reversed(PyObject* v) { return new_dict_iterator(dict_of(v), &PyDictRevIterKey_Type); }
static Ref<> values_reversed(PyObject* v) { return new_dict_iterator(dict_of(v), &PyDictRevIterValue_Type); }
static Ref<> items_reversed(PyObject* v) { return new_dict_iterator(dict_of(v), &PyDictRevIterItem_Type); }

static constexpr char isdisjoint_doc[] = "Have the view and the iterable no element in common?";
static constinit PyMethodDef keys_methods[] = {
    one_arg<view_isdisjoint>("isdisjoint", isdisjoint_doc),
    noargs<keys_reversed>("__reversed__", "An iterator over the keys, last one first."),
    {},
};
static constinit PyMethodDef items_methods[] = {
    one_arg<view_isdisjoint>("isdisjoint", isdisjoint_doc),
    noargs<items_reversed>("__reversed__", "An iterator over the items, last one first."),
    {},
};
static constinit PyMethodDef values_methods[] = {
    noargs<values_reversed>("__reversed__", "An iterator over the values, last one first."),
    {},
};
static constinit PyNumberMethods view_as_number = {
    .nb_subtract = slot<view_subtract>,
    .nb_and = slot<dict_view_intersect>,
    .nb_xor = slot<view_xor>,
    .nb_or = slot<view_or>,
};
static constinit PySequenceMethods keys_as_sequence = {.sq_length = slot<view_length>, .sq_contains = slot<keys_contain>};
static constinit PySequenceMethods items_as_sequence = {.sq_length = slot<view_length>, .sq_contains = slot<items_contain>};
static constinit PySequenceMethods values_as_sequence = {.sq_length = slot<view_length>};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyDictKeys_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "dict_keys",
    .tp_basicsize = sizeof(View),
    .tp_dealloc = view_dealloc,
    .tp_repr = slot<view_repr>,
    .tp_as_number = &view_as_number,
    .tp_as_sequence = &keys_as_sequence,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = view_traverse,
    .tp_richcompare = slot<view_compare>,
    .tp_iter = slot<keys_iter>,
    .tp_methods = keys_methods,
    .tp_getset = view_getset,
};
constinit PyTypeObject PyDictItems_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "dict_items",
    .tp_basicsize = sizeof(View),
    .tp_dealloc = view_dealloc,
    .tp_repr = slot<view_repr>,
    .tp_as_number = &view_as_number,
    .tp_as_sequence = &items_as_sequence,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = view_traverse,
    .tp_richcompare = slot<view_compare>,
    .tp_iter = slot<items_iter>,
    .tp_methods = items_methods,
    .tp_getset = view_getset,
};
constinit PyTypeObject PyDictValues_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "dict_values",
    .tp_basicsize = sizeof(View),
    .tp_dealloc = view_dealloc,
    .tp_repr = slot<view_repr>,
    .tp_as_sequence = &values_as_sequence,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = view_traverse,
    .tp_iter = slot<values_iter>,
    .tp_methods = values_methods,
    .tp_getset = view_getset,
};
