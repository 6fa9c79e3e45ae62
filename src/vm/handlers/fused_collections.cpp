// Subscripts and attributes of locals: the object and the key are read where they are, without being counted.
// See fused_arithmetic.cpp for how fusing works.
#include "object/dict.h"
#include "object/dict_layout.h"
#include "object/error.h"
#include "object/int.h"
#include "object/list.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/slice_range.h"
#include "vm/caches_inline.h"
#include "vm/numbers_inline.h"
#include "vm/specialize.h"

namespace taipan {

inline constexpr int kOverSubscript = 1 + cache_units(Opcode::BINARY_SUBSCR);

/// The item of a list or tuple; null: it is no exact one, or the index is none of one digit inside.
template <class T>
inline PyObject* item_at(PyObject* sequence, PyTypeObject* type, PyObject* key) {
  if (Py_TYPE(sequence) != type || !PyLong_CheckExact(key)) return nullptr;
  if (static_cast<size_t>(Py_SIZE(key)) > 1) return nullptr;
  auto i = static_cast<Py_ssize_t>(single_digit_value(key));
  return i < Py_SIZE(sequence) ? reinterpret_cast<T*>(sequence)->ob_item[i] : nullptr;
}
inline PyObject* item_of_list(PyObject* o, PyObject* key) { return item_at<PyListObject>(o, &PyList_Type, key); }
inline PyObject* item_of_tuple(PyObject* o, PyObject* key) { return item_at<PyTupleObject>(o, &PyTuple_Type, key); }

#define FUSED_SUBSCRIPT(name, key_value, look_up, fallback)       \
  HANDLER(name) {                                                 \
    PyObject* sequence = f->slots[oparg];                         \
    PyObject* key = key_value;                                    \
    if (!sequence || !key) [[unlikely]] BECOME(fallback);         \
    PyObject* item = look_up(sequence, key);                      \
    if (!item) [[unlikely]] BECOME(fallback);                     \
    Py_INCREF(item);                                              \
    *sp = item;                                                   \
    NEXT(ip + 1 + kOverSubscript, sp + 1);                        \
  }
FUSED_SUBSCRIPT(LOAD_FAST__LOAD_FAST__SUBSCR_LIST, f->slots[*ip >> 8], item_of_list, op_LOAD_FAST__LOAD_FAST)
FUSED_SUBSCRIPT(LOAD_FAST__LOAD_CONST__SUBSCR_LIST, constant(f, *ip >> 8), item_of_list, op_LOAD_FAST__LOAD_CONST)
FUSED_SUBSCRIPT(LOAD_FAST__LOAD_CONST__SUBSCR_TUPLE, constant(f, *ip >> 8), item_of_tuple, op_LOAD_FAST__LOAD_CONST)
#undef FUSED_SUBSCRIPT

/// A list on the stack, its index in a local.
HANDLER(LOAD_FAST__SUBSCR_LIST) {
  PyObject* key = f->slots[oparg];
  PyObject* list = sp[-1];
  PyObject* item = key ? item_of_list(list, key) : nullptr;
  if (!item) [[unlikely]] BECOME(op_LOAD_FAST);
  Py_INCREF(item);
  sp[-1] = item;
  drop_at(f, ip + 1, list);
  NEXT(ip + kOverSubscript, sp);
}

/// `list[i] = value`: the value is on the stack.
HANDLER(LOAD_FAST__LOAD_FAST__STORE_SUBSCR_LIST) {
  PyObject* list = f->slots[oparg];
  PyObject* key = f->slots[*ip >> 8];
  PyObject* old = list && key ? item_of_list(list, key) : nullptr;
  if (!old) [[unlikely]] BECOME(op_LOAD_FAST__LOAD_FAST);
  reinterpret_cast<PyListObject*>(list)->ob_item[single_digit_value(key)] = sp[-1];
  drop_at(f, ip + 2, old);
  NEXT(ip + 2 + cache_units(Opcode::STORE_SUBSCR), sp - 1);
}

// -- slices: no slice object is made --

/// A bound of a slice: None or an int of one digit.
inline bool read_bound(PyObject* o, Py_ssize_t* value) {
  if (o == Py_None) return true;
  if (!PyLong_CheckExact(o) || !one_digit(o)) return false;
  *value = static_cast<Py_ssize_t>(single_digit_value(o));
  return true;
}
/// What `n` bounds on the stack mean; false: they are no plain ones.
static bool read_slice(PyObject** bounds, unsigned n, SliceBounds* b) {
  b->step = 1;
  if (n == 3 && (!read_bound(bounds[2], &b->step) || b->step == 0)) return false;
  b->start = b->step < 0 ? PY_SSIZE_T_MAX : 0;
  b->stop = b->step < 0 ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX;
  return read_bound(bounds[0], &b->start) && read_bound(bounds[1], &b->stop);
}

/// A part of an exact list, tuple or str. `*plain` false: it is something else.
[[gnu::noinline]] static PyObject* part_of(PyObject* o, PyObject** bounds, unsigned n, bool* plain) {
  SliceBounds b;
  *plain = (PyList_CheckExact(o) || PyTuple_CheckExact(o) || PyUnicode_CheckExact(o)) && read_slice(bounds, n, &b);
  if (!*plain) return nullptr;
  if (PyList_CheckExact(o)) return list_part(o, clamp_slice(b, Py_SIZE(o))).release();
  *plain = b.step == 1;
  if (!*plain) return nullptr;
  if (PyTuple_CheckExact(o)) {
    SliceRange r = clamp_slice(b, Py_SIZE(o));
    return tuple_slice(o, r.start, r.start + (r.count > 0 ? r.count : 0)).release();
  }
  SliceRange r = clamp_slice(b, str_length(o));
  return str_slice(o, r.start, r.start + (r.count > 0 ? r.count : 0)).release();
}
HANDLER(BUILD_SLICE__BINARY_SUBSCR) {
  PyObject** bounds = sp - oparg;
  PyObject* sequence = bounds[-1];
  save(f, ip);
  bool plain;
  PyObject* part = part_of(sequence, bounds, oparg, &plain);
  if (!plain) BECOME(op_BUILD_SLICE);
  for (PyObject** p = bounds; p < sp; p++) drop(*p);
  save(f, ip + 1);
  drop(sequence);
  if (!part) [[unlikely]] {
    ip++;
    RAISED(bounds - 1);
  }
  bounds[-1] = part;
  NEXT(ip + kOverSubscript, bounds);
}

/// list[a:b:c] = value. -1: failed, 0: something else than an exact list and plain bounds, 1: done.
[[gnu::noinline]] static int store_part(PyObject* list, PyObject** bounds, unsigned n, PyObject* value) {
  SliceBounds b;
  if (!PyList_CheckExact(list) || !read_slice(bounds, n, &b)) return 0;
  return list_store_part(list, b, value) ? 1 : -1;
}
HANDLER(BUILD_SLICE__STORE_SUBSCR) {
  PyObject** bounds = sp - oparg;
  PyObject* list = bounds[-1];
  PyObject* value = bounds[-2];
  save(f, ip + 1);
  int done = store_part(list, bounds, oparg, value);
  if (done == 0) BECOME(op_BUILD_SLICE);
  for (PyObject** p = bounds; p < sp; p++) drop(*p);
  drop(value);
  drop(list);
  if (done < 0) [[unlikely]] {
    ip++;
    RAISED(bounds - 2);
  }
  NEXT(ip + 1 + cache_units(Opcode::STORE_SUBSCR), bounds - 2);
}

// -- attributes --

HANDLER(LOAD_FAST__LOAD_ATTR_INSTANCE_VALUE) {
  PyObject* owner = f->slots[oparg];
  const CodeUnit* cache = ip + 1;
  if (!owner || !has_version(Py_TYPE(owner), cache + AttributeCache::type_version)) [[unlikely]] BECOME(op_LOAD_FAST);
  DictValues* values = *values_slot(owner);
  unsigned i = cache[AttributeCache::index];
  if (!values || i >= values->capacity || !values->items[i]) [[unlikely]] BECOME(op_LOAD_FAST);
  PyObject* value = values->items[i];
  Py_INCREF(value);
  *sp = value;
  NEXT(cache + cache_units(Opcode::LOAD_ATTR), sp + 1);
}
HANDLER(LOAD_FAST__LOAD_ATTR_SLOT) {
  PyObject* owner = f->slots[oparg];
  const CodeUnit* cache = ip + 1;
  if (!owner || !has_version(Py_TYPE(owner), cache + AttributeCache::type_version)) [[unlikely]] BECOME(op_LOAD_FAST);
  PyObject* value = *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(owner) + cache[AttributeCache::index]);
  if (!value) [[unlikely]] BECOME(op_LOAD_FAST);
  Py_INCREF(value);
  *sp = value;
  NEXT(cache + cache_units(Opcode::LOAD_ATTR), sp + 1);
}
HANDLER(LOAD_FAST__STORE_ATTR_INSTANCE_VALUE) {
  PyObject* owner = f->slots[oparg];
  const CodeUnit* cache = ip + 1;
  if (!owner || !has_version(Py_TYPE(owner), cache + AttributeCache::type_version)) [[unlikely]] BECOME(op_LOAD_FAST);
  DictValues* values = *values_slot(owner);
  unsigned i = cache[AttributeCache::index];
  if (!values || i >= values->capacity) [[unlikely]] BECOME(op_LOAD_FAST);
  PyObject* old = values->items[i];
  values->items[i] = sp[-1];
  if (old) drop_at(f, cache, old);
  else values->add_to_order(i);
  NEXT(cache + cache_units(Opcode::STORE_ATTR), sp - 1);
}
HANDLER(LOAD_FAST__STORE_ATTR_SLOT) {
  PyObject* owner = f->slots[oparg];
  const CodeUnit* cache = ip + 1;
  if (!owner || !has_version(Py_TYPE(owner), cache + AttributeCache::type_version)) [[unlikely]] BECOME(op_LOAD_FAST);
  auto* place = reinterpret_cast<PyObject**>(reinterpret_cast<char*>(owner) + cache[AttributeCache::index]);
  PyObject* old = *place;
  *place = sp[-1];
  if (old) drop_at(f, cache, old);
  NEXT(cache + cache_units(Opcode::STORE_ATTR), sp - 1);
}

