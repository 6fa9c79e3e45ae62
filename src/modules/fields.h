#pragma once
// The collector's functions for a struct that lists its object fields: `template <class F> void each(F&& f)` calls
// f(field) for every PyObject*& in it.
#include "object/protocol.h"
#include "object/gc.h"
#include "object/object.h"
#include "object/slot.h"

namespace taipan {

template <class T>
struct Fields {
  static T& as(PyObject* o) { return *reinterpret_cast<T*>(o); }
  static int traverse(PyObject* o, visitproc visit, void* arg) {
    int stop = 0;
    as(o).each([&](auto*& field) {
      if (field && !stop) stop = visit(reinterpret_cast<PyObject*>(field), arg);
    });
    return stop;
  }
  static int clear(PyObject* o) {
    as(o).each([](auto*& field) { clear_field(field); });
    return 0;
  }
  static void dealloc(PyObject* o) {
    gc_untrack(o);
    clear(o);
    Py_TYPE(o)->tp_free(o);
  }
};

/// `__dict__` of objects that keep a dict at tp_dictoffset.
inline constexpr PyGetSetDef kDictAttribute = {"__dict__", slot<get_dict_attribute>, slot<set_dict_attribute>, nullptr, nullptr};

}  // namespace taipan
