// moduleobject.h, modsupport.h, import.h, pycapsule.h, pystate.h's module registry.
#include "capi/export.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/int.h"
#include "runtime/extension.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "types/capsule.h"
#include "types/module.h"

using namespace taipan;

namespace {

bool is_module(PyObject* o) {
  if (o && PyModule_Check(o)) return true;
  raise_internal("bad argument to internal function");
  return false;
}
Module& as_module(PyObject* o) { return *reinterpret_cast<Module*>(o); }

}  // namespace

// -- modules --

CAPI PyObject* PyModuleDef_Init(PyModuleDef* def) { return init_module_def(def); }
CAPI PyObject* PyModule_Create2(PyModuleDef* def, int) { return module_from_def(def).release(); }
CAPI PyObject* PyModule_FromDefAndSpec2(PyModuleDef* def, PyObject* spec, int) { return module_from_def_and_spec(def, spec).release(); }
CAPI int PyModule_ExecDef(PyObject* module, PyModuleDef* def) { return exec_module(module, def).to_c(); }
CAPI PyObject* PyModule_NewObject(PyObject* name) { return new_module(name).release(); }
CAPI PyObject* PyModule_New(const char* text) {
  Ref<> name = new_str(text);
  return name ? new_module(name.get()).release() : nullptr;
}
CAPI PyObject* PyModule_GetDict(PyObject* module) { return is_module(module) ? module_dict(module) : nullptr; }
CAPI PyObject* PyModule_GetNameObject(PyObject* module) { return is_module(module) ? module_name(module).release() : nullptr; }
CAPI const char* PyModule_GetName(PyObject* module) {
  Ref<> name = is_module(module) ? module_name(module) : Ref<>();
  return name ? PyUnicode_AsUTF8(name.get()) : nullptr;  // the module's dict keeps the str
}
CAPI PyObject* PyModule_GetFilenameObject(PyObject* module) { return is_module(module) ? module_filename(module).release() : nullptr; }
CAPI const char* PyModule_GetFilename(PyObject* module) {
  Ref<> name = is_module(module) ? module_filename(module) : Ref<>();
  return name ? PyUnicode_AsUTF8(name.get()) : nullptr;
}
CAPI PyModuleDef* PyModule_GetDef(PyObject* module) { return is_module(module) ? as_module(module).def : nullptr; }
CAPI void* PyModule_GetState(PyObject* module) { return is_module(module) ? as_module(module).state : nullptr; }
CAPI int PyModule_AddObjectRef(PyObject* module, const char* name, PyObject* value) {
  if (!PyModule_Check(module)) {
    raise(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module");
    return -1;
  }
  if (value) return add_to_module(module, name, value).to_c();
  if (!pending_error()) raise(PyExc_SystemError, "PyModule_AddObjectRef() must be called with an exception raised if value is NULL");
  return -1;
}
CAPI int PyModule_AddObject(PyObject* module, const char* name, PyObject* value) {
  int r = PyModule_AddObjectRef(module, name, value);
  if (r == 0) Py_XDECREF(value);
  return r;
}
CAPI int PyModule_AddIntConstant(PyObject* module, const char* name, long value) { return add_int_to_module(module, name, value).to_c(); }
CAPI int PyModule_AddStringConstant(PyObject* module, const char* name, const char* value) {
  Ref<> text = new_str(value);
  return text ? PyModule_AddObjectRef(module, name, text.get()) : -1;
}
CAPI int PyModule_AddType(PyObject* module, PyTypeObject* type) {
  if (PyType_Ready(type) < 0) return -1;
  return PyModule_AddObjectRef(module, _PyType_Name(type), object(type));
}
CAPI int PyModule_AddFunctions(PyObject* module, PyMethodDef* rows) { return add_functions(module, rows).to_c(); }
CAPI int PyModule_SetDocString(PyObject* module, const char* doc) { return set_module_doc(module, doc).to_c(); }

CAPI PyObject* PyState_FindModule(PyModuleDef* def) { return registered_module(def); }
CAPI int PyState_AddModule(PyObject* module, PyModuleDef* def) {
  if (def && !def->m_slots) return register_module(module, def).to_c();
  raise(PyExc_SystemError, "PyState_AddModule called on module with slots");
  return -1;
}
CAPI int PyState_RemoveModule(PyModuleDef* def) {
  if (def->m_slots) {
    raise(PyExc_SystemError, "PyState_RemoveModule called on module with slots");
    return -1;
  }
  forget_module(def);
  return 0;
}

// -- importing --

CAPI PyObject* PyImport_Import(PyObject* name) { return import_module(name).release(); }
CAPI PyObject* PyImport_ImportModule(const char* name) { return import_module(std::string_view(name)).release(); }
CAPI PyObject* PyImport_ImportModuleNoBlock(const char* name) { return PyImport_ImportModule(name); }
CAPI PyObject* PyImport_ImportModuleLevelObject(PyObject* name, PyObject* globals, PyObject*, PyObject* fromlist, int level) {
  return import_level(name, globals, fromlist, level).release();
}
CAPI PyObject* PyImport_ImportModuleLevel(const char* text, PyObject* globals, PyObject* locals, PyObject* fromlist, int level) {
  Ref<> name = new_str(text);
  return name ? PyImport_ImportModuleLevelObject(name.get(), globals, locals, fromlist, level) : nullptr;
}
CAPI PyObject* PyImport_GetModuleDict(void) { return interpreter().modules; }
CAPI PyObject* PyImport_GetModule(PyObject* name) {
  Result<Ref<>> module = imported_module(name);
  return module ? module.take().release() : nullptr;
}
CAPI PyObject* _PyImport_GetModuleId(_Py_Identifier* id) {
  PyObject* name = _PyUnicode_FromId(id);
  return name ? PyImport_GetModule(name) : nullptr;
}
CAPI PyObject* PyImport_AddModule(const char* name) {
  Result<PyObject*> module = add_module(name);
  return module ? *module : nullptr;
}
CAPI PyObject* PyImport_AddModuleObject(PyObject* name) {
  const char* text = PyUnicode_AsUTF8(name);
  return text ? PyImport_AddModule(text) : nullptr;
}
CAPI PyObject* PyImport_ReloadModule(PyObject* module) {
  Ref<> importlib = import_module("importlib");
  return importlib ? call_method(importlib.get(), "reload"_name, module).release() : nullptr;
}
CAPI PyObject* _PyImport_GetModuleAttr(PyObject* module_name, PyObject* name) {
  Ref<> module = import_module(module_name);
  return module ? get_attr(module.get(), name).release() : nullptr;
}
CAPI PyObject* _PyImport_GetModuleAttrString(const char* module_name, const char* name) {
  return import_attribute(module_name, name).release();
}
CAPI long PyImport_GetMagicNumber(void) { return 3495 | '\r' << 16 | '\n' << 24; }
CAPI const char* PyImport_GetMagicTag(void) { return "cpython-311"; }

// -- capsules --

CAPI PyObject* PyCapsule_New(void* pointer, const char* name, PyCapsule_Destructor destructor) {
  if (!pointer) return raise(PyExc_ValueError, "PyCapsule_New called with null pointer");
  return new_capsule(pointer, name, destructor).release();
}
CAPI int PyCapsule_IsValid(PyObject* o, const char* name) { return capsule_is_valid(o, name); }
CAPI void* PyCapsule_Import(const char* name, int) {
  Result<void*> pointer = capsule_import(name);
  return pointer ? *pointer : nullptr;
}
namespace {
Capsule* any_capsule(PyObject* o, const char* caller) {
  if (o && PyCapsule_CheckExact(o)) return reinterpret_cast<Capsule*>(o);
  return raise(PyExc_ValueError, "{} called with invalid PyCapsule object", caller);
}
}  // namespace
CAPI void* PyCapsule_GetPointer(PyObject* o, const char* name) {
  Result<Capsule*> c = checked_capsule(o, name, "PyCapsule_GetPointer");
  return c ? (*c)->pointer : nullptr;
}
CAPI const char* PyCapsule_GetName(PyObject* o) {
  Capsule* c = any_capsule(o, "PyCapsule_GetName");
  return c ? c->name : nullptr;
}
CAPI void* PyCapsule_GetContext(PyObject* o) {
  Capsule* c = any_capsule(o, "PyCapsule_GetContext");
  return c ? c->context : nullptr;
}
CAPI PyCapsule_Destructor PyCapsule_GetDestructor(PyObject* o) {
  Capsule* c = any_capsule(o, "PyCapsule_GetDestructor");
  return c ? c->destructor : nullptr;
}
CAPI int PyCapsule_SetPointer(PyObject* o, void* pointer) {
  if (!pointer) {
    raise(PyExc_ValueError, "PyCapsule_SetPointer called with null pointer");
    return -1;
  }
  Capsule* c = any_capsule(o, "PyCapsule_SetPointer");
  if (c) c->pointer = pointer;
  return c ? 0 : -1;
}
CAPI int PyCapsule_SetName(PyObject* o, const char* name) {
  Capsule* c = any_capsule(o, "PyCapsule_SetName");
  if (c) c->name = name;
  return c ? 0 : -1;
}
CAPI int PyCapsule_SetContext(PyObject* o, void* context) {
  Capsule* c = any_capsule(o, "PyCapsule_SetContext");
  if (c) c->context = context;
  return c ? 0 : -1;
}
CAPI int PyCapsule_SetDestructor(PyObject* o, PyCapsule_Destructor destructor) {
  Capsule* c = any_capsule(o, "PyCapsule_SetDestructor");
  if (c) c->destructor = destructor;
  return c ? 0 : -1;
}