HANDLER(LOAD_FAST__LOAD_METHOD_WITH_VALUES) {
  PyObject* self = f->slots[oparg];
  const CodeUnit* cache = ip + 1;
  if (!self) [[unlikely]] BECOME(op_LOAD_FAST);
  PyTypeObject* type = Py_TYPE(self);
  if (!has_version(type, cache + MethodCache::type_version)) [[unlikely]] BECOME(op_LOAD_FAST);
  DictKeys* keys = reinterpret_cast<PyHeapTypeObject*>(type)->ht_cached_keys;
  if (!*values_slot(self) || keys->version != read_u32(cache + MethodCache::keys_version)) [[unlikely]] BECOME(op_LOAD_FAST);
  auto* method = read_pointer<PyObject>(cache + MethodCache::method);
  Py_INCREF(method);
  Py_INCREF(self);
  sp[0] = method;
  sp[1] = self;
  NEXT(cache + cache_units(Opcode::LOAD_METHOD), sp + 2);
}
HANDLER(LOAD_FAST__LOAD_METHOD_NO_DICT) {
  PyObject* self = f->slots[oparg];
  const CodeUnit* cache = ip + 1;
  if (!self || !has_version(Py_TYPE(self), cache + MethodCache::type_version)) [[unlikely]] BECOME(op_LOAD_FAST);
  auto* method = read_pointer<PyObject>(cache + MethodCache::method);
  Py_INCREF(method);
  Py_INCREF(self);
  sp[0] = method;
  sp[1] = self;
  NEXT(cache + cache_units(Opcode::LOAD_METHOD), sp + 2);
}

}  // namespace taipan
