// dict's kernel: tables of keys, look-up, insertion, deletion, growth.
//
// Comparing keys may run Python code that changes the very dict being searched. Every look-up therefore holds
// the key that it compares and, if the table or the entry is no longer the same afterwards, starts again.
#include "object/dict.h"

#include "object/dict_layout.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan {

uint64_t last_dict_version = 0;
static uint32_t last_keys_version = 1;

uint32_t keys_version(DictKeys* keys) {
  if (keys->version) return keys->version;
  if (last_keys_version == UINT32_MAX) return 0;
  return keys->version = ++last_keys_version;
}

// -- tables of keys --

static constexpr Py_ssize_t usable_of(int log2_size) { return ((Py_ssize_t{1} << log2_size) << 1) / 3; }

/// All empty dicts share this table: eight empty slots would need two bits of index, one byte each here.
namespace {
struct EmptyKeys {
  DictKeys head;
  int8_t index[8];
};
}  // namespace
static constinit EmptyKeys empty_keys = {{1, 0, 0, DictKind::names, 1, 0, 0}, {-1, -1, -1, -1, -1, -1, -1, -1}};
static DictKeys* no_keys() { return &empty_keys.head; }

static size_t entry_size(DictKind kind) {
  return kind == DictKind::general ? sizeof(DictEntry) : sizeof(DictNameEntry);
}
static size_t keys_bytes(const DictKeys* keys) {
  Py_ssize_t n = keys->kind == DictKind::split ? kSplitMaxKeys : usable_of(keys->log2_size);
  return sizeof(DictKeys) + (size_t{1} << keys->log2_index_bytes) + static_cast<size_t>(n) * entry_size(keys->kind);
}

static DictKeys* new_keys(int log2_size, DictKind kind) {
  int index_log = log2_size < 8 ? log2_size : log2_size < 16 ? log2_size + 1 : log2_size < 32 ? log2_size + 2 : log2_size + 3;
  if (log2_size > 55) return static_cast<DictKeys*>(raise_no_memory());
  DictKeys head{1, static_cast<uint8_t>(log2_size), static_cast<uint8_t>(index_log), kind, 0, usable_of(log2_size), 0};
  if (kind == DictKind::split) head.usable = kSplitMaxKeys;
  auto* keys = static_cast<DictKeys*>(allocate_block(keys_bytes(&head)));
  if (!keys) return static_cast<DictKeys*>(raise_no_memory());
  *keys = head;
  memset(keys->index(), 0xff, size_t{1} << index_log);
  // The values of a split table's entries are never set. Other entries are written whole before they count.
  if (kind == DictKind::split) memset(static_cast<void*>(keys->entries()), 0, kSplitMaxKeys * sizeof(DictNameEntry));
  return keys;
}
DictKeys* new_split_keys() { return new_keys(kSplitLog, DictKind::split); }

static void free_keys_block(DictKeys* keys) { free_block(keys, keys_bytes(keys)); }

void release_keys(DictKeys* keys) {
  if (keys == no_keys() || --keys->refcnt > 0) return;
  Py_ssize_t n = keys->nentries;
  if (keys->is_general()) {
    for (DictEntry *e = keys->entries(), *end = e + n; e < end; e++) {
      Py_XDECREF(e->key);
      Py_XDECREF(e->value);
    }
  } else {
    for (DictNameEntry *e = keys->name_entries(), *end = e + n; e < end; e++) {
      Py_XDECREF(e->key);
      Py_XDECREF(e->value);
    }
  }
  free_keys_block(keys);
}

// -- values of split dicts --

DictValues* new_values(Py_ssize_t capacity) {
  auto size = static_cast<size_t>(values_size(static_cast<size_t>(capacity)));
  auto* values = static_cast<DictValues*>(allocate_block(size));
  if (!values) return static_cast<DictValues*>(raise_no_memory());
  memset(static_cast<void*>(values), 0, size);
  values->capacity = static_cast<uint8_t>(capacity);
  return values;
}
void free_values(DictValues* values) {
  if (!values->embedded) free_block(values, static_cast<size_t>(values_size(values->capacity)));
}

bool detach_values(Dict* dict) {
  DictValues* values = dict->ma_values;
  if (!values || !values->embedded) return true;
  auto size = static_cast<size_t>(values_size(values->capacity));
  auto* own = static_cast<DictValues*>(allocate_block(size));
  if (!own) {
    dict_clear(object(dict));
    return false;
  }
  memcpy(static_cast<void*>(own), values, size);
  own->embedded = false;
  dict->ma_values = own;
  memset(static_cast<void*>(values->items), 0, size - sizeof(DictValues));
  values->used = 0;
  return true;
}

