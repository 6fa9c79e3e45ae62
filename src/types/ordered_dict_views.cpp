// OrderedDict's iterators and views. Its iterators notice any change of the keys or their order.
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/dict.h"
#include "types/ordered_dict.h"
#include "types/rows.h"

namespace taipan {
namespace {

enum class Yield : uint8_t { key, value, item };

struct Iterator {
  PyObject_HEAD
  PyObject* dict;       // null: exhausted
  Py_ssize_t position, size, entries;
  uint64_t changes;
  DictKeys* keys;       // for identity only
  Yield yield;
  bool backward;
};

Ref<> make(PyObject* o, Yield yield, bool backward) {
  Ref<Iterator> it = TRY(allocate<Iterator>(&PyODictIter_Type));
  OrderedDict& dict = ordered(o);
  it->dict = Py_NewRef(o);
  it->position = backward ? last_entry(o) : 0;
  it->size = dict.dict.ma_used;
  it->entries = dict.dict.ma_keys->nentries;
  it->changes = dict.changes;
  it->keys = dict.dict.ma_keys;
  it->yield = yield;
  it->backward = backward;
  gc_track(object(it.get()));
  return it;
}

int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(reinterpret_cast<Iterator*>(o)->dict);
  return 0;
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(reinterpret_cast<Iterator*>(o)->dict);
  deallocate(reinterpret_cast<Iterator*>(o));
}

Result<Ref<>> next_slot(Iterator& it) {
  if (!it.dict) return Ref<>();
  OrderedDict& dict = ordered(it.dict);
  bool same_size = dict.dict.ma_used == it.size;
  bool same_table = dict.dict.ma_keys == it.keys && dict.dict.ma_keys->nentries == it.entries;
  if (dict.changes != it.changes || (same_size && !same_table)) {
    clear_field(it.dict);
    return raise(PyExc_RuntimeError, "OrderedDict mutated during iteration");
  }
  if (!same_size) {
    clear_field(it.dict);
    return raise(PyExc_RuntimeError, "OrderedDict changed size during iteration");
  }
  PyObject *key, *value;
  Py_hash_t hash;
  if (!entry_from(it.dict, &it.position, it.backward ? -1 : 1, &key, &value, &hash)) {
    clear_field(it.dict);
    return Ref<>();
  }
  it.position += it.backward ? -1 : 1;
  switch (it.yield) {
    case Yield::key: return share(key);
    case Yield::value: return share(value);
    default: return Result<Ref<>>(TRY(tuple_of({key, value})));
  }
}

Ref<> reduce(PyObject* o) {
  // What is left, as a list: from a copy, so that this iterator stays where it is.
  Ref<List> left = TRY(new_list());
  Ref<Iterator> copy = TRY(allocate<Iterator>(&PyODictIter_Type));
  auto* it = reinterpret_cast<Iterator*>(o);
  memcpy(&copy->dict, &it->dict, sizeof(Iterator) - offsetof(Iterator, dict));
  Py_XINCREF(copy->dict);
  gc_track(object(copy.get()));
  for (;;) {
    Ref<> item = TRY(next_slot(*copy));
    if (!item) break;
    TRY(list_append(object(left.get()), item.get()));
  }
  Ref<> iter = TRY(builtin_named("iter"_name)), args = TRY(tuple_of({object(left.get())}));
  return tuple_of({iter.get(), args.get()});
}
constinit PyMethodDef iterator_methods[] = {noargs<reduce>("__reduce__", "Return state information for pickling"), {}};

// -- views --

PyObject* dict_of(PyObject* view) { return object(reinterpret_cast<_PyDictViewObject*>(view)->dv_dict); }

template <Yield yield>
Ref<> view_iterator(PyObject* view) {
  return make(dict_of(view), yield, false);
}
template <Yield yield>
Ref<> view_reversed(PyObject* view) {
  return make(dict_of(view), yield, true);
}

template <Yield yield>
constinit PyMethodDef view_methods[] = {noargs<view_reversed<yield>>("__reversed__", nullptr), {}};

template <Yield yield>
consteval PyTypeObject view_type(const char* name, PyTypeObject* base) {
  PyTypeObject type = {
      .ob_base = kStaticTypeHead,
      .tp_name = name,
      .tp_basicsize = sizeof(_PyDictViewObject),
      .tp_flags = Py_TPFLAGS_DEFAULT,
      .tp_iter = slot<view_iterator<yield>>,
      .tp_methods = view_methods<yield>,
      .tp_base = base,
  };
  return type;
}

}  // namespace

Ref<> ordered_keys(PyObject* o) { return new_dict_view(o, &PyODictKeys_Type); }
Ref<> ordered_values(PyObject* o) { return new_dict_view(o, &PyODictValues_Type); }
Ref<> ordered_items(PyObject* o) { return new_dict_view(o, &PyODictItems_Type); }
Ref<> ordered_iterator(PyObject* o) { return make(o, Yield::key, false); }
Ref<> ordered_reversed(PyObject* o) { return make(o, Yield::key, true); }

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyODictIter_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "odict_iterator",
    .tp_basicsize = sizeof(Iterator),
    .tp_dealloc = dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = traverse,
    .tp_iter = slot<share<PyObject>>,
    .tp_iternext = slot<next_slot>,
    .tp_methods = iterator_methods,
};
constinit PyTypeObject PyODictKeys_Type = view_type<Yield::key>("odict_keys", &PyDictKeys_Type);
constinit PyTypeObject PyODictValues_Type = view_type<Yield::value>("odict_values", &PyDictValues_Type);
constinit PyTypeObject PyODictItems_Type = view_type<Yield::item>("odict_items", &PyDictItems_Type);
