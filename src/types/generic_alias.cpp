// types.GenericAlias: list[int]. It behaves as its origin except for what concerns the parameters.
#include "types/generic_alias.h"

#include <Python.h>
#include <structmember.h>

#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "object/weakref.h"
#include "types/rows.h"

namespace taipan {

static GenericAlias* as_alias(PyObject* o) { return reinterpret_cast<GenericAlias*>(o); }

// -- making --

static PyObject* alias_vectorcall(PyObject* self, PyObject* const* args, size_t nargsf, PyObject* kwnames);

static Ref<> make_alias(PyTypeObject* type, PyObject* origin, PyObject* args) {
  Ref<> tuple = PyTuple_Check(args) ? share(args) : tuple_of({args});
  if (!tuple) return {};
  Ref<> made = TRY(adopt(type->tp_alloc(type, 0)));
  GenericAlias* alias = as_alias(made.get());
  alias->origin = Py_NewRef(origin);
  alias->args = tuple.release();
  alias->parameters = alias->weakreflist = nullptr;
  alias->starred = false;
  alias->vectorcall = vectorcall_of(origin) ? alias_vectorcall : nullptr;
  return made;
}
Ref<> make_generic_alias(PyObject* origin, PyObject* args) { return make_alias(&Py_GenericAliasType, origin, args); }

static PyObject* alias_new(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  if (!check_no_keywords_dict("GenericAlias", kwargs) || !check_positional("GenericAlias", tuple_size(args), 2, 2))
    return nullptr;
  return make_alias(type, item(args, 0), item(args, 1)).release();
}
static void alias_dealloc(PyObject* o) {
  gc_untrack(o);
  clear_weakrefs(o);
  Py_XDECREF(as_alias(o)->origin);
  Py_XDECREF(as_alias(o)->args);
  Py_XDECREF(as_alias(o)->parameters);
  Py_TYPE(o)->tp_free(o);
}
static int alias_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_alias(o)->origin);
  Py_VISIT(as_alias(o)->args);
  Py_VISIT(as_alias(o)->parameters);
  return 0;
}

// -- calling: an instance of the origin, told of the alias --

static Ref<> remember_alias(Ref<> made, PyObject* alias) {
  if (set_attr(made.get(), "__orig_class__"_name, alias)) return made;
  if (clear_error_if(PyExc_AttributeError) || clear_error_if(PyExc_TypeError)) return made;
  return {};
}
static PyObject* alias_vectorcall(PyObject* self, PyObject* const* args, size_t nargsf, PyObject* kwnames) {
  Ref<> made = vectorcall(as_alias(self)->origin, args, nargsf, kwnames);
  return made ? remember_alias(std::move(made), self).release() : nullptr;
}
static PyObject* alias_call(PyObject* self, PyObject* args, PyObject* kwargs) {
  Ref<> made = call_object(as_alias(self)->origin, args, kwargs);
  return made ? remember_alias(std::move(made), self).release() : nullptr;
}

// -- basics --

static Ref<> argument_repr(PyObject* o) { return o == Py_Ellipsis ? new_str("...") : type_argument_repr(o); }

static Ref<> alias_repr(PyObject* self) {
  GenericAlias* alias = as_alias(self);
  StrBuilder text;
  if (alias->starred && !text.add("*")) return {};
  Ref<> part = TRY(argument_repr(alias->origin));
  if (!text.add(part.get()) || !text.add("[")) return {};
  Py_ssize_t n = tuple_size(alias->args);
  for (Py_ssize_t i = 0; i < n; i++) {
    if (i > 0 && !text.add(", ")) return {};
    part = TRY(argument_repr(item(alias->args, i)));
    if (!text.add(part.get())) return {};
  }
  if ((n == 0 && !text.add("()")) || !text.add("]")) return {};
  return text.finish();
}
static Result<Py_hash_t> alias_hash(PyObject* self) {
  Py_hash_t h = TRY(hash(as_alias(self)->origin)) ^ TRY(hash(as_alias(self)->args));
  return h == -1 ? -2 : h;
}
static Ref<> alias_compare(PyObject* a, PyObject* b, int op) {
  if (!is_generic_alias(a) || !is_generic_alias(b) || (op != Py_EQ && op != Py_NE)) return not_implemented();
  GenericAlias *x = as_alias(a), *y = as_alias(b);
  bool same = x->starred == y->starred && TRY(equal(x->origin, y->origin)) && TRY(equal(x->args, y->args));
  return boolean(same == (op == Py_EQ));
}