// -- walking the index --

namespace {
struct Probe {
  size_t slot, perturb, mask;
  Probe(DictKeys* keys, Py_hash_t hash)
      : slot(static_cast<size_t>(hash) & keys->mask()), perturb(static_cast<size_t>(hash)), mask(keys->mask()) {}
  void next() {
    perturb >>= 5;
    slot = (slot * 5 + perturb + 1) & mask;
  }
};
}  // namespace

/// Rarely called, so it leaves the registers of the search alone, which therefore saves none.
[[clang::preserve_most, gnu::noinline]] static bool same_text(PyObject* a, PyObject* b) { return str_equal(a, b); }

template <class I>
static inline Py_ssize_t find_name_in(DictKeys* keys, PyObject* name, Py_hash_t hash) {
  const I* index = reinterpret_cast<const I*>(keys->index());
  DictNameEntry* entries = keys->name_entries();
  for (Probe p(keys, hash);; p.next()) {
    Py_ssize_t i = index[p.slot];
    if (i >= 0) {
      PyObject* key = entries[i].key;
      if (key == name) return i;
      if (reinterpret_cast<Str*>(key)->hash == hash && same_text(key, name)) return i;
    } else if (i == kIndexEmpty) {
      return kIndexEmpty;
    }
  }
}
[[gnu::noinline]] static Py_ssize_t find_name_in_large(DictKeys* keys, PyObject* name, Py_hash_t hash) {
  if (keys->log2_size < 16) return find_name_in<int16_t>(keys, name, hash);
  if (keys->log2_size < 32) return find_name_in<int32_t>(keys, name, hash);
  return find_name_in<int64_t>(keys, name, hash);
}
static inline Py_ssize_t find_name_inline(DictKeys* keys, PyObject* name, Py_hash_t hash) {
  if (keys->log2_size < 8) [[likely]] return find_name_in<int8_t>(keys, name, hash);
  return find_name_in_large(keys, name, hash);
}
Py_ssize_t find_name(DictKeys* keys, PyObject* name, Py_hash_t hash) { return find_name_inline(keys, name, hash); }

/// What a dict has at an index of its names or split table; null: nothing in this instance.
static inline PyObject* value_of_name(Dict* dict, Py_ssize_t i) {
  if (DictValues* values = dict->ma_values) return i < values->capacity ? values->items[i] : nullptr;
  return dict->ma_keys->name_entries()[i].value;
}

/// Comparing runs no Python code: both are exact ints or exact strs. The hashes are equal.
static inline bool same_plain_key(PyObject* present, PyObject* key) {
  if (PyLong_CheckExact(key)) return PyLong_CheckExact(present) && int_compare(present, key) == 0;
  return PyUnicode_CheckExact(present) && str_equal(present, key);
}
/// The search for an int or str, the commonest keys, in a general table; false: it meets another kind of key.
template <class I>
static inline bool find_plain_in(DictKeys* keys, PyObject* key, Py_hash_t hash, Py_ssize_t* found) {
  const I* index = reinterpret_cast<const I*>(keys->index());
  DictEntry* entries = keys->entries();
  for (Probe p(keys, hash);; p.next()) {
    Py_ssize_t i = index[p.slot];
    if (i >= 0) {
      DictEntry& e = entries[i];
      if (e.key == key) return *found = i, true;
      if (e.hash != hash) continue;
      if (same_plain_key(e.key, key)) return *found = i, true;
      if (!PyLong_CheckExact(e.key) && !PyUnicode_CheckExact(e.key)) return false;
    } else if (i == kIndexEmpty) {
      return *found = kIndexEmpty, true;
    }
  }
}
static bool find_plain(DictKeys* keys, PyObject* key, Py_hash_t hash, Py_ssize_t* found) {
  if (keys->log2_size < 8) return find_plain_in<int8_t>(keys, key, hash, found);
  if (keys->log2_size < 16) return find_plain_in<int16_t>(keys, key, hash, found);
  if (keys->log2_size < 32) return find_plain_in<int32_t>(keys, key, hash, found);
  return find_plain_in<int64_t>(keys, key, hash, found);
}

