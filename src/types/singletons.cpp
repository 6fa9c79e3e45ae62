// None, Ellipsis, NotImplemented: one object each.
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/object.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"

extern PyTypeObject _PyNone_Type, _PyNotImplemented_Type;  // not in the public headers

namespace taipan {
namespace {

/// `type(None)()` gives None again.
template <PyObject* (*Get)(), const char* Name>
PyObject* get_again(PyTypeObject*, PyObject* args, PyObject* kwargs) {
  if (tuple_size(args) || (kwargs && dict_size(kwargs))) {
    (void)raise(PyExc_TypeError, "{} takes no arguments", Name);
    return nullptr;
  }
  return Py_NewRef(Get());
}
PyObject* get_none() { return Py_None; }
PyObject* get_ellipsis() { return Py_Ellipsis; }
PyObject* get_not_implemented() { return Py_NotImplemented; }
constexpr char none_name[] = "NoneType", ellipsis_name[] = "EllipsisType",
               not_implemented_name[] = "NotImplementedType";

void dealloc(PyObject*) {}  // their counts start too high to reach zero

Ref<> none_repr(PyObject*) { return share("None"_name); }
int none_is_true(PyObject*) { return 0; }
Ref<> ellipsis_repr(PyObject*) { return share("Ellipsis"_name); }
Ref<> not_implemented_repr(PyObject*) { return share("NotImplemented"_name); }
int not_implemented_is_true(PyObject*) {
  return warn(PyExc_DeprecationWarning, 1, "NotImplemented should not be used in a boolean context")
             ? 1
             : -1;
}

constexpr char reduce_doc[] = "__reduce__($self, /)\n--\n\nThe name that pickle knows it by.";
Ref<> ellipsis_reduce(PyObject*) { return share("Ellipsis"_name); }
Ref<> not_implemented_reduce(PyObject*) { return share("NotImplemented"_name); }
constinit PyMethodDef ellipsis_methods[] = {method<reduce_doc, ellipsis_reduce>, {}};
constinit PyMethodDef not_implemented_methods[] = {method<reduce_doc, not_implemented_reduce>, {}};

constinit PyNumberMethods none_as_number = {.nb_bool = none_is_true};
constinit PyNumberMethods not_implemented_as_number = {.nb_bool = not_implemented_is_true};

}  // namespace
}  // namespace taipan

using namespace taipan;

constinit PyTypeObject _PyNone_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "NoneType",
    .tp_dealloc = dealloc,
    .tp_repr = slot<none_repr>,
    .tp_as_number = &none_as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = get_again<get_none, none_name>,
};
constinit PyTypeObject PyEllipsis_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "ellipsis",
    .tp_dealloc = dealloc,
    .tp_repr = slot<ellipsis_repr>,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = ellipsis_methods,
    .tp_new = get_again<get_ellipsis, ellipsis_name>,
};
constinit PyTypeObject _PyNotImplemented_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "NotImplementedType",
    .tp_dealloc = dealloc,
    .tp_repr = slot<not_implemented_repr>,
    .tp_as_number = &not_implemented_as_number,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = not_implemented_methods,
    .tp_new = get_again<get_not_implemented, not_implemented_name>,
};
constinit PyObject _Py_NoneStruct = {kImmortal, &_PyNone_Type};
constinit PyObject _Py_EllipsisObject = {kImmortal, &PyEllipsis_Type};
constinit PyObject _Py_NotImplementedStruct = {kImmortal, &_PyNotImplemented_Type};
