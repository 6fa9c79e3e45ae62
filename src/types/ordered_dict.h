#pragma once
// collections.OrderedDict. Dicts keep their order already: what it adds is moving items in it, and noticing changes.
#include "object/dict_layout.h"
#include "object/object.h"

namespace taipan {

struct OrderedDict {
  Dict dict;
  PyObject* attributes;
  PyObject* weaklist;
  uint64_t changes;     // counts what happened to the set of keys or their order; clearing does not count
  // Entries below `first_index` are deleted: taking items from the front need not pass them again and again. True
  // as long as the table is `first_keys` and has grown to `seen_entries` only, since a table made anew is packed.
  DictKeys* first_keys;
  Py_ssize_t first_index, seen_entries;
};
inline OrderedDict& ordered(PyObject* o) { return *reinterpret_cast<OrderedDict*>(o); }
inline bool is_ordered(PyObject* o) { return is_instance_of(o, &PyODict_Type); }

/// The nearest entry at `*i` or, stepping by `step` (1 or -1), beyond. Borrowed; false: there is none.
bool entry_from(PyObject* dict, Py_ssize_t* i, int step, PyObject** key, PyObject** value, Py_hash_t* hash);
/// Where the last entry may be.
inline Py_ssize_t last_entry(PyObject* dict) { return reinterpret_cast<Dict*>(dict)->ma_keys->nentries - 1; }

Ref<> ordered_keys(PyObject* o);
Ref<> ordered_values(PyObject* o);
Ref<> ordered_items(PyObject* o);
Ref<> ordered_iterator(PyObject* o);           ///< iter(o)
Ref<> ordered_reversed(PyObject* o);
/// o.update(…): one mapping or iterable of pairs, and keywords.
Status ordered_update(PyObject* o, PyObject* args, PyObject* kwargs);
Status ordered_update(PyObject* o, PyObject* other);

}  // namespace taipan
