// Making classes: type.__new__ — bases and metaclass, __slots__, the new type object, __set_name__ and __init_subclass__.
#include "object/alloc.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/cell.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/hooks.h"
#include "object/name.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type_internal.h"

namespace taipan {
namespace {

/// What type_new knows while it works.
struct Draft {
  PyTypeObject* metatype;
  PyObject* name;
  PyObject* bases;
  PyObject* dict;        // a copy of the namespace: the new class's own
  PyTypeObject* base;
  Ref<> slots;           // sorted tuple of mangled names; empty: no __slots__
  bool may_add_dict = false, may_add_weak = false, add_dict = false, add_weak = false;
};

// -- __slots__ --

/// `__x` in class `_C` is `_C__x`; leading underscores of the class name go.
Ref<> mangle(PyObject* class_name, PyObject* name) {
  Py_ssize_t n = str_length(name);
  if (n < 2 || char_at(name, 0) != '_' || char_at(name, 1) != '_') return share(name);
  if (n >= 4 && char_at(name, n - 1) == '_' && char_at(name, n - 2) == '_') return share(name);
  for (Py_ssize_t i = 0; i < n; i++)
    if (char_at(name, i) == '.') return share(name);
  Py_ssize_t skip = 0, m = str_length(class_name);
  while (skip < m && char_at(class_name, skip) == '_') skip++;
  if (skip == m) return share(name);
  Ref<> owner = TRY(str_slice(class_name, skip, m));
  Ref<> mangled = TRY(format_str("_{}{}", as_str(owner.get()), as_str(name)));
  return intern(std::move(mangled));
}

Status check_slot_name(PyObject* name) {
  if (!PyUnicode_Check(name))
    return raise(PyExc_TypeError, "__slots__ items must be strings, not '{}'", clip(type_name(name), 200));
  Ref<> is_identifier = TRY(call_method(name, "isidentifier"_name));
  if (is_identifier.get() != Py_True) return raise(PyExc_TypeError, "__slots__ must be identifiers");
  return {};
}

/// Sorts out __dict__ and __weakref__, mangles and sorts the rest.
Ref<> slot_names(Draft& d, PyObject* declared) {
  Ref<List> names = TRY(new_list());
  for (Py_ssize_t i = 0; i < tuple_size(declared); i++) {
    PyObject* name = item(declared, i);
    TRY(check_slot_name(name));
    if (str_equal(name, "__dict__")) {
      if (!d.may_add_dict || d.add_dict) return raise(PyExc_TypeError, "__dict__ slot disallowed: we already got one");
      d.add_dict = true;
      continue;
    }
    if (str_equal(name, "__weakref__")) {
      if (!d.may_add_weak || d.add_weak)
        return raise(PyExc_TypeError, "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
      d.add_weak = true;
      continue;
    }
    Ref<> mangled = TRY(mangle(d.name, name));
    TRY(list_append(object(names.get()), mangled.get()));
    // The namespace may not hold a value for a slot, except what the class statement itself puts there.
    if (!TRY(dict_contains(d.dict, mangled.get()))) continue;
    if (!str_equal(mangled.get(), "__qualname__") && !str_equal(mangled.get(), "__classcell__"))
      return raise(PyExc_ValueError, "{} in __slots__ conflicts with class variable", as_repr(mangled.get()));
  }
  Ref<> sorted = TRY(call_method(object(names.get()), "sort"_name));
  return to_tuple(object(names.get()));
}

Status settle_slots(Draft& d) {
  d.may_add_dict = d.base->tp_dictoffset == 0;
  d.may_add_weak = d.base->tp_weaklistoffset == 0 && d.base->tp_itemsize == 0;
  PyObject* declared = TRY(dict_find(d.dict, "__slots__"_name));
  if (!declared) {
    d.add_dict = d.may_add_dict;
    d.add_weak = d.may_add_weak;
    return {};
  }
  Ref<> names;
  if (PyUnicode_Check(declared)) names = TRY(tuple_of({declared}));
  else names = TRY(to_tuple(declared));
  if (tuple_size(names.get()) > 0 && d.base->tp_itemsize != 0)
    return raise(PyExc_TypeError, "nonempty __slots__ not supported for subtype of '{}'", d.base->tp_name);
  d.slots = TRY(slot_names(d, names.get()));
  // What another base has, instances have too.
  for (Py_ssize_t i = 0; i < tuple_size(d.bases); i++) {
    auto* other = reinterpret_cast<PyTypeObject*>(item(d.bases, i));
    if (other == d.base) continue;
    if (d.may_add_dict && !d.add_dict && other->tp_dictoffset) d.add_dict = true;
    if (d.may_add_weak && !d.add_weak && other->tp_weaklistoffset) d.add_weak = true;
  }
  return {};
}

// -- the type object --

char* copy_text(std::string_view text) {
  auto* copy = static_cast<char*>(raw_allocate(text.size() + 1));
  if (!copy) return nullptr;
  memcpy(copy, text.data(), text.size());
  copy[text.size()] = 0;
  return copy;
}

PyMemberDef* heap_members(PyHeapTypeObject* t) {
  // Behind the (possibly extended) heap type struct: as many rows as ob_size says.
  return reinterpret_cast<PyMemberDef*>(reinterpret_cast<char*>(t) + Py_TYPE(t)->tp_basicsize);
}

Ref<> allocate_type(Draft& d) {
  Py_ssize_t count = d.slots ? tuple_size(d.slots.get()) : 0;
  Ref<> made = TRY(adopt(d.metatype->tp_alloc(d.metatype, count)));
  auto* h = reinterpret_cast<PyHeapTypeObject*>(made.get());
  PyTypeObject& t = h->ht_type;
  h->ht_name = Py_NewRef(d.name);
  h->ht_slots = Py_XNewRef(d.slots.get());
  t.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE;
  t.tp_as_async = &h->as_async;
  t.tp_as_sequence = &h->as_sequence;
  t.tp_as_mapping = &h->as_mapping;
  t.tp_as_number = &h->as_number;
  t.tp_as_buffer = &h->as_buffer;
  t.tp_bases = Py_NewRef(d.bases);
  t.tp_base = reinterpret_cast<PyTypeObject*>(Py_NewRef(object(d.base)));
  t.tp_dict = Py_NewRef(d.dict);
  auto text = TRY(to_utf8(d.name));
  if (text.find('\0') != text.npos) return raise(PyExc_ValueError, "type name must not contain null characters");
  t.tp_name = text.data();

  Py_ssize_t offset = d.base->tp_basicsize;
  PyMemberDef* row = heap_members(h);
  for (Py_ssize_t i = 0; i < count; i++, row++) {
    auto name = TRY(to_utf8(item(d.slots.get(), i)));
    row->name = name.data();
    row->type = T_OBJECT_EX;
    row->offset = offset;
    offset += sizeof(PyObject*);
  }
  if (d.add_dict && d.base->tp_itemsize) {
    t.tp_dictoffset = -static_cast<Py_ssize_t>(sizeof(PyObject*));
    offset += sizeof(PyObject*);
  }
  if (d.add_weak) {
    t.tp_weaklistoffset = offset;
    offset += sizeof(PyObject*);
  }
  if (d.add_dict && !d.base->tp_itemsize) {
    t.tp_flags |= Py_TPFLAGS_MANAGED_DICT;
    t.tp_dictoffset = -offset - static_cast<Py_ssize_t>(sizeof(PyObject*)) * 3;  // obj[-3], counted from the end
  }
  t.tp_basicsize = offset;
  t.tp_itemsize = d.base->tp_itemsize;
  t.tp_members = heap_members(h);
  t.tp_getset = t.tp_weaklistoffset && !d.base->tp_weaklistoffset
                    ? (t.tp_dictoffset && !d.base->tp_dictoffset ? subtype_getset_full : subtype_getset_weakref_only)
                    : (t.tp_dictoffset && !d.base->tp_dictoffset ? subtype_getset_dict_only : nullptr);
  // An instance refers to its class, which may come to refer to it: all are collected.
  t.tp_flags |= Py_TPFLAGS_HAVE_GC;
  t.tp_dealloc = subtype_dealloc;
  t.tp_alloc = generic_alloc;
  if (has_feature(&t, Py_TPFLAGS_HAVE_GC)) {
    t.tp_free = gc_free;
    t.tp_traverse = subtype_traverse;
    t.tp_clear = subtype_clear;
  } else {
    t.tp_free = generic_free;
  }
  return made;
}

// -- what the namespace says --

/// `__new__` in a class body is a static method, __init_subclass__ and __class_getitem__ are class methods.
Status wrap_function(PyObject* dict, PyObject* name, Ref<> (*wrap)(PyObject*)) {
  PyObject* found = TRY(dict_find(dict, name));
  if (!found || !PyFunction_Check(found)) return {};
  Ref<> wrapped = TRY(wrap(found));
  return dict_set(dict, name, wrapped.get());
}

Status settle_namespace(Draft& d, PyHeapTypeObject* h) {
  PyTypeObject& t = h->ht_type;
  if (!TRY(dict_contains(d.dict, "__module__"_name))) {
    if (PyObject* globals = hooks.current_globals ? hooks.current_globals() : nullptr) {
      PyObject* module = TRY(dict_find(globals, "__name__"_name));
      if (module) TRY(dict_set(d.dict, "__module__"_name, module));
    }
  }
  PyObject* qualname = TRY(dict_find(d.dict, "__qualname__"_name));
  if (qualname && !PyUnicode_Check(qualname))
    return raise(PyExc_TypeError, "type __qualname__ must be a str, not {}", type_name(qualname));
  h->ht_qualname = Py_NewRef(qualname ? qualname : d.name);
  if (qualname) TRY(dict_remove(d.dict, "__qualname__"_name));
  PyObject* doc = TRY(dict_find(d.dict, "__doc__"_name));
  if (doc && PyUnicode_Check(doc)) {
    auto text = TRY(to_utf8(doc));
    char* copy = copy_text(text);
    if (!copy) return raise_no_memory();
    t.tp_doc = copy;
  }
  TRY(wrap_function(d.dict, "__new__"_name, new_static_method));
  TRY(wrap_function(d.dict, "__init_subclass__"_name, new_class_method));
  TRY(wrap_function(d.dict, "__class_getitem__"_name, new_class_method));
  return {};
}

/// The cell that methods' `__class__` and super() read: it gets the class.
Status fill_class_cell(PyObject* dict, PyObject* type) {
  PyObject* cell = TRY(dict_find(dict, "__classcell__"_name));
  if (!cell) return {};
  if (!PyCell_Check(cell))
    return raise(PyExc_TypeError, "__classcell__ must be a nonlocal cell, not <class '{}'>", type_name(cell));
  replace_field(reinterpret_cast<PyCellObject*>(cell)->ob_ref, share(type));
  TRY(dict_remove(dict, "__classcell__"_name));
  return {};
}

Status call_set_name(PyTypeObject* type, PyObject* key, PyObject* value) {
  Ref<> method = TRY(lookup_special(value, "__set_name__"_name));
  if (!method || call(method.get(), object(type), key)) return {};
  PendingError cause = PendingError::take();
  raise(PyExc_RuntimeError, "Error calling __set_name__ on '{}' instance {} in '{}'", clip(type_name(value), 100), as_repr(key),
        type->tp_name);
  chain_cause(std::move(cause));
  return Raised{};
}

/// Has any value of the dict a __set_name__? Most are functions: a type is asked once for a run of its instances.
bool has_set_names(PyObject* dict) {
  PyTypeObject* without = nullptr;
  Py_ssize_t position = 0;
  PyObject* value;
  while (dict_next(dict, &position, nullptr, &value)) {
    if (Py_TYPE(value) == without) continue;
    without = Py_TYPE(value);
    if (type_lookup(without, "__set_name__"_name)) return true;
  }
  return false;
}

Status call_set_names(PyTypeObject* type) {
  if (!has_set_names(type->tp_dict)) return {};
  Ref<> names = TRY(dict_copy(type->tp_dict));  // __set_name__ may change the class
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(names.get(), &position, &key, &value)) TRY(call_set_name(type, key, value));
  return {};
}

/// Is what super().__init_subclass__ finds object's own, which does nothing?
bool has_plain_init_subclass(PyTypeObject* type) {
  if (item(type->tp_mro, 0) != object(type)) return false;
  PyObject* plain = dict_find_name(PyBaseObject_Type.tp_dict, "__init_subclass__"_name);
  for (Py_ssize_t i = 1, n = tuple_size(type->tp_mro); i < n; i++) {
    auto* above = reinterpret_cast<PyTypeObject*>(item(type->tp_mro, i));
    if (i == 1 && n == tuple_size(above->tp_mro) + 1) return type_lookup(above, "__init_subclass__"_name) == plain;
    if (PyObject* found = dict_find_name(above->tp_dict, "__init_subclass__"_name)) return found == plain;
  }
  return false;
}

Status call_init_subclass(PyTypeObject* type, PyObject* kwargs) {
  if ((!kwargs || !dict_size(kwargs)) && has_plain_init_subclass(type)) return {};
  PyObject* super_args[] = {object(type), object(type)};
  Ref<> super = TRY(vectorcall(object(&PySuper_Type), super_args, 2));
  Ref<> method = TRY(get_attr(super.get(), "__init_subclass__"_name));
  Ref<> done = TRY(call_object(method.get(), empty_tuple(), kwargs));
  return {};
}

Ref<> make_type(Draft& d, PyObject* kwargs) {
  d.base = best_base(d.bases);
  if (!d.base) return Raised{};
  Ref<> dict = TRY(dict_copy(d.dict));
  d.dict = dict.get();
  TRY(settle_slots(d));
  Ref<> made = TRY(allocate_type(d));
  auto* h = reinterpret_cast<PyHeapTypeObject*>(made.get());
  TRY(settle_namespace(d, h));
  TRY(fill_class_cell(d.dict, made.get()));
  TRY(ready_type(&h->ht_type));
  set_slots_from_methods(&h->ht_type);
  TRY(call_set_names(&h->ht_type));
  TRY(call_init_subclass(&h->ht_type, kwargs));
  return made;
}

}  // namespace

bool is_made_by_new_type(const PyTypeObject* type) {
  if (!has_feature(type, Py_TPFLAGS_HEAPTYPE)) return false;
  auto* h = reinterpret_cast<const PyHeapTypeObject*>(type);
  return type->tp_members == heap_members(const_cast<PyHeapTypeObject*>(h)) && !h->_ht_tpname;  // which those from a spec have
}

Ref<> new_type(PyTypeObject* metatype, PyObject* name, PyObject* bases, PyObject* dict, PyObject* kwargs) {
  Draft d{.metatype = metatype, .name = name, .bases = bases, .dict = dict};
  Ref<> default_bases;
  if (tuple_size(bases) == 0) {
    default_bases = TRY(tuple_of({object(&PyBaseObject_Type)}));
    d.bases = default_bases.get();
    return make_type(d, kwargs);
  }
  for (Py_ssize_t i = 0; i < tuple_size(bases); i++) {
    PyObject* base = item(bases, i);
    if (PyType_Check(base)) continue;
    Ref<> entries = TRY(find_attr(base, "__mro_entries__"_name));
    if (entries)
      return raise(PyExc_TypeError, "type() doesn't support MRO entry resolution; use types.new_class()");
  }
  PyTypeObject* winner = TRY(winning_metaclass(metatype, bases));
  if (winner != metatype) {
    if (winner->tp_new != type_new) {
      Ref<> args = TRY(tuple_of({name, bases, dict}));
      return adopt(winner->tp_new(winner, args.get(), kwargs));
    }
    d.metatype = winner;
  }
  return make_type(d, kwargs);
}

PyObject* type_new(PyTypeObject* metatype, PyObject* args, PyObject* kwargs) {
  Py_ssize_t n = tuple_size(args);
  if (n != 3) {
    raise(PyExc_TypeError, "type.__new__() takes exactly 3 arguments ({} given)", n);
    return nullptr;
  }
  PyObject *name = item(args, 0), *bases = item(args, 1), *dict = item(args, 2);
  auto check = [](bool ok, int i, const char* wanted, PyObject* got) {
    if (!ok) raise(PyExc_TypeError, "type.__new__() argument {} must be {}, not {}", i, wanted, got == Py_None ? "None" : type_name(got));
    return ok;
  };
  if (!check(PyUnicode_Check(name), 1, "str", name) || !check(PyTuple_Check(bases), 2, "tuple", bases) ||
      !check(PyDict_Check(dict), 3, "dict", dict))
    return nullptr;
  return new_type(metatype, name, bases, dict, kwargs).release();
}

}  // namespace taipan
