// The dict type: constructor, methods, operators.
#include "types/dict.h"

#include "object/bind.h"
#include "object/call.h"
#include "object/dict_layout.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan {

// -- making and filling --

static PyObject* dict_new(PyTypeObject* type, PyObject*, PyObject*) {
  PyObject* o = type->tp_alloc(type, 0);
  if (!o) return nullptr;
  if (type == &PyDict_Type) gc_untrack(o);  // an empty dict needs no examining
  init_empty_dict(o);
  return o;
}

Status dict_update(PyObject* dict, PyObject* other) {
  if (PyDict_CheckExact(other)) return dict_merge(dict, other, 1);
  Ref<> keys = TRY(find_attr(other, "keys"_name));
  if (keys) return dict_merge(dict, other, 1);
  return dict_merge_pairs(dict, other, 1);
}

static Status update_from(PyObject* dict, std::string_view name, const Arguments& a) {
  if (!check_positional(name, a.count, 0, 1)) return Raised{};
  if (a.count == 1) TRY(dict_update(dict, a.items[0]));
  for (Py_ssize_t i = 0; i < a.named(); i++) TRY(dict_set(dict, item(a.names, i), a.items[a.count + i]));
  return {};
}

static int dict_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  if (!flat.ok()) return -1;
  return update_from(self, "dict", {flat.items(), flat.count(), flat.names()}).to_c();
}

static PyObject* dict_vectorcall(PyObject* type, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Ref<> self = adopt(dict_new(reinterpret_cast<PyTypeObject*>(type), nullptr, nullptr));
  if (!self) return nullptr;
  if (!update_from(self.get(), "dict", {args, PyVectorcall_NARGS(nargsf), kwnames})) return nullptr;
  return self.release();
}

Ref<> dict_fromkeys(PyObject* type, PyObject* iterable, PyObject* value) {
  Ref<> dict = TRY(call(type));
  PyObject* d = dict.get();
  if (!PyDict_CheckExact(d)) {
    TRY(for_each(iterable, [&](PyObject* key) { return set_item(d, key, value); }));
    return dict;
  }
  if (PyDict_CheckExact(iterable) && dict_size(d) == 0) {
    if (!reserve_dict(reinterpret_cast<Dict*>(d), dict_size(iterable))) return {};
    Py_ssize_t position = 0;
    PyObject* key;
    Py_hash_t hash;
    while (dict_next(iterable, &position, &key, nullptr, &hash)) TRY(dict_set(d, key, value, hash));
    return dict;
  }
  TRY(for_each(iterable, [&](PyObject* key) { return dict_set(d, key, value); }));
  return dict;
}

// -- items --

Ref<> dict_subscript(PyObject* dict, PyObject* key) {
  PyObject* value = TRY(dict_find(dict, key));
  if (value) return share(value);
  if (!PyDict_CheckExact(dict)) {
    Ref<> missing = TRY(lookup_special(dict, "__missing__"_name));
    if (missing) return call(missing.get(), key);
  }
  return raise_key_error(key);
}

static Status dict_store_item(PyObject* dict, PyObject* key, PyObject* value) {
  if (value) return dict_set(dict, key, value);
  bool found = TRY(dict_remove(dict, key));
  if (!found) return raise_key_error(key);
  return {};
}

static Py_ssize_t dict_length(PyObject* dict) { return dict_size(dict); }
static Result<bool> dict_has(PyObject* dict, PyObject* key) { return dict_contains(dict, key); }

// -- comparing, showing, joining --

static Result<bool> same_items(Dict* a, Dict* b) {
  if (a->ma_used != b->ma_used) return false;
  Py_ssize_t position = 0;
  PyObject *key, *value;
  Py_hash_t hash;
  while (dict_next(object(a), &position, &key, &value, &hash)) {
    Ref<> hold_key = share(key), hold_value = share(value);
    PyObject* other = TRY(dict_find(object(b), key, hash));
    if (!other) return false;
    Ref<> hold_other = share(other);
    bool same = TRY(equal(value, other));
    if (!same) return false;
  }
  return true;
}