static Result<PyObject*> parameters_of(GenericAlias* alias) {
  if (!alias->parameters) alias->parameters = TRY(make_parameters(alias->args)).release();
  return alias->parameters;
}
static Ref<> alias_subscript(PyObject* self, PyObject* items) {
  GenericAlias* alias = as_alias(self);
  PyObject* parameters = TRY(parameters_of(alias));
  Ref<> args = TRY(substitute_parameters(self, alias->args, parameters, items));
  Ref<> made = TRY(make_generic_alias(alias->origin, args.get()));
  as_alias(made.get())->starred = alias->starred;
  return made;
}

// -- attributes: the origin's, but for these --

static PyObject* const kOwnNames[] = {
    "__class__"_name,      "__origin__"_name,     "__args__"_name,
    "__unpacked__"_name,   "__parameters__"_name, "__typing_unpacked_tuple_args__"_name,
    "__mro_entries__"_name, "__reduce_ex__"_name,  "__reduce__"_name,
    "__copy__"_name,       "__deepcopy__"_name,
};
static Ref<> alias_get_attr(PyObject* self, PyObject* name) {
  if (PyUnicode_Check(name)) {
    bool own = false;
    for (PyObject* n : kOwnNames) own |= str_equal(n, name);
    if (!own) return get_attr(as_alias(self)->origin, name);
  }
  return generic_get_attr(self, name);
}
static Ref<> alias_dir(PyObject* self) {
  Ref<> names = TRY(dir(as_alias(self)->origin));
  for (PyObject* n : kOwnNames)
    if (!TRY(contains(names.get(), n))) TRY(list_append(names.get(), n));
  return names;
}

static Ref<> mro_entries(PyObject* self, PyObject*) { return tuple_of({as_alias(self)->origin}); }
static Ref<> instancecheck(PyObject*, PyObject*) {
  return raise(PyExc_TypeError, "isinstance() argument 2 cannot be a parameterized generic");
}
static Ref<> subclasscheck(PyObject*, PyObject*) {
  return raise(PyExc_TypeError, "issubclass() argument 2 cannot be a parameterized generic");
}
static Ref<> alias_iter(PyObject* self);
static Ref<> alias_reduce(PyObject* self) {
  GenericAlias* alias = as_alias(self);
  if (alias->starred) {  // the next (and only) item of an iterator over the plain alias
    Ref<> plain = TRY(make_generic_alias(alias->origin, alias->args));
    Ref<> iterator = TRY(alias_iter(plain.get()));
    Ref<> next = TRY(builtin_named("next"_name));
    Ref<> args = TRY(tuple_of({iterator.get()}));
    return tuple_of({next.get(), args.get()});
  }
  Ref<> args = TRY(tuple_of({alias->origin, alias->args}));
  return tuple_of({object(Py_TYPE(self)), args.get()});
}

