// Filling dicts from other mappings and from pairs; their contents as lists.
#include "object/call.h"
#include "object/dict.h"
#include "object/dict_layout.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/tuple.h"

namespace taipan {

static Status merge_dict(Dict* to, Dict* from, int override) {
  if (from == to || from->ma_used == 0) return {};
  // Nothing can be overridden in an empty dict; doing without the checks lets whole tables be copied.
  if (to->ma_used == 0) {
    override = 1;
    if (dict_adopt_copy(to, from)) return {};
  }
  if (from->ma_used > 5 && !reserve_dict(to, to->ma_used + from->ma_used)) return Raised{};
  Py_ssize_t position = 0;
  PyObject *key, *value;
  Py_hash_t hash;
  Py_ssize_t entries = from->ma_keys->nentries;
  while (dict_next(object(from), &position, &key, &value, &hash)) {
    Ref<> hold_key = share(key), hold_value = share(value);
    if (override != 1) {
      PyObject* present = TRY(dict_find(object(to), key, hash));
      if (present && override) return raise_key_error(key);
      if (!present) TRY(dict_set(object(to), key, value, hash));
    } else {
      TRY(dict_set(object(to), key, value, hash));
    }
    if (from->ma_keys->nentries != entries) return raise(PyExc_RuntimeError, "dict mutated during update");
  }
  return {};
}

static Status merge_mapping(PyObject* to, PyObject* from, int override) {
  auto keys = TRY(call_method(from, "keys"_name));
  return for_each(keys.get(), [&](PyObject* key) -> Status {
    if (override != 1) {
      bool present = TRY(dict_contains(to, key));
      if (present && override) return raise_key_error(key);
      if (present) return {};
    }
    auto value = TRY(get_item(from, key));
    return dict_set(to, key, value.get());
  });
}

Status dict_merge(PyObject* dict, PyObject* other, int override) {
  if (PyDict_Check(other) && Py_TYPE(other)->tp_iter == PyDict_Type.tp_iter)
    return merge_dict(reinterpret_cast<Dict*>(dict), reinterpret_cast<Dict*>(other), override);
  return merge_mapping(dict, other, override);
}

Status dict_merge_pairs(PyObject* dict, PyObject* pairs, int override) {
  auto iterator = TRY(iterate(pairs));
  for (Py_ssize_t i = 0;; i++) {
    Ref<> element = TRY(next(iterator.get()));
    if (!element) return {};
    Ref<> pair = to_fast_sequence(element.get(), "");
    if (!pair) {
      if (!clear_error_if(PyExc_TypeError)) return Raised{};
      return raise(PyExc_TypeError, "cannot convert dictionary update sequence element #{} to a sequence", i);
    }
    if (Py_SIZE(pair.get()) != 2)
      return raise(PyExc_ValueError, "dictionary update sequence element #{} has length {}; 2 is required", i,
                   Py_SIZE(pair.get()));
    Ref<> key = share(fast_items(pair.get())[0]), value = share(fast_items(pair.get())[1]);
    if (override) TRY(dict_set(dict, key.get(), value.get()));
    else TRY(dict_set_default(dict, key.get(), value.get()));
  }
}

namespace {
enum class Part { key, value, item };
}  // namespace

static Ref<List> list_parts(PyObject* o, Part part) {
  auto* dict = reinterpret_cast<Dict*>(o);
  for (;;) {
    Py_ssize_t n = dict->ma_used;
    auto list = TRY(new_list(n));
    if (part == Part::item) {
      for (Py_ssize_t i = 0; i < n; i++) {
        auto pair = TRY(new_tuple(2));
        list->ob_item[i] = object(pair.release());
      }
    }
    if (dict->ma_used != n) continue;  // making room may have run code that changed it
    Py_ssize_t position = 0, i = 0;
    PyObject *key, *value;
    while (dict_next(o, &position, &key, &value)) {
      if (part == Part::item) {
        auto* pair = reinterpret_cast<Tuple*>(list->ob_item[i++]);
        pair->ob_item[0] = Py_NewRef(key);
        pair->ob_item[1] = Py_NewRef(value);
      } else {
        list->ob_item[i++] = Py_NewRef(part == Part::key ? key : value);
      }
    }
    return list;
  }
}
Ref<List> dict_keys_list(PyObject* dict) { return list_parts(dict, Part::key); }
Ref<List> dict_values_list(PyObject* dict) { return list_parts(dict, Part::value); }
Ref<List> dict_items_list(PyObject* dict) { return list_parts(dict, Part::item); }

}  // namespace taipan
