// abstract.h's sequences and mappings, listobject.h, tupleobject.h, and what dictobject.h and sliceobject.h have beyond containers.cpp.
#include <algorithm>
#include <cstdarg>

#include "capi/export.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/list.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/dict.h"
#include "types/set.h"
#include "types/slice_range.h"

using namespace taipan;

namespace {

Ref<> slice_of(Py_ssize_t low, Py_ssize_t high) {
  Ref<> start = new_int(low), stop = new_int(high);
  return start && stop ? adopt(PySlice_New(start.get(), stop.get(), nullptr)) : Ref<>();
}
PySequenceMethods* sequence_slots(PyObject* o) { return Py_TYPE(o)->tp_as_sequence; }

}  // namespace

// -- any sequence --

CAPI int PySequence_Check(PyObject* o) { return is_sequence(o); }
CAPI Py_ssize_t PySequence_Size(PyObject* o) {
  if (!check(o)) return -1;
  PySequenceMethods* slots = sequence_slots(o);
  if (slots && slots->sq_length) return slots->sq_length(o);
  bool mapping = Py_TYPE(o)->tp_as_mapping && Py_TYPE(o)->tp_as_mapping->mp_length;
  if (mapping) raise(PyExc_TypeError, "{} is not a sequence", clip(type_name(o), 200));
  else raise(PyExc_TypeError, "object of type '{}' has no len()", clip(type_name(o), 200));
  return -1;
}
#undef PySequence_Length
CAPI Py_ssize_t PySequence_Length(PyObject* o) { return PySequence_Size(o); }
CAPI PyObject* PySequence_GetItem(PyObject* o, Py_ssize_t i) { return check(o) ? sequence_item(o, i).release() : nullptr; }
CAPI int PySequence_SetItem(PyObject* o, Py_ssize_t i, PyObject* value) {
  if (!check(o)) return -1;
  PySequenceMethods* slots = sequence_slots(o);
  if (slots && slots->sq_ass_item) {
    if (i < 0 && slots->sq_length) {
      Py_ssize_t n = slots->sq_length(o);
      if (n < 0) return -1;
      i += n;
    }
    return slots->sq_ass_item(o, i, value);
  }
  bool mapping = Py_TYPE(o)->tp_as_mapping && Py_TYPE(o)->tp_as_mapping->mp_ass_subscript;
  if (mapping) raise(PyExc_TypeError, "{} is not a sequence", clip(type_name(o), 200));
  else raise(PyExc_TypeError, "'{}' object does not support item {}", clip(type_name(o), 200), value ? "assignment" : "deletion");
  return -1;
}
CAPI int PySequence_DelItem(PyObject* o, Py_ssize_t i) { return PySequence_SetItem(o, i, nullptr); }
CAPI PyObject* PySequence_GetSlice(PyObject* o, Py_ssize_t low, Py_ssize_t high) {
  Ref<> slice = slice_of(low, high);
  return slice ? get_item(o, slice.get()).release() : nullptr;
}
CAPI int PySequence_SetSlice(PyObject* o, Py_ssize_t low, Py_ssize_t high, PyObject* value) {
  Ref<> slice = slice_of(low, high);
  if (!slice) return -1;
  return (value ? set_item(o, slice.get(), value) : del_item(o, slice.get())).to_c();
}
CAPI int PySequence_DelSlice(PyObject* o, Py_ssize_t low, Py_ssize_t high) { return PySequence_SetSlice(o, low, high, nullptr); }
CAPI PyObject* PySequence_Concat(PyObject* a, PyObject* b) { return check(a && b) ? sequence_concat(a, b).release() : nullptr; }
CAPI PyObject* PySequence_Repeat(PyObject* o, Py_ssize_t n) { return check(o) ? sequence_repeat(o, n).release() : nullptr; }
CAPI PyObject* PySequence_InPlaceConcat(PyObject* a, PyObject* b) {
  PySequenceMethods* slots = sequence_slots(a);
  if (slots && slots->sq_inplace_concat) return slots->sq_inplace_concat(a, b);
  return sequence_concat(a, b).release();
}
CAPI PyObject* PySequence_InPlaceRepeat(PyObject* o, Py_ssize_t n) {
  PySequenceMethods* slots = sequence_slots(o);
  if (slots && slots->sq_inplace_repeat) return slots->sq_inplace_repeat(o, n);
  return sequence_repeat(o, n).release();
}
CAPI PyObject* PySequence_List(PyObject* o) { return lower(to_list(o)); }
CAPI PyObject* PySequence_Tuple(PyObject* o) { return lower(to_tuple(o)); }
CAPI PyObject* PySequence_Fast(PyObject* o, const char* message) { return check(o) ? to_fast_sequence(o, message).release() : nullptr; }
CAPI int PySequence_Contains(PyObject* o, PyObject* item) { return to_c(contains(o, item)); }
#undef PySequence_In
CAPI int PySequence_In(PyObject* o, PyObject* item) { return to_c(contains(o, item)); }
CAPI Py_ssize_t PySequence_Count(PyObject* o, PyObject* value) {
  Py_ssize_t n = 0;
  Status done = for_each(o, [&](PyObject* item) -> Status {
    n += TRY(equal(item, value));
    return {};
  });
  return done ? n : -1;
}
CAPI Py_ssize_t PySequence_Index(PyObject* o, PyObject* value) {
  Ref<> it = iterate(o);
  for (Py_ssize_t i = 0; it; i++) {
    Result<Ref<>> item = next(it.get());
    if (!item) return -1;
    if (!*item) {
      raise(PyExc_ValueError, "sequence.index(x): x not in sequence");
      return -1;
    }
    Result<bool> same = equal((*item).get(), value);
    if (!same) return -1;
    if (*same) return i;
  }
  return -1;
}

