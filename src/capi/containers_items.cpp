// listobject.h, tupleobject.h, dictobject.h, sliceobject.h, weakrefobject.h, iterobject.h: single items and whole contents.
#include <cstdarg>

#include "capi/export.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/descriptor.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/list.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/weakref.h"
#include "types/simple_namespace.h"
#include "types/slice_range.h"

using namespace taipan;

namespace {
bool is(bool ok) {
  if (!ok) raise_internal("bad argument to internal function");
  return ok;
}
}  // namespace

// -- list --
CAPI Py_ssize_t PyList_Size(PyObject* o) { return is(PyList_Check(o)) ? list_size(o) : -1; }
CAPI PyObject* PyList_GetItem(PyObject* o, Py_ssize_t i) {
  if (!is(PyList_Check(o))) return nullptr;
  if (i >= 0 && i < list_size(o)) return list_item(o, i);
  raise(PyExc_IndexError, "list index out of range");
  return nullptr;
}
CAPI int PyList_SetItem(PyObject* o, Py_ssize_t i, PyObject* value) {
  Ref<> owned = adopt(value);
  if (!is(PyList_Check(o))) return -1;
  if (i < 0 || i >= list_size(o)) {
    raise(PyExc_IndexError, "list assignment index out of range");
    return -1;
  }
  Ref<> old = adopt(std::exchange(reinterpret_cast<List*>(o)->ob_item[i], owned.release()));
  return 0;
}
CAPI int PyList_Insert(PyObject* o, Py_ssize_t i, PyObject* value) { return is(PyList_Check(o) && value) ? list_insert(o, i, value).to_c() : -1; }
CAPI PyObject* PyList_GetSlice(PyObject* o, Py_ssize_t low, Py_ssize_t high) { return is(PyList_Check(o)) ? lower(list_slice(o, low, high)) : nullptr; }
CAPI int PyList_SetSlice(PyObject* o, Py_ssize_t low, Py_ssize_t high, PyObject* items) {
  return is(PyList_Check(o)) ? list_set_slice(o, low, high, items).to_c() : -1;
}
CAPI int PyList_Reverse(PyObject* o) { return is(PyList_Check(o)) && call_method(o, "reverse"_name) ? 0 : -1; }
CAPI PyObject* PyList_AsTuple(PyObject* o) { return is(PyList_Check(o)) ? lower(to_tuple(o)) : nullptr; }

// -- tuple --
CAPI Py_ssize_t PyTuple_Size(PyObject* o) { return is(PyTuple_Check(o)) ? tuple_size(o) : -1; }
CAPI PyObject* PyTuple_GetItem(PyObject* o, Py_ssize_t i) {
  if (!is(PyTuple_Check(o))) return nullptr;
  if (i >= 0 && i < tuple_size(o)) return item(o, i);
  raise(PyExc_IndexError, "tuple index out of range");
  return nullptr;
}
CAPI int PyTuple_SetItem(PyObject* o, Py_ssize_t i, PyObject* value) {
  Ref<> owned = adopt(value);
  if (!is(PyTuple_Check(o) && Py_REFCNT(o) == 1)) return -1;
  if (i < 0 || i >= tuple_size(o)) {
    raise(PyExc_IndexError, "tuple assignment index out of range");
    return -1;
  }
  Ref<> old = adopt(std::exchange(reinterpret_cast<Tuple*>(o)->ob_item[i], owned.release()));
  return 0;
}
CAPI PyObject* PyTuple_GetSlice(PyObject* o, Py_ssize_t low, Py_ssize_t high) { return is(PyTuple_Check(o)) ? lower(tuple_slice(o, low, high)) : nullptr; }
CAPI PyObject* PyTuple_Pack(Py_ssize_t n, ...) {
  Ref<Tuple> made = new_tuple(n);
  if (!made) return nullptr;
  va_list list;
  va_start(list, n);
  for (Py_ssize_t i = 0; i < n; i++) made->ob_item[i] = Py_NewRef(va_arg(list, PyObject*));
  va_end(list);
  return lower(std::move(made));
}