/// kIndexDummy as a result: the dict changed while comparing, start again.
static Py_ssize_t search(Dict* dict, DictKeys* keys, PyObject* key, Py_hash_t hash) {
  for (Probe p(keys, hash);; p.next()) {
    Py_ssize_t i = keys->index_at(p.slot);
    if (i == kIndexEmpty) return kIndexEmpty;
    if (i < 0) continue;
    bool general = keys->is_general();
    PyObject* present = general ? keys->entries()[i].key : keys->name_entries()[i].key;
    if (present == key) return i;
    Py_hash_t present_hash = general ? keys->entries()[i].hash : reinterpret_cast<Str*>(present)->hash;
    if (present_hash != hash) continue;
    if (PyUnicode_CheckExact(present) && PyUnicode_CheckExact(key)) {
      if (str_equal(present, key)) return i;
      continue;
    }
    Ref<> hold = share(present);
    auto same = equal(present, key);
    if (!same) return kIndexError;
    if (dict->ma_keys != keys || keys->key_at(i) != present) return kIndexDummy;
    if (*same) return i;
  }
}

/// Any table and any key but an exact str in a table of such.
[[gnu::noinline]] static Py_ssize_t lookup_generally(Dict* dict, PyObject* key, Py_hash_t hash, PyObject** value) {
  Py_ssize_t i;
  DictKeys* keys;
  bool plain = PyUnicode_CheckExact(key) || PyLong_CheckExact(key);
  do {
    keys = dict->ma_keys;
    if (plain && keys->is_general() && find_plain(keys, key, hash, &i)) break;
    i = !keys->is_general() && PyUnicode_CheckExact(key) ? find_name(keys, key, hash) : search(dict, keys, key, hash);
  } while (i == kIndexDummy);
  if (i < 0) *value = nullptr;
  else *value = keys->is_general() ? keys->entries()[i].value : value_of_name(dict, i);
  return i;
}
static inline Py_ssize_t lookup_inline(Dict* dict, PyObject* key, Py_hash_t hash, PyObject** value) {
  DictKeys* keys = dict->ma_keys;
  if (keys->is_general() || !PyUnicode_CheckExact(key)) return lookup_generally(dict, key, hash, value);
  Py_ssize_t i = find_name_inline(keys, key, hash);
  *value = i < 0 ? nullptr : value_of_name(dict, i);
  return i;
}
Py_ssize_t lookup(Dict* dict, PyObject* key, Py_hash_t hash, PyObject** value) { return lookup_inline(dict, key, hash, value); }

template <class I>
static inline size_t free_slot_in(DictKeys* keys, Py_hash_t hash) {
  const I* index = reinterpret_cast<const I*>(keys->index());
  Probe p(keys, hash);
  while (index[p.slot] >= 0) p.next();
  return p.slot;
}
static size_t free_slot(DictKeys* keys, Py_hash_t hash) {
  if (keys->log2_size < 8) return free_slot_in<int8_t>(keys, hash);
  if (keys->log2_size < 16) return free_slot_in<int16_t>(keys, hash);
  if (keys->log2_size < 32) return free_slot_in<int32_t>(keys, hash);
  return free_slot_in<int64_t>(keys, hash);
}
static size_t slot_of(DictKeys* keys, Py_hash_t hash, Py_ssize_t i) {
  Probe p(keys, hash);
  while (keys->index_at(p.slot) != i) p.next();
  return p.slot;
}

// -- growth --

template <class I, class E>
static void build_index_of(DictKeys* keys, E* entries, Py_ssize_t n) {
  I* index = reinterpret_cast<I*>(keys->index());
  for (Py_ssize_t i = 0; i < n; i++) {
    Py_hash_t hash;
    if constexpr (std::is_same_v<E, DictEntry>) hash = entries[i].hash;
    else hash = reinterpret_cast<Str*>(entries[i].key)->hash;
    index[free_slot_in<I>(keys, hash)] = static_cast<I>(i);
  }
}
/// Fills the index of a new table that has `n` entries.
static void build_index(DictKeys* keys, Py_ssize_t n) {
  auto build = [&](auto* entries) {
    if (keys->log2_size < 8) return build_index_of<int8_t>(keys, entries, n);
    if (keys->log2_size < 16) return build_index_of<int16_t>(keys, entries, n);
    if (keys->log2_size < 32) return build_index_of<int32_t>(keys, entries, n);
    return build_index_of<int64_t>(keys, entries, n);
  };
  if (keys->is_general()) build(keys->entries());
  else build(keys->name_entries());
}

static void put_entry(DictKeys* keys, Py_ssize_t i, PyObject* key, Py_hash_t hash, PyObject* value) {
  if (keys->is_general()) keys->entries()[i] = {hash, key, value};
  else keys->name_entries()[i] = {key, value};
}

