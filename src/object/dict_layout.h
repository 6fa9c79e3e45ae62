#pragma once
// What a dict is made of, for the dict itself and for specialised instructions.
//
// A table of keys has an index (open addressing, small signed numbers) and behind it the entries in insertion
// order. Kinds: `general` (any key, hash beside it), `names` (exact str keys only, which cache their hash) and
// `split` (exact str keys of a class's instances; the values are elsewhere, one array per instance).
// A split table never loses a key, so an index found once stays true for every instance of the class.
#include <Python.h>

#include <cstdint>

#include "object/ref.h"

namespace taipan {

struct DictEntry {
  Py_hash_t hash;
  PyObject* key;
  PyObject* value;
};
struct DictNameEntry {
  PyObject* key;
  PyObject* value;  // unused in split tables
};
enum class DictKind : uint8_t { general, names, split };

inline constexpr Py_ssize_t kIndexEmpty = -1, kIndexDummy = -2, kIndexError = -3;
inline constexpr int kDictSmallestLog = 3;
inline constexpr int kSplitLog = 6;             // split tables do not grow
inline constexpr Py_ssize_t kSplitMaxKeys = 30;

}  // namespace taipan

struct _dictkeysobject {
  Py_ssize_t refcnt;           // dicts; for a split table the class too. Combined tables have one owner.
  uint8_t log2_size;           // of the index, in slots
  uint8_t log2_index_bytes;    // of the index, in bytes
  taipan::DictKind kind;
  uint32_t version;            // 0: none given since the set of keys last changed
  Py_ssize_t usable;           // entries that may still be added
  Py_ssize_t nentries;         // entries in use, deleted ones included

  char* index() { return reinterpret_cast<char*>(this + 1); }
  taipan::DictEntry* entries() {
    return reinterpret_cast<taipan::DictEntry*>(index() + (size_t{1} << log2_index_bytes));
  }
  taipan::DictNameEntry* name_entries() {
    return reinterpret_cast<taipan::DictNameEntry*>(index() + (size_t{1} << log2_index_bytes));
  }
  size_t mask() const { return (size_t{1} << log2_size) - 1; }
  bool is_general() const { return kind == taipan::DictKind::general; }
  Py_ssize_t index_at(size_t slot) {
    if (log2_size < 8) return reinterpret_cast<int8_t*>(index())[slot];
    if (log2_size < 16) return reinterpret_cast<int16_t*>(index())[slot];
    if (log2_size < 32) return reinterpret_cast<int32_t*>(index())[slot];
    return reinterpret_cast<int64_t*>(index())[slot];
  }
  void set_index(size_t slot, Py_ssize_t i) {
    if (log2_size < 8) reinterpret_cast<int8_t*>(index())[slot] = static_cast<int8_t>(i);
    else if (log2_size < 16) reinterpret_cast<int16_t*>(index())[slot] = static_cast<int16_t>(i);
    else if (log2_size < 32) reinterpret_cast<int32_t*>(index())[slot] = static_cast<int32_t>(i);
    else reinterpret_cast<int64_t*>(index())[slot] = i;
  }
  PyObject* key_at(Py_ssize_t i) { return is_general() ? entries()[i].key : name_entries()[i].key; }
};

/// The values of one instance. They lie behind the instance in its own block, or, once a dict that outlives it
/// owns them, in a block of their own.
struct _dictvalues {
  uint8_t capacity;
  uint8_t used;       // how many are not null
  bool embedded;      // in an instance's block
  PyObject* items[];  // by index in the split table; behind them, the indices in insertion order

  uint8_t* order() { return reinterpret_cast<uint8_t*>(items + capacity); }
  void add_to_order(Py_ssize_t i) { order()[used++] = static_cast<uint8_t>(i); }
  void remove_from_order(Py_ssize_t i) {
    uint8_t* o = order();
    int at = 0;
    while (o[at] != i) at++;
    for (used--; at < used; at++) o[at] = o[at + 1];
  }
};
static_assert(sizeof(_dictvalues) == 8 && sizeof(_dictkeysobject) == 32);

namespace taipan {

using DictKeys = PyDictKeysObject;
using DictValues = PyDictValues;

inline constexpr Py_ssize_t values_size(size_t capacity) {
  return static_cast<Py_ssize_t>((sizeof(DictValues) + capacity * (sizeof(PyObject*) + 1) + 7) & ~size_t{7});
}

/// Every modification gives a dict a number that no dict had before.
extern uint64_t last_dict_version;
inline uint64_t next_dict_version() { return ++last_dict_version; }

/// A number that stays valid as long as the table has exactly these keys at these indices (values may change).
/// 0: the numbers are used up.
uint32_t keys_version(DictKeys* keys);

/// The index of a str in a names or split table; kIndexEmpty: absent. Runs no Python code. `name` is an exact str.
Py_ssize_t find_name(DictKeys* keys, PyObject* name, Py_hash_t hash);
/// The index of any key; the value (null if a split table has none for this dict) goes to `*value`, borrowed.
/// kIndexError: hashing or comparing failed.
Py_ssize_t lookup(PyDictObject* dict, PyObject* key, Py_hash_t hash, PyObject** value);
/// Adds a str to a split table; kIndexEmpty: the table is full.
Py_ssize_t add_shared_name(DictKeys* keys, PyObject* name, Py_hash_t hash);

/// Gives the values of an instance's block a block of their own, because the dict will outlive the instance
/// or leave it. False (no memory; the dict has been emptied instead).
bool detach_values(PyDictObject* dict);
DictValues* new_values(Py_ssize_t capacity);
void free_values(DictValues* values);
DictKeys* new_split_keys();
void release_keys(DictKeys* keys);
/// A dict over a split table and values, which it takes over; the keys gain an owner.
PyDictObject* new_split_dict(DictKeys* keys, DictValues* values);
/// Calls visit(PyObject*) for each reference that may be part of a cycle (keys of other kinds than general are strs) until one
/// call answers something else than 0; that is the answer. References may be null.
template <class Visit>
int visit_dict(PyDictObject* dict, Visit&& visit) {
  DictKeys* keys = dict->ma_keys;
  int stop = 0;
  if (DictValues* values = dict->ma_values) {
    for (int i = 0; i < values->capacity && !stop; i++) stop = visit(values->items[i]);
  } else if (keys->is_general()) {
    for (DictEntry *e = keys->entries(), *end = e + keys->nentries; e < end && !stop; e++)
      if (e->value && !(stop = visit(e->value))) stop = visit(e->key);
  } else {
    for (DictNameEntry *e = keys->name_entries(), *end = e + keys->nentries; e < end && !stop; e++) stop = visit(e->value);
  }
  return stop;
}

/// Makes room for `n` items in total. False: no memory (MemoryError is set).
bool reserve_dict(PyDictObject* dict, Py_ssize_t n);

}  // namespace taipan
