// collections.defaultdict: a dict that makes the value of an absent key.
#include <Python.h>
#include <structmember.h>

#include "modules/collections/collections.h"
#include "modules/module.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::collections {
namespace {

struct DefaultDict {
  Dict dict;
  PyObject* factory;
};
DefaultDict& as(PyObject* o) { return *reinterpret_cast<DefaultDict*>(o); }

constexpr char missing_doc[] =
    "__missing__(key) # Called by __getitem__ for missing key; pseudo-code:\n"
    "  if self.default_factory is None: raise KeyError((key,))\n"
    "  self[key] = value = self.default_factory()\n"
    "  return value\n";
Ref<> missing(DefaultDict& self, PyObject* key) {
  if (!self.factory || self.factory == Py_None) return raise_key_error(key);
  Ref<> factory = share(self.factory);
  PyObject* no_args[1] = {nullptr};
  Ref<> value = TRY(vectorcall(factory.get(), no_args + 1, PY_VECTORCALL_ARGUMENTS_OFFSET));
  TRY(set_item(object(&self), key, value.get()));
  return value;
}

/// type(self)(self.default_factory, contents)
Ref<> remade(DefaultDict& self, PyObject* contents) {
  return call(object(Py_TYPE(object(&self))), self.factory ? self.factory : Py_None, contents);
}
constexpr char copy_doc[] = "D.copy() -> a shallow copy of D.";
Ref<> copy(DefaultDict& self) { return remade(self, object(&self)); }

Ref<> reduce(DefaultDict& self) {
  Ref<> args = share(empty_tuple());
  if (self.factory && self.factory != Py_None) args = TRY(tuple_of({self.factory}));
  Ref<> items = TRY(call_method(object(&self), "items"_name)), it = TRY(iterate(items.get()));
  return tuple_of({object(Py_TYPE(object(&self))), args.get(), Py_None, Py_None, it.get()});
}

Ref<> repr_slot(PyObject* o) {
  Ref<> contents = TRY(adopt(PyDict_Type.tp_repr(o)));
  PyObject* factory = as(o).factory;
  Ref<> shown;
  if (!factory) {
    shown = TRY(new_str("None"));
  } else {
    ReprGuard guard(factory);  // a bound method of this very dict shows the dict again
    if (!guard && !guard.seen()) return Raised{};
    shown = TRY(guard ? repr(factory) : new_str("..."));
  }
  return format_str("{}({}, {})", short_name(Py_TYPE(o)), as_str(shown.get()), as_str(contents.get()));
}

Ref<> or_slot(PyObject* left, PyObject* right) {
  bool ours_is_left = is_instance_of(left, &defaultdict_type);
  PyObject *self = ours_is_left ? left : right, *other = ours_is_left ? right : left;
  if (!PyDict_Check(other)) return not_implemented();
  Ref<> made = TRY(remade(as(self), left));
  if (!PyDict_Check(made.get())) return raise_internal("a defaultdict's class made something else");
  TRY(dict_merge(made.get(), right, 1));
  return made;
}

constexpr char defaultdict_doc[] =
    "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\n"
    "Without arguments the factory is called for the value of a key that __getitem__ does not find.\n"
    "It equals a dict with the same items; further arguments are dict's.";
Status init(PyObject* o, PyObject* args, PyObject* kwargs) {
  Ref<> factory, rest;
  Py_ssize_t n = tuple_size(args);
  if (n > 0) {
    PyObject* given = item(args, 0);
    if (!is_callable(given) && given != Py_None)
      return raise(PyExc_TypeError, "first argument must be callable or None");
    if (given != Py_None) factory = share(given);
  }
  rest = TRY(tuple_slice(args, n > 0, n));
  replace_field(as(o).factory, std::move(factory));
  return Status::from_c(PyDict_Type.tp_init(o, rest.get(), kwargs));
}

int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as(o).factory);
  return PyDict_Type.tp_traverse(o, visit, arg);
}
int clear(PyObject* o) {
  clear_field(as(o).factory);
  return PyDict_Type.tp_clear(o);
}
void dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(as(o).factory);
  PyDict_Type.tp_dealloc(o);
}

constinit PyMethodDef methods[] = {
    one_arg<missing>("__missing__", missing_doc),
    noargs<copy>("copy", copy_doc),
    noargs<copy>("__copy__", copy_doc),
    noargs<reduce>("__reduce__", "Return state information for pickling."),
    kClassGetitemRow,
    {},
};
constinit PyMemberDef members[] = {
    {"default_factory", T_OBJECT, offsetof(DefaultDict, factory), 0, "Factory for default value called by __missing__()."},
    {},
};
constinit PyNumberMethods as_number = {.nb_or = slot<or_slot>};

}  // namespace

constinit PyTypeObject defaultdict_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "collections.defaultdict",
    .tp_basicsize = sizeof(DefaultDict),
    .tp_dealloc = dealloc,
    .tp_repr = slot<repr_slot>,
    .tp_as_number = &as_number,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = defaultdict_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_methods = methods,
    .tp_members = members,
    .tp_base = &PyDict_Type,
    .tp_init = slot<init>,
    .tp_alloc = generic_alloc,
    .tp_free = gc_free,
};

}  // namespace taipan::collections