/// Moves a dict into a new combined table of the given size and kind, without its deleted entries.
static bool resize(Dict* dict, int log2_size, DictKind kind) {
  DictKeys* old = dict->ma_keys;
  if (old->is_general()) kind = DictKind::general;
  DictKeys* keys = new_keys(log2_size, kind);
  if (!keys) return false;
  Py_ssize_t n = dict->ma_used;
  if (DictValues* values = dict->ma_values) {
    for (Py_ssize_t at = 0; at < n; at++) {
      int i = values->order()[at];
      PyObject* key = old->name_entries()[i].key;
      put_entry(keys, at, Py_NewRef(key), reinterpret_cast<Str*>(key)->hash, values->items[i]);
      values->items[i] = nullptr;
    }
    values->used = 0;
    dict->ma_values = nullptr;
    free_values(values);
    release_keys(old);
  } else if (old == no_keys()) {
  } else if (old->nentries == n && old->kind == kind) {
    memcpy(static_cast<void*>(keys->entries()), old->entries(), static_cast<size_t>(n) * entry_size(kind));
    free_keys_block(old);  // its references have moved
  } else {
    Py_ssize_t to = 0;
    for (Py_ssize_t from = 0; from < old->nentries; from++) {
      if (old->is_general()) {
        DictEntry& e = old->entries()[from];
        if (e.value) put_entry(keys, to++, e.key, e.hash, e.value);
      } else {
        DictNameEntry& e = old->name_entries()[from];
        if (e.value) put_entry(keys, to++, e.key, reinterpret_cast<Str*>(e.key)->hash, e.value);
      }
    }
    free_keys_block(old);  // its references have moved
  }
  keys->nentries = n;
  keys->usable -= n;
  build_index(keys, n);
  dict->ma_keys = keys;
  return true;
}

/// The smallest table in which `n` entries leave the load below two thirds.
static int log2_for(Py_ssize_t n) {
  int log = kDictSmallestLog;
  while (usable_of(log) < n) log++;
  return log;
}
/// Room for three times the present items: growth by doubling, shrinking after many deletions.
static int log2_for_growth(Dict* dict) {
  Py_ssize_t least = dict->ma_used * 3;
  int log = kDictSmallestLog;
  while ((Py_ssize_t{1} << log) < least) log++;
  return log;
}

bool reserve_dict(Dict* dict, Py_ssize_t n) {
  DictKeys* keys = dict->ma_keys;
  if (!dict->ma_values && keys->usable + dict->ma_used >= n && keys != no_keys()) return true;
  return resize(dict, log2_for(n), keys->is_general() ? DictKind::general : DictKind::names);
}

// -- tracking --

static inline void track_for(Dict* dict, PyObject* key, PyObject* value) {
  if (!gc_is_tracked(object(dict)) && (gc_may_be_tracked(value) || gc_may_be_tracked(key))) gc_track(object(dict));
}

void dict_maybe_untrack(PyObject* o) {
  if (!PyDict_CheckExact(o) || !gc_is_tracked(o)) return;
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(o, &position, &key, &value))
    if (gc_may_be_tracked(value) || gc_may_be_tracked(key)) return;
  gc_untrack(o);
}

// -- making dicts --

static Dict* make_dict(DictKeys* keys, DictValues* values, Py_ssize_t used) {
  auto* dict = reinterpret_cast<Dict*>(allocate_collected(&PyDict_Type, sizeof(Dict)));
  if (!dict) return nullptr;
  dict->ma_keys = keys;
  dict->ma_values = values;
  dict->ma_used = used;
  dict->ma_version_tag = next_dict_version();
  return dict;
}

Ref<Dict> new_dict() { return adopt(make_dict(no_keys(), nullptr, 0)); }

Ref<Dict> new_dict_sized(Py_ssize_t expected) {
  if (expected <= usable_of(kDictSmallestLog)) return new_dict();
  DictKeys* keys = new_keys(log2_for(expected > (Py_ssize_t{1} << 17) ? Py_ssize_t{1} << 17 : expected), DictKind::names);
  if (!keys) return {};
  Dict* dict = make_dict(keys, nullptr, 0);
  if (!dict) release_keys(keys);
  return adopt(dict);
}

Dict* new_split_dict(DictKeys* keys, DictValues* values) {
  Dict* dict = make_dict(keys, values, values->used);
  if (!dict) return nullptr;
  keys->refcnt++;
  for (int i = 0; i < values->used; i++) {
    if (!gc_may_be_tracked(values->items[values->order()[i]])) continue;
    gc_track(object(dict));
    break;
  }
  return dict;
}

