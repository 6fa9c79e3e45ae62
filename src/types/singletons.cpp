// None, Ellipsis and NotImplemented: each the one object of its type.
#include "object/bind.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/protocol.h"
#include "object/slot.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "types/rows.h"

namespace taipan {

/// Extension modules may give back more references than they took; the singletons survive that.
static void revive(PyObject* o) { o->ob_refcnt = kImmortal; }

static PyObject* only_one(PyObject* one, const char* name, PyObject* args, PyObject* kwargs) {
  if (tuple_size(args) || (kwargs && dict_size(kwargs)))
    return raise(PyExc_TypeError, "{} takes no arguments", name);
  return Py_NewRef(one);
}
static PyObject* none_new(PyTypeObject*, PyObject* args, PyObject* kwargs) {
  return only_one(Py_None, "NoneType", args, kwargs);
}
static PyObject* ellipsis_new(PyTypeObject*, PyObject* args, PyObject* kwargs) {
  return only_one(Py_Ellipsis, "EllipsisType", args, kwargs);
}
static PyObject* not_implemented_new(PyTypeObject*, PyObject* args, PyObject* kwargs) {
  return only_one(Py_NotImplemented, "NotImplementedType", args, kwargs);
}

static Ref<> none_repr(PyObject*) { return new_str("None"); }
static bool none_bool(PyObject*) { return false; }
static constinit PyNumberMethods none_as_number = {.nb_bool = slot<none_bool>};

static Ref<> ellipsis_name(PyObject*) { return new_str("Ellipsis"); }
static constinit PyMethodDef ellipsis_methods[] = {noargs<ellipsis_name>("__reduce__", nullptr), {}};

static Ref<> not_implemented_name(PyObject*) { return new_str("NotImplemented"); }
static Result<bool> not_implemented_bool(PyObject*) {
  TRY(warn(PyExc_DeprecationWarning, 1, "NotImplemented should not be used in a boolean context"));
  return true;
}
static constinit PyMethodDef not_implemented_methods[] = {noargs<not_implemented_name>("__reduce__", nullptr), {}};
static constinit PyNumberMethods not_implemented_as_number = {.nb_bool = slot<not_implemented_bool>};

}  // namespace taipan

using namespace taipan;

constinit PyObject _Py_NoneStruct = {kImmortal, &_PyNone_Type};
constinit PyObject _Py_EllipsisObject = {kImmortal, &PyEllipsis_Type};
constinit PyObject _Py_NotImplementedStruct = {kImmortal, &_PyNotImplemented_Type};

constinit PyTypeObject _PyNone_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "NoneType",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = revive,
    .tp_repr = slot<none_repr>,
    .tp_as_number = &none_as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = none_new,
};
constinit PyTypeObject PyEllipsis_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "ellipsis",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = revive,
    .tp_repr = slot<ellipsis_name>,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = ellipsis_methods,
    .tp_new = ellipsis_new,
};
constinit PyTypeObject _PyNotImplemented_Type = {
    .ob_base = kStaticTypeHead,
    .tp_name = "NotImplementedType",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = revive,
    .tp_repr = slot<not_implemented_name>,
    .tp_as_number = &not_implemented_as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = not_implemented_methods,
    .tp_new = not_implemented_new,
};
