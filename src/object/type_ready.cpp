// Makes a type ready for use: bases, MRO, its dict with descriptors, slots from its bases.
#include "object/alloc.h"
#include "object/call.h"
#include "object/descriptor.h"
#include "object/error.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/type_internal.h"

namespace taipan {

std::string_view doc_signature(std::string_view name, const char* doc) {
  if (!doc) return {};
  std::string_view text(doc);
  size_t dot = name.rfind('.');
  if (dot != name.npos) name.remove_prefix(dot + 1);
  if (!text.starts_with(name) || text.size() == name.size() || text[name.size()] != '(') return {};
  size_t end = text.find(")\n--\n\n");
  // A blank line before the marker means that the text is no signature after all.
  if (end == text.npos || text.substr(0, end).find("\n\n") != text.npos) return {};
  return text.substr(name.size(), end + 1 - name.size());
}
std::string_view doc_without_signature(std::string_view name, const char* doc) {
  if (!doc) return {};
  std::string_view signature = doc_signature(name, doc), text(doc);
  if (!signature.data()) return text;
  return text.substr(signature.data() + signature.size() - doc + 5);
}
Ref<> doc_object(std::string_view name, const char* doc) {
  std::string_view text = doc_without_signature(name, doc);
  return text.data() && !text.empty() ? new_str(text) : none();
}
Ref<> signature_object(std::string_view name, const char* doc) {
  std::string_view text = doc_signature(name, doc);
  return text.data() ? new_str(text) : none();
}

namespace {

/// Enters a descriptor unless the name is taken (by a slot wrapper, or by an earlier row).
Status add_descriptor(PyTypeObject* type, const char* name, Ref<> descriptor, bool replace) {
  if (!descriptor) return Raised{};
  PyTypeObject* kind = Py_TYPE(descriptor.get());
  bool knows_name = kind != &PyStaticMethod_Type && kind != &PyCFunction_Type;
  Ref<> key = knows_name ? share(reinterpret_cast<PyDescrObject*>(descriptor.get())->d_name) : TRY(new_interned(name));
  if (replace) return dict_set(type->tp_dict, key.get(), descriptor.get());
  TRY(dict_set_default(type->tp_dict, key.get(), descriptor.get()));
  return {};
}

Status add_methods(PyTypeObject* type) {
  for (PyMethodDef* row = type->tp_methods; row && row->ml_name; row++) {
    Ref<> descriptor;
    if (row->ml_flags & METH_CLASS) {
      if (row->ml_flags & METH_STATIC) return raise(PyExc_ValueError, "method cannot be both class and static");
      descriptor = new_classmethod_descriptor(type, row);
    } else if (row->ml_flags & METH_STATIC) {
      Ref<> function = TRY(new_builtin(row, object(type), nullptr));
      descriptor = new_static_method(function.get());
    } else {
      descriptor = new_method_descriptor(type, row);
    }
    TRY(add_descriptor(type, row->ml_name, std::move(descriptor), row->ml_flags & METH_COEXIST));
  }
  return {};
}

/// How many entries the dict will have, wrappers of slots apart.
Py_ssize_t count_rows(PyTypeObject* type) {
  Py_ssize_t n = 3;  // __new__, __doc__, __module__
  for (PyMethodDef* row = type->tp_methods; row && row->ml_name; row++) n++;
  for (PyMemberDef* row = type->tp_members; row && row->name; row++) n++;
  for (PyGetSetDef* row = type->tp_getset; row && row->name; row++) n++;
  return n;
}

Status add_descriptors(PyTypeObject* type) {
  TRY(add_methods(type));
  for (PyMemberDef* row = type->tp_members; row && row->name; row++)
    TRY(add_descriptor(type, row->name, new_member_descriptor(type, row), false));
  for (PyGetSetDef* row = type->tp_getset; row && row->name; row++)
    TRY(add_descriptor(type, row->name, new_getset_descriptor(type, row), false));
  return {};
}

/// tp_new: a type without one inherits it, but a static type right below object must say that it has one.
Status settle_new(PyTypeObject* type) {
  bool is_static = !has_feature(type, Py_TPFLAGS_HEAPTYPE);
  if (!type->tp_new && type->tp_base == &PyBaseObject_Type && is_static) type->tp_flags |= Py_TPFLAGS_DISALLOW_INSTANTIATION;
  if (has_feature(type, Py_TPFLAGS_DISALLOW_INSTANTIATION)) {
    type->tp_new = nullptr;
    return {};
  }
  if (type->tp_new) {
    // A heap type made from Python with __new__ in its dict has slot_new, which needs no method of its own.
    if (!is_slot_new(type->tp_new) && (is_static || !type->tp_base || type->tp_new != type->tp_base->tp_new))
      TRY(add_new_method(type));
  } else {
    type->tp_new = type->tp_base->tp_new;
  }
  return {};
}

Status settle_doc(PyTypeObject* type) {
  if (dict_find_name(type->tp_dict, "__doc__"_name)) return {};
  Ref<> doc = TRY(type->tp_doc ? doc_object(type->tp_name, type->tp_doc) : none());
  return dict_set(type->tp_dict, "__doc__"_name, doc.get());
}

/// A type that compares by its own rule and says nothing of hashing cannot be hashed.
Status settle_hash(PyTypeObject* type) {
  if (type->tp_hash || dict_find_name(type->tp_dict, "__hash__"_name)) return {};
  TRY(dict_set(type->tp_dict, "__hash__"_name, Py_None));
  type->tp_hash = PyObject_HashNotImplemented;
  return {};
}

void inherit_from_mro(PyTypeObject* type) {
  // Of a class from Python with one base, all slots that a method can feed are set anew afterwards.
  if (is_made_by_new_type(type) && extends_mro_of_base(type)) return inherit_slots(type, type->tp_base, true);
  PyObject* mro = type->tp_mro;
  for (Py_ssize_t i = 1; i < tuple_size(mro); i++) {
    if (PyType_Check(item(mro, i))) inherit_slots(type, reinterpret_cast<PyTypeObject*>(item(mro, i)));
  }
}

Status inherit(PyTypeObject* type) {
  if (type->tp_base) inherit_special(type, type->tp_base);
  // Static types share whole tables that they do not define.
  inherit_from_mro(type);
  if (PyTypeObject* base = type->tp_base) {
    if (!type->tp_as_async) type->tp_as_async = base->tp_as_async;
    if (!type->tp_as_number) type->tp_as_number = base->tp_as_number;
    if (!type->tp_as_sequence) type->tp_as_sequence = base->tp_as_sequence;
    if (!type->tp_as_mapping) type->tp_as_mapping = base->tp_as_mapping;
    if (!type->tp_as_buffer) type->tp_as_buffer = base->tp_as_buffer;
  }
  return {};
}

Status make_ready(PyTypeObject* type) {
  if (!type->tp_base && type != &PyBaseObject_Type) type->tp_base = &PyBaseObject_Type;
  if (PyTypeObject* base = type->tp_base) {
    if (!(base->tp_flags & (Py_TPFLAGS_READY | Py_TPFLAGS_READYING))) TRY(ready_type(base));
  }
  if (!Py_TYPE(type)) Py_SET_TYPE(type, type->tp_base ? Py_TYPE(type->tp_base) : &PyType_Type);
  if (!type->tp_bases) {
    Ref<> bases = TRY(type->tp_base ? tuple_of({object(type->tp_base)}) : tuple_of(nullptr, 0));
    type->tp_bases = bases.release();
  }
  // The slots of a class from Python are set from its methods afterwards: there are none to wrap.
  FilledSlots filled = is_made_by_new_type(type) ? FilledSlots() : FilledSlots(type);
  if (!type->tp_dict) type->tp_dict = object(TRY(new_dict_sized(count_rows(type) + filled.count())).release());
  if (!has_feature(type, Py_TPFLAGS_HEAPTYPE)) type->tp_flags |= Py_TPFLAGS_IMMUTABLETYPE;

  TRY(settle_new(type));
  TRY(add_slot_wrappers(type, filled));
  TRY(add_descriptors(type));
  TRY(settle_doc(type));
  TRY(compute_mro(type));
  TRY(inherit(type));
  TRY(settle_hash(type));
  if (type->tp_bases) TRY(add_to_bases(type));
  return {};
}

}  // namespace

Status ready_type(PyTypeObject* type) {
  if (has_feature(type, Py_TPFLAGS_READY)) return {};
  type->tp_flags |= Py_TPFLAGS_READYING;
  Status done = make_ready(type);
  type->tp_flags &= ~Py_TPFLAGS_READYING;
  if (!done) return Raised{};
  type->tp_flags |= Py_TPFLAGS_READY;
  return {};
}

Status ready_types(PyTypeObject* const* types, size_t count) {
  for (size_t i = 0; i < count; i++) TRY(ready_type(types[i]));
  return {};
}

Py_hash_t hash_not_implemented(PyObject* o) {
  raise(PyExc_TypeError, "unhashable type: '{}'", clip(type_name(o), 200));
  return -1;
}

}  // namespace taipan