void init_empty_dict(PyObject* o) {
  auto* dict = reinterpret_cast<Dict*>(o);
  dict->ma_used = 0;
  dict->ma_version_tag = next_dict_version();
  dict->ma_keys = no_keys();
  dict->ma_values = nullptr;
}

/// A copy of a combined table without many holes: one block copied, every key and value counted.
static DictKeys* clone_keys(DictKeys* keys) {
  size_t bytes = keys_bytes(keys);
  auto* copy = static_cast<DictKeys*>(allocate_block(bytes));
  if (!copy) return static_cast<DictKeys*>(raise_no_memory());
  memcpy(static_cast<void*>(copy), keys, bytes);
  copy->refcnt = 1;
  copy->version = 0;
  for (Py_ssize_t i = 0; i < copy->nentries; i++) {
    PyObject* key = copy->key_at(i);
    if (!key) continue;
    Py_INCREF(key);
    Py_INCREF(copy->is_general() ? copy->entries()[i].value : copy->name_entries()[i].value);
  }
  return copy;
}

bool dict_adopt_copy(Dict* to, Dict* from) {
  DictKeys* from_keys = from->ma_keys;
  if (!from->ma_used || to->ma_values || to->ma_used || from->ma_values || from->ma_used != from_keys->nentries) return false;
  if (from_keys->log2_size != kDictSmallestLog && usable_of(from_keys->log2_size - 1) >= from->ma_used) return false;
  DictKeys* keys = clone_keys(from_keys);
  if (!keys) {
    clear_error();
    return false;
  }
  release_keys(to->ma_keys);
  to->ma_keys = keys;
  to->ma_used = from->ma_used;
  to->ma_version_tag = next_dict_version();
  if (gc_is_tracked(object(from)) && !gc_is_tracked(object(to))) gc_track(object(to));
  return true;
}

Ref<Dict> dict_copy(PyObject* o) {
  auto* from = reinterpret_cast<Dict*>(o);
  if (from->ma_used == 0) return new_dict();
  if (DictValues* values = from->ma_values) {
    DictValues* copy = new_values(values->capacity);
    if (!copy) return {};
    memcpy(static_cast<void*>(copy), values, static_cast<size_t>(values_size(values->capacity)));
    copy->embedded = false;
    for (int i = 0; i < copy->used; i++) Py_INCREF(copy->items[copy->order()[i]]);
    Dict* dict = new_split_dict(from->ma_keys, copy);
    if (!dict) {
      for (int i = 0; i < copy->used; i++) Py_DECREF(copy->items[copy->order()[i]]);
      free_values(copy);
    }
    return adopt(dict);
  }
  if (PyDict_CheckExact(o) && from->ma_used >= from->ma_keys->nentries * 2 / 3) {
    DictKeys* keys = clone_keys(from->ma_keys);
    if (!keys) return {};
    Dict* dict = make_dict(keys, nullptr, from->ma_used);
    if (!dict) release_keys(keys);
    else if (gc_is_tracked(o)) gc_track(object(dict));
    return adopt(dict);
  }
  auto dict = TRY(new_dict());
  TRY(dict_merge(object(dict.get()), o, 1));
  return dict;
}

// -- storing --

Py_ssize_t add_shared_name(DictKeys* keys, PyObject* name, Py_hash_t hash) {
  Py_ssize_t i = find_name(keys, name, hash);
  if (i != kIndexEmpty || keys->usable <= 0) return i;
  keys->version = 0;
  i = keys->nentries;
  keys->set_index(free_slot(keys, hash), i);
  keys->name_entries()[i].key = Py_NewRef(name);
  keys->nentries++;
  keys->usable--;
  return i;
}

