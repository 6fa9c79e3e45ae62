// functools.partial: a callable with some arguments given in advance.
#include <Python.h>
#include <structmember.h>

#include "modules/fields.h"
#include "modules/functools/functools.h"
#include "modules/module.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/rows.h"

namespace taipan::functools {
namespace {

struct Partial {
  PyObject_HEAD
  PyObject *function, *args, *kwargs;  // a tuple and a dict
  PyObject *dict, *weaklist;
  vectorcallfunc entry;
  template <class F> void each(F&& f) { f(function), f(args), f(kwargs), f(dict); }
};
Partial& as(PyObject* o) { return *reinterpret_cast<Partial*>(o); }

void dealloc(PyObject* o) {
  gc_untrack(o);
  if (as(o).weaklist) clear_weakrefs(o);
  Fields<Partial>::clear(o);
  Py_TYPE(o)->tp_free(o);
}

// -- calling --

/// A row of arguments: on the stack if they are few.
class ArgumentRow {
 public:
  explicit ArgumentRow(Py_ssize_t n) {
    items_ = n < kFew ? few_ : static_cast<PyObject**>(raw_allocate(sizeof(PyObject*) * static_cast<size_t>(n + 1)));
    if (!items_) raise_no_memory();
  }
  ~ArgumentRow() {
    if (items_ != few_) raw_free(items_);
  }
  ArgumentRow(const ArgumentRow&) = delete;
  bool ok() const { return items_ != nullptr; }
  PyObject** items() { return items_ + 1; }  // one free slot in front, for the callee

