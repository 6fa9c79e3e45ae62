// types.SimpleNamespace.
#include "types/simple_namespace.h"

#include <structmember.h>

#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/gc.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan {
namespace {

struct Namespace {
  PyObject_HEAD PyObject* dict;
};
Namespace& as(PyObject* o) { return *reinterpret_cast<Namespace*>(o); }

Ref<> make(PyTypeObject* type) {
  Ref<> self = TRY(adopt(type->tp_alloc(type, 0)));
  as(self.get()).dict = object(TRY(new_dict()).release());
  return self;
}
PyObject* namespace_new(PyTypeObject* type, PyObject*, PyObject*) { return make(type).release(); }

Status init(PyObject* o, PyObject* args, PyObject* kwargs) {
  if (tuple_size(args)) return raise(PyExc_TypeError, "no positional arguments expected");
  if (!kwargs) return {};
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (dict_next(kwargs, &position, &key, &value))
    if (!PyUnicode_Check(key)) return raise(PyExc_TypeError, "keywords must be strings");
  return dict_merge(as(o).dict, kwargs, 1);
}
int namespace_init(PyObject* o, PyObject* args, PyObject* kwargs) {
  return init(o, args, kwargs).to_c();
}

void dealloc(PyObject* o) {
  gc_untrack(o);
  clear_field(as(o).dict);
  Py_TYPE(o)->tp_free(o);
}
int traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(as(o).dict);
  return 0;
}
int clear(PyObject* o) {
  clear_field(as(o).dict);
  return 0;
}

Ref<> repr_of(PyObject* o) {
  const char* name = is_exact(o, &_PyNamespace_Type) ? "namespace" : short_name(Py_TYPE(o));
  ReprGuard guard(o);
  if (!guard) return guard.seen() ? format_str("{}(...)", name) : Ref<>();
  StrBuilder out;
  if (!out.add(std::string_view(name)) || !out.add('(')) return {};
  bool first = true;
  Ref<List> keys = TRY(dict_keys_list(as(o).dict));
  for (Py_ssize_t i = 0; i < Py_SIZE(keys.get()); i++) {
    PyObject* key = PyList_GET_ITEM(object(keys.get()), i);
    if (!PyUnicode_Check(key) || !str_length(key)) continue;
    PyObject* value = TRY(dict_find(as(o).dict, key));
    if (!value) continue;
    Ref<> kept = share(value);
    Ref<> shown = TRY(repr(value));
    if (!first && !out.add(std::string_view(", "))) return {};
    first = false;
    if (!out.add(key) || !out.add('=') || !out.add(shown.get())) return {};
  }
  if (!out.add(')')) return {};
  return out.finish();
}

Ref<> compare_namespaces(PyObject* a, PyObject* b, int op) {
  if (!is_instance_of(a, &_PyNamespace_Type) || !is_instance_of(b, &_PyNamespace_Type))
    return not_implemented();
  return compare(as(a).dict, as(b).dict, op);
}

constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nState for pickle.";
Ref<> reduce(PyObject* o) { return tuple_of({object(Py_TYPE(o)), empty_tuple(), as(o).dict}); }

constexpr char namespace_doc[] =
    "SimpleNamespace(**kwargs)\n\nAn object with just the attributes that it is given.";

constinit PyMethodDef methods[] = {method<reduce_doc, reduce>, {}};
constinit PyMemberDef members[] = {{"__dict__", T_OBJECT, offsetof(Namespace, dict), 0}, {}};

}  // namespace

Ref<> new_namespace(PyObject* dict) {
  Ref<> self = TRY(make(&_PyNamespace_Type));
  if (dict) TRY(dict_merge(as(self.get()).dict, dict, 1));
  return self;
}

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject _PyNamespace_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "types.SimpleNamespace",
    .tp_basicsize = sizeof(Namespace),
    .tp_dealloc = dealloc,
    .tp_repr = slot<repr_of>,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = namespace_doc,
    .tp_traverse = traverse,
    .tp_clear = clear,
    .tp_richcompare = slot<compare_namespaces>,
    .tp_methods = methods,
    .tp_members = members,
    .tp_dictoffset = offsetof(Namespace, dict),
    .tp_init = namespace_init,
    .tp_alloc = generic_alloc,
    .tp_new = namespace_new,
    .tp_free = gc_free,
};
