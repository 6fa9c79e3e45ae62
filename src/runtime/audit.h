#pragma once
// Audit events (PEP 578): hooks see what a program is about to do and may forbid it by raising.
#include <initializer_list>

#include "object/object.h"

namespace taipan {

/// Tells the hooks; costs one test if there are none. The arguments are borrowed.
Status audit(const char* event, std::initializer_list<PyObject*> args);
Status audit_with(PyObject* event, PyObject* args_tuple);
Status add_audit_hook(PyObject* hook);
/// C hooks (PySys_AddAuditHook).
bool add_c_audit_hook(int (*hook)(const char*, PyObject*, void*), void* data);
bool has_audit_hooks();

}  // namespace taipan
