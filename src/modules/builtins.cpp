// The module `builtins`: functions, types, exceptions, constants.
#include "modules/builtins.h"

#include "modules/modules.h"
#include "object/exceptions.h"
#include "object/str.h"
#include "runtime/config.h"
#include "types/module.h"

namespace taipan::builtins {
namespace {

constexpr struct {
  const char* name;
  PyTypeObject* type;
} kTypes[] = {
    {"bool", &PyBool_Type},
    {"memoryview", &PyMemoryView_Type},
    {"bytearray", &PyByteArray_Type},
    {"bytes", &PyBytes_Type},
    {"classmethod", &PyClassMethod_Type},
    {"complex", &PyComplex_Type},
    {"dict", &PyDict_Type},
    {"enumerate", &PyEnum_Type},
    {"filter", &PyFilter_Type},
    {"float", &PyFloat_Type},
    {"frozenset", &PyFrozenSet_Type},
    {"property", &PyProperty_Type},
    {"int", &PyLong_Type},
    {"list", &PyList_Type},
    {"map", &PyMap_Type},
    {"object", &PyBaseObject_Type},
    {"range", &PyRange_Type},
    {"reversed", &PyReversed_Type},
    {"set", &PySet_Type},
    {"slice", &PySlice_Type},
    {"staticmethod", &PyStaticMethod_Type},
    {"str", &PyUnicode_Type},
    {"super", &PySuper_Type},
    {"tuple", &PyTuple_Type},
    {"type", &PyType_Type},
    {"zip", &PyZip_Type},
};

Status fill(PyObject* module) {
  for (PyMethodDef* rows : {code_functions, object_functions, iteration_functions})
    TRY(add_functions(module, rows));
  const struct {
    const char* name;
    PyObject* value;
  } constants[] = {{"None", Py_None},
                   {"Ellipsis", Py_Ellipsis},
                   {"NotImplemented", Py_NotImplemented},
                   {"False", Py_False},
                   {"True", Py_True}};
  for (auto& c : constants) TRY(add_to_module(module, c.name, c.value));
  for (auto& row : kTypes) TRY(add_to_module(module, row.name, object(row.type)));
  TRY(add_to_module(module, "__debug__", config.optimization ? Py_False : Py_True));
  for (size_t i = 0; i < exception_type_count; i++)
    TRY(add_to_module(module, exception_types[i]->tp_name, object(exception_types[i])));
  TRY(add_to_module(module, "ExceptionGroup", object(exceptions::exception_group_type())));
  TRY(add_to_module(module, "EnvironmentError", PyExc_OSError));
  return add_to_module(module, "IOError", PyExc_OSError);
}

constexpr char doc[] =
    "Functions, types, exceptions, and other objects that every program sees without importing "
    "them.";
constinit PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "builtins", doc, -1, nullptr, nullptr, nullptr, nullptr, nullptr};

}  // namespace
}  // namespace taipan::builtins

PyObject* init_builtins() {
  using namespace taipan;
  Ref<> module = module_from_def(&builtins::definition);
  if (!module || !builtins::fill(module.get())) return nullptr;
  return module.release();
}