// -- any mapping --

CAPI int PyMapping_Check(PyObject* o) { return o && is_mapping(o); }
CAPI Py_ssize_t PyMapping_Size(PyObject* o) {
  if (!check(o)) return -1;
  PyMappingMethods* slots = Py_TYPE(o)->tp_as_mapping;
  if (slots && slots->mp_length) return slots->mp_length(o);
  bool sequence = sequence_slots(o) && sequence_slots(o)->sq_length;
  if (sequence) raise(PyExc_TypeError, "{} is not a mapping", clip(type_name(o), 200));
  else raise(PyExc_TypeError, "object of type '{}' has no len()", clip(type_name(o), 200));
  return -1;
}
#undef PyMapping_Length
CAPI Py_ssize_t PyMapping_Length(PyObject* o) { return PyMapping_Size(o); }
CAPI PyObject* PyMapping_GetItemString(PyObject* o, const char* text) {
  Ref<> key = new_str(text);
  return key ? get_item(o, key.get()).release() : nullptr;
}
CAPI int PyMapping_SetItemString(PyObject* o, const char* text, PyObject* value) {
  Ref<> key = new_str(text);
  return key ? set_item(o, key.get(), value).to_c() : -1;
}
CAPI int PyMapping_HasKey(PyObject* o, PyObject* key) {
  Ref<> value = get_item(o, key);
  if (value) return 1;
  clear_error();
  return 0;
}
CAPI int PyMapping_HasKeyString(PyObject* o, const char* text) {
  Ref<> key = new_str(text);
  if (key) return PyMapping_HasKey(o, key.get());
  clear_error();
  return 0;
}
CAPI PyObject* PyMapping_Keys(PyObject* o) { return mapping_keys(o).release(); }
CAPI PyObject* PyMapping_Values(PyObject* o) { return mapping_values(o).release(); }
CAPI PyObject* PyMapping_Items(PyObject* o) { return mapping_items(o).release(); }

// -- list --

