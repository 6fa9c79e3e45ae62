#pragma once
// Warnings as C code gives them and as module _warnings shows them: filters, registries, printing.
#include "object/object.h"

namespace taipan {

/// Hooks::warn: as warnings.warn(text, category, stack_level).
Status warn_at_level(PyObject* category, PyObject* text, int stack_level);
/// warnings.warn: message is a str or a Warning instance; category, source may be null.
Status warn_message(PyObject* category, PyObject* message, Py_ssize_t stack_level, PyObject* source);
/// warnings.warn_explicit: module, registry, line_text, source may be null or None.
Status warn_explicit(PyObject* category, PyObject* message, PyObject* filename, int line, PyObject* module,
                     PyObject* registry, PyObject* line_text, PyObject* source);
/// The class to warn with: the message's own, or the given one; TypeError if that is none.
Ref<> warning_category(PyObject* message, PyObject* category);

// What module _warnings exports; borrowed, made on first use.
struct WarningState {
  PyObject* filters;
  PyObject* once_registry;
  PyObject* default_action;
  int64_t version;  ///< changes whenever the filters do: registries of another version are out of date
};
Result<WarningState*> warning_state();
void drop_warning_state();

}  // namespace taipan
