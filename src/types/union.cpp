// types.UnionType: int | str.
#include <Python.h>
#include <structmember.h>

#include "object/bind.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "types/generic_alias.h"
#include "types/rows.h"
#include "types/set.h"

namespace taipan {

static Union* as_union(PyObject* o) { return reinterpret_cast<Union*>(o); }
static bool is_union(PyObject* o) { return Py_IS_TYPE(o, &_PyUnion_Type); }
static bool can_be_member(PyObject* o) {
  return o == Py_None || PyType_Check(o) || is_generic_alias(o) || is_union(o);
}

/// Adds a type unless it is there. Classes are told apart by identity, generic aliases by equality.
static Status add_member(PyObject* list, PyObject* o) {
  if (o == Py_None) o = object(&_PyNone_Type);
  for (Py_ssize_t i = 0; i < Py_SIZE(list); i++) {
    PyObject* present = fast_items(list)[i];
    if (present == o) return {};
    if (is_generic_alias(present) && is_generic_alias(o) && TRY(equal(present, o))) return {};
  }
  return list_append(list, o);
}
static Status add_members(PyObject* list, PyObject* o) {
  if (!is_union(o)) return add_member(list, o);
  PyObject* args = union_args(o);
  for (Py_ssize_t i = 0; i < tuple_size(args); i++) TRY(add_member(list, item(args, i)));
  return {};
}

Ref<> make_union(PyObject* a, PyObject* b) {
  if (!can_be_member(a) || !can_be_member(b)) return not_implemented();
  Ref<> members = TRY(new_list());
  TRY(add_members(members.get(), a));
  TRY(add_members(members.get(), b));
  if (Py_SIZE(members.get()) == 1) return share(fast_items(members.get())[0]);
  auto args = TRY(to_tuple(members.get()));
  auto made = TRY(allocate<Union>(&_PyUnion_Type));
  made->args = object(args.release());
  made->parameters = nullptr;
  gc_track(object(made.get()));
  return made;
}

static void union_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(as_union(o)->args);
  Py_XDECREF(as_union(o)->parameters);
  deallocate(as_union(o));
}
static int union_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as_union(o)->args);
  Py_VISIT(as_union(o)->parameters);
  return 0;
}

static Ref<> union_repr(PyObject* self) {
  StrBuilder text;
  PyObject* args = union_args(self);
  for (Py_ssize_t i = 0; i < tuple_size(args); i++) {
    if (i > 0 && !text.add(" | ")) return {};
    PyObject* arg = item(args, i);
    Ref<> part = arg == object(&_PyNone_Type) ? new_str("None") : type_argument_repr(arg);
    if (!part || !text.add(part.get())) return {};
  }
  return text.finish();
}

// The order of the members does not matter.
static Result<Py_hash_t> union_hash(PyObject* self) {
  Ref<> set = TRY(new_frozenset(union_args(self)));
  return hash(set.get());
}
static Ref<> union_compare(PyObject* a, PyObject* b, int op) {
  if (!is_union(b) || (op != Py_EQ && op != Py_NE)) return not_implemented();
  Ref<> x = TRY(new_set(union_args(a))), y = TRY(new_set(union_args(b)));
  return compare(x.get(), y.get(), op);
}

static Ref<> union_get_attr(PyObject* self, PyObject* name) {
  if (PyUnicode_Check(name) && str_equal(name, "__module__")) return get_attr(object(Py_TYPE(self)), name);
  return generic_get_attr(self, name);
}

static Result<PyObject*> parameters_of(Union* u) {
  if (!u->parameters) u->parameters = TRY(make_parameters(u->args)).release();
  return u->parameters;
}
static Ref<> union_subscript(PyObject* self, PyObject* items) {
  PyObject* parameters = TRY(parameters_of(as_union(self)));
  Ref<> args = TRY(substitute_parameters(self, union_args(self), parameters, items));
  Ref<> joined = share(item(args.get(), 0));
  for (Py_ssize_t i = 1; i < tuple_size(args.get()); i++)
    joined = TRY(binary(BinaryOp::Or, joined.get(), item(args.get(), i)));
  return joined;
}

static Ref<> get_parameters(PyObject* self, void*) { return share(TRY(parameters_of(as_union(self)))); }
static constinit PyGetSetDef union_getset[] = {
    {"__parameters__", slot<get_parameters>, nullptr, "The type variables in the members.", nullptr},
    {},
};
static constinit PyMemberDef union_members[] = {
    {"__args__", T_OBJECT, offsetof(Union, args), READONLY, nullptr},
    {},
};
static constinit PyMappingMethods union_as_mapping = {.mp_subscript = slot<union_subscript>};
static constinit PyNumberMethods union_as_number = {.nb_or = slot<make_union>};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject _PyUnion_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "types.UnionType",
    .tp_basicsize = sizeof(Union),
    .tp_dealloc = union_dealloc,
    .tp_repr = slot<union_repr>,
    .tp_as_number = &union_as_number,
    .tp_as_mapping = &union_as_mapping,
    .tp_hash = slot<union_hash>,
    .tp_getattro = slot<union_get_attr>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "One of several types\n\nE.g. int | str",
    .tp_traverse = union_traverse,
    .tp_richcompare = slot<union_compare>,
    .tp_members = union_members,
    .tp_getset = union_getset,
};
