// The six iterators over dicts: keys, values, items, forwards and backwards.
#include "object/bind.h"
#include "object/dict_layout.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/dict.h"
#include "types/rows.h"

namespace taipan {

namespace {
struct DictIterator {
  PyObject_HEAD
  Dict* dict;            // null when exhausted
  Py_ssize_t used;       // the dict's size at the start; -1 after an error
  Py_ssize_t position;
  Tuple* pair;           // items: used again as long as nobody else has it
  Py_ssize_t left;
};
enum class Yield { key, value, item };
}  // namespace

static bool is_backward(const PyTypeObject* type) {
  return type == &PyDictRevIterKey_Type || type == &PyDictRevIterValue_Type || type == &PyDictRevIterItem_Type;
}

Ref<> new_dict_iterator(PyObject* o, PyTypeObject* type) {
  auto* dict = reinterpret_cast<Dict*>(o);
  Ref<> pair;
  if (type == &PyDictIterItem_Type || type == &PyDictRevIterItem_Type) pair = TRY(tuple_of({Py_None, Py_None}));
  auto it = TRY(allocate_collected<DictIterator>(type));
  it->dict = reinterpret_cast<Dict*>(Py_NewRef(o));
  it->used = it->left = dict->ma_used;
  it->position = !is_backward(type) ? 0 : (dict->ma_values ? dict->ma_used : dict->ma_keys->nentries) - 1;
  it->pair = reinterpret_cast<Tuple*>(pair.release());
  gc_track(object(it.get()));
  return it;
}

static void dict_iterator_dealloc(PyObject* o) {
  auto* it = reinterpret_cast<DictIterator*>(o);
  gc_untrack(o);
  Py_XDECREF(object(it->dict));
  Py_XDECREF(object(it->pair));
  deallocate_collected(it);
}
static int dict_iterator_traverse(PyObject* o, visitproc visit, void* arg) {
  auto* it = reinterpret_cast<DictIterator*>(o);
  Py_VISIT(it->dict);
  Py_VISIT(it->pair);
  return 0;
}

static Ref<> exhausted(DictIterator* it) {
  Ref<> last = adopt(object(std::exchange(it->dict, nullptr)));
  return {};
}

/// Steps backwards to the next item before `position`.
static bool previous_item(Dict* dict, Py_ssize_t* position, PyObject** key, PyObject** value) {
  for (Py_ssize_t i = *position; i >= 0; i--) {
    Py_ssize_t at = i;
    if (!dict->ma_values && i < dict->ma_keys->nentries && !dict->ma_keys->key_at(i)) continue;
    if (!dict->ma_values && i >= dict->ma_keys->nentries) continue;
    if (dict->ma_values && i >= dict->ma_used) continue;
    if (!dict_next(object(dict), &at, key, value)) return false;
    *position = i - 1;
    return true;
  }
  return false;
}

static Ref<> pair_of(DictIterator* it, PyObject* key, PyObject* value) {
  Tuple* pair = it->pair;
  if (Py_REFCNT(object(pair)) != 1) return tuple_of({key, value});
  Ref<> old_key = adopt(pair->ob_item[0]), old_value = adopt(pair->ob_item[1]);
  pair->ob_item[0] = Py_NewRef(key);
  pair->ob_item[1] = Py_NewRef(value);
  // The collector may have untracked it when it held atoms only.
  if (!gc_is_tracked(object(pair))) gc_track(object(pair));
  return share(object(pair));
}

/// Empty without an exception: exhausted.
template <Yield Y, bool Backward>
static PyObject* step(PyObject* self) {
  auto* it = reinterpret_cast<DictIterator*>(self);
  Dict* dict = it->dict;
  if (!dict) return nullptr;
  if (it->used != dict->ma_used) {
    it->used = -1;  // so it stays
    return raise(PyExc_RuntimeError, "dictionary changed size during iteration");
  }
  PyObject *key, *value;
  Py_ssize_t position = it->position;
  bool found = Backward ? previous_item(dict, &position, &key, &value)
                        : dict_next(object(dict), &position, &key, &value);
  if (!found) return exhausted(it).release();
  if (!Backward && it->left == 0) {
    (void)raise(PyExc_RuntimeError, "dictionary keys changed during iteration");
    return exhausted(it).release();
  }
  it->position = position;
  it->left--;
  if constexpr (Y == Yield::key) return Py_NewRef(key);
  else if constexpr (Y == Yield::value) return Py_NewRef(value);
  else return pair_of(it, key, value).release();
}

static Py_ssize_t length_left(PyObject* o) {
  auto* it = reinterpret_cast<DictIterator*>(o);
  return it->dict && it->used == it->dict->ma_used ? it->left : 0;
}

static Ref<> dict_iterator_reduce(PyObject* o) {
  auto* it = reinterpret_cast<DictIterator*>(o);
  // The iterator itself must not move, so a copy of it is emptied.
  auto copy = TRY(allocate_collected<DictIterator>(Py_TYPE(o)));
  copy->dict = reinterpret_cast<Dict*>(Py_XNewRef(object(it->dict)));
  copy->used = it->used;
  copy->position = it->position;
  copy->left = it->left;
  copy->pair = reinterpret_cast<Tuple*>(Py_XNewRef(object(it->pair)));
  gc_track(object(copy.get()));
  Ref<> rest = Ref<>(TRY(to_list(object(copy.get()))));
  Ref<> iter = TRY(builtin_named("iter"_name));
  Ref<> args = TRY(tuple_of({rest.get()}));
  return tuple_of({iter.get(), args.get()});
}

static constinit PyMethodDef dict_iterator_methods[] = {
    noargs<length_left>("__length_hint__", kLengthHintDoc),
    noargs<dict_iterator_reduce>("__reduce__", kReduceDoc),
    {},
};

static constexpr PyTypeObject iterator_type(const char* name, iternextfunc next, getattrofunc get = nullptr) {
  return {
      .ob_base = kStaticTypeHead,
      .tp_name = name,
      .tp_basicsize = sizeof(DictIterator),
      .tp_dealloc = dict_iterator_dealloc,
      .tp_getattro = get,
      .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
      .tp_traverse = dict_iterator_traverse,
      .tp_iter = PyObject_SelfIter,
      .tp_iternext = next,
      .tp_methods = dict_iterator_methods,
  };
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyDictIterKey_Type = iterator_type("dict_keyiterator", step<Yield::key, false>, PyObject_GenericGetAttr);
constinit PyTypeObject PyDictIterValue_Type = iterator_type("dict_valueiterator", step<Yield::value, false>, PyObject_GenericGetAttr);
constinit PyTypeObject PyDictIterItem_Type = iterator_type("dict_itemiterator", step<Yield::item, false>, PyObject_GenericGetAttr);
constinit PyTypeObject PyDictRevIterKey_Type = iterator_type("dict_reversekeyiterator", step<Yield::key, true>);
constinit PyTypeObject PyDictRevIterValue_Type = iterator_type("dict_reversevalueiterator", step<Yield::value, true>);
constinit PyTypeObject PyDictRevIterItem_Type = iterator_type("dict_reverseitemiterator", step<Yield::item, true>);
