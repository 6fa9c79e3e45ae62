// Attributes, methods and globals found through caches: a version compared, an index used.
#include "object/dict.h"
#include "object/dict_layout.h"
#include "object/gc.h"
#include "types/module.h"
#include "vm/caches_inline.h"
#include "vm/specialize.h"

namespace taipan {

// -- globals --

ADAPTIVE(LOAD_GLOBAL, specialize_load_global(at, f->globals, f->builtins, name_at(f, oparg >> 1)))

HANDLER(LOAD_GLOBAL_MODULE) {
  DictKeys* keys = keys_of(f->globals);  // no other dict's keys have this version
  GUARD(LOAD_GLOBAL, keys->version == read_u32(ip + GlobalCache::keys_version));
  PyObject* value = keys->name_entries()[ip[GlobalCache::index]].value;
  GUARD(LOAD_GLOBAL, value);
  Py_INCREF(value);
  *sp = nullptr;
  sp[oparg & 1] = value;
  NEXT(ip + cache_units(Opcode::LOAD_GLOBAL), sp + 1 + (oparg & 1));
}
HANDLER(LOAD_GLOBAL_BUILTIN) {
  GUARD(LOAD_GLOBAL, keys_of(f->globals)->version == read_u32(ip + GlobalCache::keys_version));
  GUARD(LOAD_GLOBAL, PyDict_Check(f->builtins));
  DictKeys* keys = keys_of(f->builtins);
  GUARD(LOAD_GLOBAL, keys->version == ip[GlobalCache::builtins_version]);
  PyObject* value = keys->name_entries()[ip[GlobalCache::index]].value;
  GUARD(LOAD_GLOBAL, value);
  Py_INCREF(value);
  *sp = nullptr;
  sp[oparg & 1] = value;
  NEXT(ip + cache_units(Opcode::LOAD_GLOBAL), sp + 1 + (oparg & 1));
}

// -- reading attributes --

ADAPTIVE(LOAD_ATTR, specialize_load_attr(at, sp[-1], name_at(f, oparg)); fuse_with_loads(f->code, at))

#define LOADED(owner, value)                           \
  Py_INCREF(value);                                    \
  sp[-1] = value;                                      \
  drop_at(f, ip, owner);                               \
  NEXT(ip + cache_units(Opcode::LOAD_ATTR), sp)

HANDLER(LOAD_ATTR_INSTANCE_VALUE) {
  PyObject* owner = sp[-1];
  GUARD(LOAD_ATTR, has_version(Py_TYPE(owner), ip + AttributeCache::type_version));
  DictValues* values = *values_slot(owner);
  unsigned i = ip[AttributeCache::index];
  GUARD(LOAD_ATTR, values && i < values->capacity);
  PyObject* value = values->items[i];
  GUARD(LOAD_ATTR, value);
  LOADED(owner, value);
}
HANDLER(LOAD_ATTR_SLOT) {
  PyObject* owner = sp[-1];
  GUARD(LOAD_ATTR, has_version(Py_TYPE(owner), ip + AttributeCache::type_version));
  PyObject* value = *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(owner) + ip[AttributeCache::index]);
  GUARD(LOAD_ATTR, value);
  LOADED(owner, value);
}
HANDLER(LOAD_ATTR_MODULE) {
  PyObject* owner = sp[-1];
  GUARD(LOAD_ATTR, PyModule_CheckExact(owner));
  DictKeys* keys = keys_of(module_dict(owner));
  GUARD(LOAD_ATTR, keys->version == read_u32(ip + AttributeCache::type_version));
  PyObject* value = keys->name_entries()[ip[AttributeCache::index]].value;
  GUARD(LOAD_ATTR, value);
  LOADED(owner, value);
}

/// The dict of an instance whose type has a valid cache; null: none, or no exact dict.
inline Dict* plain_dict_of(PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  PyObject* dict = type->tp_flags & Py_TPFLAGS_MANAGED_DICT
                       ? *managed_dict_slot(o)
                       : *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(o) + type->tp_dictoffset);
  return dict && PyDict_CheckExact(dict) ? reinterpret_cast<Dict*>(dict) : nullptr;
}
/// The place of a name's value if it is where it was last time; null otherwise.
inline PyObject** hinted_place(Dict* dict, Py_ssize_t hint, PyObject* name) {
  DictKeys* keys = dict->ma_keys;
  if (hint >= keys->nentries || keys->is_general()) return nullptr;
  if (keys->name_entries()[hint].key != name) return nullptr;
  if (!dict->ma_values) return &keys->name_entries()[hint].value;
  return hint < dict->ma_values->capacity ? &dict->ma_values->items[hint] : nullptr;
}
HANDLER(LOAD_ATTR_WITH_HINT) {
  PyObject* owner = sp[-1];
  GUARD(LOAD_ATTR, has_version(Py_TYPE(owner), ip + AttributeCache::type_version));
  Dict* dict = plain_dict_of(owner);
  GUARD(LOAD_ATTR, dict);
  PyObject** place = hinted_place(dict, ip[AttributeCache::index], name_at(f, oparg));
  GUARD(LOAD_ATTR, place && *place);
  PyObject* value = *place;
  LOADED(owner, value);
}
#undef LOADED

// -- writing attributes --