CAPI Py_ssize_t PyList_Size(PyObject* list) { return check(PyList_Check(list)) ? list_size(list) : -1; }
CAPI PyObject* PyList_GetItem(PyObject* list, Py_ssize_t i) {
  if (!check(PyList_Check(list))) return nullptr;
  if (i < 0 || i >= list_size(list)) return raise(PyExc_IndexError, "list index out of range");
  return list_item(list, i);
}
CAPI int PyList_SetItem(PyObject* list, Py_ssize_t i, PyObject* value) {
  Ref<> owned = adopt(value);
  if (!check(PyList_Check(list))) return -1;
  if (i < 0 || i >= list_size(list)) {
    raise(PyExc_IndexError, "list assignment index out of range");
    return -1;
  }
  replace_field(reinterpret_cast<List*>(list)->ob_item[i], std::move(owned));
  return 0;
}
CAPI int PyList_Insert(PyObject* list, Py_ssize_t i, PyObject* value) { return check(PyList_Check(list)) ? list_insert(list, i, value).to_c() : -1; }
CAPI PyObject* PyList_GetSlice(PyObject* list, Py_ssize_t low, Py_ssize_t high) {
  return check(PyList_Check(list)) ? list_slice(list, low, high).release() : nullptr;
}
CAPI int PyList_SetSlice(PyObject* list, Py_ssize_t low, Py_ssize_t high, PyObject* items) {
  return check(PyList_Check(list)) ? list_set_slice(list, low, high, items).to_c() : -1;
}
CAPI int PyList_Reverse(PyObject* list) {
  if (!check(PyList_Check(list))) return -1;
  std::reverse(fast_items(list), fast_items(list) + list_size(list));
  return 0;
}
CAPI PyObject* PyList_AsTuple(PyObject* list) { return check(PyList_Check(list)) ? tuple_of(fast_items(list), list_size(list)).release() : nullptr; }
CAPI PyObject* _PyList_Extend(PyListObject* list, PyObject* iterable) {
  return list_extend(object(list), iterable) ? Py_NewRef(Py_None) : nullptr;
}

// -- tuple --

CAPI Py_ssize_t PyTuple_Size(PyObject* tuple) { return check(PyTuple_Check(tuple)) ? tuple_size(tuple) : -1; }
CAPI PyObject* PyTuple_GetItem(PyObject* tuple, Py_ssize_t i) {
  if (!check(PyTuple_Check(tuple))) return nullptr;
  if (i < 0 || i >= tuple_size(tuple)) return raise(PyExc_IndexError, "tuple index out of range");
  return item(tuple, i);
}
CAPI int PyTuple_SetItem(PyObject* tuple, Py_ssize_t i, PyObject* value) {
  Ref<> owned = adopt(value);
  if (!check(PyTuple_Check(tuple) && Py_REFCNT(tuple) == 1)) return -1;
  if (i < 0 || i >= tuple_size(tuple)) {
    raise(PyExc_IndexError, "tuple assignment index out of range");
    return -1;
  }
  replace_field(reinterpret_cast<Tuple*>(tuple)->ob_item[i], std::move(owned));
  return 0;
}
CAPI PyObject* PyTuple_GetSlice(PyObject* tuple, Py_ssize_t low, Py_ssize_t high) {
  return check(PyTuple_Check(tuple)) ? tuple_slice(tuple, low, high).release() : nullptr;
}
CAPI PyObject* PyTuple_Pack(Py_ssize_t n, ...) {
  Ref<Tuple> tuple = new_tuple(n);
  if (!tuple) return nullptr;
  va_list items;
  va_start(items, n);
  for (Py_ssize_t i = 0; i < n; i++) tuple->ob_item[i] = Py_NewRef(va_arg(items, PyObject*));
  va_end(items);
  return lower(std::move(tuple));
}
CAPI int _PyTuple_Resize(PyObject** tuple, Py_ssize_t n) {
  Ref<> old = adopt(std::exchange(*tuple, nullptr));
  if (!check(old && PyTuple_Check(old.get()) && (tuple_size(old.get()) == 0 || Py_REFCNT(old.get()) == 1) && n >= 0)) return -1;
  if (tuple_size(old.get()) == n) {
    *tuple = old.release();
    return 0;
  }
  Ref<Tuple> resized = new_tuple(n);
  if (!resized) return -1;
  for (Py_ssize_t i = 0; i < std::min(n, tuple_size(old.get())); i++)
    resized->ob_item[i] = std::exchange(reinterpret_cast<Tuple*>(old.get())->ob_item[i], nullptr);
  *tuple = lower(std::move(resized));
  return 0;
}

