// moduleobject.h, import.h, pycapsule.h, pystate.h's modules by definition, structseq.h.
#include <cstring>

#include "capi/export.h"
#include "object/bind.h"
#include "object/call.h"
#include "object/dict.h"
#include "object/error.h"
#include "object/int.h"
#include "object/name.h"
#include "object/protocol.h"
#include "object/str.h"
#include "object/tuple.h"
#include "object/type.h"
#include "runtime/import.h"
#include "types/capsule.h"
#include "types/module.h"
#include "types/simple_namespace.h"
#include "types/struct_sequence.h"

using namespace taipan;

namespace {
bool is_module(PyObject* o) {
  if (o && PyModule_Check(o)) return true;
  raise_internal("bad argument to internal function");
  return false;
}
Module& module_of(PyObject* o) { return *reinterpret_cast<Module*>(o); }
}  // namespace

// -- modules --
#undef PyModule_Create
CAPI PyObject* PyModuleDef_Init(PyModuleDef* def) { return init_module_def(def); }
CAPI PyObject* PyModule_Create2(PyModuleDef* def, int) { return lower(module_from_def(def)); }
CAPI PyObject* PyModule_FromDefAndSpec2(PyModuleDef* def, PyObject* spec, int) { return lower(module_from_def_and_spec(def, spec)); }
CAPI int PyModule_ExecDef(PyObject* module, PyModuleDef* def) { return exec_module(module, def).to_c(); }
CAPI PyObject* PyModule_NewObject(PyObject* name) { return lower(new_module(name)); }
CAPI PyObject* PyModule_New(const char* name) {
  Ref<> text = new_str(name);
  return text ? lower(new_module(text.get())) : nullptr;
}
CAPI PyObject* PyModule_GetDict(PyObject* o) { return is_module(o) ? module_dict(o) : nullptr; }
CAPI PyModuleDef* PyModule_GetDef(PyObject* o) {
  if (PyModule_Check(o)) return module_of(o).def;
  raise(PyExc_TypeError, "bad argument type for built-in operation");
  return nullptr;
}
CAPI void* PyModule_GetState(PyObject* o) {
  if (PyModule_Check(o)) return module_of(o).state;
  raise(PyExc_TypeError, "bad argument type for built-in operation");
  return nullptr;
}
CAPI PyObject* PyModule_GetNameObject(PyObject* o) { return lower(module_name(o)); }
CAPI const char* PyModule_GetName(PyObject* o) {
  Ref<> name = module_name(o);
  return name ? PyUnicode_AsUTF8(name.get()) : nullptr;  // the module's dict keeps the text
}
CAPI PyObject* PyModule_GetFilenameObject(PyObject* o) { return lower(module_filename(o)); }
CAPI int PyModule_SetDocString(PyObject* o, const char* doc) { return set_module_doc(o, doc).to_c(); }
CAPI int PyModule_AddFunctions(PyObject* o, PyMethodDef* rows) { return add_functions(o, rows).to_c(); }
CAPI int PyModule_AddObjectRef(PyObject* o, const char* name, PyObject* value) {
  if (!PyModule_Check(o)) {
    raise(PyExc_TypeError, "PyModule_AddObjectRef() first argument must be a module");
    return -1;
  }
  if (!value) {
    if (!pending_error()) raise(PyExc_SystemError, "PyModule_AddObjectRef() must be called with an exception raised if value is NULL");
    return -1;
  }
  return add_to_module(o, name, value).to_c();
}
CAPI int PyModule_AddObject(PyObject* o, const char* name, PyObject* value) {
  int result = PyModule_AddObjectRef(o, name, value);
  if (result == 0) Py_DECREF(value);
  return result;
}
CAPI int PyModule_AddIntConstant(PyObject* o, const char* name, long value) { return add_int_to_module(o, name, value).to_c(); }
CAPI int PyModule_AddStringConstant(PyObject* o, const char* name, const char* value) {
  Ref<> text = new_str(value);
  return text ? PyModule_AddObjectRef(o, name, text.get()) : -1;
}
CAPI int PyModule_AddType(PyObject* o, PyTypeObject* type) {
  return ready_type(type) ? PyModule_AddObjectRef(o, short_name(type), object(type)) : -1;
}