// -- dict --
CAPI PyObject* PyDict_GetItemString(PyObject* d, const char* key) {
  Ref<> text = new_str(key);
  if (text) return PyDict_GetItem(d, text.get());
  clear_error();
  return nullptr;
}
CAPI int PyDict_SetItemString(PyObject* d, const char* key, PyObject* value) {
  Ref<> text = adopt(PyUnicode_InternFromString(key));
  return text ? PyDict_SetItem(d, text.get(), value) : -1;
}
CAPI int PyDict_DelItemString(PyObject* d, const char* key) {
  Ref<> text = new_str(key);
  return text ? PyDict_DelItem(d, text.get()) : -1;
}
CAPI PyObject* _PyDict_GetItemIdWithError(PyObject* d, _Py_Identifier* id) {
  Ref<> text = new_str(id->string);
  return text ? PyDict_GetItemWithError(d, text.get()) : nullptr;
}
CAPI int _PyDict_SetItemId(PyObject* d, _Py_Identifier* id, PyObject* value) { return PyDict_SetItemString(d, id->string, value); }
CAPI int _PyDict_ContainsId(PyObject* d, _Py_Identifier* id) {
  Ref<> text = new_str(id->string);
  return text ? PyDict_Contains(d, text.get()) : -1;
}
CAPI PyObject* _PyDict_GetItem_KnownHash(PyObject* d, PyObject* key, Py_hash_t h) {
  if (!is(PyDict_Check(d))) return nullptr;
  auto found = dict_find(d, key, h);
  return found ? *found : nullptr;
}
CAPI int _PyDict_SetItem_KnownHash(PyObject* d, PyObject* key, PyObject* value, Py_hash_t h) {
  return is(PyDict_Check(d)) ? dict_set(d, key, value, h).to_c() : -1;
}
CAPI int _PyDict_DelItem_KnownHash(PyObject* d, PyObject* key, Py_hash_t h) {
  auto removed = dict_pop(d, key, h);
  if (!removed) return -1;
  if (removed.take()) return 0;
  raise_key_error(key);
  return -1;
}
CAPI PyObject* PyDict_SetDefault(PyObject* d, PyObject* key, PyObject* value) {
  if (!is(PyDict_Check(d))) return nullptr;
  auto kept = dict_set_default(d, key, value);
  return kept ? *kept : nullptr;
}
CAPI void PyDict_Clear(PyObject* d) {
  if (PyDict_Check(d)) dict_clear(d);
}
CAPI int PyDict_Update(PyObject* d, PyObject* other) { return is(PyDict_Check(d)) ? dict_merge(d, other, 1).to_c() : -1; }
CAPI int PyDict_Merge(PyObject* d, PyObject* other, int override) { return is(PyDict_Check(d)) ? dict_merge(d, other, override != 0).to_c() : -1; }
CAPI int PyDict_MergeFromSeq2(PyObject* d, PyObject* pairs, int override) { return dict_merge_pairs(d, pairs, override != 0).to_c(); }
CAPI PyObject* PyDict_Keys(PyObject* d) { return is(PyDict_Check(d)) ? lower(dict_keys_list(d)) : nullptr; }
CAPI PyObject* PyDict_Values(PyObject* d) { return is(PyDict_Check(d)) ? lower(dict_values_list(d)) : nullptr; }
CAPI PyObject* PyDict_Items(PyObject* d) { return is(PyDict_Check(d)) ? lower(dict_items_list(d)) : nullptr; }
CAPI Py_ssize_t _PyDict_SizeOf(PyDictObject* d) { return static_cast<Py_ssize_t>(dict_memory(object(d))); }
CAPI PyObject* PyDictProxy_New(PyObject* mapping) { return lower(new_mapping_proxy(mapping)); }
CAPI PyObject* _PyNamespace_New(PyObject* kwargs) {
  return lower(call_object(object(&_PyNamespace_Type), empty_tuple(), kwargs));
}

// -- slices --
CAPI int PySlice_Unpack(PyObject* o, Py_ssize_t* start, Py_ssize_t* stop, Py_ssize_t* step) {
  auto* s = reinterpret_cast<PySliceObject*>(o);
  auto bound = [](PyObject* value, Py_ssize_t* to, Py_ssize_t otherwise) {
    if (value == Py_None) *to = otherwise;
    else return _PyEval_SliceIndex(value, to) != 0;
    return true;
  };
  if (!bound(s->step, step, 1)) return -1;
  if (*step == 0) {
    raise(PyExc_ValueError, "slice step cannot be zero");
    return -1;
  }
  if (*step < -PY_SSIZE_T_MAX) *step = -PY_SSIZE_T_MAX;
  if (!bound(s->start, start, *step < 0 ? PY_SSIZE_T_MAX : 0)) return -1;
  return bound(s->stop, stop, *step < 0 ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX) ? 0 : -1;
}
CAPI Py_ssize_t PySlice_AdjustIndices(Py_ssize_t length, Py_ssize_t* start, Py_ssize_t* stop, Py_ssize_t step) {
  auto clamp = [&](Py_ssize_t* i) {
    if (*i < 0 && (*i += length) < 0) *i = step < 0 ? -1 : 0;
    else if (*i >= length) *i = step < 0 ? length - 1 : length;
  };
  clamp(start);
  clamp(stop);
  if (step < 0) return *stop < *start ? (*start - *stop - 1) / -step + 1 : 0;
  return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
}
CAPI int _PyEval_SliceIndexNotNone(PyObject* o, Py_ssize_t* to) {
  if (!is_index(o)) {
    raise(PyExc_TypeError, "slice indices must be integers or have an __index__ method");
    return 0;
  }
  auto value = to_ssize(o);
  if (value) *to = *value;
  return static_cast<bool>(value);
}
CAPI int _PyEval_SliceIndex(PyObject* o, Py_ssize_t* to) {
  if (o == Py_None) return 1;
  if (is_index(o)) return _PyEval_SliceIndexNotNone(o, to);
  raise(PyExc_TypeError, "slice indices must be integers or None or have an __index__ method");
  return 0;
}
CAPI PyObject* PyWeakref_GetObject(PyObject* o) {
  if (!is(o && PyWeakref_Check(o))) return nullptr;
  PyObject* target = reinterpret_cast<PyWeakReference*>(o)->wr_object;
  return Py_REFCNT(target) > 0 ? target : Py_None;
}
CAPI PyObject* PyDescr_NewMethod(PyTypeObject* type, PyMethodDef* row) { return lower(new_method_descriptor(type, row)); }
CAPI PyObject* PyDescr_NewGetSet(PyTypeObject* type, PyGetSetDef* row) { return lower(new_getset_descriptor(type, row)); }
CAPI PyObject* PyDescr_NewMember(PyTypeObject* type, PyMemberDef* row) { return lower(new_member_descriptor(type, row)); }
CAPI PyObject* PyDescr_NewClassMethod(PyTypeObject* type, PyMethodDef* row) { return lower(new_classmethod_descriptor(type, row)); }
