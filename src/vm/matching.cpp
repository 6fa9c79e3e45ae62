// Mapping and class patterns.
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/set.h"
#include "vm/semantics.h"

namespace taipan {

/// Stands for "absent" in mapping.get(key, absent): no program can have it.
static Ref<> make_marker() { return call(object(&PyBaseObject_Type)); }

Ref<> match_keys(PyObject* mapping, PyObject* keys) {
  if (!PyTuple_CheckExact(keys)) return raise(PyExc_SystemError, "MATCH_KEYS wants a tuple of keys");
  Py_ssize_t n = PyTuple_GET_SIZE(keys);
  if (n == 0) return share(empty_tuple());
  Ref<> get = TRY(get_attr(mapping, "get"_name));
  Ref<> marker = TRY(make_marker());
  Ref<> seen = TRY(new_set());
  Ref<List> values = TRY(new_list());
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* key = item(keys, i);
    if (TRY(set_contains(seen.get(), key))) return raise(PyExc_ValueError, "mapping pattern checks duplicate key ({})", as_repr(key));
    TRY(set_add(seen.get(), key));
    Ref<> value = TRY(call(get.get(), key, marker.get()));
    if (value.get() == marker.get()) return none();
    TRY(list_append(object(values.get()), value.get()));
  }
  return tuple_of(values->ob_item, n);
}

/// One attribute of a class pattern; each name may be asked for once. Empty inside: absent.
static Result<Ref<>> match_attribute(PyObject* subject, PyObject* type, PyObject* name, PyObject* seen) {
  if (TRY(set_contains(seen, name)))
    return raise(PyExc_TypeError, "{}() got multiple sub-patterns for attribute {}",
                 reinterpret_cast<PyTypeObject*>(type)->tp_name, as_repr(name));
  TRY(set_add(seen, name));
  return find_attr(subject, name);
}

static Raised raise_too_many_patterns(PyObject* type, Py_ssize_t allowed, Py_ssize_t given) {
  return raise(PyExc_TypeError, "{}() accepts {} positional sub-pattern{} ({} given)",
               reinterpret_cast<PyTypeObject*>(type)->tp_name, allowed, allowed == 1 ? "" : "s", given);
}

/// The names that __match_args__ gives to positional sub-patterns: checked.
static Ref<> checked_match_args(PyObject* type, Ref<> match_args) {
  if (!match_args) return share(empty_tuple());
  if (PyTuple_CheckExact(match_args.get())) return match_args;
  return raise(PyExc_TypeError, "{}.__match_args__ must be a tuple (got {})",
               reinterpret_cast<PyTypeObject*>(type)->tp_name, type_name(match_args.get()));
}

/// Appends the positional attributes; false inside: no match.
static Result<bool> match_positional(PyObject* subject, PyObject* type, Py_ssize_t n, PyObject* seen,
                                     PyObject* attributes) {
  Ref<> found = TRY(find_attr(type, "__match_args__"_name));
  // Without __match_args__, some built-in types match themselves.
  bool matches_self =
      !found && (reinterpret_cast<PyTypeObject*>(type)->tp_flags & _Py_TPFLAGS_MATCH_SELF);
  Ref<> names = TRY(checked_match_args(type, std::move(found)));
  Py_ssize_t allowed = matches_self ? 1 : PyTuple_GET_SIZE(names.get());
  if (allowed < n) return raise_too_many_patterns(type, allowed, n);
  if (matches_self) {
    TRY(list_append(attributes, subject));
    return true;
  }
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* name = item(names.get(), i);
    if (!PyUnicode_CheckExact(name))
      return raise(PyExc_TypeError, "__match_args__ elements must be strings (got {})", type_name(name));
    Ref<> value = TRY(match_attribute(subject, type, name, seen));
    if (!value) return false;
    TRY(list_append(attributes, value.get()));
  }
  return true;
}

Result<Ref<>> match_class(PyObject* subject, PyObject* type, Py_ssize_t positional, PyObject* names) {
  if (!PyType_Check(type)) return raise(PyExc_TypeError, "called match pattern must be a type");
  if (!PyTuple_CheckExact(names)) return raise(PyExc_SystemError, "MATCH_CLASS wants a tuple of names");
  bool is = TRY(is_instance(subject, type));
  if (!is) return Ref<>();
  Ref<> seen = TRY(new_set());
  Ref<List> attributes = TRY(new_list());
  if (positional) {
    bool matched = TRY(match_positional(subject, type, positional, seen.get(), object(attributes.get())));
    if (!matched) return Ref<>();
  }
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
    Ref<> value = TRY(match_attribute(subject, type, item(names, i), seen.get()));
    if (!value) return Ref<>();
    TRY(list_append(object(attributes.get()), value.get()));
  }
  return tuple_of(attributes->ob_item, Py_SIZE(attributes.get()));
}

}  // namespace taipan