/// A new key, into a combined table that has room for it.
static inline void append_entry(Dict* dict, DictKeys* keys, PyObject* key, Py_hash_t hash, PyObject* value) {
  dict->ma_version_tag = next_dict_version();
  keys->version = 0;
  Py_ssize_t i = keys->nentries++;
  keys->usable--;
  dict->ma_used++;
  put_entry(keys, i, Py_NewRef(key), hash, Py_NewRef(value));
  if (keys->log2_size < 8) [[likely]]
    reinterpret_cast<int8_t*>(keys->index())[free_slot_in<int8_t>(keys, hash)] = static_cast<int8_t>(i);
  else
    keys->set_index(free_slot(keys, hash), i);
}
/// Where the values lie apart from the keys. False: there is no place for this key.
static bool insert_shared(Dict* dict, PyObject* key, Py_hash_t hash, PyObject* value) {
  DictValues* values = dict->ma_values;
  Py_ssize_t i = PyUnicode_CheckExact(key) ? add_shared_name(dict->ma_keys, key, hash) : kIndexEmpty;
  if (i < 0 || i >= values->capacity) return false;
  dict->ma_version_tag = next_dict_version();
  values->items[i] = Py_NewRef(value);
  values->add_to_order(i);
  dict->ma_used++;
  return true;
}
[[gnu::noinline]] static Status insert_with_growth(Dict* dict, PyObject* key, Py_hash_t hash, PyObject* value) {
  bool shared = dict->ma_values;
  if (shared && insert_shared(dict, key, hash, value)) return {};
  int log = dict->ma_keys->usable > 0 && !shared ? dict->ma_keys->log2_size : log2_for_growth(dict);
  DictKind kind = PyUnicode_CheckExact(key) ? DictKind::names : DictKind::general;
  if (!resize(dict, log < kDictSmallestLog ? kDictSmallestLog : log, kind)) return Raised{};
  append_entry(dict, dict->ma_keys, key, hash, value);
  return {};
}
static inline Status insert_new(Dict* dict, PyObject* key, Py_hash_t hash, PyObject* value) {
  DictKeys* keys = dict->ma_keys;
  if (dict->ma_values || keys->usable <= 0 || (!keys->is_general() && !PyUnicode_CheckExact(key)))
    return insert_with_growth(dict, key, hash, value);
  append_entry(dict, keys, key, hash, value);
  return {};
}

static void replace_value(Dict* dict, Py_ssize_t i, PyObject* value) {
  dict->ma_version_tag = next_dict_version();
  DictKeys* keys = dict->ma_keys;
  PyObject** place = dict->ma_values    ? &dict->ma_values->items[i]
                     : keys->is_general() ? &keys->entries()[i].value
                                          : &keys->name_entries()[i].value;
  PyObject* old = std::exchange(*place, Py_NewRef(value));
  if (old) {
    Py_DECREF(old);
  } else {  // known to the class, new in this instance
    dict->ma_values->add_to_order(i);
    dict->ma_used++;
  }
}

/// `i` and `old` are what the look-up gave.
static Status store_at(Dict* dict, Py_ssize_t i, PyObject* old, PyObject* key, Py_hash_t hash, PyObject* value) {
  track_for(dict, key, value);
  if (i == kIndexEmpty || (dict->ma_values && i >= dict->ma_values->capacity)) return insert_new(dict, key, hash, value);
  if (old != value) replace_value(dict, i, value);
  return {};
}

static Status store(Dict* dict, PyObject* key, Py_hash_t hash, PyObject* value) {
  PyObject* old;
  Py_ssize_t i;
  DictKeys* keys = dict->ma_keys;
  bool name = PyUnicode_CheckExact(key);
  if (keys->is_general() && (name || PyLong_CheckExact(key)) && find_plain(keys, key, hash, &i)) {
    old = i >= 0 ? keys->entries()[i].value : nullptr;
  } else if (name && !keys->is_general()) {
    i = find_name_inline(keys, key, hash);
    old = i < 0 ? nullptr : value_of_name(dict, i);
  } else {
    // Comparing may drop the caller's last other references to these.
    Ref<> hold_key = share(key), hold_value = share(value);
    i = lookup(dict, key, hash, &old);
    if (i == kIndexError) return Raised{};
    return store_at(dict, i, old, key, hash, value);
  }
  return store_at(dict, i, old, key, hash, value);
}

/// The hash of a key; an exact str's without a call.
static inline bool hash_key(PyObject* key, Py_hash_t* hash) {
  if (PyUnicode_CheckExact(key)) {
    Py_hash_t h = reinterpret_cast<Str*>(key)->hash;
    *hash = h != -1 ? h : str_hash(key);
    return true;
  }
  if (PyLong_CheckExact(key) && is_single_digit(key)) {
    Py_hash_t h = single_digit_value(key);
    *hash = h == -1 ? -2 : h;
    return true;
  }
  auto h = taipan::hash(key);
  *hash = h ? *h : -1;
  return static_cast<bool>(h);
}

Status dict_set(PyObject* dict, PyObject* key, PyObject* value) {
  Py_hash_t hash;
  if (!hash_key(key, &hash)) return Raised{};
  return store(reinterpret_cast<Dict*>(dict), key, hash, value);
}
Status dict_set(PyObject* dict, PyObject* key, PyObject* value, Py_hash_t hash) {
  return store(reinterpret_cast<Dict*>(dict), key, hash, value);
}