// -- modules by their definitions --
namespace {
PyObject* modules_by_index;  // a list; None where there is none
}
CAPI PyObject* PyState_FindModule(PyModuleDef* def) {
  Py_ssize_t i = def->m_base.m_index;
  if (def->m_slots || !i || !modules_by_index || i >= PyList_GET_SIZE(modules_by_index)) return nullptr;
  PyObject* found = PyList_GET_ITEM(modules_by_index, i);
  return found == Py_None ? nullptr : found;
}
CAPI int PyState_AddModule(PyObject* module, PyModuleDef* def) {
  if (!def) {
    raise(PyExc_SystemError, "module definition is NULL");
    return -1;
  }
  if (def->m_slots) {
    raise(PyExc_SystemError, "PyState_AddModule called on module with slots");
    return -1;
  }
  if (PyState_FindModule(def) == module) {
    write_unraisable(nullptr);
    return -1;
  }
  if (!modules_by_index && !(modules_by_index = object(new_list().release()))) return -1;
  while (PyList_GET_SIZE(modules_by_index) <= def->m_base.m_index)
    if (!list_append(modules_by_index, Py_None)) return -1;
  Py_INCREF(module);
  Py_SETREF(reinterpret_cast<List*>(modules_by_index)->ob_item[def->m_base.m_index], module);
  return 0;
}
CAPI int PyState_RemoveModule(PyModuleDef* def) {
  if (def->m_slots) {
    raise(PyExc_SystemError, "PyState_RemoveModule called on module with slots");
    return -1;
  }
  if (!PyState_FindModule(def)) return 0;
  Py_INCREF(Py_None);
  Py_SETREF(reinterpret_cast<List*>(modules_by_index)->ob_item[def->m_base.m_index], Py_None);
  return 0;
}

// -- importing --
CAPI PyObject* PyImport_ImportModule(const char* name) { return lower(import_module(std::string_view(name))); }
CAPI PyObject* PyImport_ImportModuleNoBlock(const char* name) { return PyImport_ImportModule(name); }
CAPI PyObject* PyImport_Import(PyObject* name) { return lower(import_module(name)); }
CAPI PyObject* PyImport_ImportModuleLevelObject(PyObject* name, PyObject* globals, PyObject*, PyObject* fromlist, int level) {
  return lower(import_level(name, globals, fromlist, level));
}
CAPI PyObject* PyImport_ImportModuleLevel(const char* name, PyObject* globals, PyObject*, PyObject* fromlist, int level) {
  Ref<> text = new_str(name);
  return text ? lower(import_level(text.get(), globals, fromlist, level)) : nullptr;
}
CAPI PyObject* PyImport_GetModuleDict() { return interpreter().modules; }
CAPI PyObject* PyImport_GetModule(PyObject* name) {
  auto found = imported_module(name);
  return found ? found.take().release() : nullptr;
}
CAPI PyObject* _PyImport_GetModuleId(_Py_Identifier* id) {
  Ref<> name = new_str(id->string);
  return name ? PyImport_GetModule(name.get()) : nullptr;
}
CAPI PyObject* PyImport_AddModule(const char* name) {
  auto module = add_module(name);
  return module ? *module : nullptr;
}
CAPI PyObject* PyImport_ReloadModule(PyObject* module) {
  Ref<> reload = import_attribute("importlib", "reload");
  return reload ? lower(call(reload.get(), module)) : nullptr;
}
CAPI long PyImport_GetMagicNumber() { return 0x0A0D0DA7; }
CAPI const char* PyImport_GetMagicTag() { return "cpython-311"; }

