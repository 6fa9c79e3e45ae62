#pragma once
// Parameterised generics: list[int] (types.GenericAlias) and int | str (types.UnionType).
#include "object/object.h"

namespace taipan {

struct GenericAlias {
  PyObject_HEAD
  PyObject* origin;
  PyObject* args;        // a tuple
  PyObject* parameters;  // a tuple, made on demand
  PyObject* weakreflist;
  bool starred;          // *tuple[int, str]
  vectorcallfunc vectorcall;
};
struct Union {
  PyObject_HEAD
  PyObject* args;        // a tuple of at least two different types
  PyObject* parameters;  // a tuple, made on demand
};

/// What new_generic_alias and new_union (object/protocol.h) do.
Ref<> make_generic_alias(PyObject* origin, PyObject* args);
Ref<> make_union(PyObject* a, PyObject* b);

inline bool is_generic_alias(PyObject* o) { return is_instance_of(o, &Py_GenericAliasType); }
/// The type variables in the arguments, each once: a tuple.
Ref<> make_parameters(PyObject* args);
/// `self[items]`: the arguments with type variables replaced.
Ref<> substitute_parameters(PyObject* self, PyObject* args, PyObject* parameters, PyObject* items);
/// One argument as shown in list[…] and in unions: builtins without their module.
Ref<> type_argument_repr(PyObject* o);
/// The types of a union, for isinstance and issubclass. Borrowed.
inline PyObject* union_args(PyObject* o) { return reinterpret_cast<Union*>(o)->args; }

}  // namespace taipan

extern "C" __attribute__((visibility("default"))) PyTypeObject _PyUnion_Type;
