#pragma once
// A built-in module: `PyObject* init_NAME() { return define_module<"NAME", doc, fill, rows>(); }`, where `fill` adds what is
// no function. The result is the definition for multi-phase initialisation, as extension modules give it.
#include "object/bind.h"
#include "object/name.h"
#include "types/module.h"

namespace taipan {

template <Status (*fill)(PyObject* module)>
int module_exec(PyObject* module) {
  return fill(module).to_c();
}

template <NameLiteral name, const auto& doc, Status (*fill)(PyObject*), PyMethodDef* rows = nullptr>
PyObject* define_module() {
  static constinit NameLiteral text = name;
  static PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void*>(module_exec<fill>)}, {}};
  static PyModuleDef def = {PyModuleDef_HEAD_INIT, text.text, doc, 0, rows, slots};
  return init_module_def(&def);
}

/// Readies a static type and puts it into the module under the last part of its name.
Status add_type(PyObject* module, PyTypeObject* type);
/// The number of arguments, in getargs' words: "NAME() takes exactly 1 argument (0 given)".
Status check_count(const char* name, Py_ssize_t given, Py_ssize_t low, Py_ssize_t high);
/// An int argument as Py_ssize_t, where numbers too large are an OverflowError.
Result<Py_ssize_t> to_c_ssize(PyObject* o);
/// A new exception class "module.Name" with one base (borrowed); null: Exception.
Ref<> new_exception_class(const char* module, const char* name, PyObject* base = nullptr);

}  // namespace taipan