// -- capsules --
namespace {
Capsule* valid(PyObject* o, const char* function) {
  if (o && Py_IS_TYPE(o, &PyCapsule_Type) && reinterpret_cast<Capsule*>(o)->pointer) return reinterpret_cast<Capsule*>(o);
  raise(PyExc_ValueError, "{} called with invalid PyCapsule object", function);
  return nullptr;
}
}  // namespace
CAPI PyObject* PyCapsule_New(void* pointer, const char* name, PyCapsule_Destructor destructor) {
  if (pointer) return lower(new_capsule(pointer, name, destructor));
  raise(PyExc_ValueError, "PyCapsule_New called with null pointer");
  return nullptr;
}
CAPI int PyCapsule_IsValid(PyObject* o, const char* name) { return capsule_is_valid(o, name); }
CAPI void* PyCapsule_GetPointer(PyObject* o, const char* name) {
  auto c = checked_capsule(o, name, "PyCapsule_GetPointer");
  return c ? (*c)->pointer : nullptr;
}
CAPI const char* PyCapsule_GetName(PyObject* o) {
  Capsule* c = valid(o, "PyCapsule_GetName");
  return c ? c->name : nullptr;
}
CAPI PyCapsule_Destructor PyCapsule_GetDestructor(PyObject* o) {
  Capsule* c = valid(o, "PyCapsule_GetDestructor");
  return c ? c->destructor : nullptr;
}
CAPI void* PyCapsule_GetContext(PyObject* o) {
  Capsule* c = valid(o, "PyCapsule_GetContext");
  return c ? c->context : nullptr;
}
CAPI int PyCapsule_SetPointer(PyObject* o, void* pointer) {
  if (!pointer) {
    raise(PyExc_ValueError, "PyCapsule_SetPointer called with null pointer");
    return -1;
  }
  Capsule* c = valid(o, "PyCapsule_SetPointer");
  if (c) c->pointer = pointer;
  return c ? 0 : -1;
}
CAPI int PyCapsule_SetName(PyObject* o, const char* name) {
  Capsule* c = valid(o, "PyCapsule_SetName");
  if (c) c->name = name;
  return c ? 0 : -1;
}
CAPI int PyCapsule_SetDestructor(PyObject* o, PyCapsule_Destructor destructor) {
  Capsule* c = valid(o, "PyCapsule_SetDestructor");
  if (c) c->destructor = destructor;
  return c ? 0 : -1;
}
CAPI int PyCapsule_SetContext(PyObject* o, void* context) {
  Capsule* c = valid(o, "PyCapsule_SetContext");
  if (c) c->context = context;
  return c ? 0 : -1;
}
CAPI void* PyCapsule_Import(const char* name, int) {
  auto pointer = capsule_import(name);
  return pointer ? *pointer : nullptr;
}

// -- tuples with named items --
CAPI PyTypeObject* PyStructSequence_NewType(PyStructSequence_Desc* desc) {
  return reinterpret_cast<PyTypeObject*>(lower(new_struct_sequence_type(*desc)));
}
CAPI PyTypeObject* _PyStructSequence_NewType(PyStructSequence_Desc* desc, unsigned long flags) {
  return reinterpret_cast<PyTypeObject*>(lower(new_struct_sequence_type(*desc, flags)));
}
CAPI int PyStructSequence_InitType2(PyTypeObject* type, PyStructSequence_Desc* desc) { return init_struct_sequence_type(type, *desc).to_c(); }
CAPI void PyStructSequence_InitType(PyTypeObject* type, PyStructSequence_Desc* desc) { PyStructSequence_InitType2(type, desc); }
CAPI PyObject* PyStructSequence_New(PyTypeObject* type) { return lower(new_struct_sequence(type)); }
CAPI void PyStructSequence_SetItem(PyObject* o, Py_ssize_t i, PyObject* value) { reinterpret_cast<Tuple*>(o)->ob_item[i] = value; }
CAPI PyObject* PyStructSequence_GetItem(PyObject* o, Py_ssize_t i) { return reinterpret_cast<Tuple*>(o)->ob_item[i]; }
