// Union, intersection, difference and comparison of sets. Walking a set while keys are compared must survive that
// the comparison changes the set: positions are plain indices and each key is held.
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "types/set.h"
#include "types/set_table.h"

namespace taipan {

/// Calls visit(key, hash) -> Result<bool> for each element until it returns false; false if it did.
template <class F>
static Result<bool> walk(Set* set, F&& visit) {
  Py_ssize_t position = 0;
  while (SetSlot* s = next_slot(set, &position)) {
    Ref<> key = share(s->key);
    Py_hash_t hash = s->hash;
    bool go_on = TRY(visit(key.get(), hash));
    if (!go_on) return false;
  }
  return true;
}

Ref<> set_copy_of(Set* set) { return make_base_set(Py_TYPE(object(set)), object(set)); }

Ref<> set_intersection(Set* set, PyObject* other) {
  if (object(set) == other) return set_copy_of(set);
  Ref<> made = TRY(make_base_set(Py_TYPE(object(set)), nullptr));
  auto* result = reinterpret_cast<Set*>(made.get());
  if (PyAnySet_Check(other)) {
    auto* walked = reinterpret_cast<Set*>(other);
    if (walked->used > set->used) std::swap(walked, set);
    TRY(walk(walked, [&](PyObject* key, Py_hash_t hash) -> Result<bool> {
      bool found = TRY(set_has_hashed(set, key, hash));
      if (found) TRY(set_add_hashed(result, key, hash));
      return true;
    }));
    return made;
  }
  Ref<> iterator = TRY(iterate(other));
  for (;;) {
    Ref<> key = TRY(next(iterator.get()));
    if (!key) return made;
    Py_hash_t h = TRY(hash(key.get()));
    bool found = TRY(set_has_hashed(set, key.get(), h));
    if (!found) continue;
    TRY(set_add_hashed(result, key.get(), h));
    if (result->used >= set->used) return made;  // nothing more can be common
  }
}

/// Drops removed elements' slots when they are more than a quarter.
static Status tidy(Set* set) {
  if (static_cast<size_t>(set->fill - set->used) <= static_cast<size_t>(set->mask) / 4) return {};
  return set_resize(set, set_growth(set)) ? Status() : Raised{};
}

Status set_difference_update(Set* set, PyObject* other) {
  if (object(set) == other) {
    set_clear(other);
    return {};
  }
  if (PyAnySet_Check(other)) {
    Ref<> walked = share(other);
    // Walking a much larger set would be a waste: only what is common matters.
    if (reinterpret_cast<Set*>(other)->used >> 3 > set->used) walked = TRY(set_intersection(set, other));
    TRY(walk(reinterpret_cast<Set*>(walked.get()), [&](PyObject* key, Py_hash_t hash) -> Result<bool> {
      TRY(set_discard_hashed(set, key, hash));
      return true;
    }));
  } else {
    TRY(for_each(other, [&](PyObject* key) -> Status {
      TRY(set_discard(object(set), key));
      return {};
    }));
  }
  return tidy(set);
}

static Ref<> copy_and_subtract(Set* set, PyObject* other) {
  Ref<> result = TRY(set_copy_of(set));
  TRY(set_difference_update(reinterpret_cast<Set*>(result.get()), other));
  return result;
}

Ref<> set_difference(Set* set, PyObject* other) {
  bool is_dict = PyDict_CheckExact(other);
  if (!is_dict && !PyAnySet_Check(other)) return copy_and_subtract(set, other);
  Py_ssize_t size = is_dict ? dict_size(other) : set_size(other);
  if (set->used >> 2 > size) return copy_and_subtract(set, other);
  Ref<> made = TRY(make_base_set(Py_TYPE(object(set)), nullptr));
  TRY(walk(set, [&](PyObject* key, Py_hash_t hash) -> Result<bool> {
    bool found = is_dict ? TRY(dict_find(other, key, hash)) != nullptr
                         : TRY(set_has_hashed(reinterpret_cast<Set*>(other), key, hash));
    if (!found) TRY(set_add_hashed(reinterpret_cast<Set*>(made.get()), key, hash));
    return true;
  }));
  return made;
}

Status set_symmetric_difference_update(Set* set, PyObject* other) {
  if (object(set) == other) {
    set_clear(other);
    return {};
  }
  auto toggle = [&](PyObject* key, Py_hash_t hash) -> Result<bool> {
    bool found = TRY(set_discard_hashed(set, key, hash));
    if (!found) TRY(set_add_hashed(set, key, hash));
    return true;
  };
  if (PyDict_CheckExact(other)) {
    Py_ssize_t position = 0;
    PyObject* key;
    Py_hash_t hash;
    while (dict_next(other, &position, &key, nullptr, &hash)) {
      Ref<> hold = share(key);
      TRY(toggle(key, hash));
    }
    return {};
  }
  Ref<> elements = share(other);
  if (!PyAnySet_Check(other)) elements = TRY(make_base_set(Py_TYPE(object(set)), other));
  TRY(walk(reinterpret_cast<Set*>(elements.get()), toggle));
  return {};
}

Ref<> set_symmetric_difference(Set* set, PyObject* other) {
  Ref<> result = TRY(make_base_set(Py_TYPE(object(set)), other));
  TRY(set_symmetric_difference_update(reinterpret_cast<Set*>(result.get()), object(set)));
  return result;
}

Result<bool> set_is_disjoint(Set* set, PyObject* other) {
  if (object(set) == other) return set->used == 0;
  if (PyAnySet_CheckExact(other)) {
    auto* walked = reinterpret_cast<Set*>(other);
    if (walked->used > set->used) std::swap(walked, set);
    return walk(walked, [&](PyObject* key, Py_hash_t hash) -> Result<bool> {
      return !TRY(set_has_hashed(set, key, hash));
    });
  }
  Ref<> iterator = TRY(iterate(other));
  for (;;) {
    Ref<> key = TRY(next(iterator.get()));
    if (!key) return true;
    Py_hash_t h = TRY(hash(key.get()));
    bool found = TRY(set_has_hashed(set, key.get(), h));
    if (found) return false;
  }
}

Result<bool> set_is_subset(Set* set, PyObject* other) {
  if (!PyAnySet_Check(other)) {
    Ref<> common = TRY(set_intersection(set, other));
    return set_size(common.get()) == set->used;
  }
  auto* others = reinterpret_cast<Set*>(other);
  if (set->used > others->used) return false;
  return walk(set, [&](PyObject* key, Py_hash_t hash) { return set_has_hashed(others, key, hash); });
}

Result<bool> set_is_superset(Set* set, PyObject* other) {
  if (PyAnySet_Check(other)) return set_is_subset(reinterpret_cast<Set*>(other), object(set));
  Ref<> iterator = TRY(iterate(other));
  for (;;) {
    Ref<> key = TRY(next(iterator.get()));
    if (!key) return true;
    bool found = TRY(set_contains(object(set), key.get()));
    if (!found) return false;
  }
}

// A subclass's instance may hold a table in its small array, which cannot change hands by pointer.
void swap_contents(Set* a, Set* b) {
  bool a_small = a->table == a->smalltable, b_small = b->table == b->smalltable;
  std::swap(a->fill, b->fill);
  std::swap(a->used, b->used);
  std::swap(a->mask, b->mask);
  std::swap(a->table, b->table);
  for (int i = 0; i < PySet_MINSIZE; i++) std::swap(a->smalltable[i], b->smalltable[i]);
  if (b_small) a->table = a->smalltable;
  if (a_small) b->table = b->smalltable;
  a->hash = b->hash = -1;
}

}  // namespace taipan
