// OrderedDict: the type and its methods. Iteration and views are in ordered_dict_views.cpp.
#include "types/ordered_dict.h"

#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/dict.h"
#include "types/rows.h"

namespace taipan {

bool entry_from(PyObject* o, Py_ssize_t* i, int step, PyObject** key, PyObject** value, Py_hash_t* hash) {
  DictKeys* keys = reinterpret_cast<Dict*>(o)->ma_keys;
  for (; *i >= 0 && *i < keys->nentries; *i += step) {
    if (keys->is_general()) {
      DictEntry& e = keys->entries()[*i];
      if (!e.value) continue;
      *key = e.key;
      *value = e.value;
      *hash = e.hash;
    } else {
      DictNameEntry& e = keys->name_entries()[*i];
      if (!e.value) continue;
      *key = e.key;
      *value = e.value;
      *hash = reinterpret_cast<Str*>(e.key)->hash;
    }
    return true;
  }
  return false;
}

// -- update --

namespace {

Raised raise_unpacking(Py_ssize_t got) {
  return raise(PyExc_ValueError, "need more than {} value{} to unpack", got, got == 1 ? "" : "s");
}
Status add_pair(PyObject* o, PyObject* pair) {
  Ref<> it = TRY(iterate(pair)), key = TRY(next(it.get()));
  if (!key) return raise_unpacking(0);
  Ref<> value = TRY(next(it.get()));
  if (!value) return raise_unpacking(1);
  if (Ref<> more = TRY(next(it.get()))) return raise(PyExc_ValueError, "too many values to unpack (expected 2)");
  return set_item(o, key.get(), value.get());
}
Status add_pairs(PyObject* o, PyObject* pairs) {
  return for_each(pairs, [&](PyObject* pair) { return add_pair(o, pair); });
}

}  // namespace

Status ordered_update(PyObject* o, PyObject* other) {
  if (PyDict_CheckExact(other)) {
    Ref<List> items = TRY(dict_items_list(other));
    return add_pairs(o, object(items.get()));
  }
  if (Ref<> keys = TRY(find_attr(other, "keys"_name))) {
    PyObject* no_args[1] = {nullptr};
    Ref<> list = TRY(vectorcall(keys.get(), no_args + 1, PY_VECTORCALL_ARGUMENTS_OFFSET));
    return for_each(list.get(), [&](PyObject* key) -> Status {
      Ref<> value = TRY(get_item(other, key));
      return set_item(o, key, value.get());
    });
  }
  if (Ref<> items = TRY(find_attr(other, "items"_name))) {
    PyObject* no_args[1] = {nullptr};
    Ref<> pairs = TRY(vectorcall(items.get(), no_args + 1, PY_VECTORCALL_ARGUMENTS_OFFSET));
    return add_pairs(o, pairs.get());
  }
  return add_pairs(o, other);
}

Status ordered_update(PyObject* o, PyObject* args, PyObject* kwargs) {
  Py_ssize_t n = tuple_size(args);
  if (n > 1) return raise(PyExc_TypeError, "update() takes at most 1 positional argument ({} given)", n);
  if (n == 1) TRY(ordered_update(o, item(args, 0)));
  if (!kwargs || !dict_size(kwargs)) return {};
  Ref<List> items = TRY(dict_items_list(kwargs));
  return add_pairs(o, object(items.get()));
}

namespace {

void changed(PyObject* o) { ordered(o).changes++; }

// -- taking items out --

/// What first_index says holds for the table as it is now.
bool knows_first(OrderedDict& self) {
  DictKeys* keys = self.dict.ma_keys;
  return self.first_keys == keys && self.seen_entries == keys->nentries &&
         self.first_index <= keys->nentries - self.dict.ma_used;
}

/// The first entry, passing what is deleted only once.
bool first_entry(PyObject* o, PyObject** key, PyObject** value, Py_hash_t* hash) {
  OrderedDict& self = ordered(o);
  if (!knows_first(self)) {
    self.first_keys = self.dict.ma_keys;
    self.first_index = 0;
    self.seen_entries = self.dict.ma_keys->nentries;
  }
  return entry_from(o, &self.first_index, 1, key, value, hash);
}

/// Around an insertion: a new entry at the end of the same table leaves first_index true.
class InsertionWatch {
 public:
  explicit InsertionWatch(PyObject* o) : self_(ordered(o)), known_(knows_first(self_)) {}
  ~InsertionWatch() {
    DictKeys* keys = self_.dict.ma_keys;
    if (known_ && keys == self_.first_keys && keys->nentries == self_.seen_entries + 1) self_.seen_entries++;
    else if (!known_ || keys != self_.first_keys || keys->nentries != self_.seen_entries) self_.first_keys = nullptr;
  }
  InsertionWatch(const InsertionWatch&) = delete;

