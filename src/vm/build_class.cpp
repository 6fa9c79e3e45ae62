// The class statement: __build_class__.
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "vm/function.h"
#include "vm/vm.h"

namespace taipan {

/// The bases with those that define __mro_entries__ replaced; the same tuple if there are none.
static Ref<> resolve_bases(Ref<> bases) {
  Ref<List> resolved;
  Py_ssize_t n = PyTuple_GET_SIZE(bases.get());
  for (Py_ssize_t i = 0; i < n; i++) {
    PyObject* base = item(bases.get(), i);
    Ref<> entries_method;
    if (!PyType_Check(base)) entries_method = TRY(find_attr(base, "__mro_entries__"_name));
    if (!entries_method) {
      if (resolved) TRY(list_append(object(resolved.get()), base));
      continue;
    }
    Ref<> entries = TRY(call(entries_method.get(), bases.get()));
    if (!PyTuple_Check(entries.get())) return raise(PyExc_TypeError, "__mro_entries__ must return a tuple");
    if (!resolved) {
      resolved = TRY(new_list());
      for (Py_ssize_t k = 0; k < i; k++) TRY(list_append(object(resolved.get()), item(bases.get(), k)));
    }
    for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(entries.get()); k++)
      TRY(list_append(object(resolved.get()), item(entries.get(), k)));
  }
  if (!resolved) return bases;
  return tuple_of(resolved->ob_item, Py_SIZE(resolved.get()));
}

struct Metaclass {
  Ref<> value;
  bool is_class = true;
};

/// `metaclass=` taken out of the keywords, or the first base's, or type; then the most derived one of all bases.
static Result<Metaclass> choose_metaclass(PyObject* keywords, PyObject* bases) {
  Metaclass meta;
  if (keywords) {
    PyObject* given = TRY(dict_find(keywords, "metaclass"_name));
    if (given) {
      meta.value = share(given);
      TRY(dict_remove(keywords, "metaclass"_name));
      meta.is_class = PyType_Check(given);
    }
  }
  if (!meta.value) {
    PyTypeObject* type = PyTuple_GET_SIZE(bases) ? Py_TYPE(item(bases, 0)) : &PyType_Type;
    meta.value = share(object(type));
  }
  if (meta.is_class) {
    PyTypeObject* winner = TRY(winning_metaclass(reinterpret_cast<PyTypeObject*>(meta.value.get()), bases));
    meta.value = share(object(winner));
  }
  return meta;
}

static Ref<> prepare_namespace(const Metaclass& meta, PyObject* name, PyObject* bases, PyObject* keywords) {
  Ref<> prepare = TRY(find_attr(meta.value.get(), "__prepare__"_name));
  if (!prepare) return new_dict();
  Ref<> args = TRY(tuple_of({name, bases}));
  Ref<> space = TRY(call_object(prepare.get(), args.get(), keywords));
  if (is_mapping(space.get())) return space;
  return raise(PyExc_TypeError, "{}.__prepare__() must return a mapping, not {}",
               meta.is_class ? reinterpret_cast<PyTypeObject*>(meta.value.get())->tp_name : "<metaclass>",
               type_name(space.get()));
}

/// The cell that the body returned must hold the new class by now: type.__new__ puts it there.
static Status check_class_cell(PyObject* cls, PyObject* cell, PyObject* name) {
  if (!PyType_Check(cls) || !PyCell_Check(cell)) return {};
  PyObject* content = PyCell_GET(cell);
  if (content == cls) return {};
  if (!content)
    return raise(PyExc_RuntimeError,
                 "__class__ not set defining {} as {}. Was __classcell__ propagated to type.__new__?", as_repr(name),
                 as_repr(cls));
  return raise(PyExc_TypeError, "__class__ set to {} defining {} as {}", as_repr(content), as_repr(name),
               as_repr(cls));
}

static Ref<Dict> keyword_dict(PyObject* const* values, PyObject* kwnames) {
  Ref<Dict> keywords = TRY(new_dict());
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(kwnames); i++)
    TRY(dict_set(object(keywords.get()), item(kwnames, i), values[i]));
  return keywords;
}

Ref<> build_class(PyObject* const* args, Py_ssize_t nargs, PyObject* kwnames) {
  if (nargs < 2) return raise(PyExc_TypeError, "__build_class__: not enough arguments");
  PyObject* body = args[0];
  PyObject* name = args[1];
  if (!PyFunction_Check(body)) return raise(PyExc_TypeError, "__build_class__: func must be a function");
  if (!PyUnicode_Check(name)) return raise(PyExc_TypeError, "__build_class__: name is not a string");
  Ref<> written = TRY(tuple_of(args + 2, nargs - 2));
  Ref<> bases = TRY(resolve_bases(written.copy()));
  Ref<Dict> keywords;
  if (kwnames) keywords = TRY(keyword_dict(args + nargs, kwnames));
  PyObject* keyword_object = object(keywords.get());
  Metaclass meta = TRY(choose_metaclass(keyword_object, bases.get()));
  Ref<> space = TRY(prepare_namespace(meta, name, bases.get(), keyword_object));
  Ref<> cell = TRY(call_function(reinterpret_cast<PyFunctionObject*>(body), space.get(), nullptr, 0, nullptr));
  if (bases.get() != written.get()) TRY(set_item(space.get(), "__orig_bases__"_name, written.get()));
  Ref<> class_args = TRY(tuple_of({name, bases.get(), space.get()}));
  Ref<> cls = TRY(call_object(meta.value.get(), class_args.get(), keyword_object));
  TRY(check_class_cell(cls.get(), cell.get(), name));
  return cls;
}

}  // namespace taipan
