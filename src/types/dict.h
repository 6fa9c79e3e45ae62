#pragma once
// dict's methods that others use, its views, and mappingproxy. The kernel is object/dict.h.
#include "object/dict.h"
#include "object/object.h"

namespace taipan {

/// d[key] with KeyError and __missing__; `key in d`.
Ref<> dict_subscript(PyObject* dict, PyObject* key);
/// dict.update(other): a mapping if it has keys(), else pairs.
Status dict_update(PyObject* dict, PyObject* other);
/// cls.fromkeys(iterable, value)
Ref<> dict_fromkeys(PyObject* type, PyObject* iterable, PyObject* value);
/// type: PyDictKeys_Type, PyDictValues_Type or PyDictItems_Type.
Ref<> new_dict_view(PyObject* dict, PyTypeObject* type);
Ref<> new_dict_iterator(PyObject* dict, PyTypeObject* type);
Ref<> dict_view_intersect(PyObject* a, PyObject* b);
inline bool is_dict_view_set(PyObject* o) { return PyDictViewSet_Check(o); }
Ref<> make_mapping_proxy(PyObject* mapping);  ///< what new_mapping_proxy (object/protocol.h) does

}  // namespace taipan