static constinit PyMethodDef alias_methods[] = {
    one_arg<mro_entries>("__mro_entries__", nullptr),
    one_arg<instancecheck>("__instancecheck__", nullptr),
    one_arg<subclasscheck>("__subclasscheck__", nullptr),
    noargs<alias_reduce>("__reduce__", nullptr),
    noargs<alias_dir>("__dir__", nullptr),
    {},
};
static constinit PyMemberDef alias_members[] = {
    {"__origin__", T_OBJECT, offsetof(GenericAlias, origin), READONLY, nullptr},
    {"__args__", T_OBJECT, offsetof(GenericAlias, args), READONLY, nullptr},
    {"__unpacked__", T_BOOL, offsetof(GenericAlias, starred), READONLY, nullptr},
    {},
};
static Ref<> get_parameters(PyObject* self, void*) { return share(TRY(parameters_of(as_alias(self)))); }
static Ref<> get_unpacked_args(PyObject* self, void*) {
  GenericAlias* alias = as_alias(self);
  return share(alias->starred && alias->origin == object(&PyTuple_Type) ? alias->args : Py_None);
}
static constinit PyGetSetDef alias_getset[] = {
    {"__parameters__", slot<get_parameters>, nullptr, "The type variables in the arguments.", nullptr},
    {"__typing_unpacked_tuple_args__", slot<get_unpacked_args>, nullptr, nullptr, nullptr},
    {},
};
static constinit PyMappingMethods alias_as_mapping = {.mp_subscript = slot<alias_subscript>};
static constinit PyNumberMethods alias_as_number = {.nb_or = slot<make_union>};

// -- the iterator of `*tuple[int]`: it yields the starred alias once --

namespace {
struct AliasIterator {
  PyObject_HEAD
  PyObject* alias;  // null when exhausted
};
}  // namespace
static PyObject*& alias_of(PyObject* o) { return reinterpret_cast<AliasIterator*>(o)->alias; }
extern PyTypeObject alias_iterator_type;

static Ref<> alias_iter(PyObject* self) {
  auto it = TRY(allocate<AliasIterator>(&alias_iterator_type));
  it->alias = Py_NewRef(self);
  gc_track(object(it.get()));
  return it;
}
static void alias_iterator_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(alias_of(o));
  deallocate(reinterpret_cast<AliasIterator*>(o));
}
static int alias_iterator_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(alias_of(o));
  return 0;
}
static Result<Ref<>> alias_iterator_next(PyObject* o) {
  if (!alias_of(o)) return Ref<>{};
  GenericAlias* plain = as_alias(alias_of(o));
  Ref<> starred = TRY(make_generic_alias(plain->origin, plain->args));
  as_alias(starred.get())->starred = true;
  clear_field(alias_of(o));
  return starred;
}
static Ref<> alias_iterator_reduce(PyObject* o) {
  Ref<> iter = TRY(builtin_named("iter"_name));
  Ref<> args = TRY(tuple_of({alias_of(o) ? alias_of(o) : empty_tuple()}));
  return tuple_of({iter.get(), args.get()});
}
static constinit PyMethodDef alias_iterator_methods[] = {noargs<alias_iterator_reduce>("__reduce__", nullptr), {}};
constinit PyTypeObject alias_iterator_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "generic_alias_iterator",
    .tp_basicsize = sizeof(AliasIterator),
    .tp_dealloc = alias_iterator_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = alias_iterator_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = slot<alias_iterator_next>,
    .tp_methods = alias_iterator_methods,
};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject Py_GenericAliasType = {
    .ob_base = kStaticTypeHead,
    .tp_name = "types.GenericAlias",
    .tp_basicsize = sizeof(GenericAlias),
    .tp_dealloc = alias_dealloc,
    .tp_vectorcall_offset = offsetof(GenericAlias, vectorcall),
    .tp_repr = slot<alias_repr>,
    .tp_as_number = &alias_as_number,
    .tp_as_mapping = &alias_as_mapping,
    .tp_hash = slot<alias_hash>,
    .tp_call = alias_call,
    .tp_getattro = slot<alias_get_attr>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = "A generic type with its parameters\n\n"
              "E.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
    .tp_traverse = alias_traverse,
    .tp_richcompare = slot<alias_compare>,
    .tp_weaklistoffset = offsetof(GenericAlias, weakreflist),
    .tp_iter = slot<alias_iter>,
    .tp_methods = alias_methods,
    .tp_members = alias_members,
    .tp_getset = alias_getset,
    .tp_alloc = generic_alloc,
    .tp_new = alias_new,
    .tp_free = gc_free,
};
