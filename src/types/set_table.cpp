// The hash table of set and frozenset: look-up, insertion, growth, and the C++ API of types/set.h.
#include "types/set_table.h"

#include "base/hash.h"
#include "object/alloc.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/str.h"
#include "types/set.h"

namespace taipan {

static constexpr size_t kRun = 9;  // neighbours looked at after the first slot

static Py_hash_t dummy_hash(PyObject*) { return -1; }
static constinit PyTypeObject dummy_type = {
    .ob_base = {{kImmortal, &PyType_Type}, 0}, .tp_name = "<dummy key> type", .tp_hash = dummy_hash};
constinit PyObject set_dummy = {kImmortal, &dummy_type};

/// Calls visit(slot) along the probe sequence until it returns true.
template <class F>
static inline SetSlot* probe(Set* set, Py_hash_t hash, F&& stop) {
  auto mask = static_cast<size_t>(set->mask);
  auto perturb = static_cast<size_t>(hash);
  for (size_t i = static_cast<size_t>(hash) & mask;;) {
    SetSlot* slot = &set->table[i];
    for (size_t left = i + kRun <= mask ? kRun + 1 : 1; left > 0; left--, slot++)
      if (stop(slot)) return slot;
    perturb >>= 5;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

static bool is_unused(const SetSlot* s) { return !s->key && s->hash == 0; }

/// What find_slot gives if the key was equal to one that the comparison itself took out of the set.
static SetSlot gone_slot = {&set_dummy, -1};

/// set_lookup; the last slot of a removed element on the way goes to `*removed`. When adding, an equal key counts
/// even if the comparison changed the set.
static SetSlot* find_slot(Set* set, PyObject* key, Py_hash_t hash, SetSlot** removed, bool adding) {
  for (;;) {
    bool equal_but_gone = false;
    *removed = nullptr;
    bool failed = false, changed = false;
    SetSlot* found = probe(set, hash, [&](SetSlot* s) {
      if (is_unused(s)) return true;
      if (s->hash != hash) {
        if (s->hash == -1) *removed = s;
        return false;
      }
      PyObject* present = s->key;
      if (present == key) return true;
      if (PyUnicode_CheckExact(present) && PyUnicode_CheckExact(key)) return str_equal(present, key);
      SetSlot* table = set->table;
      Ref<> hold = share(present);
      auto same = equal(present, key);
      failed = !same;
      // The comparison may have changed the set: then everything starts again.
      changed = !failed && (set->table != table || s->key != present);
      equal_but_gone = changed && *same;
      return failed || changed || *same;
    });
    if (failed) return nullptr;
    if (adding && equal_but_gone) return &gone_slot;
    if (!changed) return found;
  }
}

SetSlot* set_lookup(Set* set, PyObject* key, Py_hash_t hash) {
  SetSlot* removed;
  return find_slot(set, key, hash, &removed, false);
}

static void insert_clean(Set* set, PyObject* key, Py_hash_t hash) {
  SetSlot* slot = probe(set, hash, [](SetSlot* s) { return !s->key; });
  *slot = {key, hash};
}

bool set_resize(Set* set, size_t least) {
  size_t size = PySet_MINSIZE;
  while (size <= least) size <<= 1;
  SetSlot* old = set->table;
  auto old_size = static_cast<size_t>(set->mask) + 1;
  bool old_is_small = old == set->smalltable;
  SetSlot saved[PySet_MINSIZE];
  SetSlot* table = set->smalltable;
  if (size > PySet_MINSIZE) {
    if (size > PY_SSIZE_T_MAX / sizeof(SetSlot)) return raise_no_memory(), false;
    table = static_cast<SetSlot*>(allocate_block(size * sizeof(SetSlot)));
    if (!table) return raise_no_memory(), false;
  } else if (old_is_small) {
    if (set->fill == set->used) return true;
    memcpy(saved, old, sizeof saved);
    old = saved;
  }
  memset(table, 0, size * sizeof(SetSlot));
  set->mask = static_cast<Py_ssize_t>(size) - 1;
  set->table = table;
  for (size_t i = 0; i < old_size; i++)
    if (is_active(old[i])) insert_clean(set, old[i].key, old[i].hash);
  set->fill = set->used;
  if (!old_is_small) free_block(old, old_size * sizeof(SetSlot));
  return true;
}

Status set_add_hashed(Set* set, PyObject* key, Py_hash_t hash) {
  Ref<> hold = share(key);
  SetSlot* removed;
  SetSlot* slot = find_slot(set, key, hash, &removed, true);
  if (!slot) return Raised{};
  if (!is_unused(slot)) return {};
  if (removed) {
    *removed = {hold.release(), hash};
    set->used++;
    return {};
  }
  *slot = {hold.release(), hash};
  set->fill++;
  set->used++;
  if (static_cast<size_t>(set->fill) * 5 < static_cast<size_t>(set->mask) * 3) return {};
  return set_resize(set, set_growth(set)) ? Status() : Raised{};
}

Result<bool> set_has_hashed(Set* set, PyObject* key, Py_hash_t hash) {
  SetSlot* slot = set_lookup(set, key, hash);
  if (!slot) return Raised{};
  return slot->key != nullptr;
}

Result<bool> set_discard_hashed(Set* set, PyObject* key, Py_hash_t hash) {
  SetSlot* slot = set_lookup(set, key, hash);
  if (!slot) return Raised{};
  if (!slot->key) return false;
  Ref<> old = adopt(slot->key);
  *slot = {&set_dummy, -1};
  set->used--;
  return true;
}

Status set_merge(Set* set, Set* other) {
  if (other == set || other->used == 0) return {};
  if (static_cast<size_t>(set->fill + other->used) * 5 >= static_cast<size_t>(set->mask) * 3)
    if (!set_resize(set, static_cast<size_t>(set->used + other->used) * 2)) return Raised{};
  if (set->fill == 0 && set->mask == other->mask && other->fill == other->used) {
    for (Py_ssize_t i = 0; i <= other->mask; i++) {
      set->table[i] = other->table[i];
      Py_XINCREF(set->table[i].key);
    }
    set->fill = other->fill;
    set->used = other->used;
    return {};
  }
  if (set->fill == 0) {
    set->fill = set->used = other->used;
    for (Py_ssize_t i = 0; i <= other->mask; i++)
      if (is_active(other->table[i])) insert_clean(set, Py_NewRef(other->table[i].key), other->table[i].hash);
    return {};
  }
  for (Py_ssize_t i = 0; i <= other->mask; i++) {  // `other` may change while keys are compared
    SetSlot s = other->table[i];
    if (!is_active(s)) continue;
    Ref<> hold = share(s.key);
    TRY(set_add_hashed(set, s.key, s.hash));
  }
  return {};
}

// -- making --

void init_set(Set* set) {
  set->fill = set->used = 0;
  set->mask = PySet_MINSIZE - 1;
  set->table = set->smalltable;
  set->hash = -1;
  set->finger = 0;
  set->weakreflist = nullptr;
  memset(set->smalltable, 0, sizeof set->smalltable);
}

Ref<> make_set(PyTypeObject* type, PyObject* iterable) {
  Ref<> o = adopt(type->tp_alloc(type, 0));
  if (!o) return o;
  init_set(reinterpret_cast<Set*>(o.get()));
  if (iterable) TRY(set_update(o.get(), iterable));
  return o;
}
Ref<> make_base_set(PyTypeObject* type, PyObject* iterable) {
  return make_set(PyType_IsSubtype(type, &PySet_Type) ? &PySet_Type : &PyFrozenSet_Type, iterable);
}
Ref<> new_set(PyObject* iterable) { return make_set(&PySet_Type, iterable); }
Ref<> new_frozenset(PyObject* iterable) {
  if (iterable && PyFrozenSet_CheckExact(iterable)) return share(iterable);
  return make_set(&PyFrozenSet_Type, iterable);
}

Py_hash_t frozenset_hash(PyObject* o) {
  auto* set = reinterpret_cast<Set*>(o);
  if (set->hash != -1) return set->hash;
  FrozensetHash h;
  Py_ssize_t position = 0;
  while (SetSlot* s = next_slot(set, &position)) h.add(s->hash);
  return set->hash = h.finish(static_cast<size_t>(set->used));
}

// -- elements --

static Result<Py_hash_t> key_hash(PyObject* key) {
  if (PyUnicode_CheckExact(key)) return str_hash(key);
  return hash(key);
}

/// A set is unhashable, but a frozenset with the same elements may be an element; it is looked for then.
/// Empty: the key itself is fine (`*h` is set) or an exception is pending.
static Ref<> frozen_stand_in(PyObject* key, Py_hash_t* h) {
  auto r = key_hash(key);
  if (r) {
    *h = *r;
    return {};
  }
  if (!PySet_Check(key) || !clear_error_if(PyExc_TypeError)) return {};
  Ref<> frozen = make_set(&PyFrozenSet_Type, key);
  if (frozen) *h = frozenset_hash(frozen.get());
  return frozen;
}

Status set_add(PyObject* set, PyObject* key) {
  Py_hash_t h = TRY(key_hash(key));
  return set_add_hashed(reinterpret_cast<Set*>(set), key, h);
}
Result<bool> set_contains(PyObject* set, PyObject* key) {
  Py_hash_t h = -1;
  Ref<> frozen = frozen_stand_in(key, &h);
  if (h == -1) return Raised{};
  return set_has_hashed(reinterpret_cast<Set*>(set), frozen ? frozen.get() : key, h);
}
Result<bool> set_discard(PyObject* set, PyObject* key) {
  Py_hash_t h = -1;
  Ref<> frozen = frozen_stand_in(key, &h);
  if (h == -1) return Raised{};
  return set_discard_hashed(reinterpret_cast<Set*>(set), frozen ? frozen.get() : key, h);
}

Ref<> set_pop(PyObject* o) {
  auto* set = reinterpret_cast<Set*>(o);
  if (set->used == 0) return raise(PyExc_KeyError, "pop from an empty set");
  // The finger remembers where the last search ended, so that emptying a set takes linear time.
  Py_ssize_t i = set->finger & set->mask;
  while (!is_active(set->table[i])) i = i == set->mask ? 0 : i + 1;
  Ref<> key = adopt(set->table[i].key);
  set->table[i] = {&set_dummy, -1};
  set->used--;
  set->finger = i + 1;
  return key;
}

void set_clear(PyObject* o) {
  auto* set = reinterpret_cast<Set*>(o);
  if (set->fill == 0 && set->table == set->smalltable) return;
  // The set is empty before the first element dies: its finalizer may look at the set.
  Set taken;
  taken.used = set->used;
  taken.mask = set->mask;
  bool small = set->table == set->smalltable;
  if (small) memcpy(taken.smalltable, set->smalltable, sizeof taken.smalltable);
  taken.table = small ? taken.smalltable : set->table;
  PyObject* references = set->weakreflist;
  init_set(set);
  set->weakreflist = references;
  for (Py_ssize_t i = 0; i <= taken.mask; i++)
    if (is_active(taken.table[i])) Py_DECREF(taken.table[i].key);
  if (!small) free_block(taken.table, (static_cast<size_t>(taken.mask) + 1) * sizeof(SetSlot));
}

Status set_update(PyObject* o, PyObject* iterable) {
  auto* set = reinterpret_cast<Set*>(o);
  if (PyAnySet_Check(iterable)) return set_merge(set, reinterpret_cast<Set*>(iterable));
  if (PyDict_CheckExact(iterable)) {
    Py_ssize_t n = dict_size(iterable);
    if (static_cast<size_t>(set->fill + n) * 5 >= static_cast<size_t>(set->mask) * 3)
      if (!set_resize(set, static_cast<size_t>(set->used + n) * 2)) return Raised{};
    Py_ssize_t position = 0;
    PyObject* key;
    Py_hash_t h;
    while (dict_next(iterable, &position, &key, nullptr, &h)) TRY(set_add_hashed(set, key, h));
    return {};
  }
  return for_each(iterable, [&](PyObject* key) { return set_add(o, key); });
}

bool set_next(PyObject* o, Py_ssize_t* position, PyObject** key, Py_hash_t* hash) {
  SetSlot* s = next_slot(reinterpret_cast<Set*>(o), position);
  if (!s) return false;
  *key = s->key;
  if (hash) *hash = s->hash;
  return true;
}

}  // namespace taipan

// Extension modules that walk a set's table compare with this.
extern "C" __attribute__((visibility("default"))) PyObject* _PySet_Dummy;
PyObject* _PySet_Dummy = &taipan::set_dummy;