static Ref<> dict_compare(PyObject* a, PyObject* b, int op) {
  if (!PyDict_Check(a) || !PyDict_Check(b) || (op != Py_EQ && op != Py_NE)) return not_implemented();
  bool same = TRY(same_items(reinterpret_cast<Dict*>(a), reinterpret_cast<Dict*>(b)));
  return boolean(same == (op == Py_EQ));
}

static Ref<> dict_repr(PyObject* o) {
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? new_str("{...}") : Raised{};
  if (dict_size(o) == 0) return new_str("{}");
  StrBuilder text;
  if (!text.add("{")) return {};
  Py_ssize_t position = 0;
  PyObject *key, *value;
  bool first = true;
  while (dict_next(o, &position, &key, &value)) {
    Ref<> hold_key = share(key), hold_value = share(value);
    if (!first && !text.add(", ")) return {};
    first = false;
    Ref<> part = TRY(repr(key));
    if (!text.add(part.get()) || !text.add(": ")) return {};
    part = TRY(repr(value));
    if (!text.add(part.get())) return {};
  }
  if (!text.add("}")) return {};
  return text.finish();
}

static Ref<> dict_or(PyObject* a, PyObject* b) {
  if (!PyDict_Check(a) || !PyDict_Check(b)) return not_implemented();
  auto joined = TRY(dict_copy(a));
  TRY(dict_update(object(joined.get()), b));
  return joined;
}
static Ref<> dict_inplace_or(PyObject* self, PyObject* other) {
  TRY(dict_update(self, other));
  return share(self);
}

// -- methods --

static constexpr char contains_doc[] =
    "__contains__($self, key, /)\n--\n\n"
    "Is the key in the dictionary?";
static Result<bool> contains_method(PyObject* self, PyObject* key) { return dict_contains(self, key); }

static Py_ssize_t sizeof_method(PyObject* self) { return static_cast<Py_ssize_t>(dict_memory(self)); }

static constexpr char get_doc[] =
    "get($self, key, default=None, /)\n--\n\n"
    "The key's value, or the default if the dictionary does not have the key.";
static Ref<> get(PyObject* self, PyObject* key, PyObject* otherwise) {
  PyObject* value = TRY(dict_find(self, key));
  return share(value ? value : otherwise);
}

static constexpr char setdefault_doc[] =
    "setdefault($self, key, default=None, /)\n--\n\n"
    "The key's value; a key that is not there is first given the default.";
static Ref<> setdefault(PyObject* self, PyObject* key, PyObject* otherwise) {
  return share(TRY(dict_set_default(self, key, otherwise)));
}

static constexpr char pop_doc[] =
    "pop($self, key, default=<unrepresentable>, /)\n--\n\n"
    "D.pop(k[,d]) -> v: take the key out and return its value.\n\n"
    "A key that is not there gives the default, or without one a KeyError.";
static Ref<> pop(PyObject* self, PyObject* key, PyObject* otherwise) {
  if (dict_size(self)) {
    Ref<> value = TRY(dict_pop(self, key));
    if (value) return value;
  }
  if (otherwise) return share(otherwise);
  return raise_key_error(key);
}

static constexpr char popitem_doc[] =
    "popitem($self, /)\n--\n\n"
    "Take the pair (key, value) that was added last out and return it.\n\n"
    "An empty dictionary is a KeyError.";
static Ref<> popitem(PyObject* self) {
  auto pair = TRY(new_tuple(2));  // first: making it may run code that changes the dict
  Ref<> key, value;
  bool found = TRY(dict_pop_last(self, &key, &value));
  if (!found) return raise(PyExc_KeyError, "popitem(): dictionary is empty");
  pair->ob_item[0] = key.release();
  pair->ob_item[1] = value.release();
  return pair;
}

static constexpr char fromkeys_doc[] =
    "fromkeys($type, iterable, value=None, /)\n--\n\n"
    "A new dictionary with keys from the iterable, all with the same value.";

