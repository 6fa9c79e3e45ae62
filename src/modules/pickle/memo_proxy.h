#pragma once
// The views that `memo` gives of a pickler's or unpickler's memo, and attributes that keep a method.
#include "modules/fields.h"
#include "object/object.h"
#include "object/slot.h"
#include "object/type.h"

namespace taipan::pickling {

struct MemoProxy {
  PyObject_HEAD
  PyObject* owner;  // a Pickler or an Unpickler
  template <class F> void each(F&& f) { f(owner); }
};
inline PyObject* proxied(PyObject* proxy) { return reinterpret_cast<MemoProxy*>(proxy)->owner; }
Ref<> new_memo_proxy(PyTypeObject* type, PyObject* owner);
/// (dict, (copy,))
Ref<> reduce_as_dict(Ref<Dict> copy);

constexpr PyTypeObject memo_proxy_type(const char* name, PyMethodDef* methods) {
  return {
      .ob_base = kStaticTypeHead,
      .tp_name = name,
      .tp_basicsize = sizeof(MemoProxy),
      .tp_dealloc = Fields<MemoProxy>::dealloc,
      .tp_hash = PyObject_HashNotImplemented,
      .tp_getattro = generic_get_attr_slot,
      .tp_setattro = generic_set_attr_slot,
      .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
      .tp_traverse = Fields<MemoProxy>::traverse,
      .tp_clear = Fields<MemoProxy>::clear,
      .tp_methods = methods,
  };
}

/// What keep_method() kept, as a callable; absent: AttributeError(name).
Ref<> kept_method(PyObject* function, PyObject* self, const char* name);
Status check_kept_method(PyObject* value, const char* name);

}  // namespace taipan::pickling