 private:
  static constexpr Py_ssize_t kFew = 10;
  PyObject* few_[kFew + 1];
  PyObject** items_;
};

Ref<> call_with_keywords(Partial& self, PyObject* const* args, Py_ssize_t n, PyObject* names) {
  Ref<Dict> kwargs = TRY(dict_copy(self.kwargs));
  for (Py_ssize_t i = 0; names && i < tuple_size(names); i++) TRY(dict_set(object(kwargs.get()), item(names, i), args[n + i]));
  Py_ssize_t given = tuple_size(self.args);
  Ref<Tuple> all = TRY(new_tuple(given + n));
  for (Py_ssize_t i = 0; i < given; i++) all->ob_item[i] = Py_NewRef(item(self.args, i));
  for (Py_ssize_t i = 0; i < n; i++) all->ob_item[given + i] = Py_NewRef(args[i]);
  Ref<> function = share(self.function);
  return call_object(function.get(), object(all.get()), object(kwargs.get()));
}

PyObject* entry(PyObject* o, PyObject* const* args, size_t nargsf, PyObject* names) {
  Partial& self = as(o);
  Py_ssize_t n = PyVectorcall_NARGS(nargsf);
  if (dict_size(self.kwargs)) return call_with_keywords(self, args, n, names).release();
  Py_ssize_t given = tuple_size(self.args), total = n + (names ? tuple_size(names) : 0);
  if (given == 0) return vectorcall(self.function, args, nargsf, names).release();
  ArgumentRow row(given + total);
  if (!row.ok()) return nullptr;
  // The tuple and the function could be replaced by __setstate__ while they are in use.
  Ref<> keep_args = share(self.args), function = share(self.function);
  memcpy(row.items(), reinterpret_cast<Tuple*>(keep_args.get())->ob_item, sizeof(PyObject*) * static_cast<size_t>(given));
  if (total) memcpy(row.items() + given, args, sizeof(PyObject*) * static_cast<size_t>(total));
  return vectorcall(function.get(), row.items(), static_cast<size_t>(given + n) | PY_VECTORCALL_ARGUMENTS_OFFSET, names).release();
}

// -- making --

constexpr char partial_doc[] =
    "partial(func, *args, **keywords) - new function with partial application\n"
    "    of the given arguments and keywords.\n";

Ref<> concatenated(PyObject* first, PyObject* args, Py_ssize_t skip) {
  Py_ssize_t n = tuple_size(first), more = tuple_size(args) - skip;
  if (n == 0) return tuple_slice(args, skip, tuple_size(args));
  Ref<Tuple> all = TRY(new_tuple(n + more));
  for (Py_ssize_t i = 0; i < n; i++) all->ob_item[i] = Py_NewRef(item(first, i));
  for (Py_ssize_t i = 0; i < more; i++) all->ob_item[n + i] = Py_NewRef(item(args, skip + i));
  return all;
}

Ref<> create(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if (tuple_size(args) < 1) return raise(PyExc_TypeError, "type 'partial' takes at least one argument");
  PyObject* function = item(args, 0);
  if (!is_callable(function)) return raise(PyExc_TypeError, "the first argument must be callable");
  PyObject *inner_args = empty_tuple(), *inner_kwargs = nullptr;
  // A partial of a plain partial is one partial of the inner function.
  if (is_instance_of(function, &partial_type) && !as(function).dict) {
    inner_args = as(function).args;
    inner_kwargs = as(function).kwargs;
    function = as(function).function;
  }
  Ref<> all = TRY(concatenated(inner_args, args, 1));
  Ref<Dict> names = TRY(inner_kwargs && dict_size(inner_kwargs) ? dict_copy(inner_kwargs) : new_dict());
  if (kwargs) TRY(dict_merge(object(names.get()), kwargs, 1));
  Ref<Partial> self = TRY(adopt(reinterpret_cast<Partial*>(type->tp_alloc(type, 0))));
  self->function = Py_NewRef(function);
  self->args = all.release();
  self->kwargs = object(names.release());
  self->entry = entry;
  return self;
}
PyObject* new_slot(PyTypeObject* type, PyObject* args, PyObject* kwargs) { return create(type, args, kwargs).release(); }

// -- showing and pickling --

Ref<> repr_slot(PyObject* o) {
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? new_str("...") : Ref<>();
  Ref<> args = share(as(o).args), kwargs = share(as(o).kwargs);
  StrBuilder out;
  Ref<> head = TRY(format_str("{}({}", type_name(o), as_repr(as(o).function)));
  if (!out.add(head.get())) return Raised{};
  for (Py_ssize_t i = 0; i < tuple_size(args.get()); i++) {
    Ref<> shown = TRY(format_str(", {}", as_repr(item(args.get(), i))));
    if (!out.add(shown.get())) return Raised{};
  }
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(kwargs.get(), &position, &key, &value)) {
    Ref<> keep_key = share(key), keep_value = share(value);  // repr may change the dict
    Ref<> shown = TRY(format_str(", {}={}", as_str(key), as_repr(value)));
    if (!out.add(shown.get())) return Raised{};
  }
  if (!out.add(Py_UCS4{')'})) return Raised{};
  return out.finish();
}

Ref<> reduce(Partial& self) {
  Ref<> args = TRY(tuple_of({self.function}));
  Ref<> state = TRY(tuple_of({self.function, self.args, self.kwargs, self.dict ? self.dict : Py_None}));
  return tuple_of({object(Py_TYPE(object(self))), args.get(), state.get()});
}

Status setstate(Partial& self, PyObject* state) {
  auto invalid = [] { return raise(PyExc_TypeError, "invalid partial state"); };
  if (!PyTuple_Check(state) || tuple_size(state) != 4) return invalid();
  PyObject *function = item(state, 0), *args = item(state, 1), *kwargs = item(state, 2), *dict = item(state, 3);
  if (!is_callable(function) || !PyTuple_Check(args) || (kwargs != Py_None && !PyDict_Check(kwargs))) return invalid();
  // Subclasses of tuple and dict may behave unlike them.
  Ref<> exact_args = is_exact(args, &PyTuple_Type) ? share(args) : Ref<>(TRY(to_tuple(args)));
  Ref<> exact_kwargs;
  if (kwargs == Py_None) exact_kwargs = TRY(new_dict());
  else if (is_exact(kwargs, &PyDict_Type)) exact_kwargs = share(kwargs);
  else exact_kwargs = TRY(dict_copy(kwargs));
  replace_field(self.function, share(function));
  replace_field(self.args, std::move(exact_args));
  replace_field(self.kwargs, std::move(exact_kwargs));
  replace_field(self.dict, dict == Py_None ? Ref<>() : share(dict));
  return {};
}

constinit PyMethodDef methods[] = {
    noargs<reduce>("__reduce__", nullptr),
    one_arg<setstate>("__setstate__", nullptr),
    kClassGetitemRow,
    {},
};
constinit PyMemberDef members[] = {
    {"func", T_OBJECT, offsetof(Partial, function), READONLY, "function object to use in future partial calls"},
    {"args", T_OBJECT, offsetof(Partial, args), READONLY, "tuple of arguments to future partial calls"},
    {"keywords", T_OBJECT, offsetof(Partial, kwargs), READONLY, "dictionary of keyword arguments to future partial calls"},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Partial, weaklist), READONLY},
    {"__dictoffset__", T_PYSSIZET, offsetof(Partial, dict), READONLY},
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(Partial, entry), READONLY},
    {},
};
constinit PyGetSetDef getset[] = {kDictAttribute, {}};

}  // namespace

constinit PyTypeObject partial_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "functools.partial",
    .tp_basicsize = sizeof(Partial),
    .tp_dealloc = dealloc,
    .tp_vectorcall_offset = offsetof(Partial, entry),
    .tp_repr = slot<repr_slot>,
    .tp_call = tp_call_by_vectorcall,
    .tp_getattro = generic_get_attr_slot,
    .tp_setattro = generic_set_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = partial_doc,
    .tp_traverse = Fields<Partial>::traverse,
    .tp_clear = Fields<Partial>::clear,
    .tp_weaklistoffset = offsetof(Partial, weaklist),
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
    .tp_dictoffset = offsetof(Partial, dict),
    .tp_alloc = generic_alloc,
    .tp_new = new_slot,
    .tp_free = gc_free,
};

}  // namespace taipan::functools