static Status update_method(PyObject* self, Arguments a) { return update_from(self, "update", a); }
static Ref<> keys_method(PyObject* self) { return new_dict_view(self, &PyDictKeys_Type); }
static Ref<> values_method(PyObject* self) { return new_dict_view(self, &PyDictValues_Type); }
static Ref<> items_method(PyObject* self) { return new_dict_view(self, &PyDictItems_Type); }
static Status clear_method(PyObject* self) {
  dict_clear(self);
  return {};
}
static Ref<> copy_method(PyObject* self) { return dict_copy(self); }

static constexpr char reversed_doc[] =
    "__reversed__($self, /)\n--\n\n"
    "An iterator over the keys, last one first.";
static Ref<> reversed_method(PyObject* self) { return new_dict_iterator(self, &PyDictRevIterKey_Type); }

static Ref<> dict_iter(PyObject* self) { return new_dict_iterator(self, &PyDictIterKey_Type); }
static int dict_tp_clear(PyObject* self) {
  dict_clear(self);
  return 0;
}

static constinit PyMethodDef dict_methods[] = {
    method<contains_doc, contains_method, METH_COEXIST>,
    one_arg<dict_subscript>("__getitem__", "x.__getitem__(y) <==> x[y]", METH_COEXIST),
    noargs<sizeof_method>("__sizeof__", "D.__sizeof__() -> bytes of memory that D takes"),
    method<get_doc, get>,
    method<setdefault_doc, setdefault>,
    method<pop_doc, pop>,
    method<popitem_doc, popitem>,
    noargs<keys_method>("keys", "D.keys() -> a set-like view of D's keys"),
    noargs<items_method>("items", "D.items() -> a set-like view of D's items"),
    noargs<values_method>("values", "D.values() -> a view of D's values"),
    varargs<update_method>("update",
                           "D.update([E, ]**F) -> None. Add or replace items from E and F.\n"
                           "If E has a keys() method, these are E[k] for each of its keys k,\n"
                           "else E's elements are pairs of key and value; then come F's items."),
    method<fromkeys_doc, dict_fromkeys>,
    noargs<clear_method>("clear", "D.clear() -> None. Take all items out of D."),
    noargs<copy_method>("copy", "D.copy() -> a shallow copy of D"),
    method<reversed_doc, reversed_method>,
    kClassGetitemRow,
    {},
};
static constinit PySequenceMethods dict_as_sequence = {.sq_contains = slot<dict_has>};
static constinit PyMappingMethods dict_as_mapping = {
    .mp_length = slot<dict_length>,
    .mp_subscript = slot<dict_subscript>,
    .mp_ass_subscript = slot<dict_store_item>,
};
static constinit PyNumberMethods dict_as_number = {
    .nb_or = slot<dict_or>,
    .nb_inplace_or = slot<dict_inplace_or>,
};
static constexpr char dict_doc[] =
    "dict() -> an empty dictionary\n"
    "dict(mapping) -> a dictionary with the mapping's items\n"
    "dict(iterable) -> a dictionary made from pairs of key and value\n"
    "dict(**kwargs) -> a dictionary with the named arguments; may follow the forms above";

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyDict_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "dict",
    .tp_basicsize = sizeof(PyDictObject),
    .tp_dealloc = dict_dealloc,
    .tp_repr = slot<dict_repr>,
    .tp_as_number = &dict_as_number,
    .tp_as_sequence = &dict_as_sequence,
    .tp_as_mapping = &dict_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DICT_SUBCLASS |
                _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_MAPPING,
    .tp_doc = dict_doc,
    .tp_traverse = dict_traverse,
    .tp_clear = dict_tp_clear,
    .tp_richcompare = slot<dict_compare>,
    .tp_iter = slot<dict_iter>,
    .tp_methods = dict_methods,
    .tp_init = dict_init,
    .tp_alloc = generic_alloc,
    .tp_new = dict_new,
    .tp_free = gc_free,
    .tp_vectorcall = dict_vectorcall,
};
