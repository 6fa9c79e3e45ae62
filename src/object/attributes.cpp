// Attribute access: the generic rule (data descriptor, instance dict, other descriptor), and finding methods for calls.
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/exceptions.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/stack.h"
#include "object/str.h"
#include "object/type_internal.h"

namespace taipan {
namespace {

/// Setting and deleting tell no more than the text.
Raised raise_absent(PyObject* o, PyObject* name) {
  return raise(PyExc_AttributeError, "'{}' object has no attribute '{}'", clip(type_name(o), 50), as_str(name));
}
Raised raise_no_attribute(PyObject* o, PyObject* name) {
  raise_absent(o, name);
  note_attribute_error(o, name);
  return {};
}
Raised raise_bad_name(PyObject* name) {
  return raise(PyExc_TypeError, "attribute name must be string, not '{}'", clip(type_name(name), 200));
}

bool has_managed_dict(PyObject* o) { return has_feature(Py_TYPE(o), Py_TPFLAGS_MANAGED_DICT); }

/// What the instance itself says: empty inside if nothing.
Result<Ref<>> find_in_instance(PyObject* o, PyObject* name) {
  if (has_managed_dict(o)) return instance_find(o, name);
  PyObject** slot = dict_slot(o);
  if (!slot || !*slot) return Ref<>();
  Ref<> dict = share(*slot);
  PyObject* found = TRY(dict_find(dict.get(), name));
  return found ? share(found) : Ref<>();
}

/// The generic rule. Absent: empty inside.
Result<Ref<>> generic_find(PyObject* o, PyObject* name) {
  PyTypeObject* type = Py_TYPE(o);
  if (!PyUnicode_Check(name)) return raise_bad_name(name);
  if (!type->tp_dict) TRY(ready_type(type));
  PyObject* found = type_lookup(type, name);
  Ref<> descriptor;
  descrgetfunc get = nullptr;
  if (found) {
    descriptor = share(found);
    get = Py_TYPE(found)->tp_descr_get;
    if (get && Py_TYPE(found)->tp_descr_set) {
      Ref<> value = adopt(get(found, o, object(type)));
      if (!value) return Raised{};
      return value;
    }
  }
  Ref<> own = TRY(find_in_instance(o, name));
  if (own) return own;
  if (get) {
    Ref<> value = adopt(get(found, o, object(type)));
    if (!value) return Raised{};
    return value;
  }
  return descriptor;
}

}  // namespace

PyObject** dict_slot(PyObject* o) {
  PyTypeObject* type = Py_TYPE(o);
  if (has_feature(type, Py_TPFLAGS_MANAGED_DICT)) {
    if (!*managed_dict_slot(o) && !instance_dict(o)) return nullptr;
    return managed_dict_slot(o);
  }
  Py_ssize_t offset = type->tp_dictoffset;
  if (!offset) return nullptr;
  if (offset < 0) {  // counted from the end of a variable-sized object
    Py_ssize_t items = Py_SIZE(o);
    size_t size = type->tp_basicsize + (items < 0 ? -items : items) * type->tp_itemsize;
    offset += static_cast<Py_ssize_t>((size + sizeof(void*) - 1) & ~(sizeof(void*) - 1));
  }
  return reinterpret_cast<PyObject**>(reinterpret_cast<char*>(o) + offset);
}

Ref<> get_instance_dict(PyObject* o) {
  if (has_managed_dict(o)) return instance_dict(o);
  PyObject** slot = dict_slot(o);
  if (!slot) return raise(PyExc_AttributeError, "This object has no __dict__");
  if (!*slot) *slot = object(TRY(new_dict()).release());
  return share(*slot);
}

bool tells_absence(getattrofunc way) {
  return way == generic_get_attr_slot || way == PyType_Type.tp_getattro || (way == PyModule_Type.tp_getattro && hooks.find_in_module);
}
Result<Ref<>> find_attr_by(getattrofunc way, PyObject* o, PyObject* name) {
  if (way == generic_get_attr_slot) return generic_find(o, name);
  if (way == PyType_Type.tp_getattro) return find_on_type(reinterpret_cast<PyTypeObject*>(o), name);
  if (way == PyModule_Type.tp_getattro && hooks.find_in_module) return hooks.find_in_module(o, name);
  return TRY(adopt(way(o, name)));
}

Ref<> generic_get_attr(PyObject* o, PyObject* name) {
  Ref<> value = TRY(generic_find(o, name));
  if (!value) return raise_no_attribute(o, name);
  return value;
}

Status generic_set_attr(PyObject* o, PyObject* name, PyObject* value) {
  PyTypeObject* type = Py_TYPE(o);
  if (!PyUnicode_Check(name)) return raise_bad_name(name);
  if (!type->tp_dict) TRY(ready_type(type));
  Ref<> keep_name = share(name), keep_type = share(object(type));
  PyObject* found = type_lookup(type, name);
  if (found) {
    if (descrsetfunc set = Py_TYPE(found)->tp_descr_set) {
      Ref<> keep = share(found);
      return Status::from_c(set(found, o, value));
    }
  }
  if (has_managed_dict(o)) {
    Status done = instance_set(o, name, value);
    if (!done && !value && pending_matches(PyExc_AttributeError)) {
      clear_error();
      return raise_absent(o, name);
    }
    return done;
  }
  PyObject** slot = dict_slot(o);
  if (!slot) {
    if (found) {
      raise(PyExc_AttributeError, "'{}' object attribute '{}' is read-only", clip(type->tp_name, 50), as_str(name));
      return Raised{};
    }
    return raise_absent(o, name);
  }
  if (!*slot) {
    if (!value) return raise_absent(o, name);
    *slot = object(TRY(new_dict()).release());
  }
  Ref<> dict = share(*slot);
  if (value) return dict_set(dict.get(), name, value);
  if (!TRY(dict_remove(dict.get(), name))) return raise_absent(o, name);
  return {};
}

Ref<> get_attr(PyObject* o, PyObject* name) {
  if (!has_stack(" while getting an attribute")) return Raised{};
  PyTypeObject* type = Py_TYPE(o);
  if (!PyUnicode_Check(name)) return raise_bad_name(name);
  if (type->tp_getattro) {
    PyObject* value = type->tp_getattro(o, name);
    if (!value) [[unlikely]] note_attribute_error(o, name);
    return adopt(value);
  }
  if (type->tp_getattr) {
    auto text = TRY(to_utf8(name));
    return adopt(type->tp_getattr(o, const_cast<char*>(text.data())));
  }
  return raise_no_attribute(o, name);
}

Result<Ref<>> find_attr(PyObject* o, PyObject* name) {
  if (!has_stack(" while getting an attribute")) return Raised{};
  PyTypeObject* type = Py_TYPE(o);
  if (tells_absence(type->tp_getattro)) {
    auto found = find_attr_by(type->tp_getattro, o, name);
    if (found) return found;
  } else {
    Ref<> value = get_attr(o, name);
    if (value) return value;
  }
  if (!clear_error_if(PyExc_AttributeError)) return Raised{};
  return Ref<>();
}
Result<bool> has_attr(PyObject* o, PyObject* name) {
  Ref<> value = TRY(find_attr(o, name));
  return static_cast<bool>(value);
}

Status set_attr(PyObject* o, PyObject* name, PyObject* value) {
  if (!has_stack(" while setting an attribute")) return Raised{};
  PyTypeObject* type = Py_TYPE(o);
  if (!PyUnicode_Check(name)) return raise_bad_name(name);
  Ref<> key = intern(share(name));
  if (type->tp_setattro) return Status::from_c(type->tp_setattro(o, key.get(), value));
  if (type->tp_setattr) {
    auto text = TRY(to_utf8(key.get()));
    return Status::from_c(type->tp_setattr(o, const_cast<char*>(text.data()), value));
  }
  const char* verb = value ? "assign to" : "del";
  if (!type->tp_getattr && !type->tp_getattro)
    return raise(PyExc_TypeError, "'{}' object has no attributes ({} .{})", clip(type->tp_name, 100), verb, as_str(key.get()));
  return raise(PyExc_TypeError, "'{}' object has only read-only attributes ({} .{})", clip(type->tp_name, 100), verb,
               as_str(key.get()));
}

Result<Ref<>> lookup_special(PyObject* o, PyObject* name) {
  PyTypeObject* type = Py_TYPE(o);
  PyObject* found = type_lookup(type, name);
  if (!found) return Ref<>();
  Ref<> keep = share(found);
  descrgetfunc get = Py_TYPE(found)->tp_descr_get;
  if (!get) return keep;
  Ref<> bound = adopt(get(found, o, object(type)));
  if (!bound) return Raised{};
  return bound;
}

Result<MethodLookup> get_method(PyObject* o, PyObject* name) {
  PyTypeObject* type = Py_TYPE(o);
  if (type->tp_getattro != generic_get_attr_slot || !PyUnicode_Check(name)) {
    Ref<> value = TRY(get_attr(o, name));
    return MethodLookup{std::move(value), false};
  }
  if (!type->tp_dict) TRY(ready_type(type));
  PyObject* found = type_lookup(type, name);
  bool is_method = false;
  Ref<> descriptor;
  descrgetfunc get = nullptr;
  if (found) {
    descriptor = share(found);
    if (has_feature(Py_TYPE(found), Py_TPFLAGS_METHOD_DESCRIPTOR)) {
      is_method = true;
    } else {
      get = Py_TYPE(found)->tp_descr_get;
      if (get && Py_TYPE(found)->tp_descr_set) {
        Ref<> value = TRY(adopt(get(found, o, object(type))));
        return MethodLookup{std::move(value), false};
      }
    }
  }
  Ref<> own = TRY(find_in_instance(o, name));
  if (own) return MethodLookup{std::move(own), false};
  if (is_method) return MethodLookup{std::move(descriptor), true};
  if (get) {
    Ref<> value = TRY(adopt(get(found, o, object(type))));
    return MethodLookup{std::move(value), false};
  }
  if (descriptor) return MethodLookup{std::move(descriptor), false};
  return raise_no_attribute(o, name);
}

Ref<> get_dict_attribute(PyObject* o, void*) { return get_instance_dict(o); }

Status set_dict_attribute(PyObject* o, PyObject* value, void*) {
  if (!value) return raise(PyExc_TypeError, "cannot delete __dict__");
  if (!PyDict_Check(value))
    return raise(PyExc_TypeError, "__dict__ must be set to a dictionary, not a '{}'", clip(type_name(value), 200));
  replace_field(*dict_slot(o), share(value));
  return {};
}

}  // namespace taipan
