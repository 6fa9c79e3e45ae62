// Specialisation of attribute access, method look-up and globals.
#include "object/descriptor.h"
#include "object/dict.h"
#include "object/dict_layout.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/type.h"
#include "structmember.h"
#include "types/module.h"
#include "vm/specialize.h"

namespace taipan {

static constexpr Py_ssize_t kLargestIndex = 0xffff;

/// Where a dict of str keys has a name: its index; negative: not there, or not a dict of that kind.
static Py_ssize_t index_in_names(PyObject* dict, PyObject* name) {
  if (!PyDict_CheckExact(dict)) return -1;
  DictKeys* keys = reinterpret_cast<Dict*>(dict)->ma_keys;
  if (keys->kind != DictKind::names) return -1;
  Py_ssize_t i = find_name(keys, name, str_hash(name));
  return i <= kLargestIndex ? i : -1;
}
static uint32_t version_of_keys(PyObject* dict) { return keys_version(reinterpret_cast<Dict*>(dict)->ma_keys); }

void specialize_load_global(CodeUnit* at, PyObject* globals, PyObject* builtins, PyObject* name) {
  Py_ssize_t index = index_in_names(globals, name);
  if (index >= 0) {
    uint32_t version = version_of_keys(globals);
    if (!version) return not_specialized(at);
    at[1 + GlobalCache::index] = static_cast<CodeUnit>(index);
    write_u32(at + 1 + GlobalCache::keys_version, version);
    return specialized_to(at, Opcode::LOAD_GLOBAL_MODULE);
  }
  if (!PyDict_CheckExact(globals) || reinterpret_cast<Dict*>(globals)->ma_keys->kind != DictKind::names)
    return not_specialized(at);
  index = index_in_names(builtins, name);
  if (index < 0) return not_specialized(at);
  uint32_t version = version_of_keys(globals), builtins_version = version_of_keys(builtins);
  if (!version || !builtins_version || builtins_version > 0xffff) return not_specialized(at);
  at[1 + GlobalCache::index] = static_cast<CodeUnit>(index);
  write_u32(at + 1 + GlobalCache::keys_version, version);
  at[1 + GlobalCache::builtins_version] = static_cast<CodeUnit>(builtins_version);
  specialized_to(at, Opcode::LOAD_GLOBAL_BUILTIN);
}

/// The offset of a plain `__slots__` member that the type has under this name; 0: it is something else.
static Py_ssize_t slot_offset(PyTypeObject* type, PyObject* descriptor, bool writing) {
  if (Py_TYPE(descriptor) != &PyMemberDescr_Type) return 0;
  PyMemberDef* member = reinterpret_cast<PyMemberDescrObject*>(descriptor)->d_member;
  if (!is_subtype(type, reinterpret_cast<PyMemberDescrObject*>(descriptor)->d_common.d_type)) return 0;
  if (member->type != T_OBJECT_EX || (writing && member->flags & READONLY)) return 0;
  if (member->offset <= 0 || member->offset > kLargestIndex) return 0;
  return member->offset;
}

static void cache_attribute(CodeUnit* at, PyTypeObject* type, Py_ssize_t index, Opcode op) {
  write_u32(at + 1 + AttributeCache::type_version, type->tp_version_tag);
  at[1 + AttributeCache::index] = static_cast<CodeUnit>(index);
  specialized_to(at, op);
}

/// The attribute lies in the instance: in its values, or in its dict at a place to try first.
static void specialize_instance_attribute(CodeUnit* at, PyObject* owner, PyObject* name, Opcode in_values,
                                          Opcode in_dict) {
  PyTypeObject* type = Py_TYPE(owner);
  PyObject* dict = nullptr;
  if (has_feature(type, Py_TPFLAGS_MANAGED_DICT)) {
    if (DictValues* values = *values_slot(owner)) {
      DictKeys* keys = reinterpret_cast<PyHeapTypeObject*>(type)->ht_cached_keys;
      Py_ssize_t i = find_name(keys, name, str_hash(name));
      if (i < 0 || i >= values->capacity) return not_specialized(at);
      return cache_attribute(at, type, i, in_values);
    }
    dict = *managed_dict_slot(owner);
  } else if (type->tp_dictoffset > 0 && type->tp_dictoffset < kLargestIndex) {
    dict = *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(owner) + type->tp_dictoffset);
  }
  if (!dict || !PyDict_CheckExact(dict)) return not_specialized(at);
  DictKeys* keys = reinterpret_cast<Dict*>(dict)->ma_keys;
  if (keys->is_general()) return not_specialized(at);
  Py_ssize_t i = find_name(keys, name, str_hash(name));
  if (i < 0 || i > kLargestIndex) return not_specialized(at);
  cache_attribute(at, type, i, in_dict);
}