Result<PyObject*> dict_set_default(PyObject* o, PyObject* key, PyObject* value) {
  auto* dict = reinterpret_cast<Dict*>(o);
  Py_hash_t hash;
  if (!hash_key(key, &hash)) return Raised{};
  PyObject* present;
  Py_ssize_t i = lookup(dict, key, hash, &present);
  if (i == kIndexError) return Raised{};
  if (present) return present;
  track_for(dict, key, value);
  if (i == kIndexEmpty || (dict->ma_values && i >= dict->ma_values->capacity)) TRY(insert_new(dict, key, hash, value));
  else replace_value(dict, i, value);
  return value;
}

// -- finding --

Result<PyObject*> dict_find(PyObject* dict, PyObject* key) {
  Py_hash_t hash;
  if (!hash_key(key, &hash)) return Raised{};
  PyObject* value;
  if (lookup_inline(reinterpret_cast<Dict*>(dict), key, hash, &value) == kIndexError) return Raised{};
  return value;
}
Result<PyObject*> dict_find(PyObject* dict, PyObject* key, Py_hash_t hash) {
  PyObject* value;
  if (lookup_inline(reinterpret_cast<Dict*>(dict), key, hash, &value) == kIndexError) return Raised{};
  return value;
}

/// dict_find_name() with odd keys: an error is dropped.
[[gnu::noinline]] static PyObject* find_name_among_any(Dict* dict, PyObject* name, Py_hash_t hash) {
  PendingError kept = PendingError::take();
  PyObject* value;
  if (lookup(dict, name, hash, &value) == kIndexError) {
    clear_error();
    value = nullptr;
  }
  if (kept.type) std::move(kept).restore();
  return value;
}
PyObject* dict_find_name(PyObject* o, PyObject* name) {
  auto* dict = reinterpret_cast<Dict*>(o);
  Py_hash_t hash = reinterpret_cast<Str*>(name)->hash;
  if (hash == -1) hash = str_hash(name);
  DictKeys* keys = dict->ma_keys;
  if (keys->is_general() || !PyUnicode_CheckExact(name)) [[unlikely]] return find_name_among_any(dict, name, hash);
  Py_ssize_t i = find_name_inline(keys, name, hash);
  return i < 0 ? nullptr : value_of_name(dict, i);
}

Result<PyObject*> dict_find(PyObject* o, PyObject* name, Py_ssize_t* hint) {
  DictKeys* keys = reinterpret_cast<Dict*>(o)->ma_keys;
  if (keys->kind != DictKind::names) return dict_find(o, name);
  DictNameEntry* entries = keys->name_entries();
  if (*hint < keys->nentries && entries[*hint].key == name) return entries[*hint].value;
  Py_ssize_t i = find_name(keys, name, str_hash(name));
  if (i < 0) return nullptr;
  *hint = i;
  return entries[i].value;
}

Result<bool> dict_contains(PyObject* dict, PyObject* key) { return TRY(dict_find(dict, key)) != nullptr; }

// -- removing --

static Ref<> take_out(Dict* dict, Py_ssize_t i, Py_hash_t hash) {
  dict->ma_used--;
  dict->ma_version_tag = next_dict_version();
  if (DictValues* values = dict->ma_values) {
    Ref<> old = adopt(std::exchange(values->items[i], nullptr));
    values->remove_from_order(i);
    return old;
  }
  DictKeys* keys = dict->ma_keys;
  keys->version = 0;
  keys->set_index(slot_of(keys, hash, i), kIndexDummy);
  Ref<> key, value;
  if (keys->is_general()) {
    DictEntry& e = keys->entries()[i];
    key = adopt(e.key);
    value = adopt(e.value);
    e = {};
  } else {
    DictNameEntry& e = keys->name_entries()[i];
    key = adopt(e.key);
    value = adopt(e.value);
    e = {};
  }
  return value;
}

Result<Ref<>> dict_pop(PyObject* o, PyObject* key) {
  Py_hash_t hash;
  if (!hash_key(key, &hash)) return Raised{};
  return dict_pop(o, key, hash);
}
Result<Ref<>> dict_pop(PyObject* o, PyObject* key, Py_hash_t hash) {
  auto* dict = reinterpret_cast<Dict*>(o);
  PyObject* value;
  Py_ssize_t i = lookup(dict, key, hash, &value);
  if (i == kIndexError) return Raised{};
  if (!value) return Ref<>{};
  return take_out(dict, i, hash);
}
Result<bool> dict_remove(PyObject* dict, PyObject* key) {
  Ref<> old = TRY(dict_pop(dict, key));
  return static_cast<bool>(old);
}

