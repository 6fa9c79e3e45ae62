// The module _functools: reduce, cmp_to_key, and the types partial and lru_cache's wrapper.
#include "modules/functools/functools.h"

#include <Python.h>
#include <structmember.h>

#include "modules/fields.h"
#include "modules/module.h"
#include "modules/modules.h"
#include "object/call.h"
#include "object/int.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/type.h"

namespace taipan::functools {
namespace {

// -- reduce --

constexpr char reduce_doc[] =
    "reduce(function, iterable[, initial]) -> value\n\n"
    "Apply a function of two arguments cumulatively, from left to right, to initial (or the first item)\n"
    "and the items of the iterable: reduce(lambda x, y: x+y, [1, 2, 3, 4, 5]) is ((((1+2)+3)+4)+5).\n"
    "Of an empty iterable, initial is the result.";
Ref<> reduce(PyObject*, Arguments args) {
  if (!check_positional("reduce", args.count, 2, 3)) return Raised{};
  Ref<> result = args.count == 3 ? share(args.items[2]) : Ref<>();
  Ref<> iterator = iterate(args.items[1]);
  if (!iterator) {
    if (clear_error_if(PyExc_TypeError)) return raise(PyExc_TypeError, "reduce() arg 2 must support iteration");
    return Raised{};
  }
  for (;;) {
    Ref<> o = TRY(next(iterator.get()));
    if (!o) break;
    result = result ? TRY(call(args.items[0], result.get(), o.get())) : std::move(o);
  }
  if (!result) return raise(PyExc_TypeError, "reduce() of empty iterable with no initial value");
  return result;
}

// -- cmp_to_key --

struct KeyWrapper {
  PyObject_HEAD
  PyObject *compare, *value;
  template <class F> void each(F&& f) { f(compare), f(value); }
};

Ref<> make_wrapper(PyObject* compare, PyObject* value) {
  Ref<KeyWrapper> self = TRY(allocate<KeyWrapper>(&key_wrapper_type));
  self->compare = Py_NewRef(compare);
  self->value = Py_XNewRef(value);
  gc_track(object(self.get()));
  return self;
}

constexpr char wrap_doc[] = "K(obj)\n--\n\n";
Ref<> wrap(KeyWrapper& self, PyObject* value) { return make_wrapper(self.compare, value); }
PyObject* call_slot(PyObject* o, PyObject* args, PyObject* kwargs) {
  FlatArguments flat(args, kwargs);
  if (!flat.ok()) return nullptr;
  return Bound<wrap_doc, wrap>::keywords(o, flat.items(), flat.count(), flat.names());
}

Ref<> compare_slot(KeyWrapper& self, PyObject* other, int op) {
  if (!is_exact(other, &key_wrapper_type)) return raise(PyExc_TypeError, "other argument must be K instance");
  PyObject *x = self.value, *y = reinterpret_cast<KeyWrapper*>(other)->value;
  if (!x || !y) return raise(PyExc_AttributeError, "object");
  Ref<> order = TRY(call(self.compare, x, y));
  return taipan::compare(order.get(), object(small_int(0)), op);
}

constinit PyMemberDef wrapper_members[] = {
    {"obj", T_OBJECT, offsetof(KeyWrapper, value), 0, "Value wrapped by a key function."},
    {},
};

constexpr char cmp_to_key_doc[] = "Convert a cmp= function into a key= function.";
constexpr char cmp_to_key_signature[] = "cmp_to_key($module, mycmp)\n--\n\n";
Ref<> cmp_to_key(PyObject*, PyObject* compare) { return make_wrapper(compare, nullptr); }

consteval PyMethodDef with_doc(PyMethodDef row, const char* doc) {
  row.ml_doc = doc;
  return row;
}

constinit PyMethodDef rows[] = {
    positional_varargs<reduce>("reduce", reduce_doc),
    with_doc(method<cmp_to_key_signature, cmp_to_key>, cmp_to_key_doc),
    {},
};

Status fill(PyObject* module) {
  TRY(ready_type(&key_wrapper_type));
  TRY(start_lru_cache());
  TRY(add_type(module, &partial_type));
  return add_type(module, &lru_cache_type);
}

constexpr char functools_doc[] = "Tools that operate on functions.";

}  // namespace

constinit PyTypeObject key_wrapper_type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "functools.KeyWrapper",
    .tp_basicsize = sizeof(KeyWrapper),
    .tp_dealloc = Fields<KeyWrapper>::dealloc,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_call = call_slot,
    .tp_getattro = generic_get_attr_slot,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_traverse = Fields<KeyWrapper>::traverse,
    .tp_clear = Fields<KeyWrapper>::clear,
    .tp_richcompare = slot<compare_slot>,
    .tp_members = wrapper_members,
    .tp_alloc = generic_alloc,
    .tp_free = gc_free,
};

}  // namespace taipan::functools

PyObject* init_functools() {
  namespace module = taipan::functools;
  return taipan::define_module<"_functools", module::functools_doc, module::fill, module::rows>();
}
