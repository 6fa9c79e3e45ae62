// Every static type of object/ and types/, in the order in which they are made ready: a type's bases first (the
// machinery itself sees to that), and first of all what making a type ready needs instances of.
#include "object/object.h"
#include "runtime/lifecycle.h"
#include "types/code.h"
#include "types/generic_alias.h"
#include "types/iterators.h"

extern "C" {
extern PyTypeObject PyUnicodeIter_Type, _PyUnicodeASCIIIter_Type, PyBytesIter_Type, PyByteArrayIter_Type;
extern PyTypeObject TaipanFormatterIterator_Type, TaipanFieldNameIterator_Type;
extern PyTypeObject _PyMemoryIter_Type;
extern PyTypeObject _PyNamespace_Type, _PyMethodWrapper_Type;
}

namespace taipan {

extern PyTypeObject alias_iterator_type;

std::span<PyTypeObject* const> all_static_types() {
  static PyTypeObject* const types[] = {
      &PyBaseObject_Type, &PyType_Type,
      // What type dicts are made of.
      &PyUnicode_Type, &PyLong_Type, &PyTuple_Type, &PyList_Type, &PyDict_Type, &PyBool_Type, &_PyNone_Type,
      &_PyWeakref_RefType, &_PyWeakref_CallableProxyType, &_PyWeakref_ProxyType,
      &PyCFunction_Type, &PyCMethod_Type, &PyMethodDescr_Type, &PyClassMethodDescr_Type, &PyMemberDescr_Type,
      &PyGetSetDescr_Type, &PyWrapperDescr_Type, &_PyMethodWrapper_Type, &PyProperty_Type,
      // Values.
      &PyFloat_Type, &PyComplex_Type, &PyBytes_Type, &PyByteArray_Type, &PyMemoryView_Type, &PySet_Type, &PyFrozenSet_Type,
      &PySlice_Type, &PyRange_Type, &PyEllipsis_Type, &_PyNotImplemented_Type, &PyDictProxy_Type,
      &PyModule_Type, &PyModuleDef_Type, &PyCode_Type, &PyCapsule_Type, &_PyNamespace_Type,
      &Py_GenericAliasType, &_PyUnion_Type,
      // Views and iterators.
      &PyDictKeys_Type, &PyDictValues_Type, &PyDictItems_Type,
      &PyDictIterKey_Type, &PyDictIterValue_Type, &PyDictIterItem_Type,
      &PyDictRevIterKey_Type, &PyDictRevIterValue_Type, &PyDictRevIterItem_Type,
      &PySetIter_Type, &PyListIter_Type, &PyListRevIter_Type, &PyTupleIter_Type, &PyRangeIter_Type,
      &PyLongRangeIter_Type, &PyUnicodeIter_Type, &_PyUnicodeASCIIIter_Type, &PyBytesIter_Type, &PyByteArrayIter_Type,
      &TaipanFormatterIterator_Type, &TaipanFieldNameIterator_Type, &PySeqIter_Type, &PyCallIter_Type,
      &PyEnum_Type, &PyReversed_Type, &PyZip_Type, &PyMap_Type, &PyFilter_Type,
      &_PyManagedBuffer_Type, &_PyMemoryIter_Type, &PyPickleBuffer_Type, &line_iterator_type, &positions_iterator_type, &alias_iterator_type,
      &PyContext_Type, &PyContextVar_Type, &PyContextToken_Type,
  };
  return types;
}

}  // namespace taipan