Result<bool> dict_pop_last(PyObject* o, Ref<>* key, Ref<>* value) {
  auto* dict = reinterpret_cast<Dict*>(o);
  if (dict->ma_used == 0) return false;
  // A split table cannot lose a key.
  if (dict->ma_values && !resize(dict, dict->ma_keys->log2_size, DictKind::names)) return Raised{};
  DictKeys* keys = dict->ma_keys;
  Py_ssize_t i = keys->nentries - 1;
  while (!keys->key_at(i)) i--;
  Py_hash_t hash = keys->is_general() ? keys->entries()[i].hash : reinterpret_cast<Str*>(keys->key_at(i))->hash;
  *key = share(keys->key_at(i));
  *value = take_out(dict, i, hash);
  keys->nentries = i;  // holes at the end need not be passed again; their slots stay used up
  return true;
}

void dict_clear(PyObject* o) {
  auto* dict = reinterpret_cast<Dict*>(o);
  if (dict->ma_keys == no_keys()) return;
  dict->ma_version_tag = next_dict_version();
  DictKeys* keys = std::exchange(dict->ma_keys, no_keys());
  DictValues* values = std::exchange(dict->ma_values, nullptr);
  dict->ma_used = 0;
  if (values) {
    for (int i = 0; i < values->capacity; i++) clear_field(values->items[i]);
    values->used = 0;
    free_values(values);
  }
  release_keys(keys);
}

bool dict_next(PyObject* o, Py_ssize_t* position, PyObject** key, PyObject** value, Py_hash_t* hash) {
  auto* dict = reinterpret_cast<Dict*>(o);
  DictKeys* keys = dict->ma_keys;
  Py_ssize_t i = *position;
  if (DictValues* values = dict->ma_values) {
    if (i < 0 || i >= dict->ma_used) return false;
    int at = values->order()[i];
    PyObject* name = keys->name_entries()[at].key;
    if (key) *key = name;
    if (value) *value = values->items[at];
    if (hash) *hash = reinterpret_cast<Str*>(name)->hash;
    *position = i + 1;
    return true;
  }
  if (i < 0) return false;
  Py_ssize_t n = keys->nentries;
  if (keys->is_general()) {
    DictEntry* entries = keys->entries();
    while (i < n && !entries[i].value) i++;
    if (i >= n) return false;
    if (key) *key = entries[i].key;
    if (value) *value = entries[i].value;
    if (hash) *hash = entries[i].hash;
  } else {
    DictNameEntry* entries = keys->name_entries();
    while (i < n && !entries[i].value) i++;
    if (i >= n) return false;
    if (key) *key = entries[i].key;
    if (value) *value = entries[i].value;
    if (hash) *hash = reinterpret_cast<Str*>(entries[i].key)->hash;
  }
  *position = i + 1;
  return true;
}

size_t dict_memory(PyObject* o) {
  auto* dict = reinterpret_cast<Dict*>(o);
  size_t size = static_cast<size_t>(Py_TYPE(o)->tp_basicsize);
  if (dict->ma_values && !dict->ma_values->embedded) size += static_cast<size_t>(values_size(dict->ma_values->capacity));
  // A split table belongs to all who share it; the caller counts only what this dict alone would give back.
  if (dict->ma_keys != no_keys() && dict->ma_keys->refcnt == 1) size += keys_bytes(dict->ma_keys);
  return size;
}

void dict_dealloc(PyObject* o) {
  gc_untrack(o);
  TrashGuard guard(o);
  if (!guard) return;
  auto* dict = reinterpret_cast<Dict*>(o);
  DictKeys* keys = dict->ma_keys;
  if (DictValues* values = dict->ma_values) {
    for (int i = 0; i < values->capacity; i++) clear_field(values->items[i]);
    values->used = 0;
    free_values(values);
  }
  release_keys(keys);
  if (PyDict_CheckExact(o)) deallocate_collected(dict);
  else Py_TYPE(o)->tp_free(o);
}

int dict_traverse(PyObject* o, visitproc visit, void* arg) {
  return visit_dict(reinterpret_cast<Dict*>(o), [=](PyObject* p) { return p ? visit(p, arg) : 0; });
}

}  // namespace taipan
