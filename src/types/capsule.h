#pragma once
// Capsules: how extension modules hand C pointers to each other through Python.
#include "object/object.h"

namespace taipan {

struct Capsule {
  PyObject_HEAD
  void* pointer;
  const char* name;
  void* context;
  PyCapsule_Destructor destructor;
};
Ref<> new_capsule(void* pointer, const char* name, PyCapsule_Destructor destructor);
/// The capsule if it is one, has a pointer and that name; else ValueError "{caller} called with …".
Result<Capsule*> checked_capsule(PyObject* o, const char* name, const char* caller);
bool capsule_is_valid(PyObject* o, const char* name);
/// The pointer of the capsule `module.attribute`; imports the module.
Result<void*> capsule_import(const char* name);

}  // namespace taipan
