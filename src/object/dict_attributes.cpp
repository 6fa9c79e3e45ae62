// Attributes of plain instances. A class with a managed dict has one split table of names; each instance has an
// array of values for it, in the instance's own block. A dict is made only when someone asks for one. It then
// takes the array over (obj[-4] becomes null, obj[-3] the dict), still where it lies; before the dict and the
// instance part, the array moves to a block of its own.
#include "object/dict.h"
#include "object/dict_layout.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/str.h"

namespace taipan {

static DictKeys* cached_keys(PyTypeObject* type) { return reinterpret_cast<PyHeapTypeObject*>(type)->ht_cached_keys; }
static DictKeys* cached_keys_if_any(PyTypeObject* type) { return type->tp_flags & Py_TPFLAGS_HEAPTYPE ? cached_keys(type) : nullptr; }

/// Made for the first instance: many classes have none. Without memory the instances have dicts.
[[gnu::noinline]] static DictKeys* make_cached_keys(PyTypeObject* type) {
  if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE)) return nullptr;
  DictKeys* keys = new_split_keys();
  if (!keys) clear_error();
  return reinterpret_cast<PyHeapTypeObject*>(type)->ht_cached_keys = keys;
}
void free_cached_keys(PyHeapTypeObject* type) {
  if (DictKeys* keys = std::exchange(type->ht_cached_keys, nullptr)) release_keys(keys);
}

static DictValues* inline_values_of(PyObject* o) {
  return reinterpret_cast<DictValues*>(reinterpret_cast<char*>(o) + Py_TYPE(o)->tp_basicsize);
}

size_t inline_values_size(PyTypeObject* type) {
  DictKeys* keys = cached_keys_if_any(type);
  if (!keys) [[unlikely]] keys = make_cached_keys(type);
  if (!keys) return 0;
  return static_cast<size_t>(values_size(static_cast<size_t>(keys->nentries + keys->usable)));
}

// The first instances leave room for names to come; each further instance takes one place less, so that the
// size settles at the names really used and one more.
void init_instance_attributes(PyObject* o, PyTypeObject* type, void* inline_values) {
  *managed_dict_slot(o) = nullptr;
  *values_slot(o) = nullptr;
  DictKeys* keys = inline_values ? cached_keys_if_any(type) : nullptr;
  if (!keys) return;
  auto* values = static_cast<DictValues*>(inline_values);
  auto capacity = static_cast<size_t>(keys->nentries + keys->usable);
  values->capacity = static_cast<uint8_t>(capacity);
  values->used = 0;
  values->embedded = true;
  for (size_t i = 0; i < capacity; i++) {
    values->items[i] = nullptr;
    asm("" : : : "memory");  // few: lest the compiler make it a call of memset
  }
  if (keys->usable > 1) keys->usable--;
  *values_slot(o) = values;
  gc_head(o)->prev |= kGcInlineValues;
}

size_t instance_values_size(PyObject* o) {
  if (!(Py_TYPE(o)->tp_flags & Py_TPFLAGS_MANAGED_DICT) || !(gc_head(o)->prev & kGcInlineValues)) return 0;
  return static_cast<size_t>(values_size(inline_values_of(o)->capacity));
}

static Raised raise_no_attribute(PyObject* o, PyObject* name) {
  return raise(PyExc_AttributeError, "'{}' object has no attribute '{}'", clip(type_name(o), 100), as_str(name));
}

Result<Ref<>> instance_find(PyObject* o, PyObject* name) {
  if (DictValues* values = *values_slot(o)) {
    if (PyUnicode_CheckExact(name)) {
      Py_ssize_t i = find_name(cached_keys(Py_TYPE(o)), name, str_hash(name));
      if (i < 0 || i >= values->capacity || !values->items[i]) return Ref<>{};
      return share(values->items[i]);
    }
    Ref<> materialised = TRY(instance_dict(o));
  }
  PyObject* dict = *managed_dict_slot(o);
  if (!dict) return Ref<>{};
  Ref<> hold = share(dict);
  PyObject* value = TRY(dict_find(dict, name));
  if (!value) return Ref<>{};
  return share(value);
}

static Status set_in_dict(PyObject* o, PyObject* name, PyObject* value) {
  Ref<> dict = TRY(instance_dict(o));
  if (value) return dict_set(dict.get(), name, value);
  bool found = TRY(dict_remove(dict.get(), name));
  if (!found) return raise_no_attribute(o, name);
  return {};
}

