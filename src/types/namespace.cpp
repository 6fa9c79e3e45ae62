// types.SimpleNamespace: an object that is only its attributes.
#include "types/namespace.h"

#include <Python.h>
#include <structmember.h>

#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan {

namespace {
struct Namespace {
  PyObject_HEAD
  PyObject* dict;
};
}  // namespace
static PyObject*& dict_of(PyObject* o) { return reinterpret_cast<Namespace*>(o)->dict; }

static PyObject* namespace_new(PyTypeObject* type, PyObject*, PyObject*) {
  Ref<> o = adopt(type->tp_alloc(type, 0));
  if (!o) return nullptr;
  auto dict = new_dict();
  if (!dict) return nullptr;
  dict_of(o.get()) = object(dict.release());
  return o.release();
}

static Status set_attributes(PyObject* self, PyObject* kwargs) {
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(kwargs, &position, &key, &value))
    if (!PyUnicode_Check(key)) return raise(PyExc_TypeError, "keywords must be strings");
  return dict_merge(dict_of(self), kwargs, 1);
}
static int namespace_init(PyObject* self, PyObject* args, PyObject* kwargs) {
  if (tuple_size(args)) return Status(raise(PyExc_TypeError, "no positional arguments expected")).to_c();
  return kwargs ? set_attributes(self, kwargs).to_c() : 0;
}

Ref<> new_namespace(PyObject* attributes) {
  Ref<> made = TRY(adopt(namespace_new(&_PyNamespace_Type, nullptr, nullptr)));
  if (attributes) TRY(dict_merge(dict_of(made.get()), attributes, 1));
  return made;
}

static void namespace_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_XDECREF(dict_of(o));
  Py_TYPE(o)->tp_free(o);
}
static int namespace_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(dict_of(o));
  return 0;
}
static int namespace_clear(PyObject* o) {
  clear_field(dict_of(o));
  return 0;
}

static Ref<> namespace_repr(PyObject* o) {
  const char* name = Py_IS_TYPE(o, &_PyNamespace_Type) ? "namespace" : type_name(o);
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? format_str("{}(...)", name) : Raised{};
  StrBuilder text;
  Ref<> head = TRY(new_str(name));
  if (!text.add(head.get()) || !text.add("(")) return {};
  auto keys = TRY(dict_keys_list(dict_of(o)));
  bool first = true;
  for (Py_ssize_t i = 0; i < Py_SIZE(keys.get()); i++) {
    PyObject* key = keys->ob_item[i];
    if (!PyUnicode_Check(key) || str_length(key) == 0) continue;
    PyObject* value = TRY(dict_find(dict_of(o), key));
    if (!value) continue;  // showing the others took it away
    Ref<> part = TRY(format_str("{}{}={}", first ? "" : ", ", as_str(key), as_repr(value)));
    first = false;
    if (!text.add(part.get())) return {};
  }
  if (!text.add(")")) return {};
  return text.finish();
}

static Ref<> namespace_compare(PyObject* a, PyObject* b, int op) {
  if (!is_instance_of(a, &_PyNamespace_Type) || !is_instance_of(b, &_PyNamespace_Type)) return not_implemented();
  return compare(dict_of(a), dict_of(b), op);
}
static Ref<> namespace_reduce(PyObject* o) {
  return tuple_of({object(Py_TYPE(o)), empty_tuple(), dict_of(o)});
}

static constinit PyMethodDef namespace_methods[] = {noargs<namespace_reduce>("__reduce__", kReduceDoc), {}};
static constinit PyMemberDef namespace_members[] = {
    {"__dict__", T_OBJECT, offsetof(Namespace, dict), READONLY, nullptr},
    {},
};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject _PyNamespace_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "types.SimpleNamespace",
    .tp_basicsize = sizeof(Namespace),
    .tp_dealloc = namespace_dealloc,
    .tp_repr = slot<namespace_repr>,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "An object that is only its attributes.\n\nSimpleNamespace(**kwargs)",
    .tp_traverse = namespace_traverse,
    .tp_clear = namespace_clear,
    .tp_richcompare = slot<namespace_compare>,
    .tp_methods = namespace_methods,
    .tp_members = namespace_members,
    .tp_dictoffset = offsetof(Namespace, dict),
    .tp_init = namespace_init,
    .tp_alloc = generic_alloc,
    .tp_new = namespace_new,
    .tp_free = gc_free,
};
