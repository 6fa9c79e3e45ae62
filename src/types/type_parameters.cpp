// Type variables inside list[…] and unions: finding them and putting arguments in their place. What a type variable
// is, typing decides: it has __typing_subst__.
#include "object/call.h"
#include "object/error.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/generic_alias.h"

namespace taipan {

static Py_ssize_t position_in(PyObject* tuple, PyObject* o) {
  for (Py_ssize_t i = 0; i < tuple_size(tuple); i++)
    if (item(tuple, i) == o) return i;
  return -1;
}
static bool list_has(PyObject* list, PyObject* o) {
  for (Py_ssize_t i = 0; i < Py_SIZE(list); i++)
    if (fast_items(list)[i] == o) return true;
  return false;
}
static Status extend_list(PyObject* list, PyObject* tuple) {
  for (Py_ssize_t i = 0; i < tuple_size(tuple); i++) TRY(list_append(list, item(tuple, i)));
  return {};
}

Ref<> make_parameters(PyObject* args) {
  Ref<> found = TRY(new_list());
  for (Py_ssize_t i = 0; i < tuple_size(args); i++) {
    PyObject* arg = item(args, i);
    if (PyType_Check(arg)) continue;  // a class's own __parameters__ are not meant
    Ref<> substitute = TRY(find_attr(arg, "__typing_subst__"_name));
    if (substitute) {
      if (!list_has(found.get(), arg)) TRY(list_append(found.get(), arg));
      continue;
    }
    Ref<> inner = TRY(find_attr(arg, "__parameters__"_name));
    if (!inner || !PyTuple_Check(inner.get())) continue;
    for (Py_ssize_t j = 0; j < tuple_size(inner.get()); j++)
      if (!list_has(found.get(), item(inner.get(), j))) TRY(list_append(found.get(), item(inner.get(), j)));
  }
  return Ref<>(TRY(to_tuple(found.get())));
}

/// The arguments of `*tuple[…]`; empty: it is no such thing.
static Result<Ref<>> unpacked_tuple_args(PyObject* arg) {
  if (Py_IS_TYPE(arg, &Py_GenericAliasType)) {
    auto* alias = reinterpret_cast<GenericAlias*>(arg);
    if (alias->starred && alias->origin == object(&PyTuple_Type)) return share(alias->args);
  }
  Ref<> args = TRY(find_attr(arg, "__typing_unpacked_tuple_args__"_name));
  if (args && args.get() == Py_None) args.reset();
  return args;
}

/// The subscript as a tuple in which `*tuple[A, B]` stands as A, B.
static Ref<> unpack_items(PyObject* items) {
  Ref<> result = TRY(new_list());
  bool several = PyTuple_Check(items);
  for (Py_ssize_t i = 0, n = several ? tuple_size(items) : 1; i < n; i++) {
    PyObject* o = several ? item(items, i) : items;
    if (!PyType_Check(o)) {
      Ref<> inner = TRY(unpacked_tuple_args(o));
      if (inner && PyTuple_Check(inner.get())) {
        Py_ssize_t m = tuple_size(inner.get());
        if (m == 0 || item(inner.get(), m - 1) != Py_Ellipsis) {
          TRY(extend_list(result.get(), inner.get()));
          continue;
        }
      }
    }
    TRY(list_append(result.get(), o));
  }
  return Ref<>(TRY(to_tuple(result.get())));
}

/// An argument that itself has type variables (dict[str, T]): subscripted with what replaces them.
static Ref<> substitute_inside(PyObject* arg, PyObject* parameters, PyObject* values) {
  Ref<> inner = TRY(find_attr(arg, "__parameters__"_name));
  if (!inner || !PyTuple_Check(inner.get()) || tuple_size(inner.get()) == 0) return share(arg);
  Ref<> key = TRY(new_list());
  for (Py_ssize_t i = 0; i < tuple_size(inner.get()); i++) {
    PyObject* variable = item(inner.get(), i);
    Py_ssize_t at = position_in(parameters, variable);
    PyObject* value = at < 0 ? variable : item(values, at);
    // A TypeVarTuple (it can be iterated) stands for several.
    if (at >= 0 && Py_TYPE(item(parameters, at))->tp_iter && PyTuple_Check(value)) TRY(extend_list(key.get(), value));
    else TRY(list_append(key.get(), value));
  }
  Ref<> tuple = Ref<>(TRY(to_tuple(key.get())));
  return get_item(arg, tuple.get());
}

static Result<bool> is_unpacked_variable_tuple(PyObject* arg) {
  Ref<> flag = TRY(find_attr(arg, "__typing_is_unpacked_typevartuple__"_name));
  if (!flag) return false;
  return is_true(flag.get());
}

/// Lets each type variable look at all arguments first (ParamSpec and TypeVarTuple regroup them).
static Ref<> prepare_items(PyObject* self, PyObject* parameters, Ref<> items) {
  for (Py_ssize_t i = 0; i < tuple_size(parameters); i++) {
    Ref<> prepare = TRY(find_attr(item(parameters, i), "__typing_prepare_subst__"_name));
    if (!prepare || prepare.get() == Py_None) continue;
    Ref<> tuple = PyTuple_Check(items.get()) ? items.copy() : tuple_of({items.get()});
    if (!tuple) return {};
    items = TRY(call(prepare.get(), self, tuple.get()));
  }
  return PyTuple_Check(items.get()) ? std::move(items) : tuple_of({items.get()});
}

Ref<> substitute_parameters(PyObject* self, PyObject* args, PyObject* parameters, PyObject* items) {
  Py_ssize_t expected = tuple_size(parameters);
  if (expected == 0) return raise(PyExc_TypeError, "{} is not a generic class", as_repr(self));
  Ref<> values = TRY(unpack_items(items));
  values = TRY(prepare_items(self, parameters, std::move(values)));
  Py_ssize_t actual = tuple_size(values.get());
  if (actual != expected)
    return raise(PyExc_TypeError, "Too {} arguments for {}; actual {}, expected {}",
                 actual > expected ? "many" : "few", as_repr(self), actual, expected);
  Ref<> result = TRY(new_list());
  for (Py_ssize_t i = 0; i < tuple_size(args); i++) {
    PyObject* arg = item(args, i);
    if (PyType_Check(arg)) {
      TRY(list_append(result.get(), arg));
      continue;
    }
    bool unpack = TRY(is_unpacked_variable_tuple(arg));
    Ref<> substitute = TRY(find_attr(arg, "__typing_subst__"_name));
    Ref<> replaced = substitute ? call(substitute.get(), item(values.get(), position_in(parameters, arg)))
                                : substitute_inside(arg, parameters, values.get());
    if (!replaced) return {};
    if (unpack) {
      Ref<> several = Ref<>(TRY(to_tuple(replaced.get())));
      TRY(extend_list(result.get(), several.get()));
    } else {
      TRY(list_append(result.get(), replaced.get()));
    }
  }
  return Ref<>(TRY(to_tuple(result.get())));
}

Ref<> type_argument_repr(PyObject* o) {
  Ref<> origin = TRY(find_attr(o, "__origin__"_name));
  if (origin) {
    Ref<> args = TRY(find_attr(o, "__args__"_name));
    if (args) return repr(o);  // it knows itself how to be shown
  }
  Ref<> name = TRY(find_attr(o, "__qualname__"_name));
  if (!name) return repr(o);
  Ref<> module = TRY(find_attr(o, "__module__"_name));
  if (!module || module.get() == Py_None) return repr(o);
  if (PyUnicode_Check(module.get()) && str_equal(module.get(), "builtins")) return to_str(name.get());
  return format_str("{}.{}", as_str(module.get()), as_str(name.get()));
}

}  // namespace taipan
