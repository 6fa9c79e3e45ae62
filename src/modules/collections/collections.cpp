// The module _collections: deque, defaultdict, OrderedDict, and the helpers of namedtuple and Counter.
#include "modules/collections/collections.h"

#include <Python.h>
#include <structmember.h>

#include "modules/fields.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan::collections {
namespace {

// -- _tuplegetter: a namedtuple's attribute --

struct TupleGetter {
  PyObject_HEAD
  Py_ssize_t index;
  PyObject* doc;
  template <class F> void each(F&& f) { f(doc); }
};

constexpr char getter_new_doc[] = "_tuplegetter(index, doc, /)\n--\n\n";
Ref<> getter_new(Type* type, Py_ssize_t index, PyObject* doc) {
  Ref<TupleGetter> self = TRY(adopt(reinterpret_cast<TupleGetter*>(type->tp_alloc(type, 0))));
  self->index = index;
  self->doc = Py_NewRef(doc);
  return self;
}
Ref<> getter_get(TupleGetter& self, PyObject* o, PyObject*) {
  if (!o || o == Py_None) return share(object(&self));
  if (!PyTuple_Check(o))
    return raise(PyExc_TypeError, "descriptor for index '{}' for tuple subclasses doesn't apply to '{}' object", self.index,
                 type_name(o));
  if (self.index < 0 || self.index >= tuple_size(o)) return raise(PyExc_IndexError, "tuple index out of range");
  return share(item(o, self.index));
}
Status getter_set(TupleGetter&, PyObject*, PyObject* value) {
  return raise(PyExc_AttributeError, "can't {} attribute", value ? "set" : "delete");
}
Ref<> getter_repr(TupleGetter& self) {
  return format_str("{}({}, {})", short_name(Py_TYPE(object(&self))), self.index, as_repr(self.doc));
}
Ref<> getter_reduce(TupleGetter& self) {
  Ref<> index = TRY(new_int(self.index)), args = TRY(tuple_of({index.get(), self.doc}));
  return tuple_of({object(Py_TYPE(object(&self))), args.get()});
}
constinit PyMethodDef getter_methods[] = {noargs<getter_reduce>("__reduce__", nullptr), {}};
constinit PyMemberDef getter_members[] = {{"__doc__", T_OBJECT, offsetof(TupleGetter, doc), 0}, {}};

// -- _count_elements: Counter's loop --

/// A plain dict's counting: `get` and `__setitem__` are dict's own.
Status count_in_dict(PyObject* mapping, PyObject* iterable) {
  return for_each(iterable, [&](PyObject* key) -> Status {
    Py_hash_t h = TRY(hash(key));
    PyObject* count = TRY(dict_find(mapping, key, h));
    Ref<> more = count ? TRY(binary(BinaryOp::Add, count, object(small_int(1)))) : TRY(new_int(1));
    return dict_set(mapping, key, more.get(), h);
  });
}
Status count_in_mapping(PyObject* mapping, PyObject* iterable) {
  Ref<> get = TRY(get_attr(mapping, "get"_name));
  return for_each(iterable, [&](PyObject* key) -> Status {
    Ref<> count = TRY(call(get.get(), key, object(small_int(0))));
    Ref<> more = TRY(binary(BinaryOp::Add, count.get(), object(small_int(1))));
    return set_item(mapping, key, more.get());
  });
}

constexpr char count_elements_doc[] =
    "_count_elements($module, mapping, iterable, /)\n--\n\n"
    "Count elements in the iterable, updating the mapping";
Status count_elements(PyObject*, PyObject* mapping, PyObject* iterable) {
  PyTypeObject* type = Py_TYPE(mapping);
  bool plain = PyDict_Check(mapping) && type_lookup(type, "get"_name) == type_lookup(&PyDict_Type, "get"_name) &&
               type_lookup(type, "__setitem__"_name) == type_lookup(&PyDict_Type, "__setitem__"_name);
  return plain ? count_in_dict(mapping, iterable) : count_in_mapping(mapping, iterable);
}

constinit PyMethodDef rows[] = {method<count_elements_doc, count_elements>, {}};

Status fill(PyObject* module) {
  for (PyTypeObject* type : {&PyODictIter_Type, &PyODictKeys_Type, &PyODictValues_Type, &PyODictItems_Type}) TRY(ready_type(type));
  for (PyTypeObject* type :
       {&PyODict_Type, &deque_type, &defaultdict_type, &deque_iterator_type, &deque_reverse_iterator_type, &tuplegetter_type})
    TRY(add_type(module, type));
  return {};
}

constexpr char collections_doc[] =
    "High performance data structures.\n"
    "- deque:        ordered collection accessible from endpoints only\n"
    "- defaultdict:  dict subclass with a default value factory\n"
    "- OrderedDict:  dict subclass that can move its items\n";

}  // namespace

constinit PyTypeObject tuplegetter_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "_collections._tuplegetter",
    .tp_basicsize = sizeof(TupleGetter),
    .tp_dealloc = Fields<TupleGetter>::dealloc,
    .tp_repr = slot<getter_repr>,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = Fields<TupleGetter>::traverse,
    .tp_clear = Fields<TupleGetter>::clear,
    .tp_methods = getter_methods,
    .tp_members = getter_members,
    .tp_descr_get = slot<getter_get>,
    .tp_descr_set = slot<getter_set>,
    .tp_alloc = generic_alloc,
    .tp_new = constructor<getter_new_doc, getter_new>::tp_new,
    .tp_free = gc_free,
};

}  // namespace taipan::collections

PyObject* init_collections() {
  namespace module = taipan::collections;
  return taipan::define_module<"_collections", module::collections_doc, module::fill, module::rows>();
}
