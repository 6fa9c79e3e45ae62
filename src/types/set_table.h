#pragma once
// The hash table of set and frozenset, shared by the files that implement them. Its probing and its growth decide
// in which order sets are iterated, so they are part of what programs see: runs of ten neighbouring slots, then a
// perturbed jump; four times the used slots when three fifths are filled.
#include "object/object.h"

namespace taipan {

using SetSlot = setentry;
extern PyObject set_dummy;  // the key of a slot whose element was removed

inline bool is_active(const SetSlot& s) { return s.key && s.key != &set_dummy; }

/// Makes an empty table of a freshly allocated set.
void init_set(Set* set);
/// A new set of this type, filled from the iterable (may be null).
Ref<> make_set(PyTypeObject* type, PyObject* iterable);
/// The same, but a subclass gives a plain set or frozenset.
Ref<> make_base_set(PyTypeObject* type, PyObject* iterable);

/// The slot of the key; an unused slot if it is absent; null: comparing failed.
SetSlot* set_lookup(Set* set, PyObject* key, Py_hash_t hash);
Status set_add_hashed(Set* set, PyObject* key, Py_hash_t hash);
Result<bool> set_has_hashed(Set* set, PyObject* key, Py_hash_t hash);
Result<bool> set_discard_hashed(Set* set, PyObject* key, Py_hash_t hash);
bool set_resize(Set* set, size_t least);
Status set_merge(Set* set, Set* other);
Py_hash_t frozenset_hash(PyObject* set);
/// The next active slot at or after `*position`, or null.
inline SetSlot* next_slot(Set* set, Py_ssize_t* position) {
  Py_ssize_t i = *position;
  while (i <= set->mask && !is_active(set->table[i])) i++;
  *position = i + 1;
  return i <= set->mask ? &set->table[i] : nullptr;
}
inline size_t set_growth(const Set* set) {
  auto used = static_cast<size_t>(set->used);
  return used > 50000 ? used * 2 : used * 4;
}

// Operations (set_operations.cpp): methods and operators are made of these.
Ref<> set_copy_of(Set* set);
Ref<> set_intersection(Set* set, PyObject* other);
Ref<> set_difference(Set* set, PyObject* other);
Ref<> set_symmetric_difference(Set* set, PyObject* other);
Status set_difference_update(Set* set, PyObject* other);
Status set_symmetric_difference_update(Set* set, PyObject* other);
Result<bool> set_is_disjoint(Set* set, PyObject* other);
Result<bool> set_is_subset(Set* set, PyObject* other);
Result<bool> set_is_superset(Set* set, PyObject* other);
void swap_contents(Set* a, Set* b);
Ref<> new_set_iterator(PyObject* set);

}  // namespace taipan