static void specialize_module_attribute(CodeUnit* at, PyObject* module, PyObject* name) {
  PyObject* dict = module_dict(module);
  Py_ssize_t index = dict ? index_in_names(dict, name) : -1;
  if (index < 0) return not_specialized(at);
  uint32_t version = version_of_keys(dict);
  if (!version) return not_specialized(at);
  write_u32(at + 1 + AttributeCache::type_version, version);
  at[1 + AttributeCache::index] = static_cast<CodeUnit>(index);
  specialized_to(at, Opcode::LOAD_ATTR_MODULE);
}

/// A class attribute whose type cannot get a `__set__` any more: the cache's version would not notice.
static bool stays_no_data_descriptor(PyObject* found) {
  return !is_data_descriptor(found) && has_feature(Py_TYPE(found), Py_TPFLAGS_IMMUTABLETYPE);
}

static bool has_generic_look_up(PyTypeObject* type) { return type->tp_getattro == generic_get_attr_slot; }

/// Is it without a `__get__`, and will be?
static bool never_has_get(PyObject* found) {
  return !Py_TYPE(found)->tp_descr_get && has_feature(Py_TYPE(found), Py_TPFLAGS_IMMUTABLETYPE);
}

/// `Class.name`: something without a __get__, or a function, and the metaclass has nothing to say about the name.
static void specialize_attribute_of_class(CodeUnit* at, PyTypeObject* cls, PyObject* name) {
  if (type_lookup(&PyType_Type, name) || !assign_version(cls)) return not_specialized(at);
  PyObject* found = type_lookup(cls, name);
  if (!found || !(never_has_get(found) || Py_TYPE(found) == &PyFunction_Type)) return not_specialized(at);
  cache_attribute(at, cls, 0, Opcode::LOAD_ATTR_OF_CLASS);
}

void specialize_load_attr(CodeUnit* at, PyObject* owner, PyObject* name) {
  PyTypeObject* type = Py_TYPE(owner);
  if (PyModule_CheckExact(owner)) return specialize_module_attribute(at, owner, name);
  if (type == &PyType_Type) return specialize_attribute_of_class(at, reinterpret_cast<PyTypeObject*>(owner), name);
  if (!has_generic_look_up(type) || !assign_version(type)) return not_specialized(at);
  PyObject* found = type_lookup(type, name);
  if (!found)
    return specialize_instance_attribute(at, owner, name, Opcode::LOAD_ATTR_INSTANCE_VALUE,
                                         Opcode::LOAD_ATTR_WITH_HINT);
  if (Py_ssize_t offset = slot_offset(type, found, false)) return cache_attribute(at, type, offset, Opcode::LOAD_ATTR_SLOT);
  // o.__class__ is a field of every object, too, unless a class redefines it.
  if (found == dict_find_name(PyBaseObject_Type.tp_dict, "__class__"_name) && Py_TYPE(found) == &PyGetSetDescr_Type)
    return cache_attribute(at, type, offsetof(PyObject, ob_type), Opcode::LOAD_ATTR_SLOT);
  if (Py_TYPE(found) == &PyProperty_Type) return cache_attribute(at, type, 0, Opcode::LOAD_ATTR_PROPERTY);
  if (never_has_get(found) && has_feature(type, Py_TPFLAGS_MANAGED_DICT) && *values_slot(owner)) {
    DictKeys* keys = reinterpret_cast<PyHeapTypeObject*>(type)->ht_cached_keys;
    if (find_name(keys, name, str_hash(name)) < 0) return cache_attribute(at, type, keys->nentries, Opcode::LOAD_ATTR_CLASS);
  }
  // A class attribute that instances override: theirs counts, unless it is (or may become) a data descriptor.
  if (stays_no_data_descriptor(found))
    return specialize_instance_attribute(at, owner, name, Opcode::LOAD_ATTR_INSTANCE_VALUE,
                                         Opcode::LOAD_ATTR_WITH_HINT);
  not_specialized(at);
}