// -- dict --

CAPI PyObject* PyDict_GetItemString(PyObject* d, const char* text) {
  Ref<> key = new_str(text);
  if (key) return PyDict_GetItem(d, key.get());
  clear_error();
  return nullptr;
}
CAPI int PyDict_SetItemString(PyObject* d, const char* text, PyObject* value) {
  Ref<> key = new_interned(text);
  return key ? PyDict_SetItem(d, key.get(), value) : -1;
}
CAPI int PyDict_DelItemString(PyObject* d, const char* text) {
  Ref<> key = new_str(text);
  return key ? PyDict_DelItem(d, key.get()) : -1;
}
CAPI void PyDict_Clear(PyObject* d) {
  if (PyDict_Check(d)) dict_clear(d);
}
CAPI int PyDict_Update(PyObject* d, PyObject* other) { return check(PyDict_Check(d)) ? dict_merge(d, other, 1).to_c() : -1; }
CAPI int PyDict_Merge(PyObject* d, PyObject* other, int override) { return check(PyDict_Check(d)) ? dict_merge(d, other, override != 0).to_c() : -1; }
CAPI int PyDict_MergeFromSeq2(PyObject* d, PyObject* pairs, int override) { return dict_merge_pairs(d, pairs, override).to_c(); }
CAPI int _PyDict_MergeEx(PyObject* d, PyObject* other, int override) { return dict_merge(d, other, override).to_c(); }
CAPI PyObject* PyDict_SetDefault(PyObject* d, PyObject* key, PyObject* value) {
  if (!check(PyDict_Check(d))) return nullptr;
  Result<PyObject*> kept = dict_set_default(d, key, value);
  return kept ? *kept : nullptr;
}
CAPI PyObject* PyDict_Keys(PyObject* d) { return check(PyDict_Check(d)) ? lower(dict_keys_list(d)) : nullptr; }
CAPI PyObject* PyDict_Values(PyObject* d) { return check(PyDict_Check(d)) ? lower(dict_values_list(d)) : nullptr; }
CAPI PyObject* PyDict_Items(PyObject* d) { return check(PyDict_Check(d)) ? lower(dict_items_list(d)) : nullptr; }
CAPI PyObject* PyDictProxy_New(PyObject* mapping) { return make_mapping_proxy(mapping).release(); }
CAPI PyObject* _PyDict_GetItem_KnownHash(PyObject* d, PyObject* key, Py_hash_t hash) {
  if (!check(PyDict_Check(d))) return nullptr;
  Result<PyObject*> found = dict_find(d, key, hash);
  return found ? *found : nullptr;
}
CAPI int _PyDict_SetItem_KnownHash(PyObject* d, PyObject* key, PyObject* value, Py_hash_t hash) {
  return check(PyDict_Check(d)) ? dict_set(d, key, value, hash).to_c() : -1;
}
CAPI int _PyDict_DelItem_KnownHash(PyObject* d, PyObject* key, Py_hash_t hash) {
  if (!check(PyDict_Check(d))) return -1;
  Result<Ref<>> taken = dict_pop(d, key, hash);
  if (!taken) return -1;
  if (*taken) return 0;
  raise_key_error(key);
  return -1;
}
CAPI PyObject* _PyDict_GetItemIdWithError(PyObject* d, _Py_Identifier* id) {
  PyObject* key = _PyUnicode_FromId(id);
  return key ? PyDict_GetItemWithError(d, key) : nullptr;
}
CAPI PyObject* _PyDict_GetItemStringWithError(PyObject* d, const char* text) {
  Ref<> key = new_str(text);
  return key ? PyDict_GetItemWithError(d, key.get()) : nullptr;
}
CAPI int _PyDict_SetItemId(PyObject* d, _Py_Identifier* id, PyObject* value) {
  PyObject* key = _PyUnicode_FromId(id);
  return key ? PyDict_SetItem(d, key, value) : -1;
}
CAPI int _PyDict_DelItemId(PyObject* d, _Py_Identifier* id) {
  PyObject* key = _PyUnicode_FromId(id);
  return key ? PyDict_DelItem(d, key) : -1;
}
CAPI int _PyDict_ContainsId(PyObject* d, _Py_Identifier* id) {
  PyObject* key = _PyUnicode_FromId(id);
  return key ? PyDict_Contains(d, key) : -1;
}
CAPI PyObject* _PyDict_Pop(PyObject* d, PyObject* key, PyObject* fallback) {
  Result<Ref<>> taken = dict_pop(d, key);
  if (!taken) return nullptr;
  if (*taken) return taken.take().release();
  if (fallback) return Py_NewRef(fallback);
  return raise_key_error(key);
}
CAPI int _PyDict_Next(PyObject* d, Py_ssize_t* position, PyObject** key, PyObject** value, Py_hash_t* hash) {
  PyObject *k, *v;
  Py_hash_t h;
  if (!PyDict_Check(d) || !dict_next(d, position, &k, &v, &h)) return 0;
  if (key) *key = k;
  if (value) *value = v;
  if (hash) *hash = h;
  return 1;
}
CAPI PyObject* _PyDict_NewPresized(Py_ssize_t n) { return lower(new_dict_sized(n)); }
CAPI Py_ssize_t _PyDict_SizeOf(PyDictObject* d) { return static_cast<Py_ssize_t>(dict_memory(object(d))); }
CAPI int _PySet_NextEntry(PyObject* set, Py_ssize_t* position, PyObject** key, Py_hash_t* hash) {
  return check(PyAnySet_Check(set)) ? set_next(set, position, key, hash) : -1;
}