Status instance_set(PyObject* o, PyObject* name, PyObject* value) {
  DictValues* values = *values_slot(o);
  if (!values || !PyUnicode_CheckExact(name)) return set_in_dict(o, name, value);
  DictKeys* keys = cached_keys(Py_TYPE(o));
  Py_hash_t hash = str_hash(name);
  Py_ssize_t i = value ? add_shared_name(keys, name, hash) : find_name(keys, name, hash);
  if (i < 0 || i >= values->capacity) {
    if (!value) return raise_no_attribute(o, name);
    return set_in_dict(o, name, value);
  }
  PyObject* old = values->items[i];
  if (!old && !value) return raise_no_attribute(o, name);
  values->items[i] = Py_XNewRef(value);
  if (!old) values->add_to_order(i);
  else if (!value) values->remove_from_order(i);
  Py_XDECREF(old);
  return {};
}

/// A dict for the instances of a class, sharing its names.
Ref<> new_instance_dict(PyTypeObject* type) {
  DictKeys* keys = cached_keys_if_any(type);
  if (!keys) return new_dict();
  DictValues* values = new_values(keys->nentries + keys->usable);
  if (!values) return {};
  Dict* dict = new_split_dict(keys, values);
  if (!dict) free_values(values);
  return adopt(object(dict));
}

Ref<> instance_dict(PyObject* o) {
  PyObject** slot = managed_dict_slot(o);
  if (*slot) return share(*slot);
  if (DictValues* values = *values_slot(o)) {
    Dict* dict = new_split_dict(cached_keys(Py_TYPE(o)), values);
    if (!dict) return {};
    *values_slot(o) = nullptr;
    *slot = object(dict);
  } else {
    Ref<> dict = TRY(new_instance_dict(Py_TYPE(o)));
    if (!*slot) *slot = dict.release();
  }
  return share(*slot);
}

PyObject** exposed_dict_slot(PyObject* o) {
  Ref<> dict = instance_dict(o);
  if (!dict) return nullptr;
  detach_values(reinterpret_cast<Dict*>(dict.get()));
  return managed_dict_slot(o);
}

// Values may run code when they die that looks at the instance, so all are taken out before the first dies.
static void drop_values(DictValues* values) {
  PyObject* dropped[kSplitMaxKeys];
  int n = values->used;
  for (int i = 0; i < n; i++) dropped[i] = std::exchange(values->items[values->order()[i]], nullptr);
  values->used = 0;
  for (int i = 0; i < n; i++) Py_DECREF(dropped[i]);
}

/// Takes the dict away from its instance; if others hold it too, it takes its values along. If not, they die first: a
/// dict's own death may be put off until the instance's block, where they lie, is gone.
static Ref<> take_dict(PyObject* o) {
  Ref<> taken = adopt(std::exchange(*managed_dict_slot(o), nullptr));
  if (!taken || !PyDict_Check(taken.get())) return taken;
  auto* dict = reinterpret_cast<Dict*>(taken.get());
  if (Py_REFCNT(dict) == 1 && dict->ma_values && dict->ma_values->embedded) drop_values(dict->ma_values);
  if (Py_REFCNT(dict) > 1) detach_values(dict);
  else if (dict->ma_values && dict->ma_values->embedded) dict->ma_values = nullptr;
  return taken;
}

Status set_instance_dict(PyObject* o, PyObject* dict) {
  // The values' array is in the block for good, so the values must find a new owner before they can be dropped.
  Ref<> old;
  if (*values_slot(o)) old = TRY(instance_dict(o));
  old.reset();
  Ref<> taken = take_dict(o);
  *managed_dict_slot(o) = Py_XNewRef(dict);
  return {};
}

bool instance_is_empty(PyObject* o) {
  if (DictValues* values = *values_slot(o)) return values->used == 0;
  PyObject* dict = *managed_dict_slot(o);
  return !dict || dict_size(dict) == 0;
}

int visit_instance_attributes(PyObject* o, visitproc visit, void* arg) {
  if (DictValues* values = *values_slot(o)) {
    for (int i = 0; i < values->used; i++) Py_VISIT(values->items[values->order()[i]]);
  } else {
    Py_VISIT(*managed_dict_slot(o));
  }
  return 0;
}

void clear_instance_attributes(PyObject* o) {
  if (DictValues* values = *values_slot(o)) drop_values(values);
  else take_dict(o).reset();
}

void free_instance_attributes(PyObject* o) {
  if (DictValues* values = std::exchange(*values_slot(o), nullptr)) drop_values(values);
  take_dict(o).reset();
}

}  // namespace taipan