void specialize_store_attr(CodeUnit* at, PyObject* owner, PyObject* name) {
  PyTypeObject* type = Py_TYPE(owner);
  if (type->tp_setattro != generic_set_attr_slot || PyModule_CheckExact(owner) || !assign_version(type))
    return not_specialized(at);
  PyObject* found = type_lookup(type, name);
  if (found && !stays_no_data_descriptor(found)) {
    if (Py_ssize_t offset = slot_offset(type, found, true))
      return cache_attribute(at, type, offset, Opcode::STORE_ATTR_SLOT);
    return not_specialized(at);
  }
  specialize_instance_attribute(at, owner, name, Opcode::STORE_ATTR_INSTANCE_VALUE, Opcode::STORE_ATTR_WITH_HINT);
}

// -- methods --

static void cache_method(CodeUnit* at, PyTypeObject* type, PyObject* method, uint32_t keys_version, Opcode op) {
  write_u32(at + 1 + MethodCache::type_version, type->tp_version_tag);
  write_u32(at + 1 + MethodCache::keys_version, keys_version);
  write_pointer(at + 1 + MethodCache::method, method);
  specialized_to(at, op);
}

/// `Class.method(…)`: the metaclass must have nothing to say about the name.
static void specialize_class_method(CodeUnit* at, PyTypeObject* cls, PyObject* name) {
  if (Py_TYPE(cls) != &PyType_Type || type_lookup(&PyType_Type, name) || !assign_version(cls))
    return not_specialized(at);
  PyObject* found = type_lookup(cls, name);
  if (!found) return not_specialized(at);
  bool as_it_is = (!Py_TYPE(found)->tp_descr_get && has_feature(Py_TYPE(found), Py_TPFLAGS_IMMUTABLETYPE)) || has_feature(Py_TYPE(found), Py_TPFLAGS_METHOD_DESCRIPTOR);
  if (!as_it_is) return not_specialized(at);
  cache_method(at, cls, found, 0, Opcode::LOAD_METHOD_CLASS);
}

static void specialize_module_method(CodeUnit* at, PyObject* module, PyObject* name) {
  PyObject* dict = module_dict(module);
  Py_ssize_t index = dict ? index_in_names(dict, name) : -1;
  if (index < 0) return not_specialized(at);
  uint32_t version = version_of_keys(dict);
  if (!version) return not_specialized(at);
  write_u32(at + 1 + MethodCache::keys_version, version);
  at[1 + MethodCache::dict_offset] = static_cast<CodeUnit>(index);
  specialized_to(at, Opcode::LOAD_METHOD_MODULE);
}

void specialize_load_method(CodeUnit* at, PyObject* owner, PyObject* name) {
  PyTypeObject* type = Py_TYPE(owner);
  if (PyModule_CheckExact(owner)) return specialize_module_method(at, owner, name);
  if (PyType_Check(owner)) return specialize_class_method(at, reinterpret_cast<PyTypeObject*>(owner), name);
  if (!has_generic_look_up(type) || !assign_version(type)) return not_specialized(at);
  PyObject* found = type_lookup(type, name);
  if (!found || !has_feature(Py_TYPE(found), Py_TPFLAGS_METHOD_DESCRIPTOR)) return not_specialized(at);
  if (has_feature(type, Py_TPFLAGS_MANAGED_DICT)) {
    // No instance of the class has the name as long as its shared keys do not change.
    DictKeys* keys = reinterpret_cast<PyHeapTypeObject*>(type)->ht_cached_keys;
    if (!*values_slot(owner) || !keys || find_name(keys, name, str_hash(name)) >= 0) return not_specialized(at);
    uint32_t version = keys_version(keys);
    if (!version) return not_specialized(at);
    return cache_method(at, type, found, version, Opcode::LOAD_METHOD_WITH_VALUES);
  }
  if (type->tp_dictoffset == 0) return cache_method(at, type, found, 0, Opcode::LOAD_METHOD_NO_DICT);
  if (type->tp_dictoffset < 0 || type->tp_dictoffset > kLargestIndex) return not_specialized(at);
  PyObject* dict = *reinterpret_cast<PyObject**>(reinterpret_cast<char*>(owner) + type->tp_dictoffset);
  uint32_t version = 0;  // no dict at all
  if (dict) {
    DictKeys* keys = reinterpret_cast<Dict*>(dict)->ma_keys;
    if (!PyDict_CheckExact(dict) || keys->is_general() || find_name(keys, name, str_hash(name)) >= 0)
      return not_specialized(at);
    version = keys_version(keys);
    if (!version) return not_specialized(at);
  }
  at[1 + MethodCache::dict_offset] = static_cast<CodeUnit>(type->tp_dictoffset);
  cache_method(at, type, found, version, Opcode::LOAD_METHOD_WITH_DICT);
}

}  // namespace taipan