 private:
  OrderedDict& self_;
  bool known_;
};

Result<Ref<>> take(PyObject* o, PyObject* key, Py_hash_t h) {
  Ref<> value = TRY(dict_pop(o, key, h));
  if (value) changed(o);
  return value;
}

constexpr char popitem_doc[] =
    "popitem($self, /, last=True)\n--\n\n"
    "Remove and return a (key, value) pair from the dictionary.\n\n"
    "The one that was inserted last, or, if last is false, first.";
Ref<> popitem(PyObject* o, bool last) {
  PyObject *found_key, *found_value;
  Py_hash_t h;
  Py_ssize_t i = last_entry(o);
  bool found = last ? entry_from(o, &i, -1, &found_key, &found_value, &h) : first_entry(o, &found_key, &found_value, &h);
  if (!found) return raise(PyExc_KeyError, "dictionary is empty");
  Ref<> key = share(found_key), value = TRY(take(o, key.get(), h));
  if (!value) return raise_key_error(key.get());
  return tuple_of({key.get(), value.get()});
}

constexpr char pop_doc[] =
    "pop($self, /, key, default=<unrepresentable>)\n--\n\n"
    "od.pop(key[,default]) -> v, remove specified key and return the corresponding value.\n\n"
    "Without a default, an absent key is a KeyError.";
Ref<> pop(PyObject* o, PyObject* key, PyObject* otherwise) {
  Ref<> value = TRY(take(o, key, TRY(hash(key))));
  if (value) return value;
  if (otherwise) return share(otherwise);
  return raise_key_error(key);
}

constexpr char clear_doc[] = "od.clear() -> None.  Remove all items from od.";
Status clear(PyObject* o) {
  dict_clear(o);
  return {};
}

// -- moving --

/// Makes an item the first one: all are put into a new table behind it, which then takes the old one's place.
Status move_to_front(PyObject* o, PyObject* key, PyObject* value, Py_hash_t h) {
  Ref<Dict> made = TRY(new_dict_sized(dict_size(o)));
  PyObject* fresh = object(made.get());
  TRY(dict_set(fresh, key, value, h));
  uint64_t changes = ordered(o).changes;
  PyObject *other_key, *other_value;
  for (Py_ssize_t i = 0; entry_from(o, &i, 1, &other_key, &other_value, &h); i++) {
    if (other_key == key) continue;
    Ref<> kept = share(other_key), kept_value = share(other_value);  // comparing keys may run any code
    TRY(dict_set(fresh, kept.get(), kept_value.get(), h));
    if (ordered(o).changes != changes) return raise(PyExc_RuntimeError, "OrderedDict mutated during iteration");
  }
  Dict& self = ordered(o).dict;
  std::swap(self.ma_keys, made->ma_keys);
  std::swap(self.ma_used, made->ma_used);
  self.ma_version_tag = next_dict_version();
  return {};
}

constexpr char move_to_end_doc[] =
    "move_to_end($self, /, key, last=True)\n--\n\n"
    "Move an existing element to the end (or beginning if last is false).\n\n"
    "Raise KeyError if the element does not exist.";
Status move_to_end(PyObject* o, PyObject* key, bool last) {
  Py_hash_t h = TRY(hash(key)), other_hash;
  PyObject *value, *other_key, *other_value;
  Py_ssize_t at = lookup(&ordered(o).dict, key, h, &value);
  if (at == kIndexError) return Raised{};
  if (at < 0 || !value) return raise_key_error(key);
  Py_ssize_t end = last_entry(o);
  bool there = last ? entry_from(o, &end, -1, &other_key, &other_value, &other_hash) && end == at
                    : first_entry(o, &other_key, &other_value, &other_hash) && ordered(o).first_index == at;
  if (there) return {};
  Ref<> kept = share(ordered(o).dict.ma_keys->key_at(at));  // the key as it is stored, not as it is named here
  changed(o);
  if (!last) {
    Ref<> kept_value = share(value);
    return move_to_front(o, kept.get(), kept_value.get(), h);
  }
  Ref<> kept_value = TRY(dict_pop(o, kept.get(), h));
  InsertionWatch watch(o);
  return dict_set(o, kept.get(), kept_value ? kept_value.get() : Py_None, h);
}

// -- the rest of the mapping --

Status assign_subscript(PyObject* o, PyObject* key, PyObject* value) {
  Py_ssize_t before = dict_size(o);
  Ref<> keep = share(o);
  InsertionWatch watch(o);
  int done = PyDict_Type.tp_as_mapping->mp_ass_subscript(o, key, value);
  if (dict_size(o) != before) changed(o);
  return Status::from_c(done);
}

constexpr char setdefault_doc[] =
    "setdefault($self, /, key, default=None)\n--\n\n"
    "Insert key with a value of default if key is not in the dictionary.\n\n"
    "Return the value for key if key is in the dictionary, else default.";
Ref<> setdefault(PyObject* o, PyObject* key, PyObject* otherwise) {
  if (TRY(contains(o, key))) return get_item(o, key);
  TRY(set_item(o, key, otherwise));
  return share(otherwise);
}

constexpr char copy_doc[] = "od.copy() -> a shallow copy of od";
Ref<> copy(PyObject* o) {
  PyObject* no_args[1] = {nullptr};
  Ref<> made = TRY(vectorcall(object(Py_TYPE(o)), no_args + 1, PY_VECTORCALL_ARGUMENTS_OFFSET));
  bool exact = is_exact(o, &PyODict_Type);
  Ref<List> keys = TRY(dict_keys_list(o));
  for (Py_ssize_t i = 0; i < Py_SIZE(object(keys.get())); i++) {
    PyObject* key = keys->ob_item[i];
    Ref<> value = TRY(exact ? dict_subscript(o, key) : get_item(o, key));
    TRY(set_item(made.get(), key, value.get()));
  }
  return made;
}

constexpr char fromkeys_doc[] =
    "fromkeys($type, /, iterable, value=None)\n--\n\n"
    "Create a new ordered dictionary with keys from iterable and values set to value.";
Ref<> fromkeys(PyObject* type, PyObject* iterable, PyObject* value) { return dict_fromkeys(type, iterable, value); }

constexpr char reduce_doc[] = "Return state information for pickling";
Ref<> reduce(PyObject* o) {
  Ref<> state = TRY(call_method(o, "__getstate__"_name)), items = TRY(call_method(o, "items"_name));
  Ref<> it = TRY(iterate(items.get()));
  return tuple_of({object(Py_TYPE(o)), empty_tuple(), state.get(), Py_None, it.get()});
}

Status update_method(PyObject* o, Arguments args) {
  Ref<> positional = TRY(tuple_of(args.items, args.count));
  Ref<Dict> named;
  if (args.named()) named = TRY(new_dict());
  for (Py_ssize_t i = 0; i < args.named(); i++)
    TRY(dict_set(object(named.get()), item(args.names, i), args.items[args.count + i]));
  return ordered_update(o, positional.get(), object(named.get()));
}

Ref<> or_slot(PyObject* left, PyObject* right) {
  bool ours_is_left = is_ordered(left);
  PyObject *self = ours_is_left ? left : right, *other = ours_is_left ? right : left;
  if (!PyDict_Check(other)) return not_implemented();
  Ref<> made = TRY(call(object(Py_TYPE(self)), left));
  TRY(ordered_update(made.get(), right));
  return made;
}
Ref<> inplace_or(PyObject* o, PyObject* other) {
  TRY(ordered_update(o, other));
  return share(o);
}

Py_ssize_t size_of(PyObject* o) {
  Dict& dict = ordered(o).dict;
  size_t entry = dict.ma_keys->is_general() ? sizeof(DictEntry) : sizeof(DictNameEntry);
  return static_cast<Py_ssize_t>(sizeof(OrderedDict) + (size_t{1} << dict.ma_keys->log2_index_bytes) +
                                 entry * static_cast<size_t>(dict.ma_keys->nentries + dict.ma_keys->usable));
}

// -- the type --

Ref<> repr_slot(PyObject* o) {
  const char* name = short_name(Py_TYPE(o));
  if (dict_size(o) == 0) return format_str("{}()", name);
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? new_str("...") : Ref<>();
  Ref<> items;
  if (is_exact(o, &PyODict_Type)) items = TRY(dict_items_list(o));
  else items = TRY(to_list(TRY(call_method(o, "items"_name)).get()));
  return format_str("{}({})", name, as_repr(items.get()));
}

/// Two ordered ones are equal if their keys come in the same order too.
Result<bool> same_order(PyObject* a, PyObject* b) {
  uint64_t changes_a = ordered(a).changes, changes_b = ordered(b).changes;
  for (Py_ssize_t i = 0, j = 0;; i++, j++) {
    PyObject *x, *y, *value;
    Py_hash_t h;
    if (!entry_from(a, &i, 1, &x, &value, &h) || !entry_from(b, &j, 1, &y, &value, &h)) return true;
    Ref<> left = share(x), right = share(y);
    if (!TRY(equal(left.get(), right.get()))) return false;
    if (ordered(a).changes != changes_a || ordered(b).changes != changes_b)
      return raise(PyExc_RuntimeError, "OrderedDict mutated during iteration");
  }
}
Ref<> compare_slot(PyObject* a, PyObject* b, int op) {
  if (!is_ordered(a) || !PyDict_Check(b) || (op != Py_EQ && op != Py_NE)) return not_implemented();
  Ref<> as_dicts = TRY(adopt(PyDict_Type.tp_richcompare(a, b, Py_EQ)));
  bool same = TRY(is_true(as_dicts.get()));
  if (same && is_ordered(b)) same = TRY(same_order(a, b));
  return boolean(same == (op == Py_EQ));
}

constexpr char ordered_dict_doc[] = "Dictionary that remembers insertion order";
Status init(PyObject* o, PyObject* args, PyObject* kwargs) {
  Py_ssize_t n = tuple_size(args);
  if (n > 1) return raise(PyExc_TypeError, "expected at most 1 arguments, got {}", n);
  return ordered_update(o, args, kwargs);
}

int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(ordered(o).attributes);
  return PyDict_Type.tp_traverse(o, visit, arg);
}
int clear_slot(PyObject* o) {
  clear_field(ordered(o).attributes);
  return PyDict_Type.tp_clear(o);
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  if (ordered(o).weaklist) clear_weakrefs(o);
  clear_field(ordered(o).attributes);
  PyDict_Type.tp_dealloc(o);
}

constinit PyMethodDef methods[] = {
    method<fromkeys_doc, fromkeys>,
    noargs<size_of>("__sizeof__", ""),
    noargs<reduce>("__reduce__", reduce_doc),
    method<setdefault_doc, setdefault>,
    method<pop_doc, pop>,
    method<popitem_doc, popitem>,
    noargs<ordered_keys>("keys", ""),
    noargs<ordered_values>("values", ""),
    noargs<ordered_items>("items", ""),
    varargs<update_method>("update", ""),
    noargs<clear>("clear", clear_doc),
    noargs<copy>("copy", copy_doc),
    noargs<ordered_reversed>("__reversed__", "od.__reversed__() <==> reversed(od)"),
    method<move_to_end_doc, move_to_end>,
    {},
};
constinit PyGetSetDef getset[] = {
    {"__dict__", slot<get_dict_attribute>, slot<set_dict_attribute>, nullptr, nullptr},
    {},
};
constinit PyNumberMethods as_number = {.nb_or = slot<or_slot>, .nb_inplace_or = slot<inplace_or>};
constinit PyMappingMethods as_mapping = {.mp_ass_subscript = slot<assign_subscript>};

}  // namespace
}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyODict_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "collections.OrderedDict",
    .tp_basicsize = sizeof(OrderedDict),
    .tp_dealloc = dealloc,
    .tp_repr = slot<repr_slot>,
    .tp_as_number = &as_number,
    .tp_as_mapping = &as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = ordered_dict_doc,
    .tp_traverse = traverse,
    .tp_clear = clear_slot,
    .tp_richcompare = slot<compare_slot>,
    .tp_weaklistoffset = offsetof(OrderedDict, weaklist),
    .tp_iter = slot<ordered_iterator>,
    .tp_methods = methods,
    .tp_getset = getset,
    .tp_base = &PyDict_Type,
    .tp_dictoffset = offsetof(OrderedDict, attributes),
    .tp_init = slot<init>,
    .tp_alloc = generic_alloc,
    .tp_free = gc_free,
};
