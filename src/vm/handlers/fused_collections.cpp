// Subscripts and attributes of locals: the object and the key are read where they are, without being counted.
// See fused_arithmetic.cpp for how fusing works.
#include "object/dict.h"
#include "object/dict_layout.h"
#include "object/error.h"
#include "object/int.h"
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
inline PyObject* list_item(PyObject* o, PyObject* key) { return item_at<PyListObject>(o, &PyList_Type, key); }
inline PyObject* tuple_item(PyObject* o, PyObject* key) { return item_at<PyTupleObject>(o, &PyTuple_Type, key); }

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
FUSED_SUBSCRIPT(LOAD_FAST__LOAD_FAST__SUBSCR_LIST, f->slots[*ip >> 8], list_item, op_LOAD_FAST__LOAD_FAST)
FUSED_SUBSCRIPT(LOAD_FAST__LOAD_CONST__SUBSCR_LIST, constant(f, *ip >> 8), list_item, op_LOAD_FAST__LOAD_CONST)
FUSED_SUBSCRIPT(LOAD_FAST__LOAD_CONST__SUBSCR_TUPLE, constant(f, *ip >> 8), tuple_item, op_LOAD_FAST__LOAD_CONST)
#undef FUSED_SUBSCRIPT

/// A list on the stack, its index in a local.
HANDLER(LOAD_FAST__SUBSCR_LIST) {
  PyObject* key = f->slots[oparg];
  PyObject* list = sp[-1];
  PyObject* item = key ? list_item(list, key) : nullptr;
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
  PyObject* old = list && key ? list_item(list, key) : nullptr;
  if (!old) [[unlikely]] BECOME(op_LOAD_FAST__LOAD_FAST);
  reinterpret_cast<PyListObject*>(list)->ob_item[single_digit_value(key)] = sp[-1];
  drop_at(f, ip + 2, old);
  NEXT(ip + 2 + cache_units(Opcode::STORE_SUBSCR), sp - 1);
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
