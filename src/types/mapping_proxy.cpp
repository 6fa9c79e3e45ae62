// mappingproxy: a read-only window on a mapping (what type.__dict__ gives).
#include "object/bind.h"
#include "object/call.h"
#include "object/error.h"
#include "object/gc.h"
#include "object/name.h"
#include "object/slot.h"
#include "object/type.h"
#include "types/dict.h"
#include "types/rows.h"

namespace taipan {

namespace {
struct Proxy {
  PyObject_HEAD
  PyObject* mapping;
};
}  // namespace

static PyObject* shown(PyObject* proxy) { return reinterpret_cast<Proxy*>(proxy)->mapping; }
static PyObject* unwrapped(PyObject* o) { return Py_IS_TYPE(o, &PyDictProxy_Type) ? shown(o) : o; }

Ref<> make_mapping_proxy(PyObject* mapping) {
  if (!is_mapping(mapping) || PyList_Check(mapping) || PyTuple_Check(mapping))
    return raise(PyExc_TypeError, "mappingproxy() argument must be a mapping, not {}", type_name(mapping));
  auto proxy = TRY(allocate<Proxy>(&PyDictProxy_Type));
  proxy->mapping = Py_NewRef(mapping);
  gc_track(object(proxy.get()));
  return proxy;
}

static constexpr char proxy_doc[] =
    "mappingproxy(mapping)\n--\n\n"
    "A read-only view of a mapping.";
static Ref<> proxy_new(PyTypeObject*, PyObject* mapping) { return make_mapping_proxy(mapping); }

static void proxy_dealloc(PyObject* o) {
  gc_untrack(o);
  Py_DECREF(shown(o));
  deallocate(reinterpret_cast<Proxy*>(o));
}
static int proxy_traverse(PyObject* o, visitproc visit, void* arg) {
  Py_VISIT(shown(o));
  return 0;
}

static Result<Py_ssize_t> proxy_length(PyObject* o) { return length(shown(o)); }
static Ref<> proxy_item(PyObject* o, PyObject* key) { return get_item(shown(o), key); }
static Result<bool> proxy_contains(PyObject* o, PyObject* key) {
  if (PyDict_CheckExact(shown(o))) return dict_contains(shown(o), key);
  return contains(shown(o), key);
}
static Ref<> proxy_iter(PyObject* o) { return iterate(shown(o)); }
static Ref<> proxy_str(PyObject* o) { return to_str(shown(o)); }
static Ref<> proxy_repr(PyObject* o) { return format_str("mappingproxy({})", as_repr(shown(o))); }
static Ref<> proxy_compare(PyObject* a, PyObject* b, int op) { return compare(shown(a), b, op); }
static Ref<> proxy_or(PyObject* a, PyObject* b) { return binary(BinaryOp::Or, unwrapped(a), unwrapped(b)); }
static Ref<> proxy_inplace_or(PyObject* self, PyObject*) {
  return raise(PyExc_TypeError, "'|=' is not supported by {}; use '|' instead", type_name(self));
}

static Ref<> proxy_get(PyObject* o, Arguments a) {
  if (!check_positional("get", a.count, 1, 2)) return {};
  return call_method(shown(o), "get"_name, a.items[0], a.count > 1 ? a.items[1] : Py_None);
}
static Ref<> proxy_keys(PyObject* o) { return call_method(shown(o), "keys"_name); }
static Ref<> proxy_values(PyObject* o) { return call_method(shown(o), "values"_name); }
static Ref<> proxy_items(PyObject* o) { return call_method(shown(o), "items"_name); }
static Ref<> proxy_copy(PyObject* o) { return call_method(shown(o), "copy"_name); }
static Ref<> proxy_reversed(PyObject* o) { return call_method(shown(o), "__reversed__"_name); }

static constinit PyMethodDef proxy_methods[] = {
    positional_varargs<proxy_get>("get", "D.get(k[,d]) -> D[k] if k is in D, else d, which is None if not given"),
    noargs<proxy_keys>("keys", "D.keys() -> a set-like view of D's keys"),
    noargs<proxy_values>("values", "D.values() -> a view of D's values"),
    noargs<proxy_items>("items", "D.items() -> a set-like view of D's items"),
    noargs<proxy_copy>("copy", "D.copy() -> a shallow copy of D"),
    kClassGetitemRow,
    noargs<proxy_reversed>("__reversed__", "D.__reversed__() -> an iterator, last key first"),
    {},
};
static constinit PyMappingMethods proxy_as_mapping = {.mp_length = slot<proxy_length>, .mp_subscript = slot<proxy_item>};
static constinit PySequenceMethods proxy_as_sequence = {.sq_contains = slot<proxy_contains>};
static constinit PyNumberMethods proxy_as_number = {.nb_or = slot<proxy_or>, .nb_inplace_or = slot<proxy_inplace_or>};

}  // namespace taipan

using namespace taipan;

constinit PyTypeObject PyDictProxy_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "mappingproxy",
    .tp_basicsize = sizeof(Proxy),
    .tp_dealloc = proxy_dealloc,
    .tp_repr = slot<proxy_repr>,
    .tp_as_number = &proxy_as_number,
    .tp_as_sequence = &proxy_as_sequence,
    .tp_as_mapping = &proxy_as_mapping,
    .tp_str = slot<proxy_str>,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MAPPING,
    .tp_traverse = proxy_traverse,
    .tp_richcompare = slot<proxy_compare>,
    .tp_iter = slot<proxy_iter>,
    .tp_methods = proxy_methods,
    .tp_new = constructor<proxy_doc, proxy_new>::tp_new,
};