ADAPTIVE(STORE_ATTR, specialize_store_attr(at, sp[-1], name_at(f, oparg)); fuse_with_loads(f->code, at))

// The old value may die and look at anything: the store is complete by then.
#define STORED(owner, old)                                    \
  if (old) {                                                  \
    drop_at(f, ip, old);                                      \
  }                                                           \
  drop_at(f, ip, owner);                                      \
  NEXT(ip + cache_units(Opcode::STORE_ATTR), sp - 2)

HANDLER(STORE_ATTR_INSTANCE_VALUE) {
  PyObject* owner = sp[-1];
  GUARD(STORE_ATTR, has_version(Py_TYPE(owner), ip + AttributeCache::type_version));
  DictValues* values = *values_slot(owner);
  unsigned i = ip[AttributeCache::index];
  GUARD(STORE_ATTR, values && i < values->capacity);
  PyObject* old = values->items[i];
  values->items[i] = sp[-2];
  if (!old) values->add_to_order(i);
  STORED(owner, old);
}
HANDLER(STORE_ATTR_SLOT) {
  PyObject* owner = sp[-1];
  GUARD(STORE_ATTR, has_version(Py_TYPE(owner), ip + AttributeCache::type_version));
  auto* place = reinterpret_cast<PyObject**>(reinterpret_cast<char*>(owner) + ip[AttributeCache::index]);
  PyObject* old = *place;
  *place = sp[-2];
  STORED(owner, old);
}
HANDLER(STORE_ATTR_WITH_HINT) {
  PyObject* owner = sp[-1];
  GUARD(STORE_ATTR, has_version(Py_TYPE(owner), ip + AttributeCache::type_version));
  Dict* dict = plain_dict_of(owner);
  GUARD(STORE_ATTR, dict);
  PyObject** place = hinted_place(dict, ip[AttributeCache::index], name_at(f, oparg));
  GUARD(STORE_ATTR, place && *place);
  PyObject* old = *place;
  *place = sp[-2];
  if (!gc_is_tracked(object(dict)) && gc_may_be_tracked(sp[-2])) gc_track(object(dict));
  dict->ma_version_tag = next_dict_version();
  STORED(owner, old);
}
#undef STORED

// -- methods --

ADAPTIVE(LOAD_METHOD, specialize_load_method(at, sp[-1], name_at(f, oparg)); fuse_with_loads(f->code, at))

#define LOADED_METHOD()                                                   \
  do {                                                                    \
    auto* method = read_pointer<PyObject>(ip + MethodCache::method);      \
    Py_INCREF(method);                                                    \
    sp[-1] = method;                                                      \
    *sp = self;                                                           \
    NEXT(ip + cache_units(Opcode::LOAD_METHOD), sp + 1);                  \
  } while (0)

HANDLER(LOAD_METHOD_WITH_VALUES) {
  PyObject* self = sp[-1];
  PyTypeObject* type = Py_TYPE(self);
  GUARD(LOAD_METHOD, has_version(type, ip + MethodCache::type_version));
  DictKeys* keys = reinterpret_cast<PyHeapTypeObject*>(type)->ht_cached_keys;
  GUARD(LOAD_METHOD, *values_slot(self) && keys->version == read_u32(ip + MethodCache::keys_version));
  LOADED_METHOD();
}
HANDLER(LOAD_METHOD_NO_DICT) {
  PyObject* self = sp[-1];
  GUARD(LOAD_METHOD, has_version(Py_TYPE(self), ip + MethodCache::type_version));
  LOADED_METHOD();
}
HANDLER(LOAD_METHOD_WITH_DICT) {
  PyObject* self = sp[-1];
  GUARD(LOAD_METHOD, has_version(Py_TYPE(self), ip + MethodCache::type_version));
  PyObject* dict = *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(self) + ip[MethodCache::dict_offset]);
  uint32_t version = dict ? keys_of(dict)->version : 0;
  GUARD(LOAD_METHOD, version == read_u32(ip + MethodCache::keys_version) && (version || !dict));
  LOADED_METHOD();
}
HANDLER(LOAD_METHOD_CLASS) {
  PyObject* cls = sp[-1];
  GUARD(LOAD_METHOD, PyType_Check(cls));
  GUARD(LOAD_METHOD, has_version(reinterpret_cast<PyTypeObject*>(cls), ip + MethodCache::type_version));
  auto* method = read_pointer<PyObject>(ip + MethodCache::method);
  Py_INCREF(method);
  sp[-1] = nullptr;
  *sp = method;
  drop_at(f, ip, cls);
  NEXT(ip + cache_units(Opcode::LOAD_METHOD), sp + 1);
}
HANDLER(LOAD_METHOD_MODULE) {
  PyObject* module = sp[-1];
  GUARD(LOAD_METHOD, PyModule_CheckExact(module));
  DictKeys* keys = keys_of(module_dict(module));
  GUARD(LOAD_METHOD, keys->version == read_u32(ip + MethodCache::keys_version));
  PyObject* value = keys->name_entries()[ip[MethodCache::dict_offset]].value;
  GUARD(LOAD_METHOD, value);
  Py_INCREF(value);
  sp[-1] = nullptr;
  *sp = value;
  drop(module);
  NEXT(ip + cache_units(Opcode::LOAD_METHOD), sp + 1);
}
#undef LOADED_METHOD

}  // namespace taipan
