#pragma once
// The references of an object, for the collector. The types that most objects have are looked through without a call for each
// reference; what cannot be part of a cycle (most names, numbers, code) is passed over at once.
#include "object/dict_layout.h"
#include "object/gc.h"

namespace taipan {

/// Calls visit(PyObject*) for each reference to an object whose type is collected and that is no static one.
template <class Visit>
void visit_references(PyObject* o, Visit visit) {
  auto look = [&](auto* p) {
    if (p && !gc_is_static(p) && PyType_IS_GC(Py_TYPE(p))) visit(reinterpret_cast<PyObject*>(p));
  };
  PyTypeObject* type = Py_TYPE(o);
  if (type == &PyFunction_Type) {
    auto* f = reinterpret_cast<PyFunctionObject*>(o);
    for (PyObject* p : {f->func_globals, f->func_builtins, f->func_module, f->func_defaults, f->func_kwdefaults, f->func_doc,
                        f->func_name, f->func_dict, f->func_closure, f->func_annotations, f->func_qualname, f->func_code})
      look(p);
  } else if (type == &PyDict_Type) {
    visit_dict(reinterpret_cast<PyDictObject*>(o), [&](PyObject* p) {
      look(p);
      return 0;
    });
  } else if (type == &PyTuple_Type) {
    for (PyObject **p = reinterpret_cast<PyTupleObject*>(o)->ob_item, **end = p + Py_SIZE(o); p < end; p++) look(*p);
  } else if (type == &PyList_Type) {
    for (PyObject **p = reinterpret_cast<PyListObject*>(o)->ob_item, **end = p + Py_SIZE(o); p < end; p++) look(*p);
  } else if (type->tp_traverse) {
    visitproc call = [](PyObject* p, void* arg) {
      if (!gc_is_static(p) && PyType_IS_GC(Py_TYPE(p))) (*static_cast<Visit*>(arg))(p);
      return 0;
    };
    type->tp_traverse(o, call, &visit);
  }
}

}  // namespace taipan
