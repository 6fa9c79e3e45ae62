#pragma once
// Audit events of the lowest floors go up through here (runtime/audit.h fills it in with the first hook).
#include <initializer_list>

#include "object/ref.h"

namespace taipan {

/// Null: nobody listens.
extern Status (*audit_from_below)(const char* event, std::initializer_list<PyObject*> args);

inline Status audit_below(const char* event, std::initializer_list<PyObject*> args) {
  return audit_from_below ? audit_from_below(event, args) : Status();
}

}  // namespace taipan
