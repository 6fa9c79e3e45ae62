#pragma once
// dict's kernel and the storage of instance attributes. Layout of PyDictObject is the header's; keys and values are ours.
#include "object/object.h"

namespace taipan {

Ref<Dict> new_dict();
Ref<Dict> new_dict_sized(Py_ssize_t expected);
Ref<Dict> dict_copy(PyObject* dict);

/// The value, borrowed; null inside: absent. Fails if hashing or comparing does.
Result<PyObject*> dict_find(PyObject* dict, PyObject* key);
Result<PyObject*> dict_find(PyObject* dict, PyObject* key, Py_hash_t hash);
/// For a name that many dicts have at the same place in their order: `*hint` is where it was found last.
Result<PyObject*> dict_find(PyObject* dict, PyObject* name, Py_ssize_t* hint);
/// For an exact str key (its hash is cached or computed): cannot fail unless the dict holds odd keys whose __eq__ raises
/// (then the error is dropped and null is returned). Borrowed.
PyObject* dict_find_name(PyObject* dict, PyObject* name);
Status dict_set(PyObject* dict, PyObject* key, PyObject* value);
Status dict_set(PyObject* dict, PyObject* key, PyObject* value, Py_hash_t hash);
Result<bool> dict_remove(PyObject* dict, PyObject* key);                 ///< was it there?
Result<Ref<>> dict_pop(PyObject* dict, PyObject* key);                   ///< empty inside: absent
Result<Ref<>> dict_pop(PyObject* dict, PyObject* key, Py_hash_t hash);
/// Takes the last item out; false: the dict is empty.
Result<bool> dict_pop_last(PyObject* dict, Ref<>* key, Ref<>* value);
/// The present value, or `value` after storing it. Borrowed.
Result<PyObject*> dict_set_default(PyObject* dict, PyObject* key, PyObject* value);
Result<bool> dict_contains(PyObject* dict, PyObject* key);
void dict_clear(PyObject* dict);
/// Stops tracking an exact dict whose values are all atoms (the collector's full run does this).
void dict_maybe_untrack(PyObject* dict);
inline Py_ssize_t dict_size(PyObject* dict) { return reinterpret_cast<Dict*>(dict)->ma_used; }
/// Walks the items in order; `*position` starts at 0. Borrowed. The dict must not be changed meanwhile, except values of present keys.
bool dict_next(PyObject* dict, Py_ssize_t* position, PyObject** key, PyObject** value, Py_hash_t* hash = nullptr);
/// Makes `to`, which is empty, a copy of `from` in one block copy; false: not possible that way.
bool dict_adopt_copy(Dict* to, Dict* from);
/// What tp_new, tp_dealloc, tp_traverse of dict do.
void init_empty_dict(PyObject* dict);
void dict_dealloc(PyObject* dict);
int dict_traverse(PyObject* dict, visitproc visit, void* arg);
size_t dict_memory(PyObject* dict);                                      ///< dict.__sizeof__()
/// dict.update(other) for a dict or any mapping; override: 1 replace, 0 keep, 2 duplicate keys raise KeyError.
Status dict_merge(PyObject* dict, PyObject* other, int override);
/// dict.update with a sequence of pairs.
Status dict_merge_pairs(PyObject* dict, PyObject* pairs, int override);
Ref<List> dict_keys_list(PyObject* dict);
Ref<List> dict_values_list(PyObject* dict);
Ref<List> dict_items_list(PyObject* dict);

// -- attributes of plain instances: values in the instance's own block, keys shared by the class --
void free_cached_keys(PyHeapTypeObject* type);  ///< ht_cached_keys, which the class's first instance makes
/// Extra bytes behind the object for its inline values, and their initialisation (values pointer at obj[-4]).
size_t inline_values_size(PyTypeObject* type);
void init_instance_attributes(PyObject* o, PyTypeObject* type, void* inline_values);
/// The inline values' bytes of a live instance, as inline_values_size() said when it was made. They begin right
/// behind the object (tp_basicsize) and keep this size in their header even when a dict has taken over.
size_t instance_values_size(PyObject* o);
/// Where an instance of a managed-dict type keeps its attributes. None, values or a dict.
Result<Ref<>> instance_find(PyObject* o, PyObject* name);                ///< empty inside: absent
/// Null value: delete; deleting what is absent raises AttributeError(name).
Status instance_set(PyObject* o, PyObject* name, PyObject* value);
Ref<> instance_dict(PyObject* o);                                        ///< o.__dict__, materialised
Ref<> new_instance_dict(PyTypeObject* type);                             ///< an empty dict that shares the class's names
/// Where o.__dict__ is, for code that may replace what is there by itself. Null: MemoryError.
PyObject** exposed_dict_slot(PyObject* o);
/// o.__dict__ = dict (null: del o.__dict__).
Status set_instance_dict(PyObject* o, PyObject* dict);
bool instance_is_empty(PyObject* o);
int visit_instance_attributes(PyObject* o, visitproc visit, void* arg);
void clear_instance_attributes(PyObject* o);                             ///< tp_clear's and dealloc's part
void free_instance_attributes(PyObject* o);

/// Values pointer and dict pointer of a managed-dict object.
inline PyDictValues** values_slot(PyObject* o) { return reinterpret_cast<PyDictValues**>(o) - 4; }
inline PyObject** managed_dict_slot(PyObject* o) { return reinterpret_cast<PyObject**>(o) - 3; }

}  // namespace taipan
