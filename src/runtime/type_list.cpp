// The static types of object/ and types/, bases before derived types.
#include <Python.h>

#include "runtime/lifecycle.h"
#include "types/code.h"
#include "types/iterators.h"
#include "types/simple_namespace.h"

extern PyTypeObject _PyUnicodeASCIIIter_Type, _PyNone_Type, _PyNotImplemented_Type;
extern PyTypeObject _PyMethodWrapper_Type, _PyWeakref_RefType, _PyWeakref_ProxyType,
    _PyWeakref_CallableProxyType;
extern PyTypeObject TaipanFieldNameIterator_Type, TaipanFormatterIterator_Type;

namespace taipan {

std::span<PyTypeObject* const> all_static_types() {
  static PyTypeObject* const types[] = {
      &PyBaseObject_Type, &_PyNone_Type, &_PyNotImplemented_Type, &PyEllipsis_Type,
      &PyType_Type,
      &_PyWeakref_RefType,
      &_PyWeakref_ProxyType,
      &_PyWeakref_CallableProxyType,
      &PyLong_Type,
      &PyBool_Type,
      &PyFloat_Type,
      &PyComplex_Type,
      &PyUnicode_Type,
      &PyUnicodeIter_Type, &_PyUnicodeASCIIIter_Type,
      &PyBytes_Type,
      &PyBytesIter_Type,
      &PyByteArray_Type,
      &PyByteArrayIter_Type,
      &PyTuple_Type,
      &PyTupleIter_Type,
      &PyList_Type,
      &PyListIter_Type,
      &PyListRevIter_Type,
      &PyDict_Type,
      &PyDictKeys_Type,
      &PyDictValues_Type,
      &PyDictItems_Type,
      &PyDictIterKey_Type,
      &PyDictIterValue_Type,
      &PyDictIterItem_Type,
      &PyDictRevIterKey_Type,
      &PyDictRevIterValue_Type,
      &PyDictRevIterItem_Type,
      &PyDictProxy_Type,
      &PySet_Type,
      &PyFrozenSet_Type,
      &PySetIter_Type,
      &PySlice_Type,
      &PyRange_Type,
      &PyRangeIter_Type,
      &PyLongRangeIter_Type,
      &PyEnum_Type,
      &PyReversed_Type,
      &PyMap_Type,
      &PyFilter_Type,
      &PyZip_Type,
      &PySeqIter_Type,
      &PyCallIter_Type,
      &PyMethodDescr_Type,
      &PyClassMethodDescr_Type,
      &PyMemberDescr_Type,
      &PyGetSetDescr_Type,
      &PyWrapperDescr_Type,
      &_PyMethodWrapper_Type,
      &PyCFunction_Type,
      &PyCMethod_Type,
      &PyProperty_Type,
      &PyModuleDef_Type,
      &PyModule_Type,
      &_PyNamespace_Type,
      &PyCode_Type,
      &line_iterator_type,
      &positions_iterator_type,
      &TaipanFieldNameIterator_Type,
      &TaipanFormatterIterator_Type,
  };
  return types;
}

}  // namespace taipan
