// Looking names up along the MRO: version tags, the method cache, subtype tests, invalidation.
#include "object/dict.h"
#include "object/name.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/type_internal.h"

namespace taipan {
namespace {

// One entry per hash of (version, name). `value` is borrowed: an entry is only valid while the type has that
// version, and a type's version is dropped before anything in its MRO's dicts changes.
struct CacheEntry {
  unsigned version;
  PyObject* name;  // owned
  PyObject* value;
};
constexpr unsigned kCacheSize = 4096, kFirstCacheSize = 2048;
CacheEntry method_cache[kCacheSize];
// Short programs use only the first part, so that they do not touch the pages of the rest.
unsigned cache_mask = kFirstCacheSize - 1;
unsigned entries_made = 0;
unsigned next_version = 1;

CacheEntry& cache_entry(unsigned version, PyObject* name) {
  return method_cache[(version * 0x9E3779B1u ^ static_cast<unsigned>(reinterpret_cast<uintptr_t>(name) >> 4)) & cache_mask];
}

void enter(unsigned version, PyObject* name, PyObject* value) {
  // What is then in the wrong place is as if it had been overwritten.
  if (++entries_made == kFirstCacheSize * 2) cache_mask = kCacheSize - 1;
  CacheEntry& entry = cache_entry(version, name);
  // The name is kept alive: its address must not come to mean another name while the entry stands.
  Py_INCREF(name);
  PyObject* old = entry.name;
  entry = {version, name, value};
  Py_XDECREF(old);
}

PyObject* find_in_mro(PyTypeObject* type, PyObject* name) {
  PyObject* mro = type->tp_mro;
  if (!mro) {  // during ready_type of the type itself
    return type->tp_dict ? dict_find_name(type->tp_dict, name) : nullptr;
  }
  Ref<> keep = share(mro);  // a key's __eq__ may replace the MRO
  for (Py_ssize_t i = 0, n = tuple_size(mro); i < n; i++) {
    PyObject* dict = reinterpret_cast<PyTypeObject*>(item(mro, i))->tp_dict;
    if (!dict) continue;
    if (PyObject* value = dict_find_name(dict, name)) return value;
  }
  return nullptr;
}

}  // namespace

/// Apart, so that a hit saves no registers for it.
[[gnu::noinline]] static PyObject* type_lookup_slowly(PyTypeObject* type, PyObject* name, bool cacheable) {
  PyObject* value = find_in_mro(type, name);
  if (cacheable && assign_version(type)) enter(type->tp_version_tag, name, value);
  return value;
}
PyObject* type_lookup(PyTypeObject* type, PyObject* name) {
  bool cacheable = PyUnicode_CheckExact(name) && is_interned(name);
  if (cacheable && has_feature(type, Py_TPFLAGS_VALID_VERSION_TAG)) {
    CacheEntry& entry = cache_entry(type->tp_version_tag, name);
    if (entry.version == type->tp_version_tag && entry.name == name) return entry.value;
  }
  return type_lookup_slowly(type, name, cacheable);
}

void clear_method_cache() {
  for (CacheEntry& entry : method_cache) {
    PyObject* old = entry.name;
    entry = {};
    Py_XDECREF(old);
  }
}

bool assign_version(PyTypeObject* type) {
  if (has_feature(type, Py_TPFLAGS_VALID_VERSION_TAG)) return true;
  if (!has_feature(type, Py_TPFLAGS_READY) || next_version == 0) return false;
  // A version covers the whole MRO, so that a change in a base (which walks its subclasses) reaches this type:
  // every base needs a version too, or the walk would stop at it.
  PyObject* bases = type->tp_bases;
  for (Py_ssize_t i = 0, n = bases ? tuple_size(bases) : 0; i < n; i++) {
    if (!assign_version(reinterpret_cast<PyTypeObject*>(item(bases, i)))) return false;
  }
  type->tp_version_tag = next_version++;
  type->tp_flags |= Py_TPFLAGS_VALID_VERSION_TAG;
  return true;
}

void type_modified(PyTypeObject* type) {
  if (!has_feature(type, Py_TPFLAGS_VALID_VERSION_TAG)) return;  // then no subclass has one either
  for_each_subclass(type, [](PyTypeObject* sub) {
    type_modified(sub);
    return true;
  });
  type->tp_flags &= ~Py_TPFLAGS_VALID_VERSION_TAG;
  type->tp_version_tag = 0;
}

bool is_subtype(PyTypeObject* a, PyTypeObject* b) {
  if (PyObject* mro = a->tp_mro) {
    for (Py_ssize_t i = 0, n = tuple_size(mro); i < n; i++) {
      if (item(mro, i) == object(b)) return true;
    }
    return false;
  }
  for (PyTypeObject* t = a; t; t = t->tp_base) {
    if (t == b) return true;
  }
  return b == &PyBaseObject_Type;
}

const char* short_name(const PyTypeObject* type) {
  const char* dot = strrchr(type->tp_name, '.');
  return dot ? dot + 1 : type->tp_name;
}
Ref<> type_short_name(PyTypeObject* type) {
  if (has_feature(type, Py_TPFLAGS_HEAPTYPE)) return share(reinterpret_cast<PyHeapTypeObject*>(type)->ht_name);
  return new_interned(short_name(type));
}

}  // namespace taipan

extern "C" __attribute__((visibility("default"))) int PyType_IsSubtype(PyTypeObject* a, PyTypeObject* b) {
  return taipan::is_subtype(a, b);
}