// -- slice --

CAPI int PySlice_Unpack(PyObject* slice, Py_ssize_t* start, Py_ssize_t* stop, Py_ssize_t* step) {
  Result<SliceBounds> bounds = slice_bounds(slice);
  if (!bounds) return -1;
  *start = (*bounds).start, *stop = (*bounds).stop, *step = (*bounds).step;
  return 0;
}
CAPI Py_ssize_t PySlice_AdjustIndices(Py_ssize_t length, Py_ssize_t* start, Py_ssize_t* stop, Py_ssize_t step) {
  SliceRange range = clamp_slice({*start, *stop, step}, length);
  *start = range.start, *stop = range.stop;
  return range.count;
}
#undef PySlice_GetIndicesEx
CAPI int PySlice_GetIndicesEx(PyObject* slice, Py_ssize_t length, Py_ssize_t* start, Py_ssize_t* stop, Py_ssize_t* step, Py_ssize_t* count) {
  if (PySlice_Unpack(slice, start, stop, step) < 0) return -1;
  *count = PySlice_AdjustIndices(length, start, stop, *step);
  return 0;
}
CAPI int _PyEval_SliceIndex(PyObject* o, Py_ssize_t* value) {
  if (o == Py_None) return 1;
  if (!is_index(o)) {
    raise(PyExc_TypeError, "slice indices must be integers or None or have an __index__ method");
    return 0;
  }
  Result<Py_ssize_t> n = to_ssize(o);
  if (!n) return 0;
  *value = *n;
  return 1;
}
CAPI int _PyEval_SliceIndexNotNone(PyObject* o, Py_ssize_t* value) {
  if (o != Py_None) return _PyEval_SliceIndex(o, value);
  raise(PyExc_TypeError, "slice indices must be integers or have an __index__ method");
  return 0;
}
