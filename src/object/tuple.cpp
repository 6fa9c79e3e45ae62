// tuple's kernel: making tuples. The type is in types/tuple.cpp.
#include "object/tuple.h"

#include "object/error.h"
#include "object/gc.h"

namespace taipan {

struct EmptyTuple {
  GcHead head;
  PyTupleObject tuple;
};
// Static, with a collector's head in front as every tuple has; never tracked. A C name: embedded code refers to it.
extern "C" constinit EmptyTuple taipan_empty_tuple = {{0, 0}, {{{kImmortal, &PyTuple_Type}, 0}, {nullptr}}};

PyObject* empty_tuple() { return object(&taipan_empty_tuple.tuple); }

/// Tuples are short: a loop is quicker than memset or memcpy.
static void fill_items(PyObject** to, PyObject* const* from, Py_ssize_t n) {
#pragma clang loop vectorize(disable) unroll(disable)
  for (Py_ssize_t i = 0; i < n; i++) {
    to[i] = from ? from[i] : nullptr;
    asm("" : : : "memory");  // lest the compiler make it a call
  }
}

Ref<Tuple> new_tuple(Py_ssize_t n) {
  if (n == 0) return share(reinterpret_cast<Tuple*>(empty_tuple()));
  if (static_cast<size_t>(n) > (PY_SSIZE_T_MAX - sizeof(PyTupleObject)) / sizeof(PyObject*)) return raise_no_memory();
  size_t size = sizeof(PyTupleObject) - sizeof(PyObject*) + n * sizeof(PyObject*);
  PyObject* o = allocate_collected(&PyTuple_Type, size);
  if (!o) return {};
  auto* t = reinterpret_cast<Tuple*>(o);
  t->ob_base.ob_size = n;
  fill_items(t->ob_item, nullptr, n);
  gc_track(object(t));
  return adopt(t);
}

Ref<> tuple_taking(PyObject* const* items, Py_ssize_t n) {
  if (n == 0) return share(empty_tuple());
  PyObject* o = allocate_collected(&PyTuple_Type, offsetof(Tuple, ob_item) + static_cast<size_t>(n) * sizeof(PyObject*));
  if (!o) {
    for (Py_ssize_t i = 0; i < n; i++) Py_DECREF(items[i]);
    return {};
  }
  auto* t = reinterpret_cast<Tuple*>(o);
  t->ob_base.ob_size = n;
  fill_items(t->ob_item, items, n);
  gc_track(o);
  return adopt(o);
}

Ref<> tuple_of(PyObject* const* items, Py_ssize_t n) {
  Ref<Tuple> t = TRY(new_tuple(n));
  for (Py_ssize_t i = 0; i < n; i++) t->ob_item[i] = Py_NewRef(items[i]);
  return t;
}
Ref<> tuple_of(std::initializer_list<PyObject*> items) { return tuple_of(items.begin(), static_cast<Py_ssize_t>(items.size())); }

Ref<> tuple_slice(PyObject* tuple, Py_ssize_t low, Py_ssize_t high) {
  Py_ssize_t n = tuple_size(tuple);
  if (low < 0) low = 0;
  if (high > n) high = n;
  if (high < low) high = low;
  if (low == 0 && high == n && PyTuple_CheckExact(tuple)) return share(tuple);
  return tuple_of(reinterpret_cast<Tuple*>(tuple)->ob_item + low, high - low);
}

}  // namespace taipan
